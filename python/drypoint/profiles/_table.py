"""A profile as a table that fits the terminal."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, NamedTuple

from drypoint.profiles._cells import (
    Cell,
    distinct,
    extreme,
    figure,
    missing,
    nans,
    nulls,
    of_number,
    quantile,
    shape,
    short_type,
    top,
    typical,
)
from drypoint.profiles._format import clean, count, cut, share
from drypoint.profiles._grid import GAP, block, lines, room_of, terminal_width
from drypoint.profiles._ink import inked, inked_lines, joined

if TYPE_CHECKING:
    from collections.abc import Callable

    from drypoint.profiles._column import ColumnProfile
    from drypoint.profiles._grid import Block
    from drypoint.profiles._profile import Profile
    from drypoint.profiles._set import ProfileSet

__all__ = [
    "MOST",
    "as_text",
    "column_of_set_as_text",
    "counted",
    "fit",
    "is_marked",
    "label",
    "more",
    "named",
    "note",
    "segment_blocks",
    "set_as_text",
    "set_title",
    "table",
    "title",
]

MOST = 50
"""Rows that are shown unless more are asked for."""
SEGMENTS = 20
LONGEST = 60
"""Cells of a name."""


class Step(NamedTuple):
    """A fact to be shown if there is room.

    Attributes:
        place: where it stands among the others; a later step takes the place of an earlier one.
        title: what stands above.
        cell: what stands in the row of a column.
        left: whether it stands to the left.
    """

    place: int
    title: str
    cell: Callable[[ColumnProfile], Cell]
    left: bool = False


STEPS: tuple[tuple[Step, ...], ...] = (
    (Step(2, "null", nulls),),
    (Step(5, "distinct", distinct),),
    (Step(6, "min", extreme("min", 12)), Step(12, "max", extreme("max", 12))),
    (Step(1, "type", short_type, left=True),),
    (Step(3, "missing", missing),),
    (Step(4, "NaN", nans),),
    (Step(10, "median/top", typical(12)),),
    (Step(5, "distinct", lambda column: distinct(column, bounded=True)),),
    (Step(13, "shape", shape, left=True),),
    (Step(7, "mean", figure("mean")),),
    (Step(14, "top", top(1, 12), left=True), Step(10, "median", quantile(0.5))),
    (Step(14, "top", top(2, 12), left=True),),
    (Step(8, "std", figure("std")),),
    (Step(10, "median", quantile(0.5, bounded=True)),),
    (Step(9, "5 %", quantile(0.05)), Step(11, "95 %", quantile(0.95))),
    (Step(14, "top", top(3, 16), left=True),),
    (Step(6, "min", extreme("min", 24)), Step(12, "max", extreme("max", 24))),
    (
        Step(9, "5 %", quantile(0.05, bounded=True)),
        Step(11, "95 %", quantile(0.95, bounded=True)),
    ),
    (Step(14, "top", top(3, 20, bounded=True), left=True),),
)
"""What is shown, from what matters most; those of one step come together or not at all."""


def as_text(profile: Profile, *, width: int | None = None, most: int | None = MOST) -> str:
    """The table as text.

    Args:
        profile: what is shown.
        width: in cells; None for as wide as the terminal is.
        most: columns that are shown; None for all of them.
    """
    room = width or terminal_width()
    columns = list(profile)
    shown = columns if most is None else columns[:most]
    body = ["", *table([named("column", shown, room)], shown, room)] if shown else []
    rest = more(len(columns) - len(shown))
    beside = [cut(one.summary, room) for one in profile.performance.values()]
    below = [*inked_lines(textwrap.wrap(rest, room)), *(["", *beside] if beside else [])]
    return joined("\n", [inked(cut(title(profile), room), "title"), *body, *below])


def more(columns: int) -> str:
    """How many columns are not shown, and how to see them."""
    return f"… and {columns:,} more; profile[name] or --column NAME shows one" if columns else ""


def title(profile: Profile) -> str:
    """What stands above the table: of what it is, and how large."""
    about = [clean(str(profile.dataset))] if profile.dataset else []
    about += [f"{clean(key)}={label(value)}" for key, value in profile.segment.items()]
    if profile.window:
        times = (time.isoformat(sep=" ").removesuffix("+00:00") for time in profile.window)
        about.append(" to ".join(time.removesuffix(" 00:00:00") for time in times))
    size = f"{counted(profile.rows, 'row')}, {counted(len(profile), 'column')}"
    return f"{', '.join(about)}: {size}" if about else size


def counted(number: int, noun: str) -> str:
    """So many of them, in words."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def label(value: str | None) -> str:
    """The value of a key."""
    return "null" if value is None else clean(str(value))


def table(leading: list[Block], columns: list[ColumnProfile], room: int) -> list[str]:
    """Rows of facts, and what their marks mean."""
    fitted = fit(leading, columns, room)
    text = note(fitted)
    return [*lines(fitted), *(["", *inked_lines(textwrap.wrap(text, room))] if text else [])]


def named(head: str, columns: list[ColumnProfile], room: int) -> Block:
    """The names, which take a third of the room at most."""
    most = max(8, min(LONGEST, room // 3))
    names = [Cell(cut(clean(column.name), most, middle=True)) for column in columns]
    return block(head, names, left=True)


def fit(leading: list[Block], columns: list[ColumnProfile], room: int) -> list[Block]:
    """What leads, and the facts for which there is *room*."""
    placed = {place - len(leading): one for place, one in enumerate(leading)}
    for step in STEPS:
        wider = placed | {
            one.place: block(one.title, list(map(one.cell, columns)), left=one.left) for one in step
        }
        new = any(str(cell) for one in step for cell in wider[one.place].cells)
        if new and room_of(list(wider.values())) <= room:
            placed = wider
    return [placed[place] for place in sorted(placed)]


NOTES = (
    (("distinct",), "distinct at 95 %"),
    (("5 %", "median", "median/top", "95 %"), "quantiles at 99 %"),
    (("top",), "top counts at 100 %"),
)


def note(fitted: list[Block]) -> str:
    """What the marks mean, of those that are there."""
    marked = {one.title for one in fitted if any(is_marked(cell) for cell in one.cells)}
    told = [text for titles, text in NOTES if marked & set(titles)]
    bounded = any(cell.error or " ±" in cell.text for one in fitted for cell in one.cells)
    loose = any("~" in cell.text for one in fitted if one.title in marked for cell in one.cells)
    marks = " and ".join(["±"] * bounded + ["~"] * loose)
    if not told:
        return ""
    verb = "mark estimates" if bounded and loose else "marks estimates"
    return f"{marks} {verb}: {', '.join(told)}"


def is_marked(cell: Cell) -> bool:
    """Whether it says that it is an estimate."""
    return bool(cell.error) or "~" in cell.text or " ±" in cell.text


def set_as_text(profiles: ProfileSet, *, width: int | None = None) -> str:
    """The segments by falling rows, as wide as the terminal is."""
    blocks = segment_blocks(profiles, width or terminal_width())
    return joined("\n", [inked(set_title(profiles), "title"), "", *lines(blocks)])


def column_of_set_as_text(profiles: ProfileSet, name: str, *, width: int | None = None) -> str:
    """One column, segment by segment, by falling rows."""
    room = width or terminal_width()
    there = [one for one in profiles if name in one]
    largest = sorted(there, key=lambda one: one.rows, reverse=True)[:MOST]
    keys = ", ".join(map(clean, profiles.keys))
    labels = [", ".join(label(one.segment[key]) for key in profiles.keys) for one in largest]
    most = max(8, min(LONGEST, room // 3))
    leading = [
        block(cut(keys, most), [Cell(cut(text, most)) for text in labels], left=True),
        block("rows", [of_number(count(one.rows)) for one in largest]),
    ]
    hidden = len(there) - len(largest)
    rest = f"… and {hidden:,} more; --segment KEY=VALUE shows one" if hidden else ""
    head = inked(cut(f"{clean(name)}, by {keys}", room), "title")
    body = table(leading, [one[name] for one in largest], room)
    return joined("\n", [head, "", *body, *inked_lines(textwrap.wrap(rest, room))])


def set_title(profiles: ProfileSet) -> str:
    """How large the set is."""
    return f"{counted(profiles.rows, 'row')}, {counted(len(profiles), 'segment')}"


def segment_blocks(profiles: ProfileSet, room: int) -> list[Block]:
    """The values of the keys of the largest segments, with rows and share."""
    largest = sorted(profiles, key=lambda one: one.rows, reverse=True)[:SEGMENTS]
    rest = others(profiles, len(largest), sum(one.rows for one in largest))
    names, blank, first = [name for name, _ in rest], [""] * len(rest), profiles.keys[:1]
    keys = [
        [*(label(one.segment[key]) for one in largest), *(names if (key,) == first else blank)]
        for key in profiles.keys
    ]
    rows = [*(one.rows for one in largest), *(number for _, number in rest)]
    sizes = [
        block("rows", [of_number(count(number)) for number in rows]),
        block("share", [of_number(share(number, max(profiles.rows, 1))) for number in rows]),
    ]
    most = max(4, (room - room_of(sizes)) // max(1, len(profiles.keys)) - len(GAP))
    return [
        *(
            block(cut(clean(key), most), [Cell(cut(text, most)) for text in texts], left=True)
            for key, texts in zip(profiles.keys, keys, strict=True)
        ),
        *sizes,
    ]


def others(profiles: ProfileSet, shown: int, rows: int) -> list[tuple[str, int]]:
    """What is not shown one by one: names and rows."""
    rest = profiles.remainder
    kept = profiles.rows - (0 if rest is None else rest.rows)
    found = [] if rest is None else [("remainder", rest.rows)]
    if len(profiles) > shown:
        found.insert(0, (f"{len(profiles) - shown:,} more segments", kept - rows))
    return found
