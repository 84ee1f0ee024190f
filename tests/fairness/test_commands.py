"""`drypoint fairness` and `drypoint trace`: what they print, and the code that they leave."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
from pyarrow import parquet
from tests.commands import runner

import drypoint as dp

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.commands import Done

LOANS = pa.table(
    {
        "sex": ["f", "m"] * 500,
        "age": ["young", "young", "old", "old"] * 250,
        "granted": [0, 1, 1, 1] * 250,
        "sure": [False, True, True, True] * 250,
        "sum": [1.0, 2.0, 3.0, 4.0] * 250,
    }
)
BEFORE = LOANS.set_column(4, "sum", pa.array([1.0, 1.0, 3.0, 4.0] * 250))


@pytest.fixture
def drypoint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Done]:
    """Runs the command in a folder with data and a profile set."""
    monkeypatch.chdir(tmp_path)
    parquet.write_table(LOANS, "loans.parquet")
    parquet.write_table(BEFORE, "before.parquet")
    dp.profile(LOANS, segment_by=["sex", "age"]).save("set.arrow")
    dp.profile(LOANS).save("whole.arrow")
    return runner(monkeypatch, capsys, width=100)


@pytest.mark.parametrize("file", ["loans.parquet", "set.arrow"])
@pytest.mark.parametrize(("label", "good"), [("granted", "1"), ("sure", "true")])
def test_groups_are_judged_out_of_profiles_and_data(
    drypoint: Any, file: str, label: str, good: str
) -> None:
    """What is asked for is of the type of the column; exit 1 says that a group failed."""
    done = drypoint("fairness", file, "--group", "sex", "--favorable", good, "--label", label)
    assert done.code == 1
    assert "✗ fail" in done.out
    assert "sex=f" in done.out


def test_groups_that_are_accepted_are_exit_0(drypoint: Any) -> None:
    """Of two keys there are four groups, of which one is named."""
    words = ("--group", "sex,age", "--favorable", 1, "--label", "granted", "--reference", "m,old")
    done = drypoint("fairness", "loans.parquet", *words, "--json", "--confidence", 0.9)
    found = json.loads(done.out)
    assert found["reference"] == {"sex": "m", "age": "old"}
    assert found["confidence"] == 0.9
    assert len(found["groups"]) == 4
    small = drypoint("fairness", "loans.parquet", *words, "--min-rows", 1000)
    assert small.code == 0
    assert "4 groups of fewer than 1,000 rows" in small.out


def test_what_moved_a_number_is_traced(drypoint: Any) -> None:
    """From the first file to the second, as `diff` has them."""
    words = ("before.parquet", "loans.parquet")
    done = drypoint("trace", *words, "mean", "--column", "sum", "--segment", "sex")
    assert done.code == 0
    assert done.out.startswith("mean of 'sum': 2.50, 2.25 in the reference\n")
    found = drypoint(
        "trace", *words, "share", "--column", "granted", "--value", 1, "--segment", "age", "--json"
    )
    assert json.loads(found.out)["value"] == 0.75


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["fairness", "whole.arrow", "--group", "sex", "--favorable", "1"], "has no segments"),
        (["fairness", "set.arrow", "--group", "sx", "--favorable", "1"], "did you mean 'sex'?"),
        (["fairness", "set.arrow", "--group", "sex", "--favorable", "1"], "hold no predictions"),
        (
            ["fairness", "set.arrow", "--group", "sex", "--favorable", "1", "--task", "t"],
            "hold no predictions",
        ),
        (["trace", "set.arrow", "set.arrow", "median", "--segment", "sex"], "cannot be traced"),
        (["trace", "set.arrow", "set.arrow", "f1", "--segment", "sex"], "hold no predictions"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_exit_2(
    drypoint: Any, words: list[str], message: str
) -> None:
    """That names the way out."""
    done = drypoint(*words)
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    assert done.err.count("\n") == 1
