"""A column as a page in a notebook: a small picture, its facts, quantiles and top values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drypoint.profiles._cells import Cell, of_number, shown
from drypoint.profiles._detail import counts, lengths, values, what
from drypoint.profiles._format import clean, count, share
from drypoint.profiles._grid import block
from drypoint.profiles._html import sheet, table
from drypoint.profiles._plain import RANKS
from drypoint.profiles._spark import spark

if TYPE_CHECKING:
    from drypoint.profiles._column import ColumnProfile
    from drypoint.profiles._grid import Block

__all__ = ["column_as_html"]

TOP = 10
LONGEST = 60
"""Cells of a value."""


def column_as_html(column: ColumnProfile) -> str:
    """All facts of a column, in tables side by side."""
    parts = [
        table(f"{clean(column.name)}: {what(column)}", facts(column), above=spark(column)),
        table("", quantiles(column)),
        table("", top(column)),
    ]
    return sheet([part for part in parts if part], notes(column))


def facts(column: ColumnProfile) -> list[Block]:
    """Counts, extremes, moments and lengths."""
    found = [*counts(column), *values(column, LONGEST), *lengths(column)]
    return [
        block("fact", [Cell(fact.label) for fact in found], left=True),
        block("value", [fact.value for fact in found]),
        block("", [Cell(fact.note) for fact in found], left=True),
    ]


def quantiles(column: ColumnProfile) -> list[Block]:
    """Values at ranks, with bounds; nothing without."""
    found = column.quantile(list(RANKS)) or []
    if not found:
        return []
    made = [block("quantile", [of_number(f"{100 * rank:g} %") for rank in RANKS])]
    sides = {"value": "value", "lower": "from", "upper": "to"}
    sides = {"value": "value"} if exact(found) else sides
    return made + [
        block(title, [shown(column, getattr(one, side)) for one in found])
        for side, title in sides.items()
    ]


def top(column: ColumnProfile) -> list[Block]:
    """The most frequent values, with bounds; nothing where each came once."""
    found = column.top(TOP)
    if not found or found[0].estimate.upper <= 1:
        return []
    of = column.rows - column.nulls
    items = [shown(column, item.item, LONGEST) for item in found]
    estimates = [item.estimate for item in found]
    made = [
        block("top", items, left=not items[0].numeric),
        block("count", [of_number(count(one.value)) for one in estimates]),
        block("share", [of_number(share(one.value, of)) for one in estimates]),
    ]
    if exact(estimates):
        return made
    return [
        *made,
        block("from", [of_number(count(one.lower)) for one in estimates]),
        block("to", [of_number(count(one.upper)) for one in estimates]),
    ]


def exact(found: list[Any]) -> bool:
    """Whether no bounds leave room."""
    return all(one.is_exact for one in found)


def notes(column: ColumnProfile) -> list[str]:
    """What the bounds mean."""
    found = column.quantile(list(RANKS)) or []
    return [] if exact(found) else ["from and to: bounds of quantiles at 99 %, of counts always"]
