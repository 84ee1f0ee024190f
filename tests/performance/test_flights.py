"""Predictions of real flights beside scikit-learn, in all and by segment."""

from __future__ import annotations

from math import isclose
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from sklearn import metrics
from tests.performance.flights import TASK, predicted

import drypoint as dp
from drypoint.checks import performance

if TYPE_CHECKING:
    import pyarrow as pa

TOLERANCE = 1e-9
"""What sums of doubles in another order may differ by."""
MINUTES = dp.performance.regression(prediction="expected", label="arr_delay")


@pytest.fixture(scope="module")
def table() -> pa.Table:
    """The flights with their predictions."""
    return predicted()


@pytest.fixture(scope="module")
def flights(table: pa.Table) -> Any:
    """The same as pandas has them."""
    return table.to_pandas()


def judged(rows: Any) -> tuple[dict[str, float], dict[str, float]]:
    """What scikit-learn says: of predictions and sums of scores, and of curves."""
    both = rows[rows["late"].notna() & rows["guess"].notna()]
    y, guess, p = both["late"].astype(bool), both["guess"].astype(bool), both["p"]
    exact = {
        "accuracy": metrics.accuracy_score(y, guess),
        "precision": metrics.precision_score(y, guess),
        "recall": metrics.recall_score(y, guess),
        "f1": metrics.f1_score(y, guess),
        "mcc": metrics.matthews_corrcoef(y, guess),
        "log_loss": metrics.log_loss(y, p),
        "brier": metrics.brier_score_loss(y, p),
    }
    curves = {
        "auroc": metrics.roc_auc_score(y, p),
        "aupr": metrics.average_precision_score(y, p),
    }
    return exact, curves


def agree(ours: Any, rows: Any) -> None:
    """Asserts that the answers are those of scikit-learn."""
    exact, curves = judged(rows)
    for name, theirs in exact.items():
        assert isclose(ours.value(name), theirs, rel_tol=TOLERANCE), name
    for name, theirs in curves.items():
        found = ours.value(name)
        assert found.lower - TOLERANCE <= theirs <= found.upper + TOLERANCE, name


def test_late_arrivals_are_judged_as_scikit_learn_judges_them(flights: Any, table: Any) -> None:
    """In all, and by carrier; the parts merge to the whole."""
    segmented = dp.profile(table, segment_by="carrier", performance=TASK)
    assert len(segmented) == flights["carrier"].nunique()
    for carrier in ("UA", "HA", "EV"):
        agree(segmented[carrier].performance, flights[flights["carrier"] == carrier])
    assert segmented.overall is not None
    agree(segmented.overall.performance, flights)
    whole = dp.profile(table, performance=TASK).performance
    agree(whole, flights)
    assert whole.confusion == segmented.overall.performance.confusion
    assert whole.missing_labels == flights["late"].isna().sum()
    assert whole.missing_predictions == flights["guess"].isna().sum()


def test_minutes_are_judged_as_scikit_learn_judges_them(flights: Any, table: Any) -> None:
    """The arrival is expected five minutes less late than the departure."""
    ours = dp.profile(table, performance=MINUTES).performance
    both = flights[flights["arr_delay"].notna() & flights["expected"].notna()]
    y, guess = both["arr_delay"], both["expected"]
    assert ours.n == len(both)
    assert isclose(ours.mae, metrics.mean_absolute_error(y, guess), rel_tol=TOLERANCE)
    assert isclose(ours.mse, metrics.mean_squared_error(y, guess), rel_tol=TOLERANCE)
    assert isclose(ours.r2, metrics.r2_score(y, guess), rel_tol=TOLERANCE)
    some = y != 0
    share = metrics.mean_absolute_percentage_error(y[some], guess[some])
    assert isclose(ours.mape, share, rel_tol=TOLERANCE)
    for q in (0.5, 0.9):
        found = ours.absolute_error_quantile(q)
        assert found.lower <= np.quantile((guess - y).abs(), q) <= found.upper


def test_accuracy_is_a_check_by_segment(table: Any) -> None:
    """Of the carriers some are predicted well enough, and others are not."""
    check = performance("f1") >= 0.75
    segmented = dp.profile(table, segment_by="carrier", performance=TASK)
    verdicts = {
        one.segment["carrier"]: str(check.run(one).verdict)
        for one in segmented
        if one.performance.f1 is not None
    }
    expected = {
        one.segment["carrier"]: "pass" if one.performance.f1 >= 0.75 else "fail"
        for one in segmented
        if one.performance.f1 is not None
    }
    assert verdicts == expected
    assert set(verdicts.values()) == {"pass", "fail"}


def test_months_without_labels_are_expected_better_than_to_be_as_the_winter(table: Any) -> None:
    """Of the nine months after the reference, on average; which is what an estimate is for."""
    months = dp.profile(table, segment_by="month", performance=TASK)
    reference = dp.merge([months[month] for month in ("1", "2", "3")])
    errors, stale = [], []
    for month in map(str, range(4, 13)):
        truth = months[month].performance.accuracy
        found = dp.performance.estimate(months[month], reference)
        assert found is not None
        errors.append(abs(found.accuracy.value - truth))
        stale.append(abs(reference.performance.accuracy - truth))
    assert np.mean(errors) < np.mean(stale)
