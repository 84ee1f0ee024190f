"""Two profiles side by side, as text."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from drypoint.cli.compare import Fact, change_of, percent_of
from drypoint.estimate import Estimate
from drypoint.profiles._cells import Cell, distinct, marked, of_number
from drypoint.profiles._format import clean, count, cut, is_span, number, share, span
from drypoint.profiles._grid import block, lines
from drypoint.profiles._ink import inked, inked_lines, joined
from drypoint.profiles._pictures import fitting, to_the_minute, value
from drypoint.profiles._table import is_marked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drypoint.cli.compare import Pair
    from drypoint.profiles import ColumnProfile
    from drypoint.sketches import Item

__all__ = ["as_text"]

ROOMY = 100
"""From so many cells on there is room for bounds."""
NOTE = "± and ~ mark estimates: distinct at 95 %, medians at 99 %; pp are percentage points"
LABELS = {"null_ratio": "null"}
COUNTS = ("rows", "distinct")
SAME = Cell(inked("=", "faint"))
Line = tuple[str, Cell, Cell, Cell, Cell]


def as_text(
    names: tuple[str, str],
    rows: tuple[int, int],
    pairs: Sequence[Pair],
    room: int,
    most: int | None,
) -> str:
    """Every column with the facts of both sides and their change."""
    shown = list(pairs if most is None else pairs[:most])
    groups = [lines_of(pair, room) for pair in shown]
    flat = [rows_line(*rows), *(line for group in groups for line in group)]
    body = layout(names, flat, room)
    made, left = [*body[:3]], iter(body[3:])
    for pair, group in zip(shown, groups, strict=True):
        made += ["", inked(heading(pair, names, room), "title"), *(next(left) for _ in group)]
    more = len(pairs) - len(shown)
    made += inked_lines([f"… and {more:,} more; --column NAME shows one"] * bool(more))
    marked = any("~" in line or "±" in line for line in body)
    return joined("\n", [*made, *(["", *inked_lines(textwrap.wrap(NOTE, room))] if marked else [])])


def layout(names: tuple[str, str], flat: list[Line], room: int) -> list[str]:
    """All lines in one grid, under the names of the two."""
    labels, before, after, changes, percents = zip(*flat, strict=True)
    most = max(8, room // 4)
    before_name, after_name = (cut(clean(name), most, middle=True) for name in names)
    blocks = [
        block("", [Cell(label) for label in labels], left=True),
        block(before_name, list(before)),
        block(after_name, list(after)),
        block("change", list(changes)),
        block("%", list(percents)),
    ]
    for least in (4, 3):
        blocks = fitting(blocks, least, room)
    return lines(blocks)


def heading(pair: Pair, names: tuple[str, str], room: int) -> str:
    """The name of a column and its type, or how that changed, or where it is missing."""
    name = cut(clean(pair.name), max(8, room // 2), middle=True)
    if pair.before is None or pair.after is None:
        there = pair.before or pair.after
        assert there is not None  # noqa: S101 # it came from one of both
        side = names[0] if pair.after is None else names[1]
        return cut(f"{name}  {types_of(there)}, only in {clean(side)}", room)
    before, after = types_of(pair.before), types_of(pair.after)
    return cut(f"{name}  {before if before == after else f'{before} → {after}'}", room)


def types_of(column: ColumnProfile) -> str:
    """All types that a column came with."""
    return " | ".join(map(clean, column.types))


def rows_line(before: int, after: int) -> Line:
    """How many rows there are."""
    left, right = of_number(count(before)), of_number(count(after))
    return ("rows", left, right, *changed(Fact("rows", before, after), left, right))


def lines_of(pair: Pair, room: int) -> list[Line]:
    """The facts of a column, and its most frequent values."""
    if pair.before is None or pair.after is None:
        return []
    before, after = pair.before, pair.after
    made: list[Line] = []
    for fact in pair.facts():
        left = cell_of(fact.name, before, fact.before, room)
        right = cell_of(fact.name, after, fact.after, room)
        change = in_points(fact) if fact.name == "null_ratio" else changed(fact, left, right)
        made.append((f"  {LABELS.get(fact.name, fact.name)}", left, right, *change))
    return [*made, *top_line(before, after, room)]


def cell_of(name: str, column: ColumnProfile, found: Any, room: int) -> Cell:
    """One fact of one side."""
    if found is None:
        return Cell("")
    if name == "null_ratio":
        return of_number(share(column.nulls, column.rows))
    if name == "distinct":
        return distinct(column, bounded=room >= ROOMY)
    if name == "mean":
        return of_number(number(found))
    if isinstance(found, Estimate):
        cell = marked(value(column, found.value), found, bounded=room >= ROOMY)
    else:
        cell = value(column, found, max(8, room // 4))
    return cell if room >= ROOMY else to_the_minute(column, cell)


def changed(fact: Fact, left: Cell, right: Cell) -> tuple[Cell, Cell]:
    """The change, absolute and in per cent."""
    if str(left) == str(right) and not fact.change:
        return SAME, Cell("")
    if fact.change is None:
        return Cell("differs"), Cell("")
    mark = "~" if is_marked(left) or is_marked(right) else ""
    text = amount(fact)
    signed = text if text.startswith("-") else f"+{text}"
    return of_number(f"{mark}{signed}"), percent_cell(fact.percent)


def amount(fact: Fact) -> str:
    """How large the change is."""
    if is_span(fact.change):
        return span(fact.change)
    if fact.name in COUNTS:
        return count(fact.change)
    # Of a float no more places than the numbers beside it have.
    return number(round(fact.change, 2) or fact.change)


def percent_cell(percent: float | None) -> Cell:
    """A signed share, if there is one."""
    return Cell("") if percent is None else of_number(f"{percent:+,.1f} %")


def in_points(fact: Fact) -> tuple[Cell, Cell]:
    """The change of a share, in percentage points and in per cent."""
    change = change_of(fact.before, fact.after)
    if not change:
        return SAME if change == 0 else Cell(""), Cell("")
    points = of_number(f"{100 * change:+.1f} pp")
    return points, percent_cell(percent_of(fact.before, change))


def top_line(before: ColumnProfile, after: ColumnProfile, room: int) -> list[Line]:
    """The most frequent value of each side by its share; the change if it is the same one."""
    first, second = most_frequent(before), most_frequent(after)
    if first is None and second is None:
        return []
    change = Cell("differs"), Cell("")
    if first and second and first.item == second.item:
        change = in_points(Fact("top", portion(before, first), portion(after, second)))
    most = max(8, room // 6)
    return [("  top", top_cell(before, first, most), top_cell(after, second, most), *change)]


def most_frequent(column: ColumnProfile) -> Item | None:
    """The value that came most often, if one came more than once."""
    found = column.top(1)
    return found[0] if found and found[0].estimate.lower > 1 else None


def portion(column: ColumnProfile, item: Item) -> float:
    """The share of a value among those that are not null."""
    return item.estimate.value / (column.rows - column.nulls)


def top_cell(column: ColumnProfile, item: Item | None, most: int) -> Cell:
    """A value and its share."""
    if item is None:
        return Cell("")
    part = share(item.estimate.value, column.rows - column.nulls)
    return Cell(f"{value(column, item.item, most)} {'' if item.estimate.is_exact else '~'}{part}")
