"""What titles and descriptions say of a column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drypoint.profiles._format import apart, clean, count, cut, number, share
from drypoint.profiles._table import counted
from drypoint.profiles._values import as_words, from_tick, is_temporal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drypoint.estimate import Estimate
    from drypoint.profiles import ColumnProfile

__all__ = [
    "beside",
    "largest_error",
    "medians",
    "not_comparable",
    "nulls",
    "of_values",
    "value_words",
]


def nulls(column: ColumnProfile) -> str:
    """How many are null, as the rest of a sentence; empty where none is."""
    if not column.nulls:
        return ""
    return f", {count(column.nulls)} null ({share(column.nulls, column.rows)})"


def of_values(column: ColumnProfile, n: int, noun: str = "value") -> str:
    """How many values are drawn, and what else there is."""
    others = {
        "NaN": column.nans,
        "+inf": column.positive_infinities,
        "−inf": column.negative_infinities,
    }
    told = "".join(f", {count(found)} {name}" for name, found in others.items() if found)
    return f"{counted(n, noun)}{nulls(column)}{told}"


def value_words(column: ColumnProfile, kept: Any) -> str:
    """A value as the sketch of *column* keeps it, in few characters."""
    value = from_tick(column.type, int(kept)) if is_temporal(column.type) else kept
    return as_words(column.type, value) or number(value)


def largest_error(found: Sequence[Estimate[Any]]) -> float:
    """The largest distance of a bound from its value; 0 where all are exact."""
    return float(max((apart(one) for one in found), default=0.0))


def comparable(column: ColumnProfile, reference: ColumnProfile) -> bool:
    """Whether values of both lie on one axis: numbers, or times of one type."""
    if is_temporal(column.type) or is_temporal(reference.type):
        return column.type == reference.type
    return (column.kll is None) == (reference.kll is None)


def beside(column: ColumnProfile, reference: ColumnProfile | None) -> ColumnProfile | None:
    """The reference, if its values lie on the axis of the column."""
    return reference if reference is not None and comparable(column, reference) else None


def not_comparable(column: ColumnProfile, reference: ColumnProfile | None) -> list[str]:
    """What is said of a reference that cannot be drawn."""
    if reference is None or beside(column, reference) is not None:
        return []
    return [f"The reference is of {cut(clean(reference.type), 30)}: not drawn."]


def medians(column: ColumnProfile, other: ColumnProfile) -> str:
    """The medians of both."""
    found = [one.kll.quantile(0.5) if one.kll is not None else None for one in (column, other)]
    words = ["none" if one is None else value_words(column, one.value) for one in found]
    return f"median {words[0]}, {words[1]} in the reference"
