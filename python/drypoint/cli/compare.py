"""The numbers of two profiles side by side, and how far they are apart."""

from __future__ import annotations

from decimal import Decimal
from math import isfinite
from typing import TYPE_CHECKING, Any, NamedTuple

from drypoint.estimate import Estimate
from drypoint.profiles._format import is_span, seconds
from drypoint.profiles._plain import bounds, plain

if TYPE_CHECKING:
    from drypoint.profiles import ColumnProfile, Profile

__all__ = ["Fact", "Pair", "change_of", "pairs_of", "percent_of"]


class Fact(NamedTuple):
    """One fact of a column on both sides.

    Attributes:
        name: what it is.
        before: a number, a time, text or an estimate of one; None where it is not there.
        after: likewise.
    """

    name: str
    before: Any
    after: Any

    @property
    def change(self) -> Any:
        """After less before; None where there is no such thing."""
        return change_of(self.before, self.after)

    @property
    def percent(self) -> float | None:
        """The change in per cent of before."""
        return percent_of(self.before, self.change)


class Pair(NamedTuple):
    """One column on both sides.

    Attributes:
        name: its name.
        before: its profile; None if it is not there.
        after: likewise.
    """

    name: str
    before: ColumnProfile | None
    after: ColumnProfile | None

    def facts(self) -> list[Fact]:
        """Those that one of both has; none if the column is on one side only."""
        if self.before is None or self.after is None:
            return []
        before, after = numbers(self.before), numbers(self.after)
        facts = [Fact(name, before[name], after[name]) for name in before]
        return [one for one in facts if not (one.before is None and one.after is None)]

    def to_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON; a change of times is in seconds."""
        sides = {"before": self.before, "after": self.after}
        types = {side: None if one is None else one.type for side, one in sides.items()}
        rows = {side: None if one is None else one.rows for side, one in sides.items()}
        facts = {fact.name: as_plain(fact, types) for fact in self.facts()}
        told = {side: top_of(one) for side, one in sides.items() if one is not None}
        return {"column": self.name, "type": types, "rows": rows, "facts": facts, "top": told}


def pairs_of(before: Profile, after: Profile) -> list[Pair]:
    """The columns of both, in the order of the first; then those that only the other has."""
    names = dict.fromkeys([*before.columns, *after.columns])
    return [Pair(name, before.columns.get(name), after.columns.get(name)) for name in names]


def numbers(column: ColumnProfile) -> dict[str, Any]:
    """What is compared of a column."""
    return {
        "null_ratio": column.null_ratio,
        "distinct": column.distinct,
        "min": column.min,
        "median": column.median,
        "max": column.max,
        "mean": column.mean,
    }


def top_of(column: ColumnProfile) -> dict[str, Any] | None:
    """The most frequent value, with its count."""
    for item in column.top(1):
        return {"item": plain(item.item, of=column.type), **bounds(item.estimate)}
    return None


def as_plain(fact: Fact, types: dict[str, str | None]) -> dict[str, Any]:
    """A fact as JSON has it."""
    change = seconds(fact.change) if is_span(fact.change) else fact.change
    return {
        "before": of_value(fact.before, types["before"]),
        "after": of_value(fact.after, types["after"]),
        "change": plain(change),
        "percent": fact.percent,
    }


def of_value(value: Any, type_name: str | None) -> Any:
    """A value as JSON has it, an estimate with its bounds."""
    of = type_name or ""
    numeric = isinstance(value, Estimate) and isinstance(value.value, float)
    if isinstance(value, Estimate):
        return bounds(value, of="" if numeric else of)
    return plain(value, of="" if isinstance(value, float) else of)


def change_of(before: Any, after: Any) -> Any:
    """*after* less *before*, of the values of estimates; None if they cannot be compared."""
    low, high = value_of(before), value_of(after)
    if low is None or high is None or isinstance(low, str) or isinstance(high, str):
        return None
    if isinstance(low, Decimal) != isinstance(high, Decimal):
        low, high = float(low), float(high)
    try:
        change = high - low
    except TypeError:  # a time and a number: the type has changed
        return None
    finite = not isinstance(change, float) or isfinite(change)
    return change if finite else None


def value_of(found: Any) -> Any:
    """The single best answer."""
    return found.value if isinstance(found, Estimate) else found


def percent_of(before: Any, change: Any) -> float | None:
    """A change in per cent of what was before; None of 0, and of times."""
    base = value_of(before)
    if change is None or is_span(change) or is_span(base) or not base:
        return None
    percent = 100 * float(change) / abs(float(base))
    return percent if isfinite(percent) else None
