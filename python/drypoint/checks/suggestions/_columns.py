"""What is proposed for a column."""

from __future__ import annotations

import datetime as dt
from math import isfinite, sqrt
from typing import TYPE_CHECKING, Any

from drypoint.checks._check import Check
from drypoint.checks._durations import duration_text
from drypoint.checks._limit import Limit
from drypoint.checks.suggestions._margin import ENOUGH, SIGMAS, Range, outward, range_of
from drypoint.profiles._choice import kind_of
from drypoint.profiles._format import number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from drypoint.checks.suggestions._history import History
    from drypoint.profiles import ColumnProfile

    Proposals = Iterator[tuple[Check, str]]

__all__ = ["COLUMNS"]

MOST_VALUES = 20
"""Of a category that is written out."""
LEAST_COUNT = 5
"""How often each value of a category came: of one that is not complete some come but once."""
LEAST_VALUES = 20
"""From which on something is said of values."""
PURE = 0.99
"""Share of strings of one kind."""
KINDS = ("date", "timestamp", "uuid", "email", "url", "ip", "json", "integer", "decimal")


def nulls(history: History, name: str) -> Proposals:
    """None where there was none; else a share that is not passed."""
    columns = history.columns(name)
    rows = sum(one.rows for one in columns)
    if not any(one.nulls for one in columns):
        yield Check("nulls", name, limit=Limit("==", 0)), f"none of {rows:,}"
        return
    shares = [one.null_ratio for one in columns if one.null_ratio is not None]
    most = max(shares)
    if most == 1:
        return
    # A small share may double; and chance alone does so much with so many rows.
    by_chance = SIGMAS * sqrt(most * (1 - most) / (rows / len(columns)))
    upper = outward(Range(0, range_of(shares, max(most * (1 - most), by_chance)).upper)).upper
    said = f"{100 * most:.3g} %" if len(shares) == 1 else f"up to {100 * most:.3g} %"
    if upper < 1:
        yield Check("nulls.ratio", name, limit=Limit("<=", upper)), said


def unique(history: History, name: str) -> Proposals:
    """Keys: integers and strings of which none comes twice, as far as can be said."""
    columns = history.columns(name)
    if not is_key(history, name):
        return
    values = max(one.rows - one.nulls for one in columns)
    certain = Check("unique", name)
    if history.holds(certain):
        yield certain, f"{values:,} different values"
    else:
        probable = Check("unique", name, {"certainty": "probable"})
        yield probable, f"about {values:,} different values"


def is_key(history: History, name: str) -> bool:
    """Whether it may be a key."""
    columns = history.columns(name)
    fits = all("int" in one.type or one.type == "string" for one in columns)
    many = all(one.rows - one.nulls >= LEAST_VALUES for one in columns)
    return fits and many and history.holds(Check("unique", name, {"certainty": "probable"}))


def category(history: History, name: str) -> Proposals:
    """The values of a string of which there are few, none of them rare."""
    counts: dict[str, int] = {}
    for column in history.columns(name):
        if column.type != "string":
            return
        for item in column.top(MOST_VALUES + 1):
            counts[item.item] = counts.get(item.item, 0) + round(item.estimate.lower)
    if not 1 < len(counts) <= MOST_VALUES or min(counts.values()) < LEAST_COUNT:
        return
    said = f"{len(counts)} values, each at least {min(counts.values()):,} times"
    yield Check("values.within", name, {"values": sorted(counts)}), said


def length(history: History, name: str) -> Proposals:
    """Codes: strings that are all of one length."""
    columns = history.columns(name)
    found = [one.characters for one in columns if one.type == "string" and one.characters]
    ends = {end for one in found for end in (one.min, one.max)}
    enough = all(one.rows - one.nulls >= LEAST_VALUES for one in columns)
    if len(found) < len(columns) or len(ends) != 1 or not enough or None in ends:
        return
    if any(history.holds(check) for check, _ in category(history, name)):
        return
    size = ends.pop()
    for side in ("min", "max"):
        check = Check(f"length.{side}", name, limit=Limit("==", size))
        yield check, f"all are of {size}"


def content(history: History, name: str) -> Proposals:
    """Strings that all hold a date, an address, …."""
    columns = history.columns(name)
    held = [one.contents or {} for one in columns if one.type == "string"]
    enough = all(one.rows - one.nulls >= LEAST_VALUES for one in columns)
    if len(held) < len(columns) or not enough:
        return
    for kind in KINDS:
        if all(kind in one for one in held):
            check = Check("content.ratio", name, {"kind": kind}, Limit(">=", PURE))
            yield check, f"they hold {kind}s"


def values(history: History, name: str) -> Proposals:
    """The range of numbers, half as wide again; from 0 on where none is below."""
    columns = history.columns(name)
    if not are_numbers(columns) or is_key(history, name):
        return
    least = [one.min for one in columns]
    most = [one.max for one in columns]
    if not all(isinstance(one, (int, float)) and isfinite(one) for one in (*least, *most)):
        return
    low, high = min(least), max(most)
    half = (high - low) / 2
    lower = min(range_of(least, half).lower, low - half)
    upper = max(range_of(most, half).upper, high + half)
    if not all(map(isfinite, (lower, upper))):
        return
    whole = all("int" in one.type for one in columns)
    found = outward(Range(lower, upper), whole=whole)
    ends = {"lower": 0 if low >= 0 > found.lower else found.lower, "upper": found.upper}
    said = f"{number(low)} to {number(high)}"
    yield Check("values.between", name, ends), said


def middle(history: History, name: str) -> Proposals:
    """Where most numbers are: by the spread of the mean, or within the middle half."""
    columns = history.columns(name)
    if not are_numbers(columns) or is_key(history, name):
        return
    if history.windows >= ENOUGH:
        means = [one.mean for one in columns if one.mean is not None]
        found = outward(range_of(means, 0))
        said = f"{number(min(means))} to {number(max(means))}"
        yield Check("mean", name, limit=Limit("between", *found)), said
        return
    quarters = [one.quantile([0.25, 0.5, 0.75]) for one in columns]
    low, high = min(one[0].lower for one in quarters), max(one[2].upper for one in quarters)
    if low < high and all(map(isfinite, (low, high))):
        limit = Limit("between", *outward(Range(low, high)))
        check = Check("quantile", name, {"q": 0.5}, limit)
        yield check, "the middle half of the values"


def are_numbers(columns: list[ColumnProfile]) -> bool:
    """Whether all are integers or floats of several values, and enough of them."""
    return all(
        kind_of(one.type) == "number"
        and not one.type.startswith("decimal")
        and one.kll is not None
        and (one.n or 0) >= LEAST_VALUES
        and one.min != one.max
        for one in columns
    )


def freshness(history: History, name: str) -> Proposals:
    """How far before the end of its window the latest time is; of profiles that have one."""
    timed = all(one.type.startswith(("timestamp", "date")) for one in history.columns(name))
    if not timed or any(one.window is None for one in history.profiles):
        return
    asked = Check("freshness", name, limit=Limit("<", dt.timedelta.max))
    ages: list[Any] = [asked.run(one).observed for one in history.profiles]
    if any(one is None or one < dt.timedelta(0) for one in ages):
        return
    seconds = [one.total_seconds() for one in ages]
    hours = range_of(seconds, max(seconds)).upper // 3_600 + 1
    limit = Limit("<=", dt.timedelta(hours=hours))
    said = f"up to {duration_text(dt.timedelta(seconds=round(max(seconds))))} before the end"
    yield Check("freshness", name, limit=limit), said


COLUMNS: tuple[Callable[[History, str], Proposals], ...] = (
    nulls,
    unique,
    category,
    length,
    content,
    values,
    middle,
    freshness,
)
"""What is asked of a column, in the order in which it is written."""
