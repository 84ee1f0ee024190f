"""Sections, their parts and charts, as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from drypoint.profiles._format import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drypoint.report.charts import Drawing

__all__ = ["Section", "chart_of", "part_of", "section"]

Section: TypeAlias = dict[str, Any]


def section(name: str, title: str, lead: str, parts: Sequence[dict[str, Any] | None]) -> Section:
    """A section as plain values."""
    there = [one for one in parts if one is not None]
    return {"id": name, "title": title, "lead": lead, "parts": there}


def part_of(
    title: str,
    table: dict[str, Any] | None = None,
    drawing: Drawing | None = None,
    notes: Sequence[str] = (),
) -> dict[str, Any] | None:
    """A table or a chart of a section with its title; None if there is neither."""
    if table is None and drawing is None:
        return None
    chart = None if drawing is None else chart_of(title, drawing)
    return {"title": title, "table": table, "chart": chart, "notes": [*notes]}


def chart_of(title: str, drawing: Drawing) -> dict[str, Any]:
    """A chart as plain values; the page puts template, data and parameters together."""
    return {
        "title": title,
        "template": drawing.template,
        "data": drawing.data,
        "params": drawing.params,
        "description": clean(drawing.description, most=None),
    }
