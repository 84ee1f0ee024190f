"""The distribution of numbers or times: a bar for each bin, with what its count may be."""

from __future__ import annotations

from functools import partial
from math import ceil, floor
from typing import TYPE_CHECKING, Any

from drypoint.profiles._bins import view_of
from drypoint.profiles._format import apart, count
from drypoint.profiles._histogram import histogram as counted
from drypoint.report.charts._axis import axis_of
from drypoint.report.charts._drawing import Drawing
from drypoint.report.charts._figures import (
    LABELS,
    PERCENT,
    at,
    figures,
    lines_of,
    name_of,
    words_in,
)
from drypoint.report.charts._parts import NAMED, SIDES, TITLE, colored
from drypoint.report.charts._words import (
    beside,
    medians,
    not_comparable,
    of_values,
    value_words,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drypoint.estimate import Estimate
    from drypoint.profiles import ColumnProfile
    from drypoint.profiles._bins import View
    from drypoint.report.charts._axis import Axis
    from drypoint.sketches import KllSketch

__all__ = ["TEMPLATES", "histogram"]

X = {
    "field": "from",
    "type": {"$param": "type"},
    "scale": {"$param": "scale"},
    "axis": {"$param": "axis"},
    "title": {"$param": "x_title"},
}
MIDDLE = {"calculate": "(datum.from + datum.to) / 2", "as": "middle"}
WORDS = {"calculate": {"$param": "bin_words"}, "as": "bin"}
AT_MIDDLE = {"field": "middle", "type": {"$param": "type"}}
BAR = {"type": "bar", "tooltip": True, "binSpacing": 1, "minBandSize": 1}


def interval(lower: str, upper: str, color: str, *, offset: int = 0) -> dict[str, Any]:
    """A thin line from one bound to the other, where there are bounds."""
    return {
        "transform": [{"filter": f"isValid(datum.{lower})"}],
        "mark": {"type": "rule", "strokeWidth": 1.5, "xOffset": offset},
        "encoding": {
            "x": AT_MIDDLE,
            "y": {"field": lower, "type": "quantitative"},
            "y2": {"field": upper},
            "color": {"value": {"$param": color}},
            "tooltip": {"$param": "tooltip"},
        },
    }


ALONE = {
    "title": TITLE,
    "height": 200,
    "transform": [MIDDLE, WORDS],
    "layer": [
        {
            "mark": {**BAR, "color": {"$param": "current"}},
            "encoding": {
                "x": X,
                "x2": {"field": "to"},
                "y2": {"datum": 0},
                "y": {
                    "field": "count",
                    "type": "quantitative",
                    "title": {"$param": "y_title"},
                    "axis": {"tickCount": 5, "labelExpr": LABELS},
                },
                "tooltip": {"$param": "tooltip"},
            },
        },
        interval("lower", "upper", "ink"),
    ],
}


COMPARED = {
    "title": TITLE,
    "height": 200,
    "transform": [MIDDLE, WORDS, *NAMED],
    "layer": [
        {
            "mark": {**BAR, "opacity": 0.75},
            "encoding": {
                "x": X,
                "x2": {"field": "to"},
                "y2": {"datum": 0},
                "y": {
                    "field": "current",
                    "type": "quantitative",
                    "title": {"$param": "y_title"},
                    "axis": {**PERCENT, "tickCount": 5},
                },
                "color": colored("mine"),
                "tooltip": {"$param": "tooltip"},
            },
        },
        {
            # A line along the axis would be seen before all others.
            "transform": [{"filter": "datum.reference > 0"}],
            "mark": {"type": "rule", "strokeWidth": 2.5},
            "encoding": {
                "x": X,
                "x2": {"field": "to"},
                "y": {"field": "reference", "type": "quantitative"},
                "color": colored("other"),
                "tooltip": {"$param": "tooltip"},
            },
        },
        interval("current_lower", "current_upper", "ink", offset=-2),
        interval("reference_lower", "reference_upper", "reference", offset=2),
    ],
}
TEMPLATES = {"histogram": ALONE, "histogram_compared": COMPARED}


def histogram(column: ColumnProfile, reference: ColumnProfile | None = None) -> Drawing | None:
    """How many values lie where, with the bounds of each count.

    Bins begin and end at round numbers. Where few values lie far away from all others they are
    not drawn, but told of.

    Args:
        column: of numbers or times.
        reference: another one of the same kind; both are then drawn as shares of their values.

    Returns:
        None of a column of another type, and of one without finite values.
    """
    other = beside(column, reference)
    sketches = [one.kll for one in (column, other) if one is not None and one.kll is not None]
    view = view_of(sketches, column) if column.kll is not None else None
    if view is None:
        return None
    axis = axis_of(column, view.edges[0], view.edges[-1])
    missing = not_comparable(column, reference)
    if other is None:
        return alone(column, view, axis, missing)
    return compared(column, other, view, axis)


def alone(column: ColumnProfile, view: View, axis: Axis, missing: list[str]) -> Drawing:
    """One column: counts."""
    kll = column.kll
    assert kll is not None  # noqa: S101 # there is a view of it
    found = counts_of(kll, view)
    data = places(view, axis) | {"count": figures(one.value for one in found)} | ends(found, "")
    most = max(found, key=lambda one: one.value)
    tooltip = [("bin", column.name), ("count", "values")]
    bounded = "lower" in data
    subtitle = [of_values(column, kll.n), *beyond(column, [kll], view), *missing]
    if bounded:
        tooltip += [("lower", "at least"), ("upper", "at most")]
        subtitle.append(f"Thin lines: where counts may lie, each at {at(most.confidence)}.")
    params = titles(column, axis, subtitle) | {
        "bin_words": bin_words(column, axis),
        "y_title": "values",
        "tooltip": [hint(field, name, ",.0f") for field, name in tooltip],
    }
    return Drawing("histogram", data, params, told(column, kll, found, view))


def compared(column: ColumnProfile, other: ColumnProfile, view: View, axis: Axis) -> Drawing:
    """Two columns: shares of their values."""
    klls = column.kll, other.kll
    data, tooltip, bounded = places(view, axis), [("bin", column.name)], False
    for side, kll in zip(SIDES, klls, strict=True):
        assert kll is not None  # noqa: S101 # both are of one kind
        found = counts_of(kll, view)
        n = max(kll.n, 1)
        shares = ends(found, f"{side}_", n)
        data |= {side: figures(one.value / n for one in found)} | shares
        tooltip.append((side, side))
        if shares:
            tooltip += [(f"{side}_lower", "at least"), (f"{side}_upper", "at most")]
            bounded = True
    mine, theirs = klls
    assert mine is not None and theirs is not None  # noqa: S101, PT018
    subtitle = [
        f"{of_values(column, mine.n)}; reference: {of_values(other, theirs.n)}",
        *beyond(column, [mine, theirs], view),
    ]
    if bounded:
        subtitle.append(f"Thin lines: where shares may lie, each at {at(0.99)}.")
    params = titles(column, axis, subtitle) | {
        "bin_words": bin_words(column, axis),
        "y_title": "share of the values",
        "tooltip": [hint(field, name, ".2~%") for field, name in tooltip],
    }
    text = told(column, mine, counts_of(mine, view), view)
    beside_it = f"Beside its reference: {medians(column, other)}."
    return Drawing("histogram_compared", data, params, f"{text} {beside_it}")


def counts_of(kll: KllSketch, view: View) -> list[Estimate[float]]:
    """How many values are in each bin."""
    found = counted(kll, view.edges)
    from drypoint.estimate import Estimate

    return [Estimate(0.0, 0.0, 0.0)] * (len(view.edges) - 1) if found is None else found.counts


def places(view: View, axis: Axis) -> dict[str, list[Any]]:
    """Where the bins are."""
    edges = axis.places(view.edges)
    return {"from": edges[:-1], "to": edges[1:]}


def ends(found: Sequence[Estimate[float]], prefix: str, n: int = 1) -> dict[str, list[Any]]:
    """The bounds, as parts of *n*; nothing where all are exact."""
    if all(one.is_exact for one in found):
        return {}
    return {
        f"{prefix}lower": figures(one.lower / n for one in found),
        f"{prefix}upper": figures(one.upper / n for one in found),
    }


def titles(column: ColumnProfile, axis: Axis, subtitle: list[str]) -> dict[str, Any]:
    """What stands above and beside."""
    name = name_of(column.name)
    return {
        "title": name,
        "subtitle": lines_of(subtitle),
        "x_title": f"{name} ({axis.unit})" if axis.unit else name,
        "type": axis.type,
        "scale": axis.of_scale | {"nice": False},
        "axis": axis.labels,
    }


def bin_words(column: ColumnProfile, axis: Axis) -> str:
    """What writes a bin; of integers the first and the last that are in it."""
    ends = ("datum.from", "datum.to")
    if "int" in column.type:
        ends = ("ceil(datum.from)", "floor(datum.to)")
    return " + ' to ' + ".join(words_in(end, axis.style) for end in ends)


def hint(field: str, name: str, style: str) -> dict[str, Any]:
    """A line of the tooltip."""
    if field == "bin":
        return {"field": field, "type": "nominal", "title": name_of(name)}
    return {"field": field, "type": "quantitative", "title": name, "format": style}


def beyond(column: ColumnProfile, klls: Sequence[KllSketch], view: View) -> list[str]:
    """How many values are not drawn, and how far they go."""
    if not view.is_cut:
        return []
    first, last = view.edges[0], view.edges[-1]
    kll = klls[0]
    if kll.is_empty:
        return []
    below, upto = (kll.rank(end, inclusive=end == last) for end in (first, last))
    assert below is not None and upto is not None  # noqa: S101, PT018 # it has values
    told = []
    inside = partial(end_of, column)
    if view.low < first:
        told.append(
            f"{about(below.value * kll.n)} below {value_words(column, inside(first))}, "
            f"from {value_words(column, view.low)}"
        )
    if view.high > last:
        told.append(
            f"{about((1 - upto.value) * kll.n)} above "
            f"{value_words(column, inside(last, down=True))}, "
            f"up to {value_words(column, view.high)}"
        )
    return [f"Not drawn: {'; '.join(told)}."]


def end_of(column: ColumnProfile, edge: float, *, down: bool = False) -> float:
    """An edge; of integers the first or, *down*, the last one that is inside of it."""
    if "int" not in column.type:
        return edge
    return floor(edge) if down else ceil(edge)


def about(amount: float) -> str:
    """A count that is off by a little."""
    return f"~{count(amount)}" if amount >= 1 else "few"


def told(
    column: ColumnProfile, kll: KllSketch, found: Sequence[Estimate[float]], view: View
) -> str:
    """The picture in a sentence."""
    if kll.is_empty:
        return f"Histogram of {name_of(column.name)}: no values."
    place = max(range(len(found)), key=lambda index: found[index].value)
    most = found[place]
    first, last = view.edges[place : place + 2]
    ends = dict.fromkeys(
        value_words(column, end) for end in (end_of(column, first), end_of(column, last, down=True))
    )
    off = f" ± {count(apart(most))}" if round(apart(most)) else ""
    return (
        f"Histogram of {name_of(column.name)}: {count(kll.n)} values from "
        f"{value_words(column, kll.min)} to {value_words(column, kll.max)}; the fullest bar, "
        f"{' to '.join(ends)}, has {count(most.value)}{off}."
    )
