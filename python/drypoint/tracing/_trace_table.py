"""What all segments did to the whole."""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING, Any, overload

from drypoint._frames import Framed
from drypoint.profiles._plain import bounds

if TYPE_CHECKING:
    from collections.abc import Iterable

    from drypoint._frames import Kind
    from drypoint.estimate import Estimate
    from drypoint.tracing._contribution import Contribution
    from drypoint.tracing._plots import TracePlots

__all__ = ["Trace"]


CHANGE = ("change", "change_lower", "change_upper")
NUMBERS = (
    "contribution", "mix_effect", "rate_effect", "size", "reference_size", "share",
    "reference_share", "value", "reference_value",
)  # fmt: skip
KINDS: dict[str, Kind] = {
    "segment": "keys",
    "presence": "text",
    **dict.fromkeys((*NUMBERS, *CHANGE), "number"),
}


class Trace(Framed["Contribution"]):
    """A row for each segment, those that moved the number most first; it never changes.

    Attributes:
        rows: what each segment did.
        metric: what was traced, in words.
        value: the number now, of all segments together.
        reference_value: the same in the reference.
        change: *value* less *reference_value*, with the bounds that sampling and sketches leave;
            None where the profile does not tell how far it varies.
        confidence: of the bounds of all changes.
    """

    __slots__ = ("change", "confidence", "metric", "reference_value", "rows", "value")

    _FACT = "change", CHANGE
    _KINDS = KINDS

    def __init__(  # noqa: PLR0913, PLR0917 # made in one place
        self,
        rows: Iterable[Contribution],
        metric: str,
        value: float,
        reference_value: float,
        change: Estimate[float] | None,
        confidence: float,
    ) -> None:
        self.rows = tuple(rows)
        self.metric = metric
        self.value = value
        self.reference_value = reference_value
        self.change = change
        self.confidence = confidence

    @property
    def contribution(self) -> float:
        """What all rows did together: the change of the whole, to rounding."""
        return fsum(row.contribution for row in self.rows)

    @property
    def mix_effect(self) -> float:
        """What became of the whole because segments grew and shrank."""
        return fsum(row.mix_effect for row in self.rows)

    @property
    def rate_effect(self) -> float:
        """What became of the whole because the figures of segments went up and down."""
        return fsum(row.rate_effect for row in self.rows)

    @overload
    def __getitem__(self, index: int) -> Contribution: ...
    @overload
    def __getitem__(self, index: slice) -> Trace: ...

    def __getitem__(self, index: int | slice) -> Contribution | Trace:
        if isinstance(index, slice):
            return Trace(self.rows[index], *self._about())
        return self.rows[index]

    def _about(self) -> tuple[Any, ...]:
        return self.metric, self.value, self.reference_value, self.change, self.confidence

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Trace):
            return NotImplemented
        return (self.rows, self._about()) == (other.rows, other._about())

    __hash__ = None  # type: ignore[assignment] # rows hold dicts

    # ---- As other things

    def to_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        return {
            "metric": self.metric,
            "value": self.value,
            "reference_value": self.reference_value,
            "change": None if self.change is None else bounds(self.change),
            "mix_effect": self.mix_effect,
            "rate_effect": self.rate_effect,
            "segments": [row.to_dict() for row in self.rows],
        }

    @property
    def plot(self) -> TracePlots:
        """Its charts: `plot.contributions()`; they need the extra `drypoint[report]`."""
        from drypoint.tracing._plots import TracePlots

        return TracePlots(self)

    def __repr__(self) -> str:
        from drypoint.tracing._shown import as_text

        return as_text(self)

    def _repr_html_(self) -> str:
        from drypoint.tracing._shown import as_html

        return as_html(self)
