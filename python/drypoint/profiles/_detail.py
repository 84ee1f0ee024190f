"""One column in full, as text."""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING, Any, NamedTuple

from drypoint.profiles._cells import Cell, blocks, histogram, of_number
from drypoint.profiles._format import apart, clean, count, cut, exactly, number, off, share
from drypoint.profiles._grid import block, grid, lines, room_of, terminal_width
from drypoint.profiles._plain import RANKS
from drypoint.profiles._values import as_words

if TYPE_CHECKING:
    from drypoint.estimate import Estimate
    from drypoint.profiles._column import ColumnProfile
    from drypoint.profiles._grid import Block
    from drypoint.profiles._lengths import Lengths

__all__ = ["column_as_text", "fitting", "value"]

BINS = 20
TOP = 10
BAR = 40
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
    """All facts of a column, its quantiles and top values with bounds, and its histogram."""
    room = width or terminal_width()
    head = f"{cut(clean(column.name), room, middle=True)}\n{what(column)}"
    parts = [facts(column, room), quantiles(column, room), top(column, room), bars(column, room)]
    parts += [calendar(column)]
    return "\n\n".join([head, *("\n".join(part) for part in parts if part)])


def what(column: ColumnProfile) -> str:
    """Its type, or how many values came with which, and how many rows."""
    rows = f"{column.rows:,} row{'' if column.rows == 1 else 's'}"
    if len(column.types) == 1:
        return f"{clean(column.type)}, {rows}"
    types = " | ".join(f"{clean(name)} ×{values:,}" for name, values in column.types.items())
    return f"{types}, {rows}; the facts of values are of {clean(column.type)}"


def facts(column: ColumnProfile, room: int) -> list[str]:
    """Counts, extremes, moments and lengths."""
    found = [*counts(column), *values(column, room), *lengths(column), *contents(column)]
    labels = block("", [Cell(fact.label) for fact in found], left=True)
    amounts = block("", [fact.value for fact in found])
    notes = block("", [Cell(fact.note) for fact in found], left=True)
    return grid(fitting([labels, amounts, notes], 2, room))


def fitting(blocks: list[Block], least: int, room: int) -> list[Block]:
    """All of *blocks* if there is room, or the first *least* of them."""
    return blocks if room_of(blocks) <= room else blocks[:least]


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


def per_cent(confidence: float) -> str:
    """A probability in per cent."""
    return f"{100 * confidence:.3g} %"


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


def value(column: ColumnProfile, found: Any, most: int = 40) -> Cell:
    """A value of *column* with all that matters of it; text is cut to *most* cells."""
    if isinstance(found, str):
        return Cell(cut(clean(found), most))
    text = as_words(column.type, found)
    return of_number(exactly(found)) if text is None else Cell(text)


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
    """What strings hold."""
    found = column.contents or {}
    return [of_estimate(f"like {kind}", amount) for kind, amount in found.items()]


def quantiles(column: ColumnProfile, room: int) -> list[str]:
    """Values at ranks, with bounds."""
    found = column.quantile(list(RANKS)) or []
    if not found:
        return []
    titles = (("value", "value"), ("lower", "from"), ("upper", "to"))
    named = [Cell(f"{100 * rank:g} %") for rank in RANKS]
    sides = [
        block(title, [value(column, getattr(one, side)) for one in found]) for side, title in titles
    ]
    columns = [block("quantile", named), *sides]
    if all(one.is_exact for one in found):
        return lines(columns[:2])
    at = per_cent(min(one.confidence for one in found))
    return [*lines(fitting(columns, 2, room)), f"from and to: bounds at {at}"]


def top(column: ColumnProfile, room: int) -> list[str]:
    """The most frequent values, with bounds."""
    found = column.top(TOP)
    if not found or found[0].estimate.upper <= 1:
        return []
    of = column.rows - column.nulls
    most = max(8, room - 50)
    items = [value(column, item.item, most) for item in found]
    exact = all(item.estimate.is_exact for item in found)
    columns = [
        block("top", items, left=not items[0].numeric),
        block("count", [of_number(count(item.estimate.value)) for item in found]),
        block("share", [of_number(share(item.estimate.value, of)) for item in found]),
    ]
    bounds = [
        block("from", [of_number(count(item.estimate.lower)) for item in found]),
        block("to", [of_number(count(item.estimate.upper)) for item in found]),
    ]
    return lines(columns + bounds * (not exact))


def bars(column: ColumnProfile, room: int) -> list[str]:
    """The histogram, a bar a line."""
    found = histogram(column, BINS)
    if found is None:
        return []
    whole = "int" in column.type
    ends = [[value(column, one) for one in side] for side in sides_of(found.edges, whole=whole)]
    amounts = [one.value for one in found.counts]
    columns = [
        block("from" if whole else "above", ends[0]),
        block("to" if whole else "up to", ends[1]),
        block("count", [of_number(count(amount)) for amount in amounts]),
    ]
    most = max(5, min(BAR, room - room_of(columns) - 2))
    drawn = block("", [Cell(bar(amount / max(amounts), most)) for amount in amounts], left=True)
    size = max(apart(one) for one in found.counts)
    at = per_cent(min(one.confidence for one in found.counts))
    note = [f"counts are within {off(size)}, each at {at}"] if round(size) else []
    return [*lines(fitting([*columns, drawn], 3, room)), *note]


def sides_of(edges: list[Any], *, whole: bool) -> tuple[list[Any], list[Any]]:
    """The ends of the bins; of integers the first and the last that is in a bin."""
    low, high = edges[:-1], edges[1:]
    if not whole:
        return low, high
    return [ceil(low[0]), *(floor(edge) + 1 for edge in low[1:])], list(map(floor, high))


def bar(part: float, room: int) -> str:
    """A bar of eighths, so that small ones are seen."""
    eighths = max(round(part * room * 8), 1 if part else 0)
    return "█" * (eighths // 8) + " ▏▎▍▌▋▊▉"[eighths % 8].strip()


def calendar(column: ColumnProfile) -> list[str]:
    """Hours and weekdays, a block each."""
    found = []
    if column.hours and sum(column.hours):
        found.append(f"by hour     {blocks(list(map(float, column.hours)))}  0 to 23, UTC")
    if column.weekdays and sum(column.weekdays):
        found.append(f"by weekday  {blocks(list(map(float, column.weekdays)))}  Mon to Sun")
    return found
