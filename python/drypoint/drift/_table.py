"""The drift of many columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, overload

from drypoint._frames import Framed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from drypoint._frames import Kind
    from drypoint.drift._plots import DriftPlots
    from drypoint.drift._result import ColumnDrift

__all__ = ["DriftTable"]


DISTANCE = ("distance", "lower", "upper", "confidence")
KINDS: dict[str, Kind] = {
    "column": "text",
    "segment": "keys",
    "measure": "text",
    "verdict": "text",
    **dict.fromkeys(DISTANCE, "number"),
    **dict.fromkeys(("noise_floor", "p_value", "adjusted_p_value", "limit", "wobble"), "number"),
    "reason": "text",
}


class DriftTable(Framed["ColumnDrift"]):
    """A row for each column and measure; it never changes.

    Attributes:
        rows: what was found of each.
        alpha: the false discovery rate that verdicts keep.
    """

    __slots__ = ("alpha", "rows")

    _FACT = "distance", DISTANCE
    _KINDS = KINDS

    def __init__(self, rows: Iterable[ColumnDrift], alpha: float) -> None:
        self.rows = tuple(rows)
        self.alpha = alpha

    @property
    def drifted(self) -> DriftTable:
        """The rows whose verdict is `drift`."""
        return self._with("drift")

    @property
    def undecided(self) -> DriftTable:
        """The rows whose verdict is `undecided`."""
        return self._with("undecided")

    def _with(self, verdict: str) -> DriftTable:
        return DriftTable([row for row in self.rows if row.verdict == verdict], self.alpha)

    @overload
    def __getitem__(self, index: int) -> ColumnDrift: ...
    @overload
    def __getitem__(self, index: slice) -> DriftTable: ...

    def __getitem__(self, index: int | slice) -> ColumnDrift | DriftTable:
        if isinstance(index, slice):
            return DriftTable(self.rows[index], self.alpha)
        return self.rows[index]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, DriftTable):
            return NotImplemented
        return (self.rows, self.alpha) == (other.rows, other.alpha)

    __hash__ = None  # type: ignore[assignment] # rows hold dicts

    # ---- As other things

    def to_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        return {"alpha": self.alpha, "columns": [row.to_dict() for row in self.rows]}

    @property
    def plot(self) -> DriftPlots:
        """Its charts: `plot.distances()`; they need the extra `drypoint[report]`."""
        from drypoint.drift._plots import DriftPlots

        return DriftPlots(self)

    def __repr__(self) -> str:
        from drypoint.drift._shown import as_text

        return as_text(self)

    def _repr_html_(self) -> str:
        from drypoint.drift._shown import as_html

        return as_html(self)
