"""Parts of a column that are drawn: a row for each value, bin or kind, with a picture of it."""

from __future__ import annotations

import textwrap
from math import ceil, floor, log10
from typing import TYPE_CHECKING, Any

from drypoint.estimate import Estimate
from drypoint.profiles._cells import Cell, histogram, of_number
from drypoint.profiles._draw import Axis, bar, whisker
from drypoint.profiles._format import apart, clean, count, cut, exactly, off, share
from drypoint.profiles._grid import GAP, block, lines, room_of
from drypoint.profiles._ink import inked, inked_lines
from drypoint.profiles._plain import RANKS
from drypoint.profiles._scale import scale_of
from drypoint.profiles._values import as_words, mapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drypoint.profiles._column import ColumnProfile
    from drypoint.profiles._grid import Block
    from drypoint.profiles._lengths import Lengths

__all__ = [
    "bars",
    "fitting",
    "holds",
    "per_cent",
    "quantiles",
    "sizes",
    "to_the_minute",
    "top",
    "value",
]

BINS = 20
TOP = 10
BAR = 40
SHORTEST = 6
"""Cells of a picture; with fewer there is none."""


def fitting(blocks: list[Block], least: int, room: int) -> list[Block]:
    """All of *blocks* if there is room, or the first *least* of them."""
    return blocks if room_of(blocks) <= room else blocks[:least]


def left_for(blocks: list[Block], room: int) -> int:
    """Cells that are left for a picture beside *blocks*; 0 if that would be none."""
    left = min(BAR, room - room_of(blocks) - len(GAP))
    return left if left >= SHORTEST else 0


def per_cent(confidence: float) -> str:
    """A probability in per cent."""
    return f"{100 * confidence:.3g} %"


def value(column: ColumnProfile, found: Any, most: int = 40) -> Cell:
    """A value of *column* with all that matters of it; text is cut to *most* cells."""
    if isinstance(found, str):
        return Cell(cut(clean(found), most))
    text = as_words(column.type, found)
    return of_number(exactly(found)) if text is None else Cell(text)


def to_the_minute(column: ColumnProfile, cell: Cell) -> Cell:
    """A timestamp without its seconds, where the column spans days."""
    if not column.type.startswith("timestamp") or str(column.min)[:10] == str(column.max)[:10]:
        return cell
    date, _, time = cell.text.partition("T")
    return cell._replace(text=f"{date} {time[:5]}")


def quantiles(column: ColumnProfile, room: int) -> list[str]:
    """Values at ranks with their bounds, and where they are between the least and the greatest."""
    found = column.quantile(list(RANKS)) or []
    if not found:
        return []
    titles = (("value", "value"), ("lower", "from"), ("upper", "to"))
    named = [Cell(f"{100 * rank:g} %") for rank in RANKS]
    sides = [
        block(title, [value(column, getattr(one, side)) for one in found]) for side, title in titles
    ]
    columns = [block("quantile", named), *sides]
    exact = all(one.is_exact for one in found)
    columns = columns[:2] if exact else fitting(columns, 2, room)
    drawn = places(column, left_for(columns, room))
    note = [] if exact else [bounded(found)]
    return [*lines([*columns, *drawn]), *note]


def places(column: ColumnProfile, cells: int) -> list[Block]:
    """Where the values at ranks are, from the lower bound of the first to the upper of the last."""
    found = column.kll.quantile(list(RANKS)) if column.kll is not None and cells else None
    if not found or not found[0].lower < found[-1].upper:
        return []
    scale = scale_of(column, BINS)
    if scale is not None and scale.is_logarithmic and found[0].lower > 0:
        title, found = "logarithmic", [mapped(one, log10) for one in found]
    else:
        title = ""
    axis = Axis(found[0].lower, found[-1].upper, cells)
    drawn = [Cell(whisker(one.value, one.lower, one.upper, axis)) for one in found]
    return [block(title, drawn, left=True)]


def top(column: ColumnProfile, room: int) -> list[str]:
    """The most frequent values."""
    found = column.top(TOP)
    if not found or found[0].estimate.upper <= 1:
        return []
    items = [value(column, item.item, max(8, room // 3)) for item in found]
    estimates = [item.estimate for item in found]
    return counted("top", items, estimates, column.rows - column.nulls, room)


def holds(column: ColumnProfile, room: int) -> list[str]:
    """The kinds of content, and the classes of characters, of strings."""
    made: list[str] = []
    of = column.rows - column.nulls
    found = {"like": column.contents, "characters": column.character_classes}
    for title, counts in found.items():
        if counts:
            names = [Cell(clean(name)) for name in counts]
            told = counted(title, names, list(counts.values()), of, room)
            made += ["", *told] if made else told
    return made


def counted(
    title: str, labels: list[Cell], found: Sequence[Estimate[Any]], of: int, room: int
) -> list[str]:
    """A line for each count: its share of *of* rows, its bounds and a bar."""
    blocks = [
        block(title, labels, left=not labels[0].numeric),
        block("count", [of_number(count(one.value)) for one in found]),
        block("share", [of_number(share(one.value, of)) for one in found]),
    ]
    exact = all(one.is_exact for one in found)
    if not exact:
        lower, upper = ([of_number(count(one)) for one in ends(found, end)] for end in (0, 1))
        blocks = fitting([*blocks, block("from", lower), block("to", upper)], len(blocks), room)
    blocks = fitting(blocks, 2, room)
    note = [] if exact else [bounded(found)]
    return [*lines([*blocks, *drawn(found, left_for(blocks, room))]), *note]


def bounded(found: Sequence[Estimate[Any]]) -> str:
    """How sure the bounds of all are."""
    at = per_cent(min(one.confidence for one in found))
    return inked(f"from and to: bounds at {at}", "faint")


def ends(found: Sequence[Estimate[Any]], which: int) -> list[Any]:
    """The lower or the upper bounds."""
    return [one.bounds[which] for one in found]


def drawn(found: Sequence[Estimate[Any]], cells: int) -> list[Block]:
    """The bars of counts, the largest of which takes all *cells*; none of no cells."""
    if not cells:
        return []
    most = max(ends(found, 1))
    return [block("", [Cell(bar(one, most, cells)) for one in found], left=True)]


def bars(column: ColumnProfile, room: int) -> list[str]:
    """The histogram, a bar a line."""
    scale = scale_of(column, BINS)
    found = histogram(column, BINS) if scale is None else column.histogram(scale.edges)
    if found is None:
        return []
    whole = "int" in column.type
    edges = [
        [to_the_minute(column, value(column, one)) for one in side]
        for side in sides_of(found.edges, whole=whole)
    ]
    columns = [
        block("from" if whole else "above", edges[0]),
        block("to" if whole else "up to", edges[1]),
        block("count", [of_number(count(one.value)) for one in found.counts]),
    ]
    columns = columns if room_of(columns) <= room else columns[1:]
    size = max(apart(one) for one in found.counts)
    at = per_cent(min(one.confidence for one in found.counts))
    rows = lines([*columns, *drawn(found.counts, left_for(columns, room))])
    notes = [] if scale is None else textwrap.wrap(scale.note, room)
    notes += [f"counts are within {off(size)}, each at {at}"] if round(size) else []
    return [*rows, *inked_lines(notes, "faint")]


def sides_of(edges: list[Any], *, whole: bool) -> tuple[list[Any], list[Any]]:
    """The ends of the bins; of integers the first and the last that is in a bin."""
    low, high = edges[:-1], edges[1:]
    if not whole:
        return low, high
    return [ceil(low[0]), *(floor(edge) + 1 for edge in low[1:])], list(map(floor, high))


def sizes(column: ColumnProfile, room: int) -> list[str]:
    """How many values are how long: strings in characters, others in bytes or elements."""
    found = column.characters or column.lengths
    if found is None or found.min == found.max:
        return []
    labels, counts = zip(*bins_of(found), strict=True)
    exact = [Estimate(one, one, one) for one in counts]
    return counted("length", list(map(of_number, labels)), exact, found.n, room)


def bins_of(found: Lengths) -> list[tuple[str, int]]:
    """Lengths as ranges of integers, each as wide, with how many values are in it."""
    low, high = found.min or 0, found.max or 0
    step = -(-(high - low + 1) // TOP)
    counts = dict.fromkeys(range(low, high + 1, step), 0)
    for size, number in found.counts.items():
        counts[max(low, size) - (max(low, size) - low) % step] += number
    return [
        (f"{one:,}" if step == 1 else f"{one:,} to {one + step - 1:,}", number)
        for one, number in counts.items()
    ]
