"""Which labels were predicted where which were true."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drypoint._intervals import wilson
from drypoint.profiles._format import count, number
from drypoint.report.charts._drawing import Drawing
from drypoint.report.charts._figures import (
    PERCENT,
    at,
    distinct_labels,
    figures,
    lines_of,
    name_of,
)
from drypoint.report.charts._themes import HIGH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drypoint.performance import Classification

__all__ = ["TEMPLATES", "confusion"]

MOST = 12
"""Labels that are drawn."""
LABEL = 12
CONFIDENCE = 0.95
STEP = 40
ROOM = 44
"""Pixels of a cell in which a share is written."""
FLAT = 40
"""Characters of all labels that stand side by side on 320 pixels."""
AXIS = {"ticks": False, "domain": False}
X = {
    "field": "predicted",
    "type": "nominal",
    "sort": None,
    "title": "predicted",
    "axis": {**AXIS, "orient": "top", "labelAngle": {"$param": "angle"}},
}
Y = {"field": "actual", "type": "nominal", "sort": None, "title": "label", "axis": AXIS}


def share(which: str, color: str) -> dict[str, Any]:
    """The shares that are written on dark or on bright cells."""
    return {
        "transform": [{"filter": which}],
        "mark": {
            "type": "text",
            "fontSize": 11,
            "tooltip": None,
            "opacity": {"expr": f"width < cells * {ROOM} ? 0 : 1"},
        },
        "encoding": {
            "x": X,
            "y": Y,
            "text": {"field": "written", "type": "nominal"},
            "color": {"value": {"$param": color}},
        },
    }


TEMPLATES = {
    "confusion": {
        "title": {"text": {"$param": "title"}, "subtitle": {"$param": "subtitle"}},
        "height": {"$param": "height"},
        "params": [{"name": "cells", "value": {"$param": "cells"}}],
        "transform": [
            {
                "calculate": (
                    "datum.count === 0 ? '' : datum.share < 0.001 ? '<0.1 %' "
                    ": format(100 * datum.share, '.1f') + ' %'"
                ),
                "as": "written",
            }
        ],
        "layer": [
            {
                "mark": {"type": "rect", "stroke": {"$param": "page"}, "strokeWidth": 1},
                "encoding": {
                    "x": X,
                    "y": Y,
                    "color": {
                        "field": "share",
                        "type": "quantitative",
                        "scale": {
                            "domain": [0, 1],
                            "range": [{"$param": "low"}, {"$param": "high"}],
                        },
                        "title": "share of the label",
                        "legend": {
                            "gradientLength": 160,
                            "gradientThickness": 8,
                            "tickCount": 3,
                            "format": PERCENT["format"],
                            "labelExpr": PERCENT["labelExpr"],
                            "orient": "bottom",
                        },
                    },
                    "tooltip": [
                        {"field": "actual", "type": "nominal", "title": "label"},
                        {"field": "predicted", "type": "nominal"},
                        {
                            "field": "count",
                            "type": "quantitative",
                            "title": "rows",
                            "format": ",",
                        },
                        {
                            "field": "share",
                            "type": "quantitative",
                            "title": "of the label",
                            "format": ".2~%",
                        },
                        {
                            "field": "lower",
                            "type": "quantitative",
                            "title": "at least",
                            "format": ".2~%",
                        },
                        {
                            "field": "upper",
                            "type": "quantitative",
                            "title": "at most",
                            "format": ".2~%",
                        },
                    ],
                },
            },
            share(f"datum.share < {HIGH}", "on_low"),
            share(f"datum.share >= {HIGH}", "on_high"),
        ],
    }
}


def confusion(classification: Classification) -> Drawing | None:
    """The confusion matrix: rows counted exactly, and the share of each label they are.

    The shares have Wilson's limits (1927) at 95 %, which the tooltip shows.

    Args:
        classification: of which the first 12 labels are drawn, and what is missing.

    Returns:
        None without rows.
    """
    found = classification.confusion
    if not found.cells:
        return None
    names = [*found.labels, "(others)", "(missing)"]
    used = {one for pair in found.cells for one in pair}
    places = [one for one in range(len(names)) if one < len(found.labels) or one in used]
    shown = places[:MOST]
    labels = distinct_labels([names[one] for one in shown], LABEL)
    pairs = [(one, other) for one in shown for other in shown]
    counts = [found.cells.get(pair, 0) for pair in pairs]
    of = {one: sum(n for (label, _), n in found.cells.items() if label == one) for one in shown}
    sizes = [of[one] for one, _ in pairs]
    lower, upper = wilson(counts, sizes, CONFIDENCE)
    by_place = dict(zip(shown, labels, strict=True))
    data: dict[str, list[Any]] = {
        "actual": [by_place[one] for one, _ in pairs],
        "predicted": [by_place[other] for _, other in pairs],
        "count": counts,
        "share": figures(n / size if size else 0.0 for n, size in zip(counts, sizes, strict=True)),
        "lower": figures(lower.tolist()),
        "upper": figures(upper.tolist()),
    }
    told = [f"{count(classification.n)} rows with a label and a prediction."]
    if classification.accuracy is not None:
        least, most = wilson(found.hits, classification.n, CONFIDENCE)
        told.append(
            f"Accuracy {number(classification.accuracy)} ({number(float(least))} to "
            f"{number(float(most))} at {at(CONFIDENCE)})."
        )
    if len(shown) < len(places):
        told.append(f"The first {len(shown)} of {len(places)} labels.")
    params = {
        "title": f"Confusion matrix of {name_of(classification.name)}",
        "subtitle": lines_of(told),
        "cells": len(shown),
        "height": STEP * len(shown),
        "angle": 0 if len(shown) * max(map(len, labels)) <= FLAT else -90,
    }
    return Drawing("confusion", data, params, described(classification, told))


def described(classification: Classification, told: Sequence[str]) -> str:
    """The picture in a sentence."""
    return f"Confusion matrix of {name_of(classification.name)}: {' '.join(told)}"
