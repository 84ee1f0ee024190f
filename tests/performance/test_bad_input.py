"""Bad input: counted, flagged or refused by name; never a NaN that reads as good."""

from __future__ import annotations

import json
from itertools import product
from math import isfinite, nan
from typing import Any

import pytest

import drypoint as dp
from drypoint.checks import performance

SCORED = dp.performance.classification(label="y", prediction="guess", score="p", positive="yes")
LABELS = dp.performance.classification(label="y", prediction="guess")
RANKED = dp.performance.ranking(prediction="shown", label="bought", k=5)
NUMBERS = dp.performance.regression(prediction="guess", label="y")
BOTH = ["yes", "no"] * 20
GOOD = {"y": BOTH, "guess": BOTH, "p": [0.9, 0.1] * 20}

CASES: dict[str, tuple[Any, dict[str, Any], str, dict[str, Any]]] = {
    "good rows": (SCORED, GOOD, "", {"accuracy": 1.0}),
    "scores outside [0, 1]": (
        SCORED,
        GOOD | {"p": [1.2, -0.1] * 20},
        "40 scores outside [0, 1]: no probability, left out",
        {"scores_outside": 40, "auroc": None, "log_loss": None, "accuracy": 1.0},
    ),
    "scores that are NaN": (
        SCORED,
        GOOD | {"p": [nan, 0.1] * 20},
        "20 rows without a score: left out of what scores say",
        {"missing_scores": 20, "auroc": None},
    ),
    "a positive label never seen": (
        SCORED,
        GOOD | {"y": ["no"] * 40, "guess": ["no"] * 40},
        "the positive label 'yes' never came",
        {"recall": None, "precision": None, "f1": None},
    ),
    "a prediction that is no label": (
        LABELS,
        {"y": BOTH, "guess": ["zebra", "no"] * 20},
        "",
        {"accuracy": 0.5},
    ),
    "missing predictions": (
        LABELS,
        {"y": BOTH, "guess": [None, "no"] * 20},
        "20 rows without a prediction: left out",
        {"missing_predictions": 20, "n": 20},
    ),
    "one class only": (
        LABELS,
        {"y": ["yes"] * 40, "guess": ["yes"] * 40},
        "all rows are of one label",
        {"mcc": None, "accuracy": 1.0},
    ),
    "no rows": (
        LABELS,
        {"y": [], "guess": []},
        "no row has a prediction and a label",
        {"accuracy": None, "n": 0},
    ),
    "one row": (SCORED, {"y": ["yes"], "guess": ["yes"], "p": [0.9]}, "one label", {"n": 1}),
    "k larger than the lists": (
        RANKED,
        {"shown": [["a", "b"]] * 40, "bought": [["a"]] * 40},
        "40 lists of fewer than 5 items",
        {"short": 40, "recall": 1.0},
    ),
    "lists without a relevant item": (
        RANKED,
        {"shown": [["a", "b"]] * 40, "bought": [[]] * 40},
        "no row has a relevant item",
        {"irrelevant": 40, "ndcg": None},
    ),
    "numbers that are infinite": (
        NUMBERS,
        {"y": [1.0, float("inf")] * 20, "guess": [1.0, 2.0] * 20},
        "20 rows with an infinity: left out",
        {"infinite": 20, "mae": 0.0},
    ),
}


def made(case: str) -> dp.Profile:
    """The profile of a case; all tasks have one name, so that any two are compared."""
    task, rows, _, _ = CASES[case]
    return dp.profile(rows, performance={"task": task})


PROFILES = {case: made(case) for case in CASES}


@pytest.mark.parametrize("case", CASES)
def test_bad_input_is_counted_and_flagged(case: str) -> None:
    """And every number says how many rows it rests on."""
    _, _, flag, facts = CASES[case]
    found = PROFILES[case].performance.only
    assert any(flag in one for one in found.flags) == bool(flag)
    assert {name: getattr(found, name) for name in facts} == facts
    told = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert all(one["rows"] >= 0 for one in told["metrics"].values())


@pytest.mark.parametrize("case", CASES)
def test_a_check_never_passes_on_what_is_not_defined(case: str) -> None:
    """It is undecided, whichever way it looks, and says why."""
    found = PROFILES[case].performance.only
    for metric in found.METRICS:
        if found.value(metric) is None:
            for check in (performance(metric) >= -9.0, performance(metric) <= 9.0):
                result = check.run(PROFILES[case])
                assert str(result.verdict) == "undecided"
                assert "not defined" in result.reason


@pytest.mark.parametrize(("now", "before"), [*product(CASES, CASES)])
def test_drift_of_bad_input_has_a_verdict_and_no_nan(now: str, before: str) -> None:
    """Nor anything infinite; what cannot be judged says why."""
    found = dp.drift(PROFILES[now], PROFILES[before], columns=["task"])
    assert len(found)
    for row in found:
        known = [row.noise_floor, row.p_value, row.adjusted_p_value, row.limit]
        known += [] if row.distance is None else [row.distance.value, *row.distance.bounds]
        assert all(number is None or isfinite(number) for number in known)
        assert row.reason
        assert row.p_value is not None or row.verdict == "undecided"
