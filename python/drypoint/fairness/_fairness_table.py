"""How all groups fare beside the reference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, overload

from drypoint.profiles._plain import bounds

if TYPE_CHECKING:
    import pyarrow as pa

    from drypoint.estimate import Estimate
    from drypoint.fairness._disparity import Disparity, Group, GroupRates
    from drypoint.fairness._plots import FairnessPlots

__all__ = ["FairnessTable"]


@dataclass(frozen=True, eq=True, repr=False)
class FairnessTable(Sequence["Disparity"]):
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

    def __len__(self) -> int:
        return len(self.rows)

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

    def to_arrow(self) -> pa.Table:
        """A row for each group and measure, the value as four columns, the group as a map."""
        import pyarrow as pa

        number, text = pa.float64(), pa.string()
        kinds = {"group": pa.map_(text, text), "measure": text, "verdict": text}
        kinds |= dict.fromkeys(NUMBERS, number) | {"rows": pa.int64(), "reason": text}
        flat = [flat_of(row) | {"group": [*row.group.items()]} for row in self.rows]
        arrays = {name: pa.array([row[name] for row in flat], kinds[name]) for name in kinds}
        return pa.table(arrays)

    def to_pandas(self) -> Any:
        """A pandas data frame, with a column for each key of the groups."""
        import pandas as pd

        return pd.DataFrame(self._records(), columns=self._names())

    def to_polars(self) -> Any:
        """A polars data frame, with a column for each key of the groups."""
        import polars as pl

        schema = dict.fromkeys(self._names(), pl.String)
        schema |= dict.fromkeys(NUMBERS, pl.Float64) | {"rows": pl.Int64}
        return pl.DataFrame(self._records(), schema=schema)

    def _names(self) -> list[str]:
        keys = (f"group.{key}" for key in self.reference)
        return [*keys, "measure", "verdict", *NUMBERS, "rows", "reason"]

    def _records(self) -> list[dict[str, Any]]:
        names = self._names()
        rows = (
            {f"group.{key}": value for key, value in row.group.items()} | flat_of(row)
            for row in self.rows
        )
        return [{name: row[name] for name in names} for row in rows]

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


def flat_of(row: Disparity) -> dict[str, Any]:
    """A row whose value is four numbers."""
    made = {name: getattr(row, name) for name in row.__dataclass_fields__}
    found = row.value
    facts = (None,) * 4 if found is None else (found.value, *found.bounds, found.confidence)
    return made | dict(zip(("value", "lower", "upper", "confidence"), facts, strict=True))


NUMBERS = ("value", "lower", "upper", "confidence", "limit")
