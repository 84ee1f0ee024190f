"""Tasks are rows of drift too: figures that have changed, and those that have not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pytest
from scipy import stats
from sklearn import metrics
from tests.commands import runner
from tests.performance.predictions import PARAMETERS, TASKS, drawn, profiled

import drypoint as dp

if TYPE_CHECKING:
    from pathlib import Path

ALPHA = 0.05
FIGURES = {
    "late": 10,
    "kind": 5,
    "minutes": 4,
    "list": 5,
}


def drift(current: Any, reference: Any, **options: Any) -> dp.DriftTable:
    """Of the tasks alone."""
    return dp.drift(current, reference, **{"columns": [*TASKS]} | options)


@pytest.mark.slow
@pytest.mark.parametrize(("m", "n"), [(60, 1_500), (400, 400), (4_000, 4_000)])
def test_what_has_not_changed_is_seldom_called(m: int, n: int) -> None:
    """At α = 0.05 in at most 0.06 of the runs: with a chance of 1 in 10,000 more by that much."""
    runs = 300
    random = np.random.default_rng([20, m, n])
    called: dict[tuple[str, str], int] = {}
    for _ in range(runs):
        for row in drift(profiled(random, m), profiled(random, n)):
            key = row.column, row.measure
            called[key] = called.get(key, 0) + (row.p_value is not None and row.p_value < ALPHA)
    assert len(called) == sum(FIGURES.values())
    most = stats.binom.isf(1e-4 / len(called), runs, 0.06)
    assert {key: times for key, times in called.items() if times > most} == {}


def test_what_has_changed_is_called_as_often_as_theory_says() -> None:
    """Accuracy falls by δ; power is that of the normal law, Φ(δ/σ - 1.96), less chance of 1e-4."""
    runs, n, share, by = 200, 1_000, 0.9, 0.04
    random = np.random.default_rng(7)
    task = dp.performance.classification(label="y", prediction="b")

    def one(accuracy: float) -> dp.Profile:
        y = random.random(n) < 0.5
        right = random.random(n) < accuracy
        return dp.profile({"y": y, "b": y == right}, performance=task, parameters=PARAMETERS)

    found = [
        dp.drift(one(share - by), one(share), columns=["classification"], measures="accuracy")[0]
        for _ in range(runs)
    ]
    called = sum(row.p_value is not None and row.p_value < ALPHA for row in found)
    sigma = np.sqrt(sum(p * (1 - p) / n for p in (share, share - by)))
    power = stats.norm.cdf(by / sigma - stats.norm.isf(ALPHA / 2))
    assert called >= stats.binom.isf(1 - 1e-4, runs, power - 0.02)
    assert called <= stats.binom.isf(1e-4, runs, power + 0.02)


def test_a_model_that_has_become_worse_is_drift() -> None:
    """Each row says what the figure was, what it is, and of how many rows."""
    random = np.random.default_rng(1)
    found = drift(profiled(random, 3_000, worse=0.6), profiled(random, 4_000))
    verdicts = {(row.column, row.measure): row.verdict for row in found}
    for key in (("late", "auroc"), ("late", "f1"), ("kind", "accuracy"), ("minutes", "mae")):
        assert verdicts[key] == "drift"
    assert verdicts["list", "ndcg"] == "none"
    accuracy = next(row for row in found if (row.column, row.measure) == ("kind", "accuracy"))
    assert accuracy.reason.startswith("accuracy fell from 0.8")
    assert "(4,000 rows) to 0.5" in accuracy.reason
    assert "(3,000 rows): " in accuracy.reason
    assert "and above the limit of 0.06" in accuracy.reason


def test_figures_are_adjusted_with_all_columns() -> None:
    """In one run."""
    random = np.random.default_rng(2)
    table_ = dp.drift(profiled(random, 500), profiled(random, 500))
    known = [row.p_value for row in table_ if row.p_value is not None]
    assert {row.column for row in table_} >= {"p", "late"}
    ours = [row.adjusted_p_value for row in table_ if row.p_value is not None]
    assert ours == pytest.approx(list(stats.false_discovery_control(known)))


def test_figures_and_limits_are_chosen_by_name() -> None:
    """Of a list for all, columns have the measures in it, and tasks the figures."""
    random = np.random.default_rng(3)
    now, before = (
        profiled(random, 500, late=TASKS["late"]),
        profiled(random, 500, late=TASKS["late"]),
    )
    both = dp.drift(now, before, columns=["p", "late"], measures=["mean", "f1"])
    assert [(row.column, row.measure) for row in both] == [("p", "mean"), ("late", "f1")]
    some = dp.drift(now, before, columns=["late"], measures={"late": ["recall", "ece"]})
    assert [row.measure for row in some] == ["recall", "ece"]
    assert dp.drift(now, before, columns=["late"], measures="psi").rows == ()
    (one,) = dp.drift(now, before, columns=["late"], measures="f1", limits={"f1": 0.4})
    assert one.limit == 0.4
    with pytest.raises(dp.ParameterError, match=r"no 'f2'; classification has \['accuracy'"):
        dp.drift(now, before, measures={"late": "f2"})
    with pytest.raises(dp.ParameterError, match="column 'lote' not found; did you mean 'late'"):
        dp.drift(now, before, columns=["lote"])


@pytest.mark.parametrize("metric", ["ece", "r2", "mape", "smape"])
def test_what_has_no_known_variance_has_no_verdict(metric: str) -> None:
    """The distance is told, and why no more."""
    random = np.random.default_rng(4)
    task = "late" if metric == "ece" else "minutes"
    (found,) = drift(profiled(random, 300), profiled(random, 300), columns=[task], measures=metric)
    assert (found.verdict, found.p_value) == ("undecided", None)
    assert found.distance is not None
    assert f"profiles do not keep how much {metric} varies" in found.reason


@pytest.mark.parametrize(
    ("now", "reason"),
    [
        ({"y": [], "b": []}, "in the current profile no row has a prediction and a label"),
        ({"y": [None] * 50, "b": ["u"] * 50}, "current profile no row has a prediction and"),
    ],
)
def test_labels_that_are_not_there_yet_are_one_row(now: Any, reason: str) -> None:
    """Not one for each figure."""
    task = dp.performance.classification(label="y", prediction="b")
    before = dp.profile({"y": ["u", "v"] * 50, "b": ["u"] * 100}, performance=task)
    rows = pa.table({name: pa.array(of, pa.string()) for name, of in now.items()})
    (found,) = dp.drift(dp.profile(rows, performance=task), before, columns=["classification"])
    assert (found.measure, found.verdict) == ("performance", "undecided")
    assert reason in found.reason


def test_a_task_that_is_another_is_not_compared() -> None:
    """Of another label, or of another kind, or on one side only: what differs is said."""
    rows = {"y": ["u", "v"] * 50, "b": ["u"] * 100, "n": [1.0, 2.0] * 50}
    of = dp.performance.classification
    positive = [of(label="y", prediction="b", positive=label) for label in ("u", "v")]
    numbers = dp.performance.regression(label="n", prediction="n")
    made_ = [dp.profile(rows, performance={"x": task}) for task in (*positive, numbers)]
    bare = dp.profile(rows)
    cases = [
        (made_[0], made_[1], "performance", "positive was 'v' and is 'u'"),
        (made_[0], made_[2], "performance", "has changed from regression to classification"),
        (made_[0], bare, "presence", "the task is only in the current profile"),
        (bare, made_[0], "presence", "the task is only in the reference profile"),
    ]
    for now, before, measure, reason in cases:
        found = [row for row in dp.drift(now, before) if row.column == "x"]
        assert [(row.measure, row.verdict) for row in found] == [(measure, "undecided")]
        assert reason in found[0].reason


def test_one_class_and_few_rows_are_named() -> None:
    """What is not defined, or has no law, is undecided and says why; nothing is NaN."""
    task = TASKS["late"]
    one = dp.profile({"y": [True] * 40, "p": [0.7] * 40}, performance=task)
    two = dp.profile({"y": [True, False] * 20, "p": [0.7, 0.3] * 20}, performance=task)
    found = {row.measure: row for row in dp.drift(one, two, columns=["classification"])}
    assert found["auroc"].reason == "auroc is not defined in the current profile, of 40 rows"
    few = {row.measure: row for row in dp.drift(two, two, columns=["classification"])}
    assert "20 rows are too few for the law of chance; 30 are enough" in few["auroc"].reason
    assert few["accuracy"].verdict == "none"
    kinds = dp.performance.classification(label="y", prediction="b")
    rare = dp.profile({"y": ["u"] * 60 + ["v"] * 3, "b": ["u"] * 63}, performance=kinds)
    (macro,) = dp.drift(rare, rare, columns=["classification"], measures="f1")
    assert "label 'v' has 3 rows, too few" in macro.reason


def segmented(seed: int, worse: float) -> dp.ProfileSet:
    """Two segments, of which one has become worse."""
    random = np.random.default_rng(seed)
    parts = [
        drawn(random, 2_000, by).append_column("part", pa.array([name] * 2_000))
        for name, by in (("old", worse), ("new", 0.0))
    ]
    found = dp.profile(
        pa.concat_tables(parts), performance=TASKS, parameters=PARAMETERS, segment_by="part"
    )
    assert isinstance(found, dp.ProfileSet)
    return found


def test_segments_are_compared_each_with_its_own() -> None:
    """In one correction; a segment that one side lacks has a row for each task."""
    now, before = segmented(1, 0.5), segmented(2, 0.0)
    found = drift(now, before, measures="accuracy")
    verdicts = {(row.segment["part"], row.column): row.verdict for row in found}
    assert verdicts == {
        ("old", "late"): "drift",
        ("old", "kind"): "drift",
        ("new", "late"): "none",
        ("new", "kind"): "none",
    }
    part = dp.ProfileSet(before.keys, before.profiles[:1])
    missing = [
        row
        for row in dp.drift(now, part)
        if row.segment["part"] != part.profiles[0].segment["part"]
    ]
    assert {row.measure for row in missing} == {"presence"}
    assert {row.column for row in missing} >= set(TASKS)


def test_what_a_model_does_from_week_to_week_is_no_drift() -> None:
    """The usual wobble of figures counts as that of columns does."""
    random = np.random.default_rng(5)
    task = {"kind": TASKS["kind"]}
    weeks = [profiled(random, 1_500, worse, **task) for worse in (0.0, 0.4, 0.05, 0.35)]
    now = profiled(random, 1_500, 0.38, **task)
    options: dict[str, Any] = {"columns": ["kind"], "measures": "accuracy"}
    alone = dp.drift(now, weeks, limits={"accuracy": 0.02}, **options)
    usual = dp.drift(now, weeks, limits={"accuracy": 0.02}, baseline="leave_one_out", **options)
    assert [row.verdict for row in alone] == ["drift"]
    assert [row.verdict for row in usual] == ["none"]
    assert usual[0].wobble is not None


def test_profiles_are_compared_as_they_are_read_back(tmp_path: Path) -> None:
    """And merged: parts say the same as the whole, but for what sketches add."""
    random = np.random.default_rng(6)
    now, before = profiled(random, 800, 0.3), profiled(random, 900)
    now.save(tmp_path / "now.arrow")
    again = dp.load(tmp_path / "now.arrow")
    assert drift(again, before) == drift(now, before)


def test_rough_sketches_leave_room() -> None:
    """The distance of areas has bounds, which hold that of all scores."""
    random = np.random.default_rng(8)
    tables = [drawn(random, 20_000, worse) for worse in (0.1, 0.0)]
    task = {"late": TASKS["late"]}
    now, before = (dp.profile(one, performance=task, parameters=PARAMETERS) for one in tables)
    found = {row.measure: row.distance for row in dp.drift(now, before, columns=["late"])}
    for name, of in (("auroc", metrics.roc_auc_score), ("aupr", metrics.average_precision_score)):
        truth = [of(one["y"].to_numpy(), one["p"].to_numpy()) for one in tables]
        distance = found[name]
        assert distance is not None
        assert distance.lower < abs(truth[0] - truth[1]) < distance.upper
        assert distance.confidence == 0.99


def test_the_command_tests_models_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`diff --drift` shows figures, and leaves 1 where one has drifted; a task is asked alone."""
    monkeypatch.chdir(tmp_path)
    random = np.random.default_rng(9)
    profiled(random, 2_000).save("before.arrow")
    profiled(random, 2_000, 0.5).save("after.arrow")
    drypoint = runner(monkeypatch, capsys, width=160)
    done = drypoint("diff", "before.arrow", "after.arrow", "--drift", "--column", "kind")
    assert done.code == 1
    assert "accuracy fell from" in done.out
    words = ("--drift", "--column", "kind", "--measure", "f1", "--json")
    found = json.loads(drypoint("diff", "before.arrow", "after.arrow", *words).out)
    assert [(row["column"], row["measure"]) for row in found["columns"]] == [("kind", "f1")]
    done = drypoint("diff", "before.arrow", "after.arrow", "--drift", "--measure", "ndcg")
    assert (done.code, "list" in done.out) == (0, True)
