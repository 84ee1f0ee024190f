"""Numbers of a task as checks: verdicts that are true, left open, or refused by name."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import drypoint as dp
from drypoint.checks import Suite, performance

TASK = dp.performance.classification(label="y", prediction="guess", score="p", positive=1)
ROWS = {"y": [1, 0, 1, 1], "guess": [1, 0, 0, 1], "p": [0.9, 0.2, 0.4, 0.8]}


def verdict(check: Any, rows: Any = ROWS, tasks: Any = TASK) -> tuple[str, str]:
    """What a check says of rows, and why."""
    found = check.run(dp.profile(rows, performance=tasks))
    return str(found.verdict), found.reason


def test_an_exact_number_passes_or_fails() -> None:
    """With the rows that it rests on."""
    assert verdict(performance("f1") >= 0.8) == (
        "pass",
        "f1 is 0.8, which is at least 0.8 (of 4 rows)",
    )
    assert verdict(performance("recall") > 0.9)[0] == "fail"
    assert verdict(performance("accuracy").between(0.7, 0.8))[0] == "pass"


def test_a_limit_between_the_bounds_is_left_open() -> None:
    """And one outside of them is decided."""
    random = np.random.default_rng(3)
    y = random.random(20_000) < 0.4
    rows = {"y": y, "p": np.clip(random.normal(0.4 + 0.2 * y, 0.2), 0, 1)}
    task = dp.performance.classification(label="y", score="p", positive=True, threshold=0.5)
    auroc = dp.profile(rows, performance=task).performance.auroc
    assert verdict(performance("auroc") >= auroc.value, rows, task)[0] == "undecided"
    assert verdict(performance("auroc") >= auroc.lower - 0.01, rows, task)[0] == "pass"
    assert verdict(performance("auroc") >= auroc.upper + 0.01, rows, task)[0] == "fail"


def test_what_is_not_defined_never_passes() -> None:
    """One class only, no labels, no rows: undecided, and why."""
    for rows, why in (
        ({**ROWS, "y": [1, 1, 1, 1]}, "all rows are of one label"),
        ({**ROWS, "y": [None] * 4}, "no row has a prediction and a label"),
        ({"y": [], "guess": [], "p": []}, "no row has a prediction and a label"),
    ):
        found, reason = verdict(performance("fpr") <= 1, rows)
        assert found == "undecided"
        assert why in reason


@pytest.mark.parametrize(
    ("check", "tasks", "words"),
    [
        (performance("f1") >= 0, None, "the profile has no task"),
        (performance("acuracy") >= 0, TASK, "has no 'acuracy'; did you mean 'accuracy'"),
        (performance("f1", task="b") >= 0, TASK, "task 'b' not found"),
        (performance("f1") >= 0, {"a": TASK, "b": TASK}, "name one of ['a', 'b']"),
    ],
)
def test_a_task_that_is_not_there_fails_by_name(check: Any, tasks: Any, words: str) -> None:
    """With the way out."""
    found, reason = verdict(check, ROWS, tasks)
    assert found == "fail"
    assert words in reason


def test_a_suite_is_asked_by_segment_and_against_a_reference() -> None:
    """As of every other quantity."""
    suite = Suite([performance("accuracy") >= 0.5, performance("accuracy").change() >= -0.1])
    good, bad = dict(ROWS, part="a"), {**ROWS, "guess": [0, 1, 1, 0], "part": "b"}
    rows = [
        dict(zip(table, row, strict=True))
        for table in (good, bad)
        for row in zip(
            *(v if isinstance(v, list) else [v] * 4 for v in table.values()), strict=True
        )
    ]
    segmented = dp.profile(rows, segment_by="part", performance=TASK)
    reference = dp.profile(ROWS, performance=TASK)
    passed = [suite.run(segmented[part], reference).passed for part in ("a", "b")]
    assert passed == [True, False]
