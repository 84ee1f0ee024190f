"""The table of all columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drypoint.drift._shown import figure
from drypoint.estimate import Estimate
from drypoint.profiles._cells import (
    Cell,
    distinct,
    extreme,
    histogram,
    nulls,
    quantile,
    short_type,
    top,
)
from drypoint.profiles._format import clean
from drypoint.report._alerts import LEVELS
from drypoint.report._blocks import cell_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from drypoint.drift import ColumnDrift
    from drypoint.profiles import ColumnProfile
    from drypoint.report._inputs import Inputs

__all__ = ["overview_of", "spark"]

BINS = 24
"""Bars of the small histograms."""
SHARES = 6
"""Values of the small bars of shares."""
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
ROOM = 18


def overview_of(inputs: Inputs, alerts: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """A row for each column: cells as they are shown, and ranks by which they are sorted."""
    columns = list(inputs.profile)
    drift = None if inputs.drift is None else furthest(inputs.drift)
    heads = [*HEADS, *([drift_head(drift)] if drift is not None else [])]
    cells = [[head.cell(column) for column in columns] for head in heads]
    parts = [max((len(one.part) for one in of if one.numeric), default=0) for of in cells]
    shown = [
        bounded([cell_of(one, part if head.aligned else 0) for one in of], of)
        for head, of, part in zip(heads, cells, parts, strict=True)
    ]
    rows = zip(*shown, strict=True)
    marks = marks_of(alerts, len(columns))
    return {
        "heads": [[head.name, head.title] for head in heads],
        "columns": [
            {
                "name": clean(column.name),
                "type": str(short_type(column)),
                "cells": list(row),
                "spark": spark(column),
                "alerts": marks[place],
            }
            for place, (column, row) in enumerate(zip(columns, rows, strict=True))
        ],
        "ranks": {
            "name": ranks([(0, column.name.casefold()) for column in columns]),
            "type": ranks([(0, column.type) for column in columns]),
            "attention": ranks([attention(one, alerts) for one in marks]),
            **{head.name: ranks([sortable(head.key(one)) for one in columns]) for head in heads},
        },
    }


def bounded(shown: list[Any], cells: list[Cell]) -> list[Any]:
    """The cells of a head: where one number can be off, the others have room for how far, too."""
    if not any(one.error for one in cells):
        return shown
    return [
        [text, ""] if cell.numeric and not cell.error else text
        for text, cell in zip(shown, cells, strict=True)
    ]


class Head:
    """A column of the table: what is in its cells, and what it is sorted by."""

    def __init__(
        self,
        name: str,
        title: str,
        cell: Callable[[ColumnProfile], Cell],
        key: Callable[[ColumnProfile], Any],
        *,
        aligned: bool = False,
    ) -> None:
        self.name, self.title, self.cell, self.key, self.aligned = name, title, cell, key, aligned


def typical(column: ColumnProfile) -> Cell:
    """The median with its bounds; of what has none, the most frequent value."""
    return TOP(column) if column.kll is None else MEDIAN(column)


MEDIAN, TOP = quantile(0.5, bounded=True), top(1, ROOM)
HEADS = (
    Head("nulls", "Nulls", nulls, lambda one: one.null_ratio, aligned=True),
    Head("distinct", "Distinct", lambda one: distinct(one, bounded=True), lambda one: one.distinct),
    Head("min", "Min", extreme("min", ROOM), lambda one: one.min),
    Head("median", "Median or top", typical, lambda one: one.median),
    Head("max", "Max", extreme("max", ROOM), lambda one: one.max),
)


def drift_head(found: dict[str, ColumnDrift]) -> Head:
    """The column of distances from the reference."""

    def cell(column: ColumnProfile) -> Cell:
        row = found.get(column.name)
        return Cell("") if row is None or row.distance is None else figure(row.distance.value)

    def key(column: ColumnProfile) -> Any:
        row = found.get(column.name)
        if row is None or row.distance is None:
            return None
        return row.distance.value / row.limit if row.limit else row.distance.value

    return Head("drift", "Drift", cell, key, aligned=True)


def furthest(table: Sequence[ColumnDrift]) -> dict[str, ColumnDrift]:
    """Of each column the comparison that needs to be looked at first."""
    order = ("drift", "undecided", "none")
    worst: dict[str, ColumnDrift] = {}
    for row in table:
        known = worst.get(row.column)
        if known is None or order.index(row.verdict) < order.index(known.verdict):
            worst[row.column] = row
    return worst


def marks_of(alerts: Sequence[dict[str, Any]], columns: int) -> list[list[int]]:
    """Of each column the places of its alerts."""
    marks: list[list[int]] = [[] for _ in range(columns)]
    for place, alert in enumerate(alerts):
        for column, _ in alert["found"]:
            if isinstance(column, int) and place not in marks[column]:
                marks[column].append(place)
    return marks


# ---- What rows are sorted by


def attention(marks: Sequence[int], alerts: Sequence[dict[str, Any]]) -> tuple[int, Any]:
    """What needs to be looked at first: by the worst of its alerts, then by how many there are."""
    levels = [LEVELS.index(alerts[place]["level"]) for place in marks]
    return 0, (min(levels, default=len(LEVELS)), -len(levels))


def sortable(value: Any) -> tuple[int, Any] | None:
    """A value as a key: numbers, then times, then text; None for nothing."""
    value = value.value if isinstance(value, Estimate) else value
    if value is None:
        return None
    if isinstance(value, str):
        return 2, value
    try:
        return 0, float(value)
    except (TypeError, ValueError):
        return 1, str(value)


def ranks(keys: list[tuple[int, Any] | None]) -> list[int | None]:
    """The place of each key among all, equal ones alike; None for nothing."""
    there = {key: place for place, key in enumerate(sorted({one for one in keys if one}))}
    return [None if one is None else there[one] for one in keys]


# ---- Small pictures


def spark(column: ColumnProfile) -> str:
    """A picture in a few characters: `h` and heights of bars, or `s` and shares of values.

    Heights are digits in base 36, of which the highest bar has all; shares are in per mille.
    """
    found = histogram(column, BINS)
    if found is not None:
        return "h" + heights([one.value for one in found.counts])
    values = column.rows - column.nulls
    if not values:
        return ""
    if column.trues is not None:
        return f"s{round(1000 * column.trues / values)}"
    items = [item.estimate.value for item in column.top(SHARES) if item.estimate.lower > 1]
    return "s" + ",".join(str(round(1000 * one / values)) for one in items) if items else ""


def heights(counts: list[float]) -> str:
    """Bars by their share of the highest; what is there but small is not nothing."""
    most = max(counts, default=0) or 1
    last = len(DIGITS) - 1
    return "".join(DIGITS[max(bool(one), round(last * one / most))] for one in counts)
