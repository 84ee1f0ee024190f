"""A row for each of many things: its name, its value with an interval, the lines it is beside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drypoint.report.charts._figures import figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drypoint.estimate import Estimate

__all__ = ["DOWN", "MOST", "STEP", "Y", "rows_of", "template", "text"]

MOST = 30
"""Rows that are drawn; tables have the others."""
STEP = 36
Y = {"field": "place", "type": "ordinal", "axis": None, "sort": None}
X = {
    "type": "quantitative",
    "scale": {"$param": "scale"},
    "axis": {"$param": "axis"},
    "title": {"$param": "x_title"},
}
DOWN = 9
"""Marks are so far below the middle of their row; names are above it."""


def template(states: Sequence[tuple[str, str, str]], hints: Sequence[tuple[str, str]]) -> Any:
    """A template.

    Args:
        states: what a row may be found to be: its name, its colour, its shape.
        hints: fields and titles of the tooltip; what is in them is text.
    """
    by_state = [name for name, _, _ in states]
    colors = [{"$param": color} for _, color, _ in states]
    shapes = [shape for _, _, shape in states]
    legend = None if len(states) == 1 else {"symbolOpacity": 1, "symbolStrokeWidth": 2}
    tooltip = [{"field": field, "type": "nominal", "title": title} for field, title in hints]
    state = {"field": "state", "type": "nominal", "title": None, "legend": legend}
    return {
        "title": {"text": {"$param": "title"}, "subtitle": {"$param": "subtitle"}},
        "height": {"$param": "height"},
        "layer": [
            {
                "data": {"values": {"$param": "lines"}},
                "mark": {"type": "rule", "strokeDash": [4, 3], "strokeWidth": 1.2},
                "encoding": {
                    "x": {**X, "field": "at"},
                    "color": {"value": {"$param": "soft"}},
                    "tooltip": {"field": "text", "type": "nominal", "title": "line"},
                },
            },
            {
                "transform": [{"filter": "isValid(datum.floor)"}],
                "mark": {"type": "bar", "height": 9, "yOffset": DOWN, "opacity": 0.35},
                "encoding": {
                    "y": Y,
                    "x": {**X, "field": "start"},
                    "x2": {"field": "floor"},
                    "color": {"value": {"$param": "muted"}},
                    "tooltip": tooltip,
                },
            },
            {
                "transform": [{"filter": "isValid(datum.lower) && datum.lower < datum.upper"}],
                "mark": {"type": "rule", "strokeWidth": 2, "yOffset": DOWN},
                "encoding": {
                    "y": Y,
                    "x": {**X, "field": "lower"},
                    "x2": {"field": "upper"},
                    "color": {"value": {"$param": "ink"}},
                    "tooltip": tooltip,
                },
            },
            {
                "transform": [{"filter": "isValid(datum.value)"}],
                "mark": {
                    "type": "point",
                    "filled": True,
                    "size": 80,
                    "opacity": 1,
                    "yOffset": DOWN,
                },
                "encoding": {
                    "y": Y,
                    "x": {**X, "field": "value"},
                    "color": {**state, "scale": {"domain": by_state, "range": colors}},
                    "shape": {**state, "scale": {"domain": by_state, "range": shapes}},
                    "tooltip": tooltip,
                },
            },
            *text("label", "left", 0, "ink"),
            *text("written", "right", "width", "soft"),
        ],
    }


def text(field: str, align: str, at: Any, color: str) -> list[dict[str, Any]]:
    """What is written above a mark, on a halo of the colour of the page, where lines end."""
    mark = {"type": "text", "align": align, "baseline": "middle", "dy": -7, "fontSize": 11}
    halo = {**mark, "stroke": {"$param": "page"}, "strokeWidth": 4, "strokeJoin": "round"}
    encoding = {"y": Y, "x": {"value": at}, "text": {"field": field, "type": "nominal"}}
    return [
        {"mark": one, "encoding": {**encoding, "color": {"value": {"$param": which}}}}
        for one, which in ((halo, "page"), (mark, color))
    ]


def rows_of(
    labels: Sequence[str],
    found: Sequence[Estimate[float] | None],
    written: Sequence[str],
    states: Sequence[str],
) -> dict[str, list[Any]]:
    """The rows of a picture; a value that is not known is null."""
    return {
        "place": list(range(len(labels))),
        "label": list(labels),
        "value": [None if one is None else figure(one.value) for one in found],
        "lower": [None if one is None else figure(one.lower) for one in found],
        "upper": [None if one is None else figure(one.upper) for one in found],
        "written": list(written),
        "state": list(states),
    }
