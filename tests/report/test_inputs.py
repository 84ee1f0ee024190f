"""What a report is made of, and what it says of anything else."""

from __future__ import annotations

from typing import Any

import pytest

import drypoint as dp
from drypoint.checks import Suite, col


def titles(made: dp.Report) -> list[str]:
    """Of the sections below the columns."""
    return [one["title"] for one in made.facts["sections"]]


def test_a_report_shows_what_it_is_given(
    profile: dp.Profile, reference: dp.Profile, segments: dp.ProfileSet
) -> None:
    """A section for each, in their order, and what has several in several."""
    suite = Suite([col("age").nulls() == 0])
    fairness = dp.fairness(segments, favorable=True)
    before = dp.profile({"city": ["Rome"] * 5 + ["Oslo"], "n": [*range(6)]}, segment_by="city")
    after = dp.profile({"city": ["Rome"] + ["Oslo"] * 5, "n": [*range(6)]}, segment_by="city")
    moved = dp.trace(after, before, "mean", column="n")
    made = dp.report(profile, reference, checks=suite, segments=[segments, moved, fairness, moved])
    assert titles(made) == [
        "Drift",
        "Checks",
        "Performance",
        "Fairness",
        "What moved",
        "What moved",
        "Segments",
    ]
    names = [one["id"] for one in made.facts["sections"]]
    assert len(set(names)) == len(names)


def test_of_a_profile_set_all_rows_are_shown_and_its_segments(segments: dp.ProfileSet) -> None:
    """With the numbers of the task by segment."""
    made = dp.report(segments)
    assert made.facts["about"]["size"] == "400 rows, 9 columns"
    assert titles(made) == ["Performance", "Segments"]
    (performance, _) = made.facts["sections"]
    (part,) = [one for one in performance["parts"] if one["title"] == "By segment"]
    assert {row[0] for row in part["table"]["rows"]} == {"Rome", "Oslo", "Bern"}


def test_drift_is_tested_once_there_is_a_reference(
    profile: dp.Profile, reference: dp.Profile
) -> None:
    """Unless it is not wanted, or was tested before."""
    found = dp.drift(profile, reference, columns=["age"])
    assert "Drift" in titles(dp.report(profile, reference))
    assert "Drift" not in titles(dp.report(profile, reference, drift=False))
    (drift, *_) = dp.report(profile, reference, drift=found).facts["sections"]
    table = next(one["table"] for one in drift["parts"] if one["table"])
    assert [row[0] for row in table["rows"]] == ["age"] * len(found)
    assert table["columns"] == [[*profile.columns].index("age")] * len(found)


def test_what_a_suite_has_found_is_shown_as_it_was(
    profile: dp.Profile, reference: dp.Profile
) -> None:
    """A suite that is not asked yet is asked of the profile and its reference."""
    suite = Suite([col("age").mean() < 0, col("city").nulls() == 0, col("age").drift() < 0.5])
    asked = dp.report(profile, reference, checks=suite)
    given = dp.report(profile, reference, checks=suite.run(profile, reference))
    for made in (asked, given):
        (checks,) = [one for one in made.facts["sections"] if one["id"] == "checks"]
        assert checks["parts"][0]["table"]["verdicts"][0] == "fail"
    assert asked.facts["sections"] == given.facts["sections"]


def test_answers_of_a_task_may_be_given(profile: dp.Profile) -> None:
    """One task, or all of another profile."""
    bare = dp.profile({"x": [1]})
    assert titles(dp.report(bare)) == []
    assert titles(dp.report(bare, performance=profile.performance)) == ["Performance"]
    assert titles(dp.report(bare, performance=profile.performance.only)) == ["Performance"]


def test_the_title_is_that_of_the_dataset_unless_another_is_given(profile: dp.Profile) -> None:
    """Or a plain word, where there is none."""
    assert dp.report(profile).facts["about"]["title"] == "people"
    assert dp.report(profile, title="July").facts["about"]["title"] == "July"
    assert dp.report(dp.profile({"x": [1]})).facts["about"]["title"] == "Profile"


def test_the_other_side_of_a_column_stands_beside_it(
    profile: dp.Profile, reference: dp.Profile
) -> None:
    """In its facts and its quantiles."""
    place = [*profile.columns].index("age")
    detail = dp.report(profile, reference).details[place]
    facts = {label: (value, other) for label, value, _, other in detail["facts"]}
    assert float(facts["mean"][0]) == pytest.approx(profile["age"].mean, abs=0.005)
    assert float(facts["mean"][1]) == pytest.approx(reference["age"].mean, abs=0.005)
    assert [head for head, *_ in detail["tables"][0]["heads"]][-1] == "reference"


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"profile": [1, 2]}, "a report shows a Profile or a ProfileSet, got profile=a list"),
        ({"reference": 3}, "a report shows a Profile or a ProfileSet, got reference=a int"),
        ({"checks": ["x"]}, "checks takes a Suite or its result, got a list"),
        ({"drift": 0.5}, "drift takes True, False or what dp.drift found, got a float"),
        ({"performance": "f1"}, "performance takes answers such as"),
        ({"segments": "city"}, "segments takes a ProfileSet, a Trace or a FairnessTable"),
        ({"segments": [1]}, "segments takes a ProfileSet, a Trace or a FairnessTable, got a int"),
    ],
)
def test_anything_else_is_named(profile: dp.Profile, wrong: dict[str, Any], message: str) -> None:
    """With what could be given instead."""
    with pytest.raises(dp.InputTypeError, match=message):
        dp.report(**{"profile": profile} | wrong)


def test_what_cannot_be_shown_is_said(profile: dp.Profile) -> None:
    """Drift without a reference, a set without segments, a title that is no text."""
    with pytest.raises(dp.ParameterError, match="give reference="):
        dp.report(profile, drift=True)
    with pytest.raises(dp.ParameterError, match="there is nothing to show"):
        dp.report(dp.ProfileSet(("city",), ()))
    with pytest.raises(dp.ParameterError, match="title must be text"):
        dp.report(profile, title=3)  # type: ignore[arg-type]
