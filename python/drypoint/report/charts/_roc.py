"""The ROC curve, with the band that it lies in.

The band is wide enough for two things at once. Sketches are within ε₊ and ε₋ of the ranks of the
scores of each class, at 99 % each; and the scores of n rows are within √(ln(2/a) / 2n) of those of
all rows there could be, at 1 - a (Dvoretzky, Kiefer and Wolfowitz 1956, with the constant of
Massart 1990). What sketches leave of 5 % is shared by both classes, so that all four hold at 95 %;
the curve is then nowhere outside (Campbell 1994).
"""

from __future__ import annotations

from math import log, sqrt
from typing import TYPE_CHECKING, Any

import numpy as np

from drypoint.profiles._format import apart, count, number, off
from drypoint.report.charts._drawing import Drawing
from drypoint.report.charts._figures import at, figures, lines_of, name_of
from drypoint.report.charts._parts import SHARE, TITLE, diagonal

if TYPE_CHECKING:
    import numpy.typing as npt

    from drypoint.performance import Classification, Curve

__all__ = ["TEMPLATES", "roc"]

POINTS = 120
CONFIDENCE, OF_SKETCHES = 0.95, 0.02
X = {**SHARE, "title": "false positive rate"}
Y = {**SHARE, "title": "true positive rate"}
TEMPLATES = {
    "roc": {
        "title": TITLE,
        "height": 280,
        "layer": [
            diagonal(X, Y),
            {
                "mark": {"type": "area", "opacity": 0.35, "color": {"$param": "current"}},
                "encoding": {
                    "x": {**X, "field": "fpr"},
                    "y": {**Y, "field": "lower"},
                    "y2": {"field": "upper"},
                },
            },
            {
                "mark": {"type": "line", "strokeWidth": 2, "color": {"$param": "current"}},
                "encoding": {
                    "x": {**X, "field": "fpr"},
                    "y": {**Y, "field": "tpr"},
                    "order": {"field": "place", "type": "quantitative"},
                },
            },
            {
                "mark": {"type": "point", "opacity": 0, "size": 120},
                "encoding": {
                    "x": {**X, "field": "fpr"},
                    "y": {**Y, "field": "tpr"},
                    "tooltip": [
                        {"field": "threshold", "type": "nominal", "title": "score from"},
                        {
                            "field": "fpr",
                            "type": "quantitative",
                            "title": "false positives",
                            "format": ".1%",
                        },
                        {
                            "field": "tpr",
                            "type": "quantitative",
                            "title": "true positives",
                            "format": ".1%",
                        },
                    ],
                },
            },
        ],
    }
}


def roc(classification: Classification) -> Drawing | None:
    """The ROC curve of a classification with scores, with its band at 95 %.

    The band holds what sketches leave open and what chance between rows does.

    Args:
        classification: with a positive label and its scores.

    Returns:
        None without scores of both classes.
    """
    curve, scores = classification.roc(), classification._scores  # noqa: SLF001 # for the shares
    if curve is None or scores is None:
        return None
    rows = classification.scored_rows
    positives = max(1, round(scores.share * rows))
    own, other = errors(curve, positives, max(1, rows - positives))
    places = thinned(curve)
    fpr, tpr = curve.x[places], curve.y[places]
    data: dict[str, list[Any]] = {
        "place": list(range(len(places))),
        "fpr": figures(fpr.tolist()),
        "tpr": figures(tpr.tolist()),
        "lower": figures(at_rate(curve, fpr - other, own, down=True).tolist()),
        "upper": figures(at_rate(curve, fpr + other, own, down=False).tolist()),
        "threshold": [
            "none" if np.isinf(one) else number(float(one)) for one in curve.thresholds[places]
        ],
    }
    area = classification.auroc
    assert area is not None  # noqa: S101 # there are scores of both
    leeway = "" if area.is_exact else f" ± {off(apart(area))}"
    told = [
        f"Area {area.value:.3f}{leeway}; {count(positives)} of {count(rows)} positive.",
        f"Band: where it may lie at {at(CONFIDENCE)}; dashed: chance.",
    ]
    name = name_of(classification.name)
    params = {"title": f"ROC curve of {name}", "subtitle": lines_of(told)}
    return Drawing("roc", data, params, f"ROC curve of {name}: {' '.join(told)}")


def errors(curve: Curve, positives: int, negatives: int) -> tuple[float, float]:
    """How far the rates of each class may be off: by its sketch, and by chance."""
    left = 1 - CONFIDENCE - (OF_SKETCHES if any(curve.error) else 0.0)
    by_chance = [sqrt(log(2 / (left / 2)) / (2 * n)) for n in (positives, negatives)]
    return curve.error[0] + by_chance[0], curve.error[1] + by_chance[1]


def thinned(curve: Curve) -> npt.NDArray[np.intp]:
    """The places of as many points as are seen, evenly along the curve, both ends among them."""
    along = (curve.x + curve.y) / 2
    wanted = np.searchsorted(along, np.linspace(0, 1, POINTS + 1) - 1e-12)
    return np.unique(np.append(np.minimum(wanted, len(along) - 1), [0, len(along) - 1]))


def at_rate(curve: Curve, fpr: npt.NDArray[Any], error: float, *, down: bool) -> npt.NDArray[Any]:
    """The least, or the greatest, true positive rate that there may be at false positive rates."""
    last = len(curve.x) - 1
    if down:
        place = np.searchsorted(curve.x, fpr, side="left") - 1
        return np.where(place < 0, 0.0, np.maximum(0.0, curve.y[np.maximum(place, 0)] - error))
    place = np.searchsorted(curve.x, fpr, side="right")
    return np.where(place > last, 1.0, np.minimum(1.0, curve.y[np.minimum(place, last)] + error))
