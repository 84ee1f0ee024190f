"""Answers of a task as text and as HTML."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from drypoint.profiles._cells import Cell, of_number
from drypoint.profiles._format import apart, clean, count, cut, number, off
from drypoint.profiles._grid import block, lines, terminal_width
from drypoint.profiles._html import page
from drypoint.profiles._ink import inked_lines, joined
from drypoint.profiles._table import counted

if TYPE_CHECKING:
    from drypoint.performance._answers import Answers
    from drypoint.performance._confusion import Confusion
    from drypoint.profiles._grid import Block

__all__ = ["as_html", "as_text", "brief", "confusion_as_text"]

WIDEST = 12
"""Labels of a matrix that are shown."""
LONGEST = 16
"""Cells of a label."""
NOTE = "± is what sketches leave open, at 98 %"


def as_text(found: Answers, *, width: int | None = None) -> str:
    """The numbers, a line each, with the rows that each rests on.

    Args:
        found: what is shown.
        width: in cells; None for as wide as the terminal is.
    """
    room = width or terminal_width()
    below = [line for text in notes(found) for line in textwrap.wrap(text, room)]
    made = blocks(found)
    body = ["", *lines(made)] if made else []
    head = inked_lines(textwrap.wrap(title(found), room), "title")
    return joined("\n", [*head, *body, *([""] if below else []), *inked_lines(below)])


def as_html(found: Answers) -> str:
    """The same for a notebook."""
    return page(title(found), blocks(found), notes(found))


def title(found: Answers) -> str:
    """What stands above: the task, and how many rows came."""
    about = "".join(f", {clean(text)}" for text in found.about)
    return f"{clean(found.name)}: {found.kind}{about}, {counted(found.rows, 'row')}"


def blocks(found: Answers) -> list[Block]:
    """The numbers that there are."""
    values = {name: found.value(name) for name in found.METRICS}
    there = {name: value for name, value in values.items() if value is not None}
    if not there:
        return []
    return [
        block("metric", [Cell(name) for name in there], left=True),
        block("value", [cell(value) for value in there.values()]),
        block("rows", [of_number(count(found.rows_of(name))) for name in there]),
    ]


def cell(value: Any) -> Cell:
    """A number, with its bounds if it has some."""
    text = number(float(value))
    if getattr(value, "is_exact", True):
        return of_number(text)
    return of_number(text, f" ±{off(apart(value))}")


def notes(found: Answers) -> list[str]:
    """What is to be known, and what the marks mean."""
    bounded = any(not getattr(found.value(name), "is_exact", True) for name in found.METRICS)
    unknown = [name for name in found.asked if found.value(name) is None]
    told = [f"not defined here: {', '.join(unknown)}"] if unknown else []
    return [*(f"! {clean(text)}" for text in found.flags), *told, *([NOTE] if bounded else [])]


def brief(found: Answers) -> str:
    """A line for the table of a profile: the first numbers that there are."""
    values = [(name, found.value(name)) for name in found.METRICS]
    some = [f"{name} {number(float(value))}" for name, value in values if value is not None][:4]
    return f"{title(found)}: {', '.join(some) or 'nothing to judge yet'}"


def confusion_as_text(found: Confusion) -> str:
    """The matrix: a row for each label, a column for each prediction; the first of them."""
    names = [*found.labels, "others", "missing"]
    used = {place for pair in found.cells for place in pair}
    shown = [place for place in range(len(names)) if place in used or place < len(found.labels)]
    rest = max(0, len(shown) - WIDEST)
    shown = shown[:WIDEST]
    texts = [cut(clean(names[place]), LONGEST) for place in shown]
    made = [block("label \\ predicted", [Cell(text) for text in texts], left=True)]
    made += [
        block(text, [of_number(count(found.cells.get((label, place), 0))) for label in shown])
        for text, place in zip(texts, shown, strict=True)
    ]
    more = [f"… and {rest:,} more; cells has them"] if rest else []
    return joined("\n", [*lines(made), *inked_lines(more)])
