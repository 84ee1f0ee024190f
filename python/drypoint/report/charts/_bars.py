"""Bars beside names: values, kinds of content, with what their counts may be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drypoint.report.charts._figures import PERCENT, distinct_labels, figures
from drypoint.report.charts._parts import NAMED, TITLE, colored

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drypoint.estimate import Estimate

__all__ = ["TEMPLATES", "bars"]

STEP = 24
Y = {
    "field": "label",
    "type": "nominal",
    "sort": None,
    "title": None,
    "axis": {"ticks": False, "domain": False, "labelPadding": 6},
}
UP_TO_ALL = f"datum.value > 1.001 ? '' : {PERCENT['labelExpr']}"
X = {
    "type": "quantitative",
    "scale": {"domainMin": 0, "domainMax": {"$param": "most"}, "nice": False},
    "axis": {**PERCENT, "tickCount": 4, "labelExpr": UP_TO_ALL},
    "title": {"$param": "x_title"},
}


def rule(lower: str, upper: str, color: str, offset: int) -> dict[str, Any]:
    """A thin line from one bound to the other, where there are bounds."""
    return {
        "transform": [{"filter": f"isValid(datum.{lower}) && datum.{lower} < datum.{upper}"}],
        "mark": {"type": "rule", "strokeWidth": 1.5, "yOffset": offset},
        "encoding": {
            "x": {**X, "field": lower},
            "x2": {"field": upper},
            "color": {"value": {"$param": color}},
        },
    }


WRITTEN = {
    "calculate": (
        "datum.share == 0 || datum.share == 1 ? 100 * datum.share + ' %' "
        ": datum.share < 0.001 ? '<0.1 %' : datum.share > 0.999 ? '>99.9 %' "
        ": format(100 * datum.share, '.1f') + ' %'"
    ),
    "as": "written",
}
"""As tables write shares."""
AMOUNT = {
    "mark": {"type": "text", "align": "left", "dx": 5, "fontSize": 11},
    "encoding": {
        "x": {**X, "field": "end"},
        "text": {"field": "written", "type": "nominal"},
        "color": {"value": {"$param": "soft"}},
    },
}
ALONE = {
    "title": TITLE,
    "height": {"$param": "height"},
    "transform": [
        WRITTEN,
        {"calculate": "isValid(datum.upper) ? datum.upper : datum.share", "as": "end"},
    ],
    "encoding": {"y": Y},
    "layer": [
        {
            "mark": {"type": "bar", "height": {"band": 0.7}, "color": {"$param": "current"}},
            "encoding": {"x": {**X, "field": "share"}, "tooltip": {"$param": "tooltip"}},
        },
        rule("lower", "upper", "ink", 0),
        AMOUNT,
    ],
}
"""One side."""


COMPARED = {
    "title": TITLE,
    "height": {"$param": "height"},
    "transform": [
        WRITTEN,
        *NAMED,
        {
            "calculate": (
                "max(isValid(datum.upper) ? datum.upper : datum.share, "
                "isValid(datum.reference_upper) ? datum.reference_upper : datum.reference)"
            ),
            "as": "end",
        },
    ],
    "encoding": {"y": Y},
    "layer": [
        {
            "mark": {"type": "bar", "height": {"band": 0.7}, "opacity": 0.75},
            "encoding": {
                "x": {**X, "field": "share"},
                "color": colored("mine"),
                "tooltip": {"$param": "tooltip"},
            },
        },
        {
            "mark": {"type": "tick", "thickness": 3, "size": STEP - 4, "opacity": 1},
            "encoding": {
                "x": {**X, "field": "reference"},
                "color": colored("other"),
                "tooltip": {"$param": "tooltip"},
            },
        },
        rule("lower", "upper", "ink", -4),
        rule("reference_lower", "reference_upper", "reference", 4),
        AMOUNT,
    ],
}
TEMPLATES = {"bars": ALONE, "bars_compared": COMPARED}
ROOM = 1.3
"""The axis ends beyond the longest bar, where its share is written."""


SHARE = ".2~%"
HINTS = (
    ("value", "value", ""),
    ("count", "count", ",.0f"),
    ("share", "share", SHARE),
    ("lower", "at least", SHARE),
    ("upper", "at most", SHARE),
    ("reference", "reference", SHARE),
    ("reference_lower", "at least", SHARE),
    ("reference_upper", "at most", SHARE),
)
"""Fields of the tooltip, those that there are: title and format."""


def hint(field: str, title: str, style: str) -> dict[str, Any]:
    """A line of the tooltip."""
    if not style:
        return {"field": field, "type": "nominal", "title": title}
    return {"field": field, "type": "quantitative", "title": title, "format": style}


def bars(
    values: Sequence[str],
    found: Sequence[Estimate[float]],
    whole: float,
    other: tuple[Sequence[Estimate[float]], float] | None = None,
) -> tuple[dict[str, list[Any]], dict[str, Any]]:
    """The rows of a picture, and what its template needs to be told of them.

    Args:
        values: what stands beside the bars.
        found: the count of each.
        whole: what these are shares of.
        other: the counts of the reference, and what they are shares of.
    """
    data: dict[str, list[Any]] = {
        "label": distinct_labels(values),
        "value": [one[:200] for one in values],
        "count": figures(one.value for one in found),
    }
    data |= shares(found, whole, "share", "")
    if other is not None:
        data |= shares(*other, "reference", "reference_")
    ends = [name for name in ("share", "upper", "reference", "reference_upper") if name in data]
    most = max((one for name in ends for one in data[name]), default=0) or 1
    tooltip = [hint(*one) for one in HINTS if one[0] in data]
    size = {"height": STEP * len(values)}
    return data, size | {"most": float(f"{ROOM * most:.3g}"), "tooltip": tooltip}


def shares(
    found: Sequence[Estimate[float]], whole: float, name: str, prefix: str
) -> dict[str, list[Any]]:
    """Counts as shares with their bounds, if these leave room."""
    of = whole or 1
    made = {name: figures(one.value / of for one in found)}
    if any(not one.is_exact for one in found):
        made[f"{prefix}lower"] = figures(one.lower / of for one in found)
        made[f"{prefix}upper"] = figures(min(one.upper / of, 1) for one in found)
    return made
