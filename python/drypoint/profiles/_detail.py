"""One column in full, as text: what it is, its facts, its pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from drypoint.profiles._calendar import calendar
from drypoint.profiles._cells import Cell, of_number
from drypoint.profiles._format import apart, clean, count, cut, exactly, number, share
from drypoint.profiles._grid import beside, block, grid, terminal_width
from drypoint.profiles._ink import inked, joined
from drypoint.profiles._pictures import (
    bars,
    fitting,
    holds,
    per_cent,
    quantiles,
    sizes,
    top,
    value,
)

if TYPE_CHECKING:
    from drypoint.estimate import Estimate
    from drypoint.profiles._column import ColumnProfile
    from drypoint.profiles._lengths import Lengths

__all__ = ["column_as_text", "contents", "counts", "lengths", "values", "what"]

APART = 4
"""Cells between what stands side by side, at least."""
NARROWEST = 54
"""Cells of one side; with fewer, pictures stand below the facts."""
COUNTS = {
    "nulls": "null",
    "missing": "missing",
    "nans": "NaN",
    "positive_infinities": "+inf",
    "negative_infinities": "-inf",
    "zeros": "zero",
    "negatives": "negative",
    "trues": "true",
    "falses": "false",
    "empty": "empty",
    "blank": "blank",
    "future": "in the future",
    "zero_vectors": "zero vectors",
    "non_finite_vectors": "not finite",
}
FIGURES = ("sum", "mean", "std", "skewness", "kurtosis", "words")


class Fact(NamedTuple):
    """A line of facts: what it is, its value, and what is to be said of it."""

    label: str
    value: Cell
    note: str = ""


def column_as_text(column: ColumnProfile, *, width: int | None = None) -> str:
    """All facts of a column, and its pictures with what bounds leave open.

    Args:
        column: what is shown.
        width: in cells; None for as wide as the terminal is. Where there is room, facts and
            pictures stand side by side.
    """
    room = width or terminal_width()
    name = inked(cut(clean(column.name), room, middle=True), "title")
    head = [name, inked(cut(what(column), room), "faint"), ""]
    side = (room - APART) // 2
    if side < NARROWEST:
        return joined("\n", [*head, *stacked(parts_of(column, room))])
    left, right = sides_of(parts_of(column, side), several=column.kll is not None)
    return joined("\n", [*head, *beside(stacked(left), stacked(right), room - 2 * side)])


def sides_of(parts: list[list[str]], *, several: bool) -> tuple[list[list[str]], list[list[str]]]:
    """What stands to the left and to the right: of numbers and times *several* parts each."""
    numbers, ranks, frequent, binned, *others, times = parts
    if several:
        return [numbers, frequent, times], [ranks, binned, *others]
    return [numbers], [frequent, *others, times]


def parts_of(column: ColumnProfile, room: int) -> list[list[str]]:
    """All that is shown, each as wide as *room* at most; nothing of what it does not have."""
    return [
        facts(column, room),
        quantiles(column, room),
        top(column, room),
        bars(column, room),
        holds(column, room),
        sizes(column, room),
        calendar(column, room),
    ]


def stacked(parts: list[list[str]]) -> list[str]:
    """Parts below each other."""
    lines: list[str] = []
    for part in parts:
        lines += ["", *part] if lines and part else part
    return lines


def what(column: ColumnProfile) -> str:
    """Its type, or how many values came with which, and how many rows."""
    rows = f"{column.rows:,} row{'' if column.rows == 1 else 's'}"
    if len(column.types) == 1:
        return f"{clean(column.type)}, {rows}"
    types = " | ".join(f"{clean(name)} ×{values:,}" for name, values in column.types.items())
    return f"{types}, {rows}; the facts of values are of {clean(column.type)}"


def facts(column: ColumnProfile, room: int) -> list[str]:
    """Counts, extremes, moments and lengths."""
    found = [*counts(column), *values(column, room), *lengths(column)]
    labels = block("", [Cell(fact.label) for fact in found], left=True)
    amounts = block("", [fact.value for fact in found])
    notes = block("", [Cell(inked(fact.note, "faint")) for fact in found], left=True)
    return grid(fitting([labels, amounts, notes], 2, room))


def counts(column: ColumnProfile) -> list[Fact]:
    """Nulls, and what else there is to count; then distinct values and bytes."""
    amounts = {field: getattr(column, field) or 0 for field in COUNTS}
    found = [
        Fact(COUNTS[field], of_number(count(amount)), share(amount, column.rows))
        for field, amount in amounts.items()
        if amount or field == "nulls"
    ]
    if column.distinct is not None:
        found.append(of_estimate("distinct", column.distinct))
    return [*found, Fact("bytes", of_number(count(column.bytes)))]


def of_estimate(label: str, found: Estimate[float]) -> Fact:
    """A count with its bounds, unless it is exact."""
    if not round(apart(found)):
        return Fact(label, of_number(count(found.value)))
    bounds = f"{count(found.lower)} to {count(found.upper)} at {per_cent(found.confidence)}"
    return Fact(label, of_number(f"~{count(found.value)}"), bounds)


def values(column: ColumnProfile, room: int) -> list[Fact]:
    """Extremes and moments."""
    most = max(8, room - 20)
    found = [
        Fact(field, value(column, getattr(column, field), most))
        for field in ("min", "max")
        if getattr(column, field) is not None
    ]
    amounts = {field: getattr(column, field) for field in FIGURES}
    return found + [
        Fact(field, of_number(exactly(one) if field == "sum" else rounded(field, one)))
        for field, one in amounts.items()
        if one is not None
    ]


def rounded(field: str, one: float) -> str:
    """A figure; those without a unit to three places."""
    return f"{one:.3f}" if field in ("skewness", "kurtosis") else number(one)


def lengths(column: ColumnProfile) -> list[Fact]:
    """How long values are."""
    unit = "bytes" if column.type in ("string", "binary") else "elements"
    found = {unit: column.lengths, "characters": column.characters}
    return [
        Fact(f"{unit} a value", of_number(number(one.mean)), range_of(one))
        for unit, one in found.items()
        if one is not None and one.mean is not None
    ]


def range_of(found: Lengths) -> str:
    """The shortest and the longest."""
    return f"{found.min:,} to {found.max:,}"


def contents(column: ColumnProfile) -> list[Fact]:
    """What strings hold, for those who draw no picture of it."""
    found = column.contents or {}
    return [of_estimate(f"like {kind}", amount) for kind, amount in found.items()]
