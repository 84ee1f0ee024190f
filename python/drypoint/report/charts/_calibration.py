"""Scores beside what came true."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drypoint._intervals import wilson
from drypoint.profiles._format import count
from drypoint.report.charts._drawing import Drawing
from drypoint.report.charts._figures import at, figures, lines_of, name_of
from drypoint.report.charts._parts import SHARE, TITLE, diagonal

if TYPE_CHECKING:
    from drypoint.performance import Classification

__all__ = ["TEMPLATES", "calibration"]

CONFIDENCE = 0.95
X = {**SHARE, "title": "mean score"}
Y = {**SHARE, "title": "share that came true"}
HINTS = [
    {"field": "bin", "type": "nominal", "title": "scores"},
    {"field": "rows", "type": "quantitative", "format": ","},
    {"field": "score", "type": "quantitative", "title": "mean score", "format": ".1%"},
    {"field": "rate", "type": "quantitative", "title": "came true", "format": ".1%"},
    {"field": "lower", "type": "quantitative", "title": "at least", "format": ".1%"},
    {"field": "upper", "type": "quantitative", "title": "at most", "format": ".1%"},
]
TEMPLATES = {
    "calibration": {
        "title": TITLE,
        "height": 280,
        "layer": [
            diagonal(X, Y),
            {
                "mark": {"type": "rule", "strokeWidth": 2},
                "encoding": {
                    "x": {**X, "field": "score"},
                    "y": {**Y, "field": "lower"},
                    "y2": {"field": "upper"},
                    "color": {"value": {"$param": "ink"}},
                    "tooltip": HINTS,
                },
            },
            {
                "mark": {"type": "point", "filled": True, "opacity": 1},
                "encoding": {
                    "x": {**X, "field": "score"},
                    "y": {**Y, "field": "rate"},
                    "size": {
                        "field": "rows",
                        "type": "quantitative",
                        "scale": {"range": [25, 250]},
                        "legend": {
                            "symbolFillColor": {"$param": "current"},
                            "tickCount": 3,
                            "format": ",d",
                        },
                    },
                    "color": {"value": {"$param": "current"}},
                    "tooltip": HINTS,
                },
            },
        ],
    }
}


def calibration(classification: Classification) -> Drawing | None:
    """Mean scores beside the share that came true, in 20 bins, with Wilson's limits at 95 %.

    Args:
        classification: with scores.

    Returns:
        None without scores.
    """
    bins = [one for one in classification.calibration() if one.rows]
    if not bins:
        return None
    rows = [one.rows for one in bins]
    hits = [round((one.rate or 0.0) * one.rows) for one in bins]
    lower, upper = wilson(hits, rows, CONFIDENCE)
    data: dict[str, list[Any]] = {
        "bin": [f"{100 * one.lower:g} to {100 * one.upper:g} %" for one in bins],
        "rows": rows,
        "score": figures(one.score or 0.0 for one in bins),
        "rate": figures(one.rate or 0.0 for one in bins),
        "lower": figures(lower.tolist()),
        "upper": figures(upper.tolist()),
    }
    error = classification.ece
    told = [
        f"{count(sum(rows))} rows; expected calibration error {error or 0:.3f}.",
        f"Lines: where the share may lie, each at {at(CONFIDENCE)}; dashed: as scores claim.",
    ]
    name = name_of(classification.name)
    params = {"title": f"Calibration of {name}", "subtitle": lines_of(told)}
    return Drawing("calibration", data, params, f"Calibration of {name}: {' '.join(told)}")
