"""Figures beside their reference: the tests of others on the same rows, and variances by hand."""

from __future__ import annotations

from math import isclose, sqrt
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from sklearn import metrics

import drypoint as dp
from drypoint.performance._change import exactly

BINARY = dp.performance.classification(label="y", score="p", positive=True, threshold=0.5)
MANY = dp.performance.classification(label="y", prediction="guess")
NUMBERS = dp.performance.regression(prediction="guess", label="y")
LISTS = dp.performance.ranking(score="p", label="y", k=3)
STEP = 1e-6


def answers(task: Any, **columns: Any) -> Any:
    """The answers of a table."""
    return dp.profile(pa.table(columns), performance=task).performance.only


def binary(n: int, seed: int, apart: float = 1.0) -> tuple[Any, Any]:
    """Labels and scores."""
    random = np.random.default_rng(seed)
    y = random.random(n) < 0.3
    return y, np.round(1 / (1 + np.exp(-random.normal(apart * (2 * y - 1), 1))), 4)


def judged(n: int, seed: int, apart: float = 1.0) -> Any:
    """The answers of them; the sketches are exact up to 512 of each class."""
    y, p = binary(n, seed, apart)
    return answers(BINARY, y=y, p=p)


def labels(n: int, seed: int) -> tuple[Any, Any]:
    """Four labels and predictions of them."""
    random = np.random.default_rng(seed)
    y = random.choice(4, n, p=[0.4, 0.3, 0.2, 0.1])
    return y, np.where(random.random(n) < 0.6, y, random.choice(4, n))


# ---- Shares


@pytest.mark.parametrize("metric", ["accuracy", "precision", "recall", "fpr"])
def test_shares_are_compared_by_the_test_of_two_proportions(metric: str) -> None:
    """That of scipy for a table of two by two, uncorrected."""
    now, before = judged(400, 1, 0.8), judged(500, 2)
    found = now.changed_from(before, metric)
    table = []
    for one in (now, before):
        tp, fp, fn, tn = one.positive_counts[1:]
        of = {
            "accuracy": (tp + tn, fp + fn),
            "precision": (tp, fp),
            "recall": (tp, fn),
            "fpr": (fp, tn),
        }
        table.append(of[metric])
    assert found.p_value == pytest.approx(stats.chi2_contingency(table, correction=False).pvalue)
    assert found.distance == pytest.approx(abs(now.value(metric) - before.value(metric)))


def test_two_f1_are_equal_where_two_shares_are() -> None:
    """Those of true positives among all rows that are positive or were predicted to be."""
    now, before = judged(400, 1, 0.8), judged(500, 2)
    table = [
        (one.positive_counts.tp, one.positive_counts.fp + one.positive_counts.fn)
        for one in (now, before)
    ]
    found = now.changed_from(before, "f1")
    assert found.p_value == pytest.approx(stats.chi2_contingency(table, correction=False).pvalue)
    assert found.distance == pytest.approx(abs(now.f1 - before.f1))


@given(st.tuples(*[st.integers(0, 12)] * 4))
def test_few_rows_are_tested_exactly(cells: tuple[int, ...]) -> None:
    """As Fisher's test in scipy."""
    x, not_x, y, not_y = cells
    if x + not_x and y + not_y:
        theirs = stats.fisher_exact([[x, not_x], [y, not_y]]).pvalue
        assert exactly(x, x + not_x, y, y + not_y) == pytest.approx(theirs, abs=1e-9)


def test_many_rows_beside_few_are_tested_exactly_too() -> None:
    """Whatever the sizes, the sums are over the smaller side."""
    theirs = stats.fisher_exact([[6, 4], [900_000, 100_000]]).pvalue
    assert exactly(6, 10, 900_000, 1_000_000) == pytest.approx(theirs, rel=1e-6)


# ---- Means


def test_errors_are_compared_by_the_test_of_welch() -> None:
    """That of scipy on the errors themselves."""
    random = np.random.default_rng(3)
    errors = [random.normal(0.3, 2, 300), random.normal(0, 1, 400)]
    now, before = (answers(NUMBERS, guess=5 + one, y=np.full(len(one), 5.0)) for one in errors)
    for metric, of in (("bias", np.asarray), ("mae", np.abs)):
        sides = [of(one) for one in errors]
        found = now.changed_from(before, metric)
        theirs = stats.ttest_ind(*sides, equal_var=False)
        assert found.p_value == pytest.approx(theirs.pvalue, rel=1e-6)
        assert found.limit == pytest.approx(0.2 * sides[1].std(ddof=1))
        floor = stats.t.isf(0.025, theirs.df) * abs(float(found.distance)) / abs(theirs.statistic)
        assert found.noise_floor == pytest.approx(floor, rel=1e-6)


@pytest.mark.parametrize("metric", ["log_loss", "brier"])
def test_losses_are_compared_by_the_test_of_welch(metric: str) -> None:
    """On the loss of each row, which follows from the scores that sketches keep."""
    losses = []
    for n, seed in ((500, 1), (400, 2)):
        y, p = binary(n, seed)
        truth = np.where(y, p, 1 - p)
        losses.append(-np.log(truth) if metric == "log_loss" else (1 - truth) ** 2)
    found = judged(500, 1).changed_from(judged(400, 2), metric)
    theirs = stats.ttest_ind(*losses, equal_var=False).pvalue
    assert found.p_value == pytest.approx(theirs, rel=1e-4)


def test_few_rows_that_lose_much_are_not_forgotten() -> None:
    """Of 100,000 rows 20 were sure and wrong: sketches need not keep them, the mean tells of them.

    They make nearly half of the variance, which is taken for too much rather than too little.
    """
    y, p = binary(100_000, 4)
    p[np.flatnonzero(y)[:20]] = 0.0
    truth = np.clip(np.where(y, p, 1 - p), np.finfo(float).eps, 1)
    ours = answers(BINARY, y=y, p=p).figure("log_loss")
    theirs = (-np.log(truth)).var() / len(y)
    assert 0.95 * theirs < ours.variance < 1.3 * theirs


def test_rankings_are_compared_by_the_test_of_welch() -> None:
    """On the number of each list, which scikit-learn knows for NDCG."""
    sides, made = [], []
    for n, seed in ((300, 1), (200, 2)):
        random = np.random.default_rng(seed)
        y, p = random.integers(0, 3, (n, 6)), random.random((n, 6))
        y[:, 0] = 1
        sides.append([metrics.ndcg_score([a], [b], k=3) for a, b in zip(y, p, strict=True)])
        made.append(answers(LISTS, y=y.tolist(), p=p.tolist()))
    found = made[0].changed_from(made[1], "ndcg")
    assert found.p_value == pytest.approx(stats.ttest_ind(*sides, equal_var=False).pvalue)


# ---- The delta method


def jackknifed(metric: Any, y: Any, guess: Any) -> float:
    """The variance by the infinitesimal jackknife: Σ over rows of the derivative by its weight."""
    total = 0.0
    for row in range(len(y)):
        ends = []
        for sign in (STEP, -STEP):
            weights = np.ones(len(y))
            weights[row] += sign
            ends.append(metric(y, guess, sample_weight=weights))
        total += ((ends[0] - ends[1]) / (2 * STEP)) ** 2
    return float(total)


@pytest.mark.parametrize("metric", ["precision", "recall", "f1", "mcc"])
def test_the_variance_of_many_labels_is_that_of_the_jackknife(metric: str) -> None:
    """Of the same function in scikit-learn, by weights of rows."""
    y, guess = labels(200, 7)
    theirs = {
        "precision": lambda *a, **k: metrics.precision_score(*a, average="macro", **k),
        "recall": lambda *a, **k: metrics.recall_score(*a, average="macro", **k),
        "f1": lambda *a, **k: metrics.f1_score(*a, average="macro", **k),
        "mcc": metrics.matthews_corrcoef,
    }[metric]
    ours = answers(MANY, y=y, guess=guess).figure(metric)
    assert ours.variance == pytest.approx(jackknifed(theirs, y, guess), rel=1e-5)


@pytest.mark.parametrize("metric", ["mcc", "aupr"])
def test_the_variance_of_two_labels_is_that_of_the_jackknife(metric: str) -> None:
    """To the n - 1 of samples within classes, for average precision."""
    y, p = binary(200, 8)
    theirs = {
        "mcc": lambda y, p, **k: metrics.matthews_corrcoef(y, p >= 0.5, **k),
        "aupr": metrics.average_precision_score,
    }[metric]
    ours = answers(BINARY, y=y, p=p).figure(metric)
    assert ours.sketch == 0
    few = min(y.sum(), (~y).sum())
    assert ours.variance == pytest.approx(jackknifed(theirs, y, p), rel=1.1 / (few - 1))


def test_the_variance_of_the_area_under_the_curve_is_that_of_delong() -> None:
    """Of all pairs, one by one."""
    y, p = binary(300, 9)
    pairs = (p[y][:, None] > p[~y]) + 0.5 * (p[y][:, None] == p[~y])
    sides = [pairs.mean(axis=axis) for axis in (1, 0)]
    theirs = sum(one.var(ddof=1) / len(one) for one in sides)
    ours = answers(BINARY, y=y, p=p).figure("auroc")
    assert ours.value == pytest.approx(metrics.roc_auc_score(y, p))
    assert ours.variance == pytest.approx(theirs)


def test_squared_errors_vary_by_their_fourth_moments() -> None:
    """Of which profiles keep the sums."""
    random = np.random.default_rng(4)
    errors = random.exponential(2, 500) - 1.5
    found = answers(NUMBERS, guess=errors, y=np.zeros(500))
    squares, apart = errors**2, (errors - errors.mean()) ** 2
    known = {
        "mse": squares.var() / 500,
        "rmse": squares.var() / 500 / (4 * squares.mean()),
        "error_std": apart.var() / 500 / (4 * errors.var(ddof=1)),
    }
    for metric, variance in known.items():
        assert found.figure(metric).variance == pytest.approx(variance, rel=1e-9)


# ---- What matters


def test_a_share_matters_by_the_h_of_cohen() -> None:
    """0.2 between angles, as for shares of nulls."""
    before = judged(500, 2)
    limit = judged(400, 1).changed_from(before, "accuracy").limit
    assert limit is not None
    angles = [2 * np.arcsin(sqrt(before.accuracy + by)) for by in (-limit, 0, limit)]
    assert min(abs(np.diff(angles) - 0.2)) < 1e-12


def test_an_area_matters_by_the_d_of_cohen() -> None:
    """Of normal scores: the classes are 0.2 standard deviations nearer to each other."""
    before = judged(500, 2)
    limit = judged(400, 1).changed_from(before, "auroc").limit
    d = [sqrt(2) * stats.norm.ppf(before.auroc.value - by) for by in (0, limit)]
    assert d[0] - d[1] == pytest.approx(0.2)


# ---- Laws


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=80))
def test_what_is_equal_has_not_changed(found: list[tuple[int, int]]) -> None:
    """The distance is 0 and the p-value 1, wherever there is one; nothing is ever NaN."""
    y, guess = (list(side) for side in zip(*found, strict=True))
    one, other = (answers(MANY, y=side, guess=guess) for side in (y, list(y)))
    for metric in one.METRICS:
        made = one.changed_from(other, metric)
        assert (made.distance is None) == (one.value(metric) is None)
        assert made.distance is None or made.distance == 0
        assert made.p_value is None or isclose(made.p_value, 1)
        assert made.p_value is not None or made.reason


@given(st.integers(0, 1_000), st.integers(0, 1_000))
def test_both_sides_see_the_same_change(first: int, second: int) -> None:
    """All but the limit, which is of the reference."""
    one, other = judged(120, first), judged(150, second, 0.6)
    for metric in one.tested:
        there, back = one.changed_from(other, metric), other.changed_from(one, metric)
        assert there.distance == pytest.approx(float(back.distance or 0))
        assert (there.p_value is None) == (back.p_value is None)
        if there.p_value is not None:
            assert there.p_value == pytest.approx(back.p_value)


@pytest.mark.parametrize("scale", [1e-200, 1e120, 1e200, 1e300])
def test_numbers_beyond_all_measure_have_no_verdict_of_chance(scale: float) -> None:
    """Squares that are no numbers are no variance of 0."""
    random = np.random.default_rng(1)
    sides = [
        answers(NUMBERS, guess=scale * random.normal(by, 1, 50), y=np.zeros(50)) for by in (1, 2)
    ]
    for metric in sides[0].METRICS:
        found = sides[0].changed_from(sides[1], metric)
        assert found.p_value is None or 0 <= found.p_value <= 1
        assert found.p_value is not None or found.reason
