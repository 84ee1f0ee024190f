"""Parts that templates share."""

from __future__ import annotations

from typing import Any

from drypoint.report.charts._figures import PERCENT

__all__ = ["NAMED", "SHARE", "SIDES", "SIDE_COLORS", "TITLE", "colored", "diagonal"]

SIDES = ["current", "reference"]
SIDE_COLORS = {"domain": SIDES, "range": [{"$param": side} for side in SIDES]}
TITLE = {"text": {"$param": "title"}, "subtitle": {"$param": "subtitle"}}
NAMED = [
    {"calculate": "'current'", "as": "mine"},
    {"calculate": "'reference'", "as": "other"},
]
"""Fields that the colours of two sides and their legend stand for."""
SHARE = {
    "type": "quantitative",
    "scale": {"domain": [0, 1], "nice": False},
    "axis": {**PERCENT, "tickCount": 5},
}
"""An axis of all shares there are."""


def colored(field: str) -> dict[str, Any]:
    """The colour of one of two sides, which the legend tells; *field* is one of `NAMED`."""
    return {"field": field, "type": "nominal", "scale": SIDE_COLORS, "title": None}


def diagonal(x: dict[str, Any], y: dict[str, Any]) -> dict[str, Any]:
    """A dashed line on which two shares are the same."""
    return {
        "data": {"values": [{"at": 0}, {"at": 1}]},
        "mark": {"type": "line", "strokeDash": [4, 3], "strokeWidth": 1.2},
        "encoding": {
            "x": {**x, "field": "at"},
            "y": {**y, "field": "at"},
            "color": {"value": {"$param": "soft"}},
        },
    }
