"""What stands in the cells of tables: facts in few characters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from drypoint.profiles._format import (
    apart,
    clean,
    count,
    cut,
    number,
    off,
    seconds,
    share,
    span,
)
from drypoint.profiles._ink import inked, joined
from drypoint.profiles._values import as_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from drypoint.profiles._column import ColumnProfile
    from drypoint.profiles._histogram import Histogram
    from drypoint.sketches import Item

__all__ = [
    "Cell",
    "blocks",
    "distinct",
    "estimated",
    "extreme",
    "figure",
    "histogram",
    "missing",
    "nans",
    "nulls",
    "of_number",
    "quantile",
    "shape",
    "short_type",
    "shown",
    "top",
    "typical",
]

BLOCKS = " ▁▂▃▄▅▆▇█"
DAYS = 3
"""Columns of times that span no more show hours."""
INTEGERS = 16
"""In bins of more, one integer more or less does not show."""
MINUTE = len("2013-01-01T12:30")


class Cell(NamedTuple):
    """What stands in a cell.

    Attributes:
        text: a number up to its point, or text.
        part: the rest of the number, from its point on.
        error: how far off it can be, from " ±" on.
        numeric: whether it is a number, to be aligned at its point.
    """

    text: str
    part: str = ""
    error: str = ""
    numeric: bool = False

    def __str__(self) -> str:
        return self.text + self.part + self.error

    @property
    def inked(self) -> str:
        """The same with the roles of its parts."""
        return joined("", [self.text, self.part, inked(self.error, "faint")])


EMPTY = Cell("")
NONE = Cell(inked("–", "faint"))


def of_number(text: str, error: str = "") -> Cell:
    """The cell of a number that is written out; a unit stands after its point or in its place."""
    whole = text.partition("." if "." in text else " ")[0]
    return Cell(whole, text[len(whole) :], error, numeric=True)


def nulls(column: ColumnProfile) -> Cell:
    """Nulls, as a share of the rows."""
    return of_number(share(column.nulls, column.rows)) if column.nulls else NONE


def missing(column: ColumnProfile) -> Cell:
    """Rows without the column; nothing where there are none."""
    return of_number(count(column.missing)) if column.missing else EMPTY


def nans(column: ColumnProfile) -> Cell:
    """NaN as a share of the rows; nothing where there are none."""
    return of_number(share(column.nans, column.rows)) if column.nans else EMPTY


def distinct(column: ColumnProfile, *, bounded: bool = False) -> Cell:
    """How many values, with the larger of the two bounds, or marked as an estimate."""
    found = column.distinct
    if found is None:
        return EMPTY
    size = apart(found)
    if not round(size):
        return of_number(count(found.value))
    if bounded:
        return of_number(count(found.value), f" ±{size:,.0f}")
    return of_number(f"~{count(found.value)}")


def shown(column: ColumnProfile, value: Any, room: int = 24) -> Cell:
    """A value of *column*: numbers are never cut, text to *room*, times as short as they can be."""
    if value is None:
        return EMPTY
    if column.type.startswith("timestamp"):
        return Cell(moment(column, str(value)))
    if column.type.startswith("duration"):
        return Cell(span(value))
    text = as_words(column.type, value)
    return of_number(number(value)) if text is None else Cell(cut(clean(text), room))


def moment(column: ColumnProfile, text: str) -> str:
    """A timestamp: the date; the hour too where there are few days, the time alone if only one."""
    date, _, time = text.partition("T")
    first, last = str(column.min), str(column.max)
    if first[:MINUTE] == last[:MINUTE]:
        return time[:12]
    if first.partition("T")[0] == last.partition("T")[0]:
        return time[:8]
    few = seconds(column.max - column.min) <= DAYS * 86_400
    return f"{date[-5:]} {time[:5]}" if few else date


def extreme(which: str, room: int) -> Callable[[ColumnProfile], Cell]:
    """The cell of the least or the greatest value."""
    return lambda column: shown(column, getattr(column, which), room)


def figure(which: str) -> Callable[[ColumnProfile], Cell]:
    """The cell of a number that some columns have."""

    def cell(column: ColumnProfile) -> Cell:
        found = getattr(column, which)
        return EMPTY if found is None else of_number(number(found))

    return cell


def quantile(rank: float, *, bounded: bool = False) -> Callable[[ColumnProfile], Cell]:
    """The cell of the value at a rank."""

    def cell(column: ColumnProfile) -> Cell:
        found = column.quantile(rank)
        return EMPTY if found is None else estimated(column, found, bounded=bounded)

    return cell


def estimated(column: ColumnProfile, found: Any, *, bounded: bool) -> Cell:
    """A value of *column* that is known within bounds."""
    return marked(shown(column, found.value), found, bounded=bounded)


def marked(cell: Cell, found: Any, *, bounded: bool) -> Cell:
    """The *cell* of the value of an estimate, with its bounds, or marked as one."""
    if found.is_exact:
        return cell
    if bounded:
        return cell._replace(error=f" ±{off(apart(found))}")
    return cell._replace(text=f"~{cell.text}")


def typical(room: int) -> Callable[[ColumnProfile], Cell]:
    """The cell of the median; of what has none, the most frequent value."""
    median, first = quantile(0.5), top(1, room)
    return lambda column: first(column) if column.kll is None else median(column)


def top(most: int, room: int, *, bounded: bool = False) -> Callable[[ColumnProfile], Cell]:
    """The cell of the most frequent values."""

    def cell(column: ColumnProfile) -> Cell:
        frequent = [item for item in column.top(most) if item.estimate.lower > 1]
        return Cell(", ".join(written(column, item) for item in frequent))

    def written(column: ColumnProfile, item: Item) -> str:
        text, found = shown(column, item.item, room), item.estimate
        if found.is_exact:
            return f"{text} ×{count(found.value)}"
        if bounded:
            return f"{text} ×{count(found.value)} ±{count(apart(found))}"
        return f"{text} ×~{count(found.value)}"

    return cell


def shape(column: ColumnProfile, bins: int = 12) -> Cell:
    """The histogram as a row of blocks, each as high as its share of the highest."""
    found = histogram(column, bins)
    if found is None:
        return EMPTY
    return Cell(inked(blocks([one.value for one in found.counts]), "shape"))


def histogram(column: ColumnProfile, bins: int) -> Histogram | None:
    """The histogram; None of a single value. Bins of few integers hold as many of them each."""
    if column.kll is None or column.min == column.max:
        return None
    if "int" not in column.type or column.max - column.min > INTEGERS * bins:
        return column.histogram(bins)
    span = column.max - column.min + 1
    steps = {count: -(-span // count) for count in range(bins, bins // 2, -1)}
    best = min(steps, key=lambda count: count * steps[count] - span)
    edges = [column.min - 0.5 + steps[best] * index for index in range(best + 1)]
    return column.histogram(edges)


def blocks(counts: list[float]) -> str:
    """Counts as blocks; what is there but small is a low one, not none."""
    highest = max(counts, default=0)
    if not highest:
        return ""
    steps = len(BLOCKS) - 1
    return "".join(BLOCKS[max(bool(one), round(steps * one / highest))] for one in counts).rstrip()


def short_type(column: ColumnProfile) -> Cell:
    """The type in few characters; with others that the column came with."""
    return Cell(cut(" | ".join(short(clean(one)) for one in column.types), 18))


def short(type_name: str) -> str:
    """The name of a type without what matters less."""
    bare = type_name.split("[", maxsplit=1)[0] if not type_name.startswith("vector") else type_name
    bare = bare.split("(", maxsplit=1)[0]
    return SIZED.sub(lambda found: found[1][0], SHORT.get(bare, bare))


SIZED = re.compile(r"\b(float|uint|int)(?=\d)")
SHORT = {
    "timestamp": "time",
    "time32": "clock",
    "time64": "clock",
    "date32": "date",
    "date64": "date",
    "duration": "span",
    "string": "str",
    "binary": "bytes",
}
