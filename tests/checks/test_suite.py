"""Suites: what they come to, by severity and by what undecided means, and how that is shown."""

from __future__ import annotations

import json
import pickle
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import drypoint as dp
from drypoint.checks import Verdict, col, rows, schema

if TYPE_CHECKING:
    from drypoint.checks import Check, SuiteResult

PROFILE = dp.profile({"x": [1, 2, None], "s": ["a", "b", "<b>"]}, dataset="things")
PASS, FAIL = rows() == 3, col("x").nulls() == 0
UNDECIDED = rows().change() == 0


@pytest.mark.parametrize(
    ("undecided", "outcomes", "passed"),
    [
        ("fail", ["pass", "fail", "fail", "warn", "warn"], False),
        ("warn", ["pass", "fail", "warn", "warn", "warn"], False),
        ("pass", ["pass", "fail", "pass", "warn", "pass"], False),
    ],
)
def test_outcomes_follow_severity_and_what_undecided_means(
    undecided: Any, outcomes: list[str], *, passed: bool
) -> None:
    """A warning is never a failure, and a failure never a warning by itself."""
    checks = [PASS, FAIL, UNDECIDED, FAIL.warn(), UNDECIDED.warn()]
    found = dp.Suite(checks, undecided=undecided).run(PROFILE)
    assert [found.outcome(one) for one in found] == outcomes
    assert found.passed is passed
    assert found.counts == {"pass": 1, "fail": 2, "undecided": 2}
    assert [one.check for one in found.failures] == [
        check for check, outcome in zip(checks, outcomes, strict=True) if outcome == "fail"
    ]
    assert len(found.warnings) == outcomes.count("warn")


def test_strict_is_the_default() -> None:
    """What cannot be said does not pass in CI."""
    assert not dp.Suite([UNDECIDED]).run(PROFILE).passed
    assert dp.Suite([UNDECIDED], undecided="warn").run(PROFILE).passed
    assert dp.Suite([]).run(PROFILE).passed


def test_failures_are_raised_as_an_assertion() -> None:
    """Each with its reason and its check; the error holds the results, and pickles."""
    suite = dp.Suite([PASS, FAIL.named("no nulls"), UNDECIDED])
    with pytest.raises(AssertionError) as caught:
        suite.run(PROFILE).raise_for_failures()
    error = caught.value
    assert isinstance(error, dp.CheckFailedError)
    assert str(error).splitlines() == [
        "2 of 3 checks failed",
        "  fail: number of nulls in column 'x' is 1, not 0",
        "        no nulls",
        "  undecided: there is no reference to compare with; give one: reference=",
        "             rows().change() == 0",
    ]
    again = pickle.loads(pickle.dumps(error))
    assert str(again) == str(error)
    assert again.results.counts == error.results.counts
    dp.Suite([PASS]).run(PROFILE).raise_for_failures()


def test_segments_are_asked_each_and_overall_together() -> None:
    """The remainder is in all rows, and in no segment."""
    table = {"k": ["a", "a", "b", None], "x": [1, None, 3, 4]}
    profiles = dp.profile(table, segment_by="k")
    suite = dp.Suite([(col("x").nulls() == 0).per_segment(), rows() == 4])
    found = suite.run(profiles)
    assert [(one.segment, str(one.verdict)) for one in found] == [
        ({"k": "a"}, "fail"),
        ({"k": "b"}, "pass"),
        ({"k": None}, "pass"),
        ({}, "pass"),
    ]
    assert "k=a: number of nulls" in repr(found)
    assert "k=null" in repr(found)
    alone = suite.run(profiles["a"])
    assert [one.segment for one in alone] == [{"k": "a"}, {"k": "a"}]


def test_segments_are_compared_with_their_own() -> None:
    """One that the reference lacks is undecided; a whole reference is that of all."""
    before = dp.profile({"k": ["a", "b"], "x": [1, 2]}, segment_by="k")
    now = dp.profile({"k": ["a", "b", "c"], "x": [1, 4, 1]}, segment_by="k")
    suite = dp.Suite([(col("x").mean().difference() == 0).per_segment()])
    assert [str(one.verdict) for one in suite.run(now, before)] == ["pass", "fail", "undecided"]
    whole = suite.run(now, dp.profile({"x": [1]}))
    assert [str(one.verdict) for one in whole] == ["pass", "fail", "pass"]
    other = dp.profile({"j": ["a"], "x": [1]}, segment_by="j")
    assert {str(one.verdict) for one in suite.run(now, other)} == {"undecided"}


def test_a_set_without_segments_is_undecided() -> None:
    """There is nothing to ask."""
    none = dp.profile({"k": np.array([], dtype=str)}, segment_by="k")
    found = dp.Suite([rows() >= 0, (rows() >= 0).per_segment()]).run(none)
    assert {one.verdict for one in found} == {Verdict.UNDECIDED}
    assert repr(found)


def test_results_are_plain_values() -> None:
    """For JSON and Arrow, estimates with their bounds."""
    big = dp.profile({"x": np.arange(50_000)})
    suite = dp.Suite([col("x").distinct() > 49_999, col("x").min() == 0, schema({"x": None})])
    found = suite.run(big)
    said = json.loads(json.dumps(found.to_dict()))
    assert said["counts"] == {"pass": 2, "fail": 0, "undecided": 1}
    observed = said["results"][0]["observed"]
    assert observed["lower"] < 49_999 < observed["upper"]
    assert (said["results"][1]["observed"], said["results"][2]["observed"]) == (0, None)
    table = found.to_arrow()
    assert table["verdict"].to_pylist() == ["undecided", "pass", "pass"]
    assert table["lower"].to_pylist() == [observed["lower"], 0.0, None]
    assert table["check"].to_pylist() == ["distinct", "min", "schema"]
    assert dp.Suite([]).run(big).to_arrow().num_rows == 0


@pytest.mark.parametrize("width", ["20", "40", "80", "200"])
def test_the_table_fits_the_terminal(width: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the narrowest that shows anything; nothing in it commands the terminal."""
    monkeypatch.setenv("COLUMNS", width)
    hostile = dp.profile({"a\x1b[31m\n" * 20: ["\x07"]})
    name = next(iter(hostile.columns))
    checks = [col(name).nulls() == 3, col(name).values().within({"\x1b"}), rows() == 1]
    text = repr(dp.Suite(checks, name="s\x1b").run(hostile))
    assert "\x1b" not in text
    assert "\x07" not in text
    if int(width) >= 80:
        assert max(map(len, text.splitlines())) <= int(width)


def test_the_page_of_a_notebook_escapes_what_it_shows() -> None:
    """Values and names are text there."""
    found = dp.Suite([col("s").values().within({"<i>"}), PASS.named("<script>")]).run(PROFILE)
    html = found._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "<b>" not in html


def test_what_passes_is_hidden_first_where_there_is_much() -> None:
    """What did not pass is always shown."""
    checks: list[Check] = [rows() >= number for number in range(300)]
    text = repr(dp.Suite(checks).run(PROFILE))
    assert "… and 4 more that pass" in text  # all others fail
    text = repr(dp.Suite([rows() >= 0] * 300 + [FAIL]).run(PROFILE))
    assert "… and 201 more that pass" in text
    assert "✗ fail" in text


def test_suites_are_values() -> None:
    """They compare, are keys, select by tags, and refuse what is no check."""
    suite = dp.Suite([PASS.tagged("a"), FAIL.tagged("b"), UNDECIDED], name="s")
    assert suite == dp.Suite(list(suite), name="s")
    assert hash(suite) == hash(dp.Suite(list(suite), name="s"))
    assert [len(suite), len(suite.tagged("a")), len(suite.tagged("a", "b"))] == [3, 1, 2]
    assert suite[1].check == "nulls"
    for wrong in ([rows], PASS, 3, [True]):
        with pytest.raises(dp.ParameterError):
            dp.Suite(wrong)  # type: ignore[arg-type]
    with pytest.raises(dp.ParameterError, match="undecided must be one of"):
        dp.Suite([PASS], undecided="maybe")  # type: ignore[arg-type]
    for data in ({"x": [1]}, None):
        with pytest.raises(dp.InputTypeError, match="a suite asks a Profile or a ProfileSet"):
            suite.run(data)  # type: ignore[arg-type]


def test_results_compare_by_what_they_say() -> None:
    """Two runs of the same are the same."""
    suite = dp.Suite([PASS, FAIL])
    first: SuiteResult = suite.run(PROFILE)
    assert first == suite.run(PROFILE)
    assert first.results == tuple(first)
