"""What segments did as text and as HTML."""

from __future__ import annotations

import textwrap
from math import floor, log10
from typing import TYPE_CHECKING

from drypoint.profiles._cells import Cell, of_number
from drypoint.profiles._format import clean, cut, number, share
from drypoint.profiles._grid import block, lines, room_of, terminal_width
from drypoint.profiles._html import page
from drypoint.profiles._ink import inked_lines, joined
from drypoint.profiles._table import MOST, counted, label

if TYPE_CHECKING:
    from drypoint.estimate import Estimate
    from drypoint.profiles._grid import Block
    from drypoint.tracing._contribution import Contribution
    from drypoint.tracing._trace_table import Trace

__all__ = ["as_html", "as_text", "segment_name"]

WIDE = 1_000
DIGITS = 3
"""Digits of the largest contribution that are told; all others end where it does."""
REMAINDER = "(remainder)"
NOTE = "mix: it grew or shrank; rate: its own figure went up or down; together they are the change"


def as_text(table: Trace, *, width: int | None = None, most: int | None = MOST) -> str:
    """The table as wide as the terminal is.

    Args:
        table: what is shown.
        width: in cells; None for as wide as the terminal is.
        most: rows that are shown; None for all of them.
    """
    room = width or terminal_width()
    rows = table.rows if most is None else table.rows[:most]
    rest = len(table) - len(rows)
    more = [f"… and {rest:,} more; .to_pandas() shows all"] if rest else []
    head = [part for line in title(table) for part in textwrap.wrap(line, room)]
    below = inked_lines([*more, "", *textwrap.wrap(NOTE, room)])
    return joined("\n", [*inked_lines(head, "title"), "", *lines(blocks(rows, room)), *below])


def as_html(table: Trace) -> str:
    """The same for a notebook."""
    rows = table.rows[:MOST]
    rest = len(table) - len(rows)
    more = [f"… and {rest:,} more; .to_pandas() shows all"] if rest else []
    return page(" · ".join(title(table)), blocks(rows, WIDE), [*more, NOTE])


def title(table: Trace) -> list[str]:
    """What moved, by how much, and why."""
    places = places_of([table.mix_effect, table.rate_effect, table.contribution])
    moved = signed(table.contribution, places)
    found = table.change
    within = (
        "" if found is None else f" ({interval(found, places)} at {100 * found.confidence:.4g} %)"
    )
    mix, rate = signed(table.mix_effect, places), signed(table.rate_effect, places)
    return [
        f"{table.metric}: {number(table.value)}, {number(table.reference_value)} in the reference",
        f"{moved}{within} = {mix} mix {rate} rate, over {counted(len(table), 'segment')}",
    ]


def places_of(values: list[float]) -> int:
    """How many digits after the point the largest of *values* needs."""
    largest = max(map(abs, values), default=0.0)
    return max(0, DIGITS - 1 - floor(log10(largest))) if largest > 0 else DIGITS


def signed(value: float, places: int) -> str:
    """A number with its sign; what rounds to nothing is 0."""
    text = f"{value:+,.{places}f}"
    return text if any(digit in text for digit in "123456789") else f"{0:.{places}f}"


def interval(found: Estimate[float], places: int) -> str:
    """The bounds of a change."""
    return f"{signed(found.lower, places)} to {signed(found.upper, places)}"


def blocks(rows: tuple[Contribution, ...], room: int) -> list[Block]:
    """The columns of the table: as many as there is room for, what matters most first."""
    places = places_of([row.contribution for row in rows])
    name = block("segment", [Cell(segment_name(row, max(8, room // 4))) for row in rows], left=True)

    def effect(title: str, field: str) -> Block:
        cells = [of_number(signed(getattr(row, field), places)) for row in rows]
        return block(title, cells)

    made = [name, effect("moved by", "contribution"), effect("mix", "mix_effect")]
    made.append(effect("rate", "rate_effect"))
    for group in (share_blocks(rows), value_blocks(rows), [change_block(rows)]):
        if room_of([*made, *group]) > room:
            break
        made += group
    return made


def share_blocks(rows: tuple[Contribution, ...]) -> list[Block]:
    """How large the segments are, and were."""
    now = [of_number(share(row.share, 1.0)) for row in rows]
    then = [of_number(share(row.reference_share, 1.0)) for row in rows]
    return [block("share", now), block("was", then)]


def value_blocks(rows: tuple[Contribution, ...]) -> list[Block]:
    """Their own figures, now and then."""
    now = [figure(row.value) for row in rows]
    then = [figure(row.reference_value) for row in rows]
    return [block("value", now), block("was", then)]


def change_block(rows: tuple[Contribution, ...]) -> Block:
    """By how much the figures changed, or what there is instead."""
    found = [row.change for row in rows]
    places = places_of([one.value for one in found if one is not None])
    cells = [
        Cell(absent(row) if one is None else interval(one, places))
        for row, one in zip(rows, found, strict=True)
    ]
    return block("change within", cells, left=True)


def absent(row: Contribution) -> str:
    """What stands in the place of a change."""
    return "–" if row.presence == "both" else row.presence


def figure(value: float | None) -> Cell:
    """A figure in few digits."""
    return Cell("–") if value is None else of_number(number(value))


def segment_name(row: Contribution, room: int) -> str:
    """The keys and values of a segment, or the values alone where there is one key."""
    if row.segment is None:
        return REMAINDER
    pairs = [(key, label(value)) for key, value in row.segment.items()]
    text = ", ".join(f"{key}={value}" for key, value in pairs)
    return cut(clean(text), room, middle=True)
