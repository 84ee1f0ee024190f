"""Traces of predictions: parts add up to what the task says of all rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats

import drypoint as dp
from drypoint._intervals import difference, wilson
from drypoint.performance import ANSWERS
from drypoint.tracing._metrics import COLUMNS, CONDITIONS, UNTRACEABLE
from drypoint.tracing._tasks import LABELS, MEANS

TASKS = {
    "labels": dp.performance.classification(
        label="truth", prediction="guess", score="score", positive="yes"
    ),
    "numbers": dp.performance.regression(label="x", prediction="y"),
    "ranks": dp.performance.ranking(label="wanted", prediction="found", k=2),
}
METRICS = {
    "labels": ["accuracy", "precision", "recall", "f1", "fpr", "log_loss", "brier"],
    "numbers": ["mae", "mse", "bias", "mape", "smape"],
    "ranks": ["precision", "recall", "average_precision", "ndcg", "reciprocal_rank"],
}


def rows(seed: int, count: int = 200) -> dict[str, Any]:
    """Predictions of three kinds, some of them missing."""
    random = np.random.default_rng(seed)
    words = [["yes", "no", "maybe", None][code] for code in random.integers(0, 4, count)]
    items = [[*map(str, random.permutation(5)[:3])] for _ in range(2 * count)]
    return {
        "key": [*map(str, random.integers(0, 5, count))],
        "truth": words,
        "guess": [
            word if sure else "yes"
            for word, sure in zip(words, random.random(count) < 0.7, strict=True)
        ],
        "score": random.random(count),
        "x": random.integers(0, 4, count).astype(float),
        "y": random.normal(seed, 2, count),
        "wanted": items[:count],
        "found": items[count:],
    }


def side(seed: int, **options: Any) -> dp.ProfileSet:
    """The segments of such rows."""
    made: dp.ProfileSet = dp.profile(rows(seed), segment_by="key", performance=TASKS, **options)
    return made


@pytest.mark.parametrize(
    ("task", "metric"), [(task, metric) for task, metrics in METRICS.items() for metric in metrics]
)
def test_parts_add_up_to_what_the_task_says_of_all_rows(task: str, metric: str) -> None:
    """Of the two sides, one less the other; and each segment has what it says of itself."""
    current, reference = side(1), side(2)
    found = dp.trace(current, reference, metric, task=task)
    wholes = [
        one.overall.performance[task].value(metric) for one in (current, reference) if one.overall
    ]
    assert [found.value, found.reference_value] == pytest.approx(wholes, abs=1e-12)
    assert found.contribution == pytest.approx(wholes[0] - wholes[1], abs=1e-12)
    for one in found:
        assert one.segment is not None
        own = current[one.segment["key"]].performance[task].value(metric)
        assert one.value == pytest.approx(own, abs=1e-12)


@pytest.mark.parametrize("metric", ["selection_rate", "base_rate"])
def test_predictions_and_labels_alone_are_traced(metric: str) -> None:
    """What was predicted counts where the label has not come yet, and the other way around."""
    words = rows(1)["guess" if metric == "selection_rate" else "truth"]
    known = [word for word in words if word is not None]
    found = dp.trace(side(1), side(2), metric, task="labels")
    assert found.value == pytest.approx(known.count("yes") / len(known))


def test_any_label_is_traced_by_its_name() -> None:
    """As the positive one is without."""
    found = dp.trace(side(1), side(2), "recall", task="labels", value="no")
    whole = side(1).overall
    assert whole is not None
    assert found.value == pytest.approx(whole.performance["labels"].by_label["no"].recall)
    named = dp.trace(side(1), side(2), "recall", task="labels", value="yes")
    assert named == dp.trace(side(1), side(2), "recall", task="labels")


def test_changes_of_f1_are_within_limits_of_what_it_is_a_function_of() -> None:
    """F = 2J / (1 + J), with J the share of true positives among all that could be."""
    current, reference = side(1), side(2)
    sides = []
    for one in (current, reference):
        assert one.overall is not None
        counts = one.overall.performance["labels"].positive_counts
        assert counts is not None
        limits = (float(end) for end in wilson(counts.tp, counts.tp + counts.fp + counts.fn, 0.95))
        sides.append((counts.f1, *(2 * end / (1 + end) for end in limits)))
    change = dp.trace(current, reference, "f1", task="labels").change
    assert change is not None
    assert [*change.bounds] == pytest.approx([float(end) for end in difference(*sides)])


def test_changes_of_bias_are_within_students_limits() -> None:
    """Of the errors, whose spread the task keeps."""
    tables = [rows(seed) for seed in (1, 2)]
    errors = [np.asarray(one["y"]) - one["x"] for one in tables]
    apart = [
        stats.t.interval(0.95, 199, one.mean(), stats.sem(one))[1] - one.mean() for one in errors
    ]
    change = dp.trace(side(1), side(2), "bias", task="numbers").change
    assert change is not None
    assert change.upper - change.value == pytest.approx(np.hypot(*apart))
    assert dp.trace(side(1), side(2), "mae", task="numbers").change is None


@pytest.mark.parametrize(
    ("metric", "options", "message"),
    [
        ("f1", {}, "several tasks, choose one with task="),
        ("f1", {"task": "label"}, "task 'label' not found; did you mean 'labels'"),
        ("f1", {"task": "labels", "column": "x"}, "'f1' takes no column=, got 'x'"),
        ("f1", {"task": "numbers"}, "task 'numbers' has no 'f1' to trace; regression has"),
        ("mae", {"task": "labels"}, "task 'labels' has no 'mae' to trace"),
        ("mae", {"task": "numbers", "value": 1}, "'mae' takes no value=, got 1"),
        ("rmse", {"task": "numbers"}, "'rmse' cannot be traced: a root is no weighted mean"),
        ("auroc", {"task": "labels"}, "'auroc' cannot be traced: rows of one segment are ranked"),
    ],
)
def test_what_a_task_does_not_have_is_refused_by_name(
    metric: str, options: dict[str, Any], message: str
) -> None:
    """With what it has."""
    with pytest.raises(dp.ParameterError, match=message):
        dp.trace(side(1), side(2), metric, **options)


def test_every_metric_is_traced_or_says_why_not() -> None:
    """Whatever a task has; and what is traced is on the page."""
    page = (Path(__file__).parents[2] / "docs" / "trace.md").read_text()
    traced = {*COLUMNS, *CONDITIONS, *LABELS, *MEANS}
    assert not traced & UNTRACEABLE.keys()
    for answers in ANSWERS.values():
        assert set(answers.METRICS) <= traced | UNTRACEABLE.keys()
    assert [name for name in traced if f"`{name}`" not in page] == []


def test_means_over_labels_are_refused() -> None:
    """Without a positive label there is none that F1 is of."""
    task = dp.performance.classification(label="truth", prediction="guess")
    made = dp.profile(rows(1), segment_by="key", performance=task)
    with pytest.raises(
        dp.ParameterError, match=r"'f1' over all labels .* value=, one of \['maybe'"
    ):
        dp.trace(made, made, "f1")


def test_what_was_asked_before_changes_nothing() -> None:
    """A profile keeps what it has unpacked, and is then asked for that."""
    fresh = dp.trace(side(1), side(2), "f1", task="labels")
    sides = side(1), side(2)
    for one in (*sides[0], *sides[1]):
        assert one.performance["labels"].rows == one["x"].rows
    assert dp.trace(*sides, "f1", task="labels") == fresh
    assert dp.trace(*sides, "mean", column="x") == dp.trace(side(1), side(2), "mean", column="x")
