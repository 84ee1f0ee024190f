"""Which share of the values lies up to which value, with the band that the truth is in."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from drypoint.profiles._bins import view_of
from drypoint.profiles._format import off
from drypoint.report.charts._axis import axis_of
from drypoint.report.charts._drawing import Drawing
from drypoint.report.charts._figures import at, figures, name_of, words_in
from drypoint.report.charts._histogram import beyond, titles
from drypoint.report.charts._parts import SHARE, SIDE_COLORS, SIDES, TITLE
from drypoint.report.charts._words import beside, medians, not_comparable, of_values, value_words

if TYPE_CHECKING:
    from drypoint.profiles import ColumnProfile
    from drypoint.profiles._bins import View
    from drypoint.sketches import KllSketch

__all__ = ["TEMPLATES", "ecdf"]

RANKS, PLACES = 48, 32
"""Steps of rank and of value: so fine that a pixel of a small picture tells no more."""
CONFIDENCE = 0.99
LEGEND = {"symbolType": "stroke", "symbolOpacity": 1, "symbolStrokeWidth": 3}
COLOR = {
    "field": "side",
    "type": "nominal",
    "scale": SIDE_COLORS,
    "title": None,
    "legend": {"$param": "legend"},
}
Y = {**SHARE, "title": "share of the values up to it"}
TEMPLATE = {
    "title": TITLE,
    "height": 200,
    "params": [{"name": "errors", "value": {"$param": "errors"}}],
    "transform": [
        {"calculate": "['current', 'reference'][datum.of]", "as": "side"},
        {"calculate": "errors[datum.of]", "as": "error"},
        {"calculate": "max(0, datum.share - datum.error)", "as": "lower"},
        {"calculate": "min(1, datum.share + datum.error)", "as": "upper"},
        {"calculate": {"$param": "value_words"}, "as": "words"},
    ],
    "encoding": {
        "x": {
            "field": "value",
            "type": {"$param": "type"},
            "scale": {"$param": "scale"},
            "axis": {"$param": "axis"},
            "title": {"$param": "x_title"},
        },
        "color": COLOR,
    },
    "layer": [
        {
            "mark": {
                "type": "area",
                "opacity": 0.25,
                "line": False,
                "interpolate": {"$param": "interpolate"},
            },
            "encoding": {"y": {**Y, "field": "lower"}, "y2": {"field": "upper"}},
        },
        {
            "mark": {
                "type": "line",
                "strokeWidth": 2,
                "interpolate": {"$param": "interpolate"},
            },
            "encoding": {"y": {**Y, "field": "share"}},
        },
        {
            "mark": {"type": "point", "opacity": 0, "size": 120},
            "encoding": {
                "y": {**Y, "field": "share"},
                "tooltip": [
                    {"field": "words", "type": "nominal", "title": "up to"},
                    {"field": "share", "type": "quantitative", "format": ".1%"},
                    {
                        "field": "lower",
                        "type": "quantitative",
                        "title": "at least",
                        "format": ".1%",
                    },
                    {"field": "upper", "type": "quantitative", "title": "at most", "format": ".1%"},
                ],
            },
        },
    ],
}
TEMPLATES = {"ecdf": TEMPLATE}


def ecdf(column: ColumnProfile, reference: ColumnProfile | None = None) -> Drawing | None:
    """The empirical distribution function, with its error band at 99 %.

    Args:
        column: of numbers or times.
        reference: another one of the same kind.

    Returns:
        None of a column of another type, and of one without finite values.
    """
    other = beside(column, reference)
    klls = {
        side: one.kll
        for side, one in zip(SIDES, (column, other), strict=True)
        if one is not None and one.kll is not None and not one.kll.is_empty
    }
    view = view_of(list(klls.values()), column) if column.kll is not None else None
    if view is None:
        return None
    axis = axis_of(column, view.edges[0], view.edges[-1])
    steps = {side: steps_of(kll, view) for side, kll in klls.items()}
    data: dict[str, list[Any]] = {
        "value": [place for values, _ in steps.values() for place in axis.places(values)],
        "share": [one for _, shares in steps.values() for one in figures(shares)],
        "of": [SIDES.index(side) for side, (values, _) in steps.items() for _ in values],
    }
    errors = [klls[side].rank_error if side in klls else 0.0 for side in SIDES]
    told = [of_values(column, 0 if column.kll is None else column.kll.n)]
    if other is not None:
        told = [f"{told[0]}; reference: {of_values(other, other.kll.n if other.kll else 0)}"]
    subtitle = [*told, *beyond(column, list(klls.values()), view)]
    if any(errors):
        subtitle.append(
            f"Band: where the line may lie, ±{off(100 * max(errors))} % at {at(CONFIDENCE)}."
        )
    params = titles(column, axis, [*subtitle, *not_comparable(column, reference)]) | {
        "errors": figures(errors),
        "interpolate": "step-after" if any(map(tied, steps.values())) else "linear",
        "value_words": words_in("datum.value", axis.style),
        "legend": None if other is None else LEGEND,
    }
    return Drawing("ecdf", data, params, described(column, other))


def steps_of(kll: KllSketch, view: View) -> tuple[list[float], list[float]]:
    """Values, ascending, and the shares up to each of them."""
    first, last = view.edges[0], view.edges[-1]
    found = kll.quantile([place / RANKS for place in range(RANKS + 1)]) or []
    inside = {one.value for one in found if first <= one.value <= last}
    between = ((last - first) * place / PLACES for place in range(1, PLACES))
    evenly = {first + (int(one) if isinstance(first, int) else one) for one in between}
    values = sorted({first, *inside, *evenly, last})
    shares = [one.value for one in kll.rank(values) or []]
    if first == kll.min:
        # There is nothing below, from where the line rises.
        return [first, *values], [0.0, *shares]
    return values, shares


def tied(steps: tuple[list[float], list[float]]) -> bool:
    """Whether some values came so often that the line is a stair."""
    return any(after - before > 2 / RANKS for before, after in pairwise(steps[1]))


def described(column: ColumnProfile, other: ColumnProfile | None) -> str:
    """The picture in a sentence."""
    found = column.kll.quantile([0.05, 0.5, 0.95]) if column.kll is not None else None
    head = f"Distribution function of {name_of(column.name)}"
    if not found:
        return f"{head}: no values."
    low, middle, high = (value_words(column, one.value) for one in found)
    beside_it = "" if other is None else f" Beside its reference: {medians(column, other)}."
    return f"{head}: 5 % up to {low}, half up to {middle}, 95 % up to {high}.{beside_it}"
