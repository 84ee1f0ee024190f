"""When times lie: by hour of the day and by day of the week."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drypoint.profiles._format import count, share
from drypoint.report.charts._drawing import Drawing
from drypoint.report.charts._figures import figure, figures, lines_of, name_of
from drypoint.report.charts._themes import HIGH
from drypoint.report.charts._words import of_values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drypoint.profiles import ColumnProfile

__all__ = ["TEMPLATES", "calendar"]

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
WEEK, DAY = 7, 24
STEP = 46
ROW = {"field": "row", "type": "nominal", "sort": None, "title": None}
MIDDLE = {"field": "middle", "type": "quantitative"}
NARROW = 480
"""Pixels below which only every third hour is written."""
TEMPLATE = {
    "title": {"text": {"$param": "title"}, "subtitle": {"$param": "subtitle"}},
    "height": {"$param": "height"},
    "transform": [
        {"calculate": "(datum.from + datum.to) / 2", "as": "middle"},
        {"calculate": "format(100 * datum.share, '.1f') + ' %'", "as": "percent"},
        {
            "calculate": "datum.row === 'weekday' ? [datum.label, datum.percent] : datum.label",
            "as": "written",
        },
    ],
    "encoding": {
        "y": {**ROW, "axis": {"ticks": False, "domain": False, "labelPadding": 6}},
    },
    "layer": [
        {
            "mark": {"type": "rect", "stroke": {"$param": "page"}, "strokeWidth": 1},
            "encoding": {
                "x": {
                    "field": "from",
                    "type": "quantitative",
                    "scale": {"domain": [0, DAY], "nice": False},
                    "axis": None,
                },
                "x2": {"field": "to"},
                "color": {
                    "field": "times",
                    "type": "quantitative",
                    "scale": {
                        "domain": [0, {"$param": "most"}],
                        "range": [{"$param": "low"}, {"$param": "high"}],
                    },
                    "title": "times its even share",
                    "legend": {"gradientLength": 160, "gradientThickness": 8, "tickCount": 3},
                },
                "tooltip": [
                    {"field": "name", "type": "nominal", "title": "when (UTC)"},
                    {"field": "count", "type": "quantitative", "title": "values", "format": ","},
                    {"field": "percent", "type": "nominal", "title": "share"},
                ],
            },
        },
    ]
    + [
        {
            "transform": [{"filter": {"$param": which}}],
            "mark": {
                "type": "text",
                "fontSize": 10,
                "lineHeight": 12,
                "baseline": "middle",
                "opacity": {"expr": f"width < {NARROW} && datum.extra ? 0 : 1"},
                "tooltip": None,
            },
            "encoding": {
                "x": MIDDLE,
                "text": {"field": "written", "type": "nominal"},
                "color": {"value": {"$param": color}},
            },
        }
        for which, color in (("is_low", "on_low"), ("is_high", "on_high"))
    ],
}
TEMPLATES = {"calendar": TEMPLATE}


def calendar(column: ColumnProfile) -> Drawing | None:
    """How many times lie in each hour of the day and on each day of the week, in UTC.

    Counts are exact. A cell is as dark as it has more than its share, had all been alike.

    Args:
        column: of times. Dates have no hours, times of day no weekdays.

    Returns:
        None of a column of another type, and of one without values.
    """
    rows = {"weekday": column.weekdays, "hour": column.hours}
    there = {name: found for name, found in rows.items() if found and sum(found)}
    if not there:
        return None
    data: dict[str, list[Any]] = {
        name: []
        for name in ("row", "from", "to", "label", "name", "extra", "count", "share", "times")
    }
    for name, found in there.items():
        for field, values in cells(name, found).items():
            data[field] += values
    most = figure(max(2.0, *data["times"]))
    dark = HIGH * most
    n = max(sum(found) for found in there.values())
    title = name_of(column.name)
    params = {
        "title": f"When {title} lies",
        "height": STEP * len(there),
        "subtitle": lines_of([f"{of_values(column, n)}; in UTC, counted exactly"]),
        "most": most,
        "is_low": f"datum.times < {dark}",
        "is_high": f"datum.times >= {dark}",
    }
    return Drawing("calendar", data, params, described(title, there))


def cells(name: str, found: Sequence[int]) -> dict[str, list[Any]]:
    """The cells of a row, which all have one width."""
    total, parts = sum(found), len(found)
    width = DAY / parts
    labels = list(DAYS) if name == "weekday" else [f"{hour:02}" for hour in range(parts)]
    names = labels if name == "weekday" else [f"{one}:00 to {one}:59" for one in labels]
    return {
        "row": [name] * parts,
        "from": figures(place * width for place in range(parts)),
        "to": figures((place + 1) * width for place in range(parts)),
        "label": labels,
        "name": names,
        "extra": [name == "hour" and place % 3 != 0 for place in range(parts)],
        "count": list(found),
        "share": figures(one / total for one in found),
        "times": figures(one * parts / total for one in found),
    }


def described(title: str, there: dict[str, list[int]]) -> str:
    """The picture in a sentence."""
    told = []
    for name, found in there.items():
        most = max(range(len(found)), key=found.__getitem__)
        label = DAYS[most] if name == "weekday" else f"{most:02}:00"
        told.append(f"the fullest {name} is {label} ({share(found[most], sum(found))})")
    n = max(sum(found) for found in there.values())
    return f"{count(n)} times of {title} in UTC: {', '.join(told)}."
