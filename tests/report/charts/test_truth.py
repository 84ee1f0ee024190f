"""Pictures show what is there: counts, shares and bounds beside those of NumPy and scikit-learn."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import confusion_matrix, roc_curve
from tests.report.charts.drawings import rows, scored, segmented

import drypoint as dp
from drypoint.report import charts

SIZE = 200_000
"""So many that sketches are not exact."""
NUMBERS = st.lists(st.integers(-50, 50) | st.floats(-1e3, 1e3), min_size=1, max_size=60)


def column(values: Any) -> dp.ColumnProfile:
    """The profile of a column."""
    return dp.profile({"x": values})["x"]


def drawn(found: Any) -> dict[str, list[Any]]:
    """The rows of a drawing that is there."""
    assert found is not None
    data: dict[str, list[Any]] = found.data
    return data


def counts(values: Any, data: dict[str, list[Any]]) -> Any:
    """What lies in the bins: above the lower edge, up to the upper one; in the first on it too."""
    edges = np.array([*data["from"], data["to"][-1]])
    places = np.searchsorted(edges, values, side="left") - 1
    places[values == edges[0]] = 0
    inside = (values >= edges[0]) & (values <= edges[-1])
    return np.bincount(places[inside], minlength=len(edges) - 1)


@given(NUMBERS)
def test_a_histogram_of_few_values_is_exact(values: list[float]) -> None:
    """Each bar counts what is in it, and nothing has bounds."""
    data = drawn(charts.histogram(column([float(one) for one in values])))
    assert "lower" not in data
    assert data["from"][1:] == data["to"][:-1]
    # Edges are shown in seven digits, so what lies on one may seem to be beyond it.
    assert sum(data["count"]) <= len(values)
    assert sum(data["count"]) >= 0.9 * len(values) - 1


@pytest.mark.parametrize("kind", ["normal", "gamma", "whole", "times"])
def test_bars_of_many_values_hold_the_truth_within_their_lines(kind: str) -> None:
    """Each at 99 %: of some 30 bars at most a few may miss."""
    rng = np.random.default_rng(5)
    values = {
        "normal": rng.normal(3, 10, SIZE),
        "gamma": rng.gamma(1, 20, SIZE),
        "whole": rng.poisson(40, SIZE).astype(float),
        "times": np.floor(rng.random(SIZE) * 86_400 * 50) * 1000,
    }[kind]
    given_as = pa.array(values.astype("int64"), pa.timestamp("ms")) if kind == "times" else values
    data = drawn(
        charts.histogram(column(given_as.astype("int64") if kind == "whole" else given_as))
    )
    truth = counts(values, data)
    missed = (truth < np.array(data["lower"])) | (truth > np.array(data["upper"]))
    assert len(truth) > 10
    assert missed.sum() <= 2
    assert np.all(np.array(data["lower"]) <= data["count"])
    assert np.all(np.array(data["count"]) <= data["upper"])


def test_what_lies_far_away_is_told_and_not_drawn() -> None:
    """One value at a million does not press all others into one bar."""
    found = charts.histogram(column([*range(1000), 1_000_000]))
    assert drawn(found)["to"][-1] < 1100
    assert found is not None
    assert any("above" in line and "1,000,000" in line for line in found.params["subtitle"])
    whole = charts.histogram(column([*range(1000)]))
    assert whole is not None
    assert not any("Not drawn" in line for line in whole.params["subtitle"])


def test_bars_of_a_reference_are_shares_of_its_own_values() -> None:
    """Both add up to 1, however many rows each has."""
    one, other = column([1, 2, 2, 3]), column([*range(1, 4)] * 50)
    data = drawn(charts.histogram(one, other))
    assert sum(data["current"]) == pytest.approx(1)
    assert sum(data["reference"]) == pytest.approx(1)
    assert max(data["current"]) == 0.5


def test_a_reference_of_another_type_is_told_of_and_not_drawn() -> None:
    """Numbers and times have no axis in common."""
    found = charts.histogram(column([1, 2]), column([dt.date(2024, 1, 1)]))
    assert found is not None
    assert found.template == "histogram"
    assert any("date32" in line for line in found.params["subtitle"])


@given(NUMBERS)
def test_a_distribution_function_of_few_values_is_exact(values: list[float]) -> None:
    """At each point that is drawn it is the share of the values up to it, to seven digits."""
    floats = np.array(values, float)
    found = charts.ecdf(column(floats))
    data = drawn(found)
    assert found is not None
    assert found.params["errors"] == [0, 0]
    slack = 1e-6 * np.maximum(1e-9, np.abs(data["value"]))
    for value, share, near in zip(data["value"], data["share"], slack, strict=True):
        assert np.mean(floats <= value - near) - 1e-6 <= share
        assert share <= np.mean(floats <= value + near) + 1e-6
    assert data["share"] == sorted(data["share"])


def test_the_band_of_a_distribution_function_holds_the_truth() -> None:
    """At 99 % for all of its points together."""
    values = np.random.default_rng(3).gamma(2, 20, SIZE)
    found = charts.ecdf(column(values))
    data = drawn(found)
    assert found is not None
    truth = np.searchsorted(np.sort(values), data["value"], side="right") / SIZE
    assert 0 < found.params["errors"][0] < 0.02
    assert np.abs(truth - data["share"]).max() <= found.params["errors"][0]


def test_top_values_hold_the_truth_within_their_lines() -> None:
    """Which are certain; the most frequent comes first."""
    rng = np.random.default_rng(11)
    values = [f"v{one}" for one in rng.zipf(1.3, SIZE) % 5000]
    data = drawn(charts.top_values(column(values)))
    names, amounts = np.unique(values, return_counts=True)
    truth = dict(zip(names, amounts / SIZE, strict=True))
    for value, lower, upper in zip(data["value"], data["lower"], data["upper"], strict=True):
        assert lower - 1e-7 <= truth[value] <= upper + 1e-7
    assert data["share"] == sorted(data["share"], reverse=True)


def test_values_that_are_frequent_in_the_reference_alone_are_drawn_too() -> None:
    """That they are gone is what is to be seen."""
    data = drawn(charts.top_values(column(["a"] * 3), column(["b"] * 3)))
    assert data["value"] == ["a", "b"]
    assert data["share"] == [1, 0]
    assert data["reference"] == [0, 1]


def test_names_that_are_cut_alike_stay_bars_of_their_own() -> None:
    """Two long values with the same ends are two bars, with both in full in the tooltip."""
    long = ["the same beginning " + "x" * n + " the same end" for n in (50, 60)]
    data = drawn(charts.top_values(column(long * 3)))
    assert len(set(data["label"])) == 2
    assert sorted(data["value"]) == sorted(long)


@given(st.lists(st.integers(0, 3000), min_size=1, max_size=40))
def test_lengths_hold_the_truth_within_their_lines(lengths: list[int]) -> None:
    """Exactly up to 127; buckets above may be cut by an edge."""
    data = drawn(charts.lengths(column(["x" * one for one in lengths])))
    truth = counts(np.array(lengths, float), data)
    lower, upper = (data.get(end, data["count"]) for end in ("lower", "upper"))
    assert np.all(np.array(lower) <= truth)
    assert np.all(truth <= np.array(upper))


def test_a_calendar_counts_hours_and_weekdays() -> None:
    """As NumPy has them, in UTC."""
    table = rows(1)
    times = table["at"].to_numpy().astype("datetime64[s]")
    data = drawn(charts.calendar(column(table["at"])))
    hours = times.astype("datetime64[h]").astype(int) % 24
    weekdays = (times.astype("datetime64[D]").astype(int) + 3) % 7
    found = dict(zip(data["row"], [], strict=False)) or {"weekday": [], "hour": []}
    for row, amount in zip(data["row"], data["count"], strict=True):
        found[row].append(amount)
    assert found["weekday"] == np.bincount(weekdays, minlength=7).tolist()
    assert found["hour"] == np.bincount(hours, minlength=24).tolist()


def test_a_confusion_matrix_is_that_of_scikit_learn() -> None:
    """Row by row, with shares between their limits."""
    table = rows(1)
    data = drawn(charts.confusion(scored(1)))
    truth = confusion_matrix(table["y"].to_numpy(), table["guess"].to_numpy())
    assert data["count"] == truth.ravel().tolist()
    shares = (truth / truth.sum(axis=1, keepdims=True)).ravel()
    assert data["share"] == pytest.approx(shares.tolist())
    for share, lower, upper in zip(data["share"], data["lower"], data["upper"], strict=True):
        assert lower < share < upper


def test_a_roc_curve_lies_in_its_band_with_that_of_scikit_learn() -> None:
    """The band is for all rows there could be; that of these rows is in it everywhere."""
    table = rows(1)
    data = drawn(charts.roc(scored(1)))
    fpr, tpr, _ = roc_curve(table["y"].to_numpy(), table["p"].to_numpy(), drop_intermediate=False)
    at = np.interp(data["fpr"], fpr, tpr)
    assert np.all(np.array(data["lower"]) <= at + 1e-6)
    assert np.all(at <= np.array(data["upper"]) + 1e-6)
    assert (data["fpr"][0], data["tpr"][0]) == (0, 0)
    assert (data["fpr"][-1], data["tpr"][-1]) == (1, 1)


def test_the_bands_of_roc_curves_hold_the_curve_of_the_law() -> None:
    """Scores of which y is true with their probability have TPR = 1 - t², FPR = (1 - t)²."""
    missed = 0
    for seed in range(20):
        rng = np.random.default_rng(seed)
        score = rng.random(1000)
        table = {"p": score, "y": rng.random(1000) < score}
        task = dp.performance.classification(label="y", score="p", positive=True, threshold=0.5)
        data = drawn(charts.roc(dp.profile(table, performance=task).performance.only))
        threshold = 1 - np.sqrt(np.array(data["fpr"]))
        law = 1 - threshold**2
        inside = (np.array(data["lower"]) <= law + 1e-9) & (law <= np.array(data["upper"]) + 1e-9)
        missed += not inside.all()
    assert missed <= 4  # of 20 at 95 %; more than 4 are seen once in 400


def test_calibration_has_the_bins_of_the_answers() -> None:
    """With limits around the share that came true."""
    bins = [one for one in scored(1).calibration() if one.rows]
    data = drawn(charts.calibration(scored(1)))
    assert data["rows"] == [one.rows for one in bins]
    assert data["rate"] == pytest.approx([one.rate for one in bins])
    for rate, lower, upper in zip(data["rate"], data["lower"], data["upper"], strict=True):
        assert lower <= rate <= upper


def test_distances_are_multiples_of_what_matters() -> None:
    """The largest first, each with its bounds and its noise floor in the same unit."""
    table = dp.drift(dp.profile(rows(1)), dp.profile({**as_dict(rows(2)), "delay": rows(3)["p"]}))
    data = drawn(charts.drift(table))
    rows_of = {f"{row.column} · {row.measure}": row for row in table}
    for place, label in enumerate(data["label"]):
        row = rows_of[label]
        assert row.distance is not None
        assert row.limit is not None
        assert data["value"][place] == pytest.approx(row.distance.value / row.limit, rel=1e-5)
        assert data["state"][place] == row.verdict
    assert data["value"] == sorted(data["value"], reverse=True)
    assert data["label"][0] == "delay · ks"


def as_dict(table: pa.Table) -> dict[str, Any]:
    """The columns by name."""
    return {name: table[name] for name in table.column_names}


def test_segments_have_the_figures_of_their_profiles() -> None:
    """The least first, each inside its interval; those of means are Student's."""
    data = drawn(charts.segments_performance(segmented(1), "mean", column="delay"))
    means = {f"key={one.segment['key']}": one["delay"].mean for one in segmented(1)}
    assert dict(zip(data["label"], data["value"], strict=True)) == pytest.approx(means)
    assert data["value"] == sorted(data["value"])
    table = rows(1)
    keys, delays = np.array(table["key"].to_pylist()), table["delay"].to_numpy()
    for label, lower, upper in zip(data["label"], data["lower"], data["upper"], strict=True):
        own = delays[keys == label.removeprefix("key=")]
        error = own.std(ddof=1) / np.sqrt(len(own))
        assert (upper - lower) / 2 == pytest.approx(1.96 * error, rel=0.01)


def test_contributions_are_their_two_effects() -> None:
    """Bars begin where they should, so that the stroke is at the sum of both."""
    trace = dp.trace(segmented(1), segmented(2), metric="accuracy")
    data = drawn(charts.contributions(trace))
    for place, row in enumerate(trace):
        mix = data["mix_to"][place] - data["mix_from"][place]
        rate = data["rate_to"][place] - data["rate_from"][place]
        assert mix == pytest.approx(row.mix_effect, abs=1e-7)
        assert mix + rate == pytest.approx(data["contribution"][place], abs=1e-6)
        assert data["lower"][place] <= data["contribution"][place] <= data["upper"][place]


def test_disparities_that_are_endless_stay_on_the_axis() -> None:
    """A group that nobody of is selected has a ratio of 0, which no logarithm has."""
    people = {"sex": ["f", "m"] * 300, "ok": [False, True] * 300}
    table = dp.fairness(dp.profile(people, segment_by="sex"), favorable=True, label="ok")
    data = drawn(charts.disparate_impact(table))
    assert 0 < data["value"][0] <= 0.01
    assert data["state"] == ["fail"]
