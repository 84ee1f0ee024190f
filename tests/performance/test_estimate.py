"""The accuracy that scores let expect, beside what labels say in the end."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import datasets
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import drypoint as dp

TASK = dp.performance.classification(label="y", score="p", positive=1, threshold=0.5)
SURE = dp.performance.classification(label="y", prediction="guess", confidence="p")


def test_calibrated_scores_tell_the_accuracy_of_rows_that_have_drifted() -> None:
    """The bounds are at 95 %: of 40 draws the truth is outside of at most 6, but once in 5,000."""
    random = np.random.default_rng(5)
    before = random.beta(2, 2, 20_000)
    reference = dp.profile({"p": before, "y": random.random(20_000) < before}, performance=TASK)
    outside = 0
    for _ in range(40):
        p = random.beta(5, 2, 2_000)
        y = random.random(2_000) < p
        fresh = dp.profile({"p": p, "y": [None] * 2_000}, performance=TASK)
        found = dp.performance.estimate(fresh, reference)
        assert found is not None
        assert (found.rows, found.uncovered) == (2_000, 0)
        outside += not found.accuracy.lower <= np.mean(y == (p >= 0.5)) <= found.accuracy.upper
    # P(Binomial(40, 0.05) > 6) = 0.0034 to the normal bound; one seed, so it passes or not.
    assert outside <= 6


@pytest.mark.parametrize("name", ["breast_cancer", "digits"])
def test_real_data_without_labels_is_judged_within_the_bounds(name: str) -> None:
    """A model that has seen a third; a third calibrates, and the labels of a third are withheld."""
    data = getattr(datasets, f"load_{name}")()
    order = np.random.default_rng(1).permutation(len(data.target))
    train, known, fresh = np.array_split(order, 3)
    # Noise, so that there is something to get wrong.
    features = data.data + np.random.default_rng(2).normal(0, data.data.std(0) * 1.5)
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1_000))
    model.fit(features[train], data.target[train])
    sure = model.predict_proba(features)
    guess = model.classes_[sure.argmax(1)]

    def profile(rows: Any, *, labelled: bool) -> dp.Profile:
        """The predictions of some rows."""
        y = data.target[rows] if labelled else [None] * len(rows)
        columns = {"y": y, "guess": guess[rows], "p": sure.max(1)[rows]}
        return dp.profile(columns, performance=SURE)

    found = dp.performance.estimate(profile(fresh, labelled=False), profile(known, labelled=True))
    assert found is not None
    truth = profile(fresh, labelled=True).performance.accuracy
    assert found.accuracy.lower <= truth <= found.accuracy.upper
    assert found.accuracy.upper - found.accuracy.lower < 0.25


@given(st.lists(st.floats(0, 1), min_size=1, max_size=50))
def test_without_a_reference_scores_are_believed(scores: list[float]) -> None:
    """The accuracy is the mean of the chances that the scores claim."""
    rows = {"p": scores, "y": [None] * len(scores)}
    found = dp.performance.estimate(dp.profile(rows, performance=TASK))
    assert found is not None
    chances = [score if score >= 0.5 else 1 - score for score in scores]
    assert found.accuracy.value == pytest.approx(sum(chances) / len(chances))
    assert 0 <= found.accuracy.lower <= found.accuracy.upper <= 1


def test_scores_that_the_reference_never_had_widen_the_bounds() -> None:
    """They may be all right or all wrong."""
    reference = dp.profile({"p": [0.9] * 100, "y": [1] * 100}, performance=TASK)
    fresh = dp.profile({"p": [0.9, 0.1] * 50, "y": [None] * 100}, performance=TASK)
    found = dp.performance.estimate(fresh, reference)
    assert found is not None
    assert found.uncovered == 50
    assert found.accuracy.lower < 0.5


def test_windows_of_a_reference_tell_how_much_calibration_moves() -> None:
    """Of a world whose rates move by 3 points from window to window; bounds hold at 95 %."""
    random = np.random.default_rng(8)

    def window(*, labelled: bool) -> tuple[dp.Profile, float]:
        """Rows of which fewer or more come true than their scores say, and the accuracy."""
        p = random.choice([0.2, 0.8], 4_000)
        y = random.random(4_000) < p + random.normal(0, 0.03)
        truth = float(np.mean(y == (p >= 0.5)))
        rows = {"p": p, "y": y if labelled else [None] * 4_000}
        return dp.profile(rows, performance=TASK), truth

    outside = {"one": 0, "several": 0}
    for _ in range(40):
        reference = [window(labelled=True)[0] for _ in range(6)]
        fresh, truth = window(labelled=False)
        choices: dict[str, Any] = {"one": dp.merge(reference), "several": reference}
        for name, chosen in choices.items():
            found = dp.performance.estimate(fresh, chosen)
            assert found is not None
            outside[name] += not found.accuracy.lower <= truth <= found.accuracy.upper
    # P(Binomial(40, 0.05) > 6) = 0.0034.
    assert outside["several"] <= 6


def test_what_has_no_scores_is_refused() -> None:
    """And so is a reference whose scores are of something else; no rows are None."""
    bare = dp.performance.classification(label="y", prediction="guess")
    rows = {"y": [1], "guess": [1], "p": [0.5]}
    with pytest.raises(dp.ParameterError, match="no scores to expect"):
        dp.performance.estimate(dp.profile(rows, performance=bare))
    with pytest.raises(dp.ParameterError, match="scores of the reference are of the prediction"):
        dp.performance.estimate(
            dp.profile(rows, performance=TASK), dp.profile(rows, performance=SURE)
        )
    with pytest.raises(dp.ParameterError, match="'z' not found"):
        dp.performance.estimate(dp.profile(rows, performance=TASK), task="z")
    empty = {"y": [None], "p": [None]}
    assert dp.performance.estimate(dp.profile(empty, performance=TASK)) is None
