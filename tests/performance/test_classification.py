"""Numbers of predictions beside those of scikit-learn, on the same rows."""

from __future__ import annotations

import pickle
from math import isclose, isnan
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics

import drypoint as dp

if TYPE_CHECKING:
    from pathlib import Path

TOLERANCE = 1e-9
"""What sums of doubles in another order may differ by."""
BINARY = dp.performance.classification(label="y", prediction="guess", score="p", positive=1)
MANY = dp.performance.classification(label="y", prediction="guess", confidence="p")

labels = st.sampled_from([0, 1, None])
scores = st.one_of(
    st.sampled_from([None, float("nan"), 0.0, 0.5, 1.0, -0.25, 1.5]), st.floats(0, 1)
)
rows = st.lists(st.tuples(labels, labels, scores), max_size=60)


def table(found: list[tuple[Any, Any, Any]]) -> pa.Table:
    """Rows of label, prediction and score."""
    y, guess, p = ([one[index] for one in found] for index in range(3))
    types = (pa.int64(), pa.float64(), pa.float64())
    arrays = [pa.array(column, of) for column, of in zip((y, guess, p), types, strict=True)]
    return pa.table(arrays, names=["y", "guess", "p"])


def made(found: list[tuple[Any, Any, Any]], task: Any = BINARY) -> Any:
    """The answers of rows."""
    return dp.profile(table(found), performance=task).performance.only


def close(ours: Any, theirs: float) -> bool:
    """Whether two numbers are the same but for the order of their sums."""
    return isclose(float(ours), theirs, rel_tol=TOLERANCE, abs_tol=TOLERANCE)


@given(rows)
def test_predictions_are_judged_as_scikit_learn_judges_them(found: list[Any]) -> None:
    """Of the rows with both; what it warns of, or makes 0, is None."""
    ours = made(found)
    both = [(y, guess) for y, guess, _ in found if y is not None and guess is not None]
    assert ours.n == len(both)
    assert ours.rows == len(found)
    assert ours.missing_labels == sum(y is None for y, _, _ in found)
    assert ours.missing_predictions == sum(guess is None for _, guess, _ in found)
    if not both:
        assert (ours.accuracy, ours.precision, ours.f1, ours.mcc) == (None,) * 4
        return
    y, guess = zip(*both, strict=True)
    assert close(ours.accuracy, metrics.accuracy_score(y, guess))
    for name in ("precision", "recall", "f1"):
        theirs = getattr(metrics, f"{name}_score")(y, guess, zero_division=np.nan)
        value = getattr(ours, name)
        assert (value is None) == np.isnan(theirs)
        assert value is None or close(value, theirs)
    (tn, fp), (fn, tp) = metrics.confusion_matrix(y, guess, labels=[0, 1]).tolist()
    assert ours.counts(1) == dp.performance.LabelCounts("1", tp, fp, fn, tn)
    assert ours.fpr == (fp / (fp + tn) if fp + tn else None)
    if ours.mcc is None:
        assert len(set(y)) == 1 or len(set(guess)) == 1
    else:
        assert close(ours.mcc, metrics.matthews_corrcoef(y, guess))


@given(rows)
def test_scores_are_judged_as_scikit_learn_judges_them(found: list[Any]) -> None:
    """Of the rows with a label and a score in [0, 1], exactly while the sketches are exact."""
    ours = made(found)
    known = [p for _, _, p in found if p is not None and not isnan(p)]
    assert ours.missing_scores == len(found) - len(known)
    assert ours.scores_outside == sum(not 0 <= p <= 1 for p in known)
    both = [(y, p) for y, _, p in found if y is not None and p is not None and 0 <= p <= 1]
    assert ours.scored_rows == len(both)
    if not both:
        assert (ours.log_loss, ours.brier, ours.auroc, ours.aupr, ours.ece) == (None,) * 5
        return
    y, p = zip(*both, strict=True)
    assert close(ours.log_loss, metrics.log_loss(y, p, labels=[0, 1]))
    assert close(ours.brier, sum((a - b) ** 2 for a, b in both) / len(both))
    if len(set(y)) == 1:
        assert (ours.auroc, ours.aupr) == (None, None)
        return
    assert ours.auroc.is_exact
    assert ours.aupr.is_exact
    assert close(ours.auroc, metrics.roc_auc_score(y, p))
    assert close(ours.aupr, metrics.average_precision_score(y, p))


@given(rows, st.floats(0, 1))
def test_a_threshold_is_moved_after_the_fact(found: list[Any], threshold: float) -> None:
    """As if the predictions had been made with it."""
    both = [(y, p) for y, _, p in found if y is not None and p is not None and 0 <= p <= 1]
    moved = made(found).at_threshold(threshold)
    assert moved.tp.value == sum(y == 1 and p >= threshold for y, p in both)
    assert moved.fp.value == sum(y == 0 and p >= threshold for y, p in both)
    task = dp.performance.classification(label="y", score="p", positive=1, threshold=threshold)
    direct = made([(y, None, p) for y, p in both], task)
    for name in ("accuracy", "precision", "recall", "f1", "fpr", "mcc"):
        ours, theirs = getattr(moved, name), getattr(direct, name)
        assert (ours is None) == (theirs is None)
        assert ours is None or close(ours, theirs)


@given(rows, st.integers(0, 60))
def test_parts_merge_to_the_whole(found: list[Any], cut: int) -> None:
    """Counts to the bit, sums to rounding, sketches while they are exact."""
    parts = dp.merge(
        [dp.profile(table(part), performance=BINARY) for part in (found[:cut], found[cut:])]
    ).performance.only
    whole = made(found)
    assert parts.confusion == whole.confusion
    for name in whole.METRICS:
        ours, theirs = parts.value(name), whole.value(name)
        assert (ours is None) == (theirs is None)
        assert ours is None or close(ours, float(theirs))
        assert parts.rows_of(name) == whole.rows_of(name)


@given(rows, st.integers(1, 20))
def test_how_rows_are_cut_into_batches_makes_no_difference(found: list[Any], size: int) -> None:
    """To the bit."""
    profiler = dp.Profiler(performance=BINARY)
    for start in range(0, len(found), size):
        profiler.update(table(found[start : start + size]))
    if found:
        assert profiler.profile() == dp.profile(table(found), performance=BINARY)


@given(rows)
def test_what_is_stored_is_read_back(found: list[Any]) -> None:
    """And answers the same."""
    profile = dp.profile(table(found), performance={"churn": BINARY, "all": MANY})
    again = pickle.loads(pickle.dumps(profile))
    assert again == profile
    assert again.performance == profile.performance
    assert list(again.performance) == ["churn", "all"]


def test_files_and_segments_hold_tasks(tmp_path: Path) -> None:
    """Each segment its own, and all together those of all rows."""
    found = [(index % 2, index % 3 % 2, index / 99) for index in range(100)]
    data = table(found).append_column("half", pa.array(["a"] * 50 + ["b"] * 50))
    segmented = dp.profile(data, segment_by="half", performance=BINARY)
    for suffix in ("arrow", "parquet"):
        segmented.save(tmp_path / f"set.{suffix}")
        again = dp.load(tmp_path / f"set.{suffix}")
        assert again == segmented
        assert again["a"].performance.accuracy == made(found[:50]).accuracy
    assert segmented.overall is not None
    assert segmented.overall.performance.confusion == made(found).confusion


def many(n: int, seed: int) -> tuple[Any, Any]:
    """Labels, and scores that tell something of them, with ties."""
    random = np.random.default_rng(seed)
    y = random.random(n) < 0.3
    return y, np.round(np.clip(random.normal(0.35 + 0.3 * y, 0.2), 0, 1), 3)


@pytest.mark.parametrize("seed", range(3))
def test_areas_under_curves_are_within_their_bounds(seed: int) -> None:
    """Which hold at 98 %, and are as narrow as the sketches are close."""
    y, p = many(100_000, seed)
    task = dp.performance.classification(label="y", score="p", positive=True, threshold=0.5)
    found = dp.profile({"y": y, "p": p}, performance=task).performance
    truth = {"auroc": metrics.roc_auc_score(y, p), "aupr": metrics.average_precision_score(y, p)}
    epsilon = 2.296 / 512**0.9723
    for name, theirs in truth.items():
        ours = found.value(name)
        assert ours.lower <= theirs <= ours.upper
        assert ours.confidence == pytest.approx(0.98)
    assert found.auroc.upper - found.auroc.lower <= 4 * epsilon + TOLERANCE
    assert found.aupr.upper - found.aupr.lower < 0.1
    moved = found.at_threshold(0.4)
    assert moved.recall.lower <= metrics.recall_score(y, p >= 0.4) <= moved.recall.upper
    assert moved.f1.lower <= metrics.f1_score(y, p >= 0.4) <= moved.f1.upper
    assert moved.mcc.lower <= metrics.matthews_corrcoef(y, p >= 0.4) <= moved.mcc.upper
    assert close(found.f1, metrics.f1_score(y, p >= 0.5))


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("abce")), min_size=1))
def test_means_over_many_labels_are_those_of_scikit_learn(found: list[tuple[str, str]]) -> None:
    """Whose labels are those that are there or were predicted."""
    y, guess = zip(*found, strict=True)
    task = dp.performance.classification(label="y", prediction="guess")
    ours = dp.profile({"y": y, "guess": guess}, performance=task).performance
    for name in ("precision", "recall", "f1"):
        judge = getattr(metrics, f"{name}_score")
        for how in ("macro", "micro", "weighted"):
            assert close(ours.average(name, how), judge(y, guess, average=how, zero_division=0))
        assert getattr(ours, name) == ours.average(name, "macro")
    if ours.mcc is not None:
        assert close(ours.mcc, metrics.matthews_corrcoef(y, guess))


def test_labels_beyond_the_cap_share_a_place_and_accuracy_stays_exact() -> None:
    """What cannot be said of all labels any more is None, and a flag says why."""
    y = [f"label {index % 7}" for index in range(70)]
    guess = [f"label {index * index % 7}" for index in range(70)]
    task = dp.performance.classification(label="y", prediction="guess", max_labels=3)
    found = dp.profile({"y": y, "guess": guess}, performance=task).performance.only
    assert found.accuracy == metrics.accuracy_score(y, guess)
    assert len(found.labels) == 3
    assert (found.f1, found.mcc, found.average("f1", "weighted")) == (None, None, None)
    assert "beyond the first 3" in found.flags[0]
    kept = found.labels[0]
    theirs = metrics.recall_score(y, guess, labels=[kept], average=None)
    assert found.by_label[kept].recall == theirs[0]


@pytest.mark.parametrize(
    "columns",
    [
        {"y": [True, False, None], "guess": [True, True, False]},
        {"y": [1, 0, None], "guess": [True, True, False]},
        {"y": [1.0, 0.0, float("nan")], "guess": [1, 1, 0]},
        {"y": pa.array([1, 0, None]).dictionary_encode(), "guess": [1.0, 1.0, 0.0]},
    ],
)
@pytest.mark.parametrize("positive", [True, 1, 1.0])
def test_true_and_one_are_one_label(columns: dict[str, Any], positive: Any) -> None:
    """Whatever type either column has."""
    task = dp.performance.classification(label="y", prediction="guess", positive=positive)
    found = dp.profile(pa.table(columns), performance=task).performance.only
    assert (found.n, found.precision, found.recall, found.missing_labels) == (2, 0.5, 1.0, 1)


def test_calibration_is_the_mean_of_bins() -> None:
    """Scores beside what came true; of a confidence, whether the prediction is right."""
    y, p = many(5_000, 4)
    task = dp.performance.classification(label="y", score="p", positive=True, threshold=0.5)
    found = dp.profile({"y": y, "p": p}, performance=task).performance.only
    at = np.minimum((p * 20).astype(int), 19)
    for index, one in enumerate(found.calibration()):
        assert one.rows == (at == index).sum()
        if one.rows:
            assert close(one.score, p[at == index].mean())
            assert close(one.rate, y[at == index].mean())
    gaps = [abs(y[at == b].mean() - p[at == b].mean()) * (at == b).mean() for b in set(at)]
    assert close(found.ece, sum(gaps))
    guess = y ^ (np.arange(len(y)) % 5 == 0)
    sure = dp.performance.classification(label="y", prediction="guess", confidence="p")
    found = dp.profile({"y": y, "guess": guess, "p": p}, performance=sure).performance.only
    assert sum(one.rows * (one.rate or 0) for one in found.calibration()) == pytest.approx(
        (y == guess).sum()
    )


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"label": "y"}, "score= and threshold= are needed"),
        ({"label": "y", "score": "p", "threshold": 0.5}, "say of which"),
        ({"label": "y", "prediction": "g", "score": "p", "confidence": "c"}, "give one of them"),
        ({"label": "y", "score": "p", "positive": 1, "threshold": 2}, r"in \[0, 1\], got 2"),
        ({"label": "y", "prediction": "g", "max_labels": 0}, "max_labels"),
    ],
)
def test_options_that_do_not_fit_are_refused(options: dict[str, Any], words: str) -> None:
    """With the way out."""
    with pytest.raises(dp.ParameterError, match=words):
        dp.performance.classification(**options)


def test_columns_that_do_not_fit_are_refused_by_name() -> None:
    """A column that is not there, text as a score, lists as labels, names that are taken."""
    lists = pa.table({"y": [[1]], "guess": [[1]], "p": ["high"]})
    with pytest.raises(dp.ParameterError, match="column 'z' not found"):
        dp.profile(lists, performance=dp.performance.classification(label="z", prediction="y"))
    with pytest.raises(dp.ParameterError, match="labels are text, numbers"):
        dp.profile(lists, performance=MANY)
    with pytest.raises(dp.ParameterError, match="score is a column of string"):
        dp.profile(
            lists.select(["p"]).append_column("y", pa.array([1])),
            performance=dp.performance.classification(
                label="y", prediction="y", score="p", positive=1
            ),
        )
    with pytest.raises(dp.ParameterError, match="called like a column"):
        dp.profile(
            {"classification": [1]},
            performance=dp.performance.classification(
                label="classification", prediction="classification"
            ),
        )
    with pytest.raises(dp.ParameterError, match="takes a task"):
        dp.profile(lists, performance="f1")


def test_tasks_that_differ_do_not_merge() -> None:
    """The error says in what."""
    other = dp.performance.classification(label="y", prediction="guess", score="p", positive=0)
    parts = [dp.profile(table([(1, 1, 0.5)]), performance=one) for one in (BINARY, other)]
    with pytest.raises(dp.MergeError, match=r"positive 1, .* positive 0"):
        dp.merge(parts)


def test_rows_that_are_logged_without_a_label_wait_for_it() -> None:
    """A field that a row lacks is missing, and so is one that no row has yet."""
    profiler = dp.Profiler(performance=BINARY)
    profiler.log({"guess": 1, "p": 0.7})
    profiler.log({"guess": 1, "p": 0.7, "y": 1})
    found = profiler.profile().performance
    assert (found.n, found.missing_labels, found.accuracy) == (1, 1, 1.0)


def test_a_matrix_is_shown_as_one_and_only_what_was_asked_for_is_missed() -> None:
    """Rows are labels and columns predictions; without scores nothing is said of them."""
    task = dp.performance.classification(label="y", prediction="guess")
    rows = {"y": ["cat", "dog", None], "guess": ["cat", "cat", "dog"]}
    found = dp.profile(rows, performance=task).performance.only
    assert [line.split() for line in repr(found.confusion).splitlines()[2:]] == [
        ["cat", "1", "0", "0"],
        ["dog", "1", "0", "0"],
        ["missing", "0", "1", "0"],
    ]
    assert "not defined" in repr(found)
    assert "fpr" not in repr(found)
    assert "brier" not in repr(found)


def test_what_is_shown_says_what_was_left_out() -> None:
    """Numbers with their rows, flags, and what is not defined; a line in the table of a profile."""
    profile = dp.profile(table([(1, 1, 0.9), (1, None, 1.9), (1, 0, None)]), performance=BINARY)
    text = repr(profile.performance)
    assert "classification, positive: 1, 3 rows" in text
    assert "! 1 score outside [0, 1]" in text
    assert "! all rows are of one label" in text
    assert "not defined here: fpr, mcc, auroc, aupr" in text
    assert "nan" not in text.lower()
    assert "classification: classification, positive: 1, 3 rows: accuracy 0.5" in repr(profile)
    assert "<table>" in profile.performance._repr_html_()
    assert profile.to_dict()["performance"][0]["metrics"]["recall"] == {"value": 0.5, "rows": 2}
    facts = profile.performance.to_arrow().to_pylist()
    assert facts[0] == {"metric": "accuracy", "value": 0.5, "lower": 0.5, "upper": 0.5, "rows": 2}
