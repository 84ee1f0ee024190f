"""What is shown of a column when it is opened."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from drypoint.profiles._cells import Cell, of_number
from drypoint.profiles._detail import contents, counts, lengths, values, what
from drypoint.profiles._format import clean, count, share
from drypoint.profiles._grid import block
from drypoint.profiles._pictures import per_cent, value
from drypoint.profiles._plain import RANKS
from drypoint.report._blocks import table_of
from drypoint.report._parts import chart_of

if TYPE_CHECKING:
    from drypoint.profiles import ColumnProfile
    from drypoint.profiles._detail import Fact
    from drypoint.report._inputs import Inputs

__all__ = ["details_of"]

TOP = 15
LONGEST = 40
"""Characters of a value; half of it where that of the reference stands beside it."""
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT")
MINUTE = len("2013-01-01T12:30")
ROOM = 20
"""What a line of the terminal needs beside a value."""


def details_of(inputs: Inputs) -> list[dict[str, Any]]:
    """Of each column what it is, its facts, its tables and its charts."""
    there = {} if inputs.reference is None else inputs.reference.columns
    return [detail(column, there.get(column.name)) for column in inputs.profile]


def detail(column: ColumnProfile, other: ColumnProfile | None) -> dict[str, Any]:
    """One column, beside the same one of the reference."""
    return {
        "what": what(column),
        "facts": facts(column, other),
        "tables": [one for one in (quantiles(column, other), top(column)) if one],
        "charts": charts(column, other),
    }


# ---- Facts


def facts(column: ColumnProfile, other: ColumnProfile | None) -> list[list[str]]:
    """Label, value and note of each fact; beside a reference what it is there."""
    if other is None:
        mine = facts_of(column, LONGEST)
        return [[fact.label, str(fact.value), fact.note] for fact in mine]
    mine, there = (facts_of(one, LONGEST // 2) for one in (column, other))
    theirs = {fact.label: str(fact.value) for fact in there}
    return [[fact.label, str(fact.value), fact.note, theirs.get(fact.label, "–")] for fact in mine]


def facts_of(column: ColumnProfile, most: int) -> list[Fact]:
    """Counts, extremes of at most so many characters, moments, lengths, kinds, and own metrics."""
    return [
        *counts(column),
        *values(column, most + ROOM),
        *lengths(column),
        *contents(column),
        *own(column),
    ]


def own(column: ColumnProfile) -> list[Fact]:
    """Metrics that are written in Python."""
    from drypoint.profiles._detail import Fact

    return [Fact(clean(name), Cell(clean(str(one.value)))) for name, one in column.metrics.items()]


# ---- Tables


def quantiles(column: ColumnProfile, other: ColumnProfile | None) -> dict[str, Any] | None:
    """Values at ranks, with bounds; beside a reference with what they are there."""
    found = column.quantile(list(RANKS)) or []
    if not found:
        return None
    sides = {"value": [value(column, one.value) for one in found]}
    note = ""
    if not all(one.is_exact for one in found):
        sides["from"] = [value(column, one.lower) for one in found]
        sides["to"] = [value(column, one.upper) for one in found]
        note = f"from and to: bounds at {per_cent(min(one.confidence for one in found))}"
    there = None if other is None else other.quantile(list(RANKS))
    if other is not None and there:
        sides["reference"] = [value(other, one.value) for one in there]
    ranks = block("quantile", [Cell(f"{100 * rank:g} %") for rank in RANKS])
    blocks = [ranks, *(block(title, of) for title, of in shortened(sides).items())]
    return {"title": "Quantiles", "note": note, **table_of(blocks)}


def shortened(sides: dict[str, list[Cell]]) -> dict[str, list[Cell]]:
    """Times without the letters of ISO 8601, and without seconds where there are none in any."""
    cells = [cell for of in sides.values() for cell in of]
    if not all(MOMENT.match(cell.text) for cell in cells):
        return sides
    texts = [cell.text.removesuffix("Z") for cell in cells]
    most = MINUTE if all(text[MINUTE:] in ("", ":00") for text in texts) else None
    return {
        title: [Cell(cell.text.removesuffix("Z").replace("T", " ")[:most]) for cell in of]
        for title, of in sides.items()
    }


def top(column: ColumnProfile) -> dict[str, Any] | None:
    """The most frequent values, with bounds."""
    found = column.top(TOP)
    if not found or found[0].estimate.upper <= 1:
        return None
    values = column.rows - column.nulls
    items = [value(column, item.item, LONGEST) for item in found]
    blocks = [
        block("value", items, left=not items[0].numeric),
        block("count", [of_number(count(item.estimate.value)) for item in found]),
        block("share", [of_number(share(item.estimate.value, values)) for item in found]),
    ]
    exact = all(item.estimate.is_exact for item in found)
    if not exact:
        blocks += [
            block("from", [of_number(count(item.estimate.lower)) for item in found]),
            block("to", [of_number(count(item.estimate.upper)) for item in found]),
        ]
    note = "" if exact else "from and to: bounds that always hold"
    return {"title": "Top values", "note": note, **table_of(blocks)}


# ---- Charts


def charts(column: ColumnProfile, other: ColumnProfile | None) -> list[dict[str, Any]]:
    """The pictures that a column can have."""
    from drypoint.report import charts as draw

    found = [
        ("Distribution", draw.histogram(column, other)),
        ("Top values", draw.top_values(column, other)),
        ("Cumulative share", draw.ecdf(column, other)),
        ("Lengths", draw.lengths(column)),
        ("Kinds of content", draw.kinds(column)),
        ("Calendar", draw.calendar(column)),
    ]
    return [chart_of(title, one) for title, one in found if one is not None]
