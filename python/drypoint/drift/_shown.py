"""A table of drift as text and as HTML, what has drifted first."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from drypoint.profiles._cells import Cell, marked, of_number
from drypoint.profiles._format import clean, cut, distance
from drypoint.profiles._grid import GAP, block, lines, room_of, terminal_width
from drypoint.profiles._html import page
from drypoint.profiles._ink import inked, inked_lines, joined
from drypoint.profiles._table import MOST, counted, label

if TYPE_CHECKING:
    from drypoint.drift._result import ColumnDrift
    from drypoint.drift._table import DriftTable
    from drypoint.profiles._grid import Block
    from drypoint.profiles._ink import Role

__all__ = ["as_html", "as_text", "row_as_html"]

VERDICTS: dict[str, Role] = {"drift": "fail", "undecided": "undecided", "none": "pass"}
"""What needs to be looked at first, and its colour."""
ROOMY = 100
"""From so many cells on there is room for bounds."""
REASON = 24
"""A reason in fewer cells says nothing."""
LEAST = ("wobble", "limit", "noise", "measure", "p")
"""What is left out where there is no room, first things first."""
NOTE = "p is adjusted for all rows; noise is the distance that chance stays below 95 times in 100"
BOUNDED = "± is what sketches leave open, at 99 % or always"
WIDE = 1_000


def as_text(table: DriftTable, *, width: int | None = None, most: int | None = MOST) -> str:
    """The table as wide as the terminal is.

    Args:
        table: what is shown.
        width: in cells; None for as wide as the terminal is.
        most: rows that are shown; None for all of them.
    """
    room = width or terminal_width()
    rows = ordered(table)
    shown = rows if most is None else rows[:most]
    if not shown:
        return inked(title(table), "title")
    body = lines(blocks(shown, room))
    rest = len(rows) - len(shown)
    more = [f"… and {rest:,} more; .drifted, .to_pandas() or --json show all"] if rest else []
    below = [line for note in notes(shown, room) for line in textwrap.wrap(note, room)]
    head = inked_lines(textwrap.wrap(title(table), room), "title")
    return joined("\n", [*head, "", *body, *inked_lines([*more, "", *below])])


def as_html(table: DriftTable) -> str:
    """The same for a notebook."""
    rows = ordered(table)[:MOST]
    made = blocks(rows, WIDE) if rows else []
    rest = len(table) - len(rows)
    more = [f"… and {rest:,} more; .drifted or .to_pandas() show all"] if rest else []
    return page(title(table), made, [*more, *notes(rows, WIDE)] if rows else [])


def row_as_html(row: ColumnDrift) -> str:
    """One row of such a table."""
    return page("", blocks([row], WIDE), notes([row], WIDE))


def ordered(table: DriftTable) -> list[ColumnDrift]:
    """What needs to be looked at first."""
    return sorted(table, key=lambda row: [*VERDICTS].index(row.verdict))


def title(table: DriftTable) -> str:
    """How many have drifted."""
    drifted, open_ = len(table.drifted), len(table.undecided)
    more = f", {open_:,} undecided" if open_ else ""
    return (
        f"{drifted:,} of {counted(len(table), 'comparison')} drifted{more}, at α = {table.alpha:g}"
    )


def notes(rows: list[ColumnDrift], room: int) -> list[str]:
    """What stands below."""
    some = any(row.distance is not None and not row.distance.is_exact for row in rows)
    return [NOTE, *([BOUNDED] if some and room >= ROOMY else [])]


def blocks(rows: list[ColumnDrift], room: int) -> list[Block]:
    """The columns of the table: as many as there is room for."""
    most = max(8, room // 4)
    made = [block("column", [name(row.column, most) for row in rows], left=True)]
    if any(row.segment for row in rows):
        made.insert(0, block("segment", [name(segment(row), most) for row in rows], left=True))
    made.append(block("measure", [Cell(row.measure) for row in rows], left=True))
    distances = [distance_of(row, bounded=room >= ROOMY) for row in rows]
    made += [
        block("distance", distances),
        block("noise", [figure(row.noise_floor) for row in rows]),
        block("limit", [figure(row.limit) for row in rows]),
        block("p", [chance(row.adjusted_p_value) for row in rows]),
        block("verdict", [verdict(row) for row in rows], left=True),
    ]
    if any(row.wobble is not None for row in rows):
        made.insert(-2, block("wobble", [figure(row.wobble) for row in rows]))
    for least in LEAST:
        if room_of(made) > room:
            made = [one for one in made if one.title != least]
    left = room - room_of(made) - len(GAP)
    reasons = [Cell(cut(clean(row.reason), left)) for row in rows] if left >= REASON else []
    return [*made, *([block("reason", reasons, left=True)] if reasons else [])]


def name(text: str, most: int) -> Cell:
    """A name that may have to be cut in its middle."""
    return Cell(cut(clean(text), most, middle=True))


def segment(row: ColumnDrift) -> str:
    """The keys and values of a segment."""
    return ", ".join(f"{key}={label(value)}" for key, value in row.segment.items())


def verdict(row: ColumnDrift) -> Cell:
    """What was found, in its colour."""
    return Cell(inked(row.verdict, VERDICTS[row.verdict]))


def distance_of(row: ColumnDrift, *, bounded: bool) -> Cell:
    """The distance with what sketches leave open."""
    found = row.distance
    return Cell("–") if found is None else marked(figure(found.value), found, bounded=bounded)


def figure(value: float | None) -> Cell:
    """A distance in few digits."""
    if value is None:
        return Cell("–")
    return of_number(distance(value))


def chance(value: float | None) -> Cell:
    """A p-value in few digits."""
    if value is None:
        return Cell("–")
    return of_number(f"{value:.3f}") if value >= 1e-3 else Cell("<0.001")  # noqa: PLR2004
