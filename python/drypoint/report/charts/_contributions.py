"""What segments did to a number: by their size and by their own figure."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any

from drypoint.profiles._format import number
from drypoint.profiles._table import counted
from drypoint.report.charts._axis import numbers
from drypoint.report.charts._drawing import Drawing
from drypoint.report.charts._figures import at, figure, figures, lines_of
from drypoint.report.charts._rows import DOWN, STEP, Y, text
from drypoint.tracing._shown import interval as within
from drypoint.tracing._shown import places_of, segment_name, signed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drypoint.tracing import Contribution, Trace

__all__ = ["TEMPLATES", "contributions"]

MOST = 20
NAME = 38
EFFECTS = ["mix", "rate"]
X = {
    "type": "quantitative",
    "axis": {"$param": "axis"},
    "title": {"$param": "x_title"},
}
HINTS = [
    {"field": "label", "type": "nominal", "title": "segment"},
    {"field": "moved", "type": "nominal", "title": "moved by"},
    {"field": "mix_words", "type": "nominal", "title": "mix: it grew or shrank"},
    {"field": "rate_words", "type": "nominal", "title": "rate: its own figure"},
    {"field": "within", "type": "nominal", "title": "rate within"},
]


def bar(effect: str) -> dict[str, Any]:
    """The bar of one of two effects."""
    return {
        "mark": {"type": "bar", "height": 11, "yOffset": DOWN, "opacity": 0.8},
        "encoding": {
            "y": Y,
            "x": {**X, "field": f"{effect}_from"},
            "x2": {"field": f"{effect}_to"},
            "color": {
                "field": f"{effect}_name",
                "type": "nominal",
                "scale": {
                    "domain": EFFECTS,
                    "range": [{"$param": "reference"}, {"$param": "current"}],
                },
                "title": None,
            },
            "tooltip": HINTS,
        },
    }


TEMPLATES = {
    "contributions": {
        "title": {"text": {"$param": "title"}, "subtitle": {"$param": "subtitle"}},
        "height": {"$param": "height"},
        "transform": [{"calculate": f"'{one}'", "as": f"{one}_name"} for one in EFFECTS],
        "layer": [
            {
                "data": {"values": [{"at": 0}]},
                "mark": {"type": "rule", "strokeWidth": 1.2},
                "encoding": {"x": {**X, "field": "at"}, "color": {"value": {"$param": "soft"}}},
            },
            bar("mix"),
            bar("rate"),
            {
                "transform": [{"filter": "isValid(datum.lower)"}],
                "mark": {"type": "rule", "strokeWidth": 1.5, "yOffset": DOWN},
                "encoding": {
                    "y": Y,
                    "x": {**X, "field": "lower"},
                    "x2": {"field": "upper"},
                    "color": {"value": {"$param": "ink"}},
                    "tooltip": HINTS,
                },
            },
            {
                "mark": {"type": "tick", "thickness": 2, "size": 15, "yOffset": DOWN},
                "encoding": {
                    "y": Y,
                    "x": {**X, "field": "contribution"},
                    "color": {"value": {"$param": "ink"}},
                    "tooltip": HINTS,
                },
            },
            *text("label", "left", 0, "ink"),
            *text("moved", "right", "width", "soft"),
        ],
    }
}


def contributions(trace: Trace) -> Drawing | None:
    """By how much each segment moved a number: its mix and its rate effect, and both together.

    The upright stroke is the contribution, which is the sum of both; the thin line around it what
    chance and sketches leave open of the rate effect, where that is known.

    Args:
        trace: of which the first 20 segments are drawn.

    Returns:
        None of a trace without segments.
    """
    shown = trace.rows[:MOST]
    if not shown:
        return None
    places = places_of([row.contribution for row in shown])
    bounds = [rate_bounds(row) for row in shown]
    data: dict[str, list[Any]] = {
        "place": list(range(len(shown))),
        "label": [segment_name(row, NAME) for row in shown],
        **stacked(shown),
        "contribution": figures(row.contribution for row in shown),
        "lower": [None if one is None else figure(one[0]) for one in bounds],
        "upper": [None if one is None else figure(one[1]) for one in bounds],
        "moved": [signed(row.contribution, places) for row in shown],
        "mix_words": [signed(row.mix_effect, places) for row in shown],
        "rate_words": [signed(row.rate_effect, places) for row in shown],
        "within": [
            "unknown"
            if one is None
            else f"{signed(one[0] - row.mix_effect, places)} to "
            f"{signed(one[1] - row.mix_effect, places)}"
            for row, one in zip(shown, bounds, strict=True)
        ],
    }
    most = max(
        abs(one) for field in ("mix_from", "mix_to", "rate_from", "rate_to") for one in data[field]
    )
    told = said(trace, len(shown), bounds)
    title = trace.metric[:1].upper() + trace.metric[1:]
    params = {
        "title": title,
        "height": STEP * len(shown),
        "subtitle": lines_of(told),
        "axis": numbers(most) | {"tickCount": 5},
        "x_title": "change of the whole",
    }
    return Drawing("contributions", data, params, f"{title}: {' '.join(told)}")


def stacked(shown: Sequence[Contribution]) -> dict[str, list[Any]]:
    """Where the bars begin and end: side by side if both go one way, else from 0 each."""
    made: dict[str, list[Any]] = {
        name: [] for name in ("mix_from", "mix_to", "rate_from", "rate_to")
    }
    for row in shown:
        same = row.mix_effect * row.rate_effect > 0
        begin = row.mix_effect if same else 0.0
        ends = (0.0, row.mix_effect, begin, begin + row.rate_effect)
        for name, one in zip(made, figures(ends), strict=True):
            made[name].append(one)
    return made


def rate_bounds(row: Contribution) -> tuple[float, float] | None:
    """Where the contribution may lie, as far as the figures of the segment are known.

    The rate effect is the change of its figure by its mean share.
    """
    if row.change is None or row.presence != "both":
        return None
    weight = (row.share + row.reference_share) / 2
    ends = [row.mix_effect + weight * end for end in row.change.bounds]
    return (ends[0], ends[1]) if all(map(isfinite, ends)) else None


def said(trace: Trace, shown: int, bounds: Sequence[tuple[float, float] | None]) -> list[str]:
    """The lines below the title."""
    places = places_of([trace.mix_effect, trace.rate_effect, trace.contribution])
    found = trace.change
    sure = "" if found is None else f" ({within(found, places)} at {at(found.confidence)})"
    values = f"{number(trace.value)}, {number(trace.reference_value)} in the reference"
    effects = [signed(one, places) for one in (trace.mix_effect, trace.rate_effect)]
    drawn = "" if shown == len(trace) else f", {shown} of them drawn"
    segments = f"over {counted(len(trace), 'segment')}{drawn}"
    lines = "Strokes: both together."
    if any(one is not None for one in bounds):
        lines += f" Thin lines: what the rate leaves open at {at(trace.confidence)}."
    return [
        f"{values}: {signed(trace.contribution, places)}{sure}.",
        f"{effects[0]} by mix, {effects[1]} by rate, {segments}.",
        lines,
    ]
