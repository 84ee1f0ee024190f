"""How groups fare as text and as HTML: their rates, then what they are judged by."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from drypoint.fairness._counts import NAMES
from drypoint.profiles._cells import Cell, of_number
from drypoint.profiles._format import clean, count, cut, number
from drypoint.profiles._grid import GAP, block, lines, room_of, terminal_width
from drypoint.profiles._html import page
from drypoint.profiles._ink import inked, inked_lines, joined
from drypoint.profiles._table import MOST, counted, label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drypoint.estimate import Estimate
    from drypoint.fairness._disparity import Disparity, Group, GroupRates
    from drypoint.fairness._fairness_table import FairnessTable
    from drypoint.profiles._grid import Block

__all__ = ["as_html", "as_text"]

MARKS = {"fail": "✗", "undecided": "?", "pass": "✓"}
"""Verdicts, what needs to be looked at first."""
TITLES = dict(zip(NAMES, ("selected", "base rate", "recall", "fpr", "precision"), strict=True))
REASON = 24
"""A reason in fewer cells says nothing."""
WIDE = 1_000


def as_text(table: FairnessTable, *, width: int | None = None, most: int | None = MOST) -> str:
    """The table as wide as the terminal is.

    Args:
        table: what is shown.
        width: in cells; None for as wide as the terminal is.
        most: rows of each part that are shown; None for all of them.
    """
    room = width or terminal_width()
    groups, rows = largest(table)[:most], ordered(table)[:most]
    head = [part for line in title(table) for part in textwrap.wrap(line, room)]
    parts = [inked_lines(head, "title"), lines(group_blocks(table, groups, room))]
    if rows:
        parts.append(lines(blocks(rows, room)))
    more = [*rest(len(table.groups), len(groups), "group"), *rest(len(table), len(rows), "row")]
    below = [line for one in (*more, *notes(table)) for line in textwrap.wrap(one, room)]
    parts.append(inked_lines(below))
    return joined("\n\n", [joined("\n", part) for part in parts if part])


def as_html(table: FairnessTable) -> str:
    """The same for a notebook."""
    groups, rows = largest(table)[:MOST], ordered(table)[:MOST]
    first = page(" · ".join(title(table)), group_blocks(table, groups, WIDE), [])
    more = [*rest(len(table.groups), len(groups), "group"), *rest(len(table), len(rows), "row")]
    return first + page("", blocks(rows, WIDE) if rows else [], [*more, *notes(table)])


def rest(total: int, shown: int, noun: str) -> list[str]:
    """How many more there are."""
    return [f"… and {counted(total - shown, f'more {noun}')}; .to_pandas() shows all"] * (
        total > shown
    )


def largest(table: FairnessTable) -> list[GroupRates]:
    """The groups by falling rows."""
    return sorted(table.groups, key=lambda one: -one.rows)


def ordered(table: FairnessTable) -> list[Disparity]:
    """What needs to be looked at first; small groups are the last of those that are undecided."""
    verdicts = [*MARKS]

    def place(row: Disparity) -> tuple[int, bool]:
        return verdicts.index(row.verdict), row.rows < table.min_rows

    return sorted(table, key=place)


def title(table: FairnessTable) -> list[str]:
    """What is judged, and how often which verdict came."""
    found = [row.verdict for row in table]
    verdicts = ", ".join(f"{found.count(one)} {one}" for one in reversed(MARKS) if one in found)
    chosen = "" if table.reference_is_chosen else ", the most favored"
    outcome = f"{clean(table.outcome)}, by {', '.join(map(clean, table.reference))}"
    return [
        f"fairness: {outcome} · {verdicts or 'nothing to judge'}",
        f"reference: {name_of(table.reference)}{chosen}",
    ]


def notes(table: FairnessTable) -> list[str]:
    """What stands below."""
    sure = f"{100 * table.confidence:.4g} %"
    found = [f"± and intervals at {sure}; those of a measure hold for all judged groups at once"]
    small = sum(one.small for one in table.groups)
    if small:
        groups = counted(small, "group")
        found.append(f"* {groups} of fewer than {table.min_rows:,} rows, too small to be judged")
    if table.ungrouped:
        found.append(f"{table.ungrouped:,} rows of the remainder are in no group")
    return found


def group_blocks(table: FairnessTable, groups: Sequence[GroupRates], room: int) -> list[Block]:
    """The rates of the groups: as many as there is room for."""
    most = max(8, room // 3)
    names = [Cell(cut(name_of(one.group), most, middle=True) + " *" * one.small) for one in groups]
    made = [block("group", names, left=True)]
    made.append(block("rows", [of_number(count(one.rows)) for one in groups]))
    if any(one.unknown for one in table.groups):
        made.append(block("unknown", [of_number(count(one.unknown)) for one in groups]))
    for name in NAMES:
        found = [getattr(one, name) for one in groups]
        one = block(TITLES[name], [rate(each) for each in found])
        if any(each is not None for each in found) and room_of([*made, one]) <= room:
            made.append(one)
    return made


def rate(found: Estimate[float] | None) -> Cell:
    """A rate with the larger of its two errors, in per cent."""
    if found is None:
        return Cell("–")
    off = max(found.value - found.lower, found.upper - found.value)
    return of_number(f"{100 * found.value:.1f} %", f" ±{100 * off:.1f}")


def blocks(rows: Sequence[Disparity], room: int) -> list[Block]:
    """What the groups are judged by."""
    most = max(8, room // 4)
    made = [
        block("verdict", [verdict(row) for row in rows], left=True),
        block(
            "group", [Cell(cut(name_of(row.group), most, middle=True)) for row in rows], left=True
        ),
        block("measure", [Cell(row.measure) for row in rows], left=True),
        block("value", [figure(row.value) for row in rows]),
        block("within", [Cell(interval(row.value)) for row in rows], left=True),
        block("limit", [of_number(number(row.limit)) for row in rows]),
        block("rows", [of_number(count(row.rows)) for row in rows]),
    ]
    while room_of(made) > room and len(made) > 4:  # noqa: PLR2004 # up to the value
        made.pop()
    left = room - room_of(made) - len(GAP)
    if left < REASON:
        return made
    return [*made, block("reason", [Cell(cut(row.reason, left)) for row in rows], left=True)]


def verdict(row: Disparity) -> Cell:
    """With its sign, in its colour."""
    return Cell(inked(f"{MARKS[row.verdict]} {row.verdict}", row.verdict))


def figure(found: Estimate[float] | None) -> Cell:
    """A ratio or a difference in three digits."""
    return Cell("–") if found is None else of_number(f"{found.value:.3f}")


def interval(found: Estimate[float] | None) -> str:
    """The limits of it."""
    return "" if found is None else f"{found.lower:.3f} to {found.upper:.3f}"


def name_of(group: Group) -> str:
    """The keys and values of a group."""
    return ", ".join(f"{clean(key)}={label(value)}" for key, value in group.items())
