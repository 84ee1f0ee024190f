"""Charts where the nouns are: one word everywhere, charts of Altair, errors that tell the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt
import pytest
from tests.report.charts.drawings import fairness, profiled, scored, segmented

import drypoint as dp

if TYPE_CHECKING:
    from collections.abc import Callable

PLOTS: dict[str, Callable[[], Any]] = {
    "top": lambda: profiled(1)["carrier"].plot.top(n=2),
    "compared": lambda: profiled(1)["delay"].plot.histogram(profiled(2)["delay"]),
    "segments": lambda: segmented(1).plot.segments("accuracy"),
    "disparity": lambda: fairness(1).plot.disparity("equal_opportunity"),
}
"""Charts that are asked for with arguments."""
OWNERS: dict[str, Callable[[], Any]] = {
    "histogram": lambda: profiled(1)["delay"],
    "ecdf": lambda: profiled(1)["at"],
    "lengths": lambda: profiled(1)["note"],
    "kinds": lambda: profiled(1)["carrier"],
    "calendar": lambda: profiled(1)["at"],
    "distances": lambda: dp.drift(profiled(1), profiled(2)),
    "confusion": lambda: scored(1),
    "roc": lambda: scored(1),
    "calibration": lambda: scored(1),
    "disparate_impact": lambda: fairness(1),
    "contributions": lambda: dp.trace(segmented(1), segmented(2), metric="accuracy"),
}
"""Whose charts the others are."""


def chart_of(name: str) -> Any:
    """A chart by its name."""
    return PLOTS[name]() if name in PLOTS else getattr(OWNERS[name]().plot, name)()


@pytest.mark.parametrize("name", [*PLOTS, *OWNERS])
def test_a_plot_is_a_chart_of_altair(name: str) -> None:
    """With its data, without a config, so that it takes the theme of whoever draws it."""
    chart = chart_of(name)
    assert isinstance(chart, alt.LayerChart)
    made = chart.to_dict()
    assert {"axis", "title", "font"}.isdisjoint(made["config"])
    assert made["title"]["text"]


def test_charts_are_restyled_and_stand_beside_each_other() -> None:
    """As all charts of Altair, also where some have parameters of their own."""
    one, other = chart_of("histogram"), chart_of("ecdf")
    wide = one.properties(width=200, title="Delays").configure_axis(grid=False).to_dict()
    assert (wide["width"], wide["title"], wide["config"]["axis"]) == (
        200,
        "Delays",
        {"grid": False},
    )
    both = ((one | other) & chart_of("confusion")).to_dict()
    assert len(both["vconcat"]) == 2


def test_the_charts_of_a_column_are_those_of_its_type() -> None:
    """And tell so themselves."""
    shown = {name: repr(profiled(1)[name].plot) for name in ("delay", "carrier", "at")}
    assert shown == {
        "delay": "<plots of 'delay': histogram(), ecdf()>",
        "carrier": "<plots of 'carrier': top(), lengths(), kinds()>",
        "at": "<plots of 'at': histogram(), ecdf(), calendar()>",
    }
    assert repr(scored(1).plot) == "<plots: calibration(), confusion(), roc()>"
    empty = dp.profile({"x": [None, None]})["x"]
    assert repr(empty.plot) == "<plots of 'x': none>"


def test_a_chart_that_is_not_there_is_an_error_that_tells_those_there_are() -> None:
    """With the name of the column and its type."""
    with pytest.raises(dp.ParameterError) as error:
        profiled(1)["carrier"].plot.histogram()
    said = str(error.value)
    for word in ("'carrier'", "string", "no histogram", ".plot.top()", ".plot.kinds()"):
        assert word in said
    with pytest.raises(dp.ParameterError, match="no chart at all"):
        dp.profile({"x": [None]})["x"].plot.ecdf()


def test_a_reference_that_is_no_column_is_refused() -> None:
    """A profile holds many, and a list is none."""
    other: Any = profiled(2)
    with pytest.raises(dp.InputTypeError, match="takes a column of a profile, got a Profile"):
        profiled(1)["delay"].plot.histogram(other)


def test_what_is_missing_for_a_chart_is_named() -> None:
    """Scores of a classification, distances of a table, values of a measure."""
    task = dp.performance.classification(label="y", prediction="guess")
    bare = dp.profile({"y": ["a", "b"], "guess": ["a", "a"]}, performance=task).performance.only
    assert isinstance(bare.plot.confusion(), alt.LayerChart)
    for plot in (bare.plot.roc, bare.plot.calibration):
        with pytest.raises(dp.ParameterError, match="has no scores of"):
            plot()
    with pytest.raises(dp.ParameterError, match="no distance to draw"):
        dp.drift(profiled(1), profiled(2))[:0].plot.distances()
    with pytest.raises(dp.ParameterError, match="'disparate_impact'"):
        fairness(1).plot.disparity("luck")
    with pytest.raises(dp.ParameterError, match="accuracy"):
        segmented(1).plot.segments("luck")


def test_numbers_of_a_task_that_cannot_be_traced_are_drawn_by_segment() -> None:
    """Areas under curves have the bounds that sketches leave; what a task lacks is an error."""
    chart = segmented(1).plot.segments("auroc").to_dict()
    assert len(chart["datasets"][chart["data"]["name"]]) == 3
    with pytest.raises(dp.ParameterError, match="no 'rmse' to draw"):
        segmented(1).plot.segments("rmse")
