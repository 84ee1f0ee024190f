"""How all groups fare beside the reference."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, overload

from drypoint._frames import Framed
from drypoint.profiles._plain import bounds

if TYPE_CHECKING:
    from drypoint._frames import Kind
    from drypoint.estimate import Estimate
    from drypoint.fairness._disparity import Disparity, Group, GroupRates
    from drypoint.fairness._plots import FairnessPlots

__all__ = ["FairnessTable"]


VALUE = ("value", "lower", "upper", "confidence")
KINDS: dict[str, Kind] = {
    "group": "keys",
    "measure": "text",
    "verdict": "text",
    **dict.fromkeys((*VALUE, "limit"), "number"),
    "rows": "count",
    "reason": "text",
}


@dataclass(frozen=True, eq=True, repr=False)
class FairnessTable(Framed["Disparity"]):
    """A row for each group but the reference, and each measure; it never changes.

    Attributes:
        rows: what was found of each.
        groups: the rates of all groups, the reference among them.
        reference: the group that others are compared with.
        reference_is_chosen: whether it was named; else it is the one with the greatest selection
            rate.
        outcome: what is judged, in words.
        between_groups: by measure, how far those two groups are apart that are furthest: the least
            ratio, or the greatest difference, without small groups. The limits hold for whichever
            groups these are.
        confidence: of the intervals of all groups at once, of one measure.
        min_rows: groups with fewer rows are small, and are not judged.
        ungrouped: rows of the remainder, which are in no group.
    """

    _FACT = "value", VALUE
    _KINDS = KINDS

    rows: tuple[Disparity, ...]
    groups: tuple[GroupRates, ...]
    reference: Group
    reference_is_chosen: bool
    outcome: str
    between_groups: dict[str, Estimate[float]] = field(default_factory=dict)
    confidence: float = 0.95
    min_rows: int = 30
    ungrouped: int = 0

    __hash__ = None  # type: ignore[assignment] # rows hold dicts

    @property
    def failed(self) -> FairnessTable:
        """The rows whose verdict is `fail`."""
        return self._with("fail")

    @property
    def undecided(self) -> FairnessTable:
        """The rows whose verdict is `undecided`, small groups among them."""
        return self._with("undecided")

    def _with(self, verdict: str) -> FairnessTable:
        return replace(self, rows=tuple(row for row in self.rows if row.verdict == verdict))

    def measure(self, name: str) -> FairnessTable:
        """The rows of one measure."""
        return replace(self, rows=tuple(row for row in self.rows if row.measure == name))

    @overload
    def __getitem__(self, index: int) -> Disparity: ...
    @overload
    def __getitem__(self, index: slice) -> FairnessTable: ...

    def __getitem__(self, index: int | slice) -> Disparity | FairnessTable:
        if isinstance(index, slice):
            return replace(self, rows=self.rows[index])
        return self.rows[index]

    # ---- As other things

    def to_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        return {
            "outcome": self.outcome,
            "reference": self.reference,
            "reference_is_chosen": self.reference_is_chosen,
            "confidence": self.confidence,
            "min_rows": self.min_rows,
            "ungrouped": self.ungrouped,
            "groups": [one.to_dict() for one in self.groups],
            "between_groups": {name: bounds(one) for name, one in self.between_groups.items()},
            "disparities": [row.to_dict() for row in self.rows],
        }

    @property
    def _keys(self) -> Group:
        return self.reference

    @property
    def plot(self) -> FairnessPlots:
        """Its charts, such as `plot.disparate_impact()`; they need the extra `drypoint[report]`."""
        from drypoint.fairness._plots import FairnessPlots

        return FairnessPlots(self)

    def __repr__(self) -> str:
        from drypoint.fairness._shown import as_text

        return as_text(self)

    def _repr_html_(self) -> str:
        from drypoint.fairness._shown import as_html

        return as_html(self)
