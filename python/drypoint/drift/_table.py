"""The drift of many columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, overload

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyarrow as pa

    from drypoint.drift._plots import DriftPlots
    from drypoint.drift._result import ColumnDrift

__all__ = ["DriftTable"]


class DriftTable(Sequence["ColumnDrift"]):
    """A row for each column and measure; it never changes.

    Attributes:
        rows: what was found of each.
        alpha: the false discovery rate that verdicts keep.
    """

    __slots__ = ("alpha", "rows")

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

    def __len__(self) -> int:
        return len(self.rows)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, DriftTable):
            return NotImplemented
        return (self.rows, self.alpha) == (other.rows, other.alpha)

    __hash__ = None  # type: ignore[assignment] # rows hold dicts

    # ---- As other things

    def to_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        return {"alpha": self.alpha, "columns": [row.to_dict() for row in self.rows]}

    def to_arrow(self) -> pa.Table:
        """A row for each column and measure, the distance as four columns, the segment as a map."""
        import pyarrow as pa

        number, text = pa.float64(), pa.string()
        kinds = dict.fromkeys(NUMBERS, number) | dict.fromkeys(TEXTS, text)
        kinds["segment"] = pa.map_(text, text)
        flat = [self._flat(row) | {"segment": [*row.segment.items()]} for row in self.rows]
        columns = {name: [row[name] for row in flat] for name in ORDER}
        return pa.table({name: pa.array(columns[name], kinds[name]) for name in ORDER})

    def to_pandas(self) -> Any:
        """A pandas data frame, with a column for each key of the segments."""
        import pandas as pd

        return pd.DataFrame(self._records(), columns=self._names())

    def to_polars(self) -> Any:
        """A polars data frame, with a column for each key of the segments."""
        import polars as pl

        schema = {name: pl.Float64 if name in NUMBERS else pl.String for name in self._names()}
        return pl.DataFrame(self._records(), schema=schema)

    def _keys(self) -> list[str]:
        return [*dict.fromkeys(key for row in self.rows for key in row.segment)]

    def _names(self) -> list[str]:
        return [*(f"segment.{key}" for key in self._keys()), *(n for n in ORDER if n != "segment")]

    def _records(self) -> list[dict[str, Any]]:
        keys = self._keys()
        return [
            {f"segment.{key}": row.segment.get(key) for key in keys} | self._flat(row)
            for row in self.rows
        ]

    @staticmethod
    def _flat(row: ColumnDrift) -> dict[str, Any]:
        found = row.distance
        facts = (None,) * 4 if found is None else (found.value, *found.bounds, found.confidence)
        made = dict(zip(("distance", "lower", "upper", "confidence"), facts, strict=True))
        same = {
            name: getattr(row, name) for name in ORDER if name not in made and name != "segment"
        }
        return made | same

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


NUMBERS = (
    "distance", "lower", "upper", "confidence", "noise_floor", "p_value", "adjusted_p_value",
    "limit", "wobble",
)  # fmt: skip
TEXTS = ("column", "measure", "verdict", "reason")
ORDER = ("column", "segment", "measure", "verdict", *NUMBERS, "reason")
