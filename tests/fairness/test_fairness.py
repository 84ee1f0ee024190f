"""Fairness: laws over tables of every shape, verdicts, small groups, and what is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import drypoint as dp
from drypoint.fairness import MEASURES
from drypoint.fairness._counts import NAMES
from drypoint.fairness._shown import as_text

if TYPE_CHECKING:
    from collections.abc import Sequence

Row = tuple[str | None, str | None, str | None]

GROUPS = st.sampled_from(["a", "b", "c", None])
ANSWERS = st.sampled_from(["yes", "no", "maybe", None])
ALWAYS: list[Row] = [("a", "yes", "yes"), ("b", "no", "yes")]
ROWS = st.lists(st.tuples(GROUPS, ANSWERS, ANSWERS), max_size=60).map(lambda rows: ALWAYS + rows)


def profiles(rows: list[Row], **options: Any) -> dp.ProfileSet:
    """The groups of rows of a group, a prediction and a label."""
    table = [dict(zip(("group", "guess", "truth"), row, strict=True)) for row in rows]
    task = dp.performance.classification(label="truth", prediction="guess", positive="yes")
    made: dp.ProfileSet = dp.profile(table, segment_by="group", performance=task, **options)
    return made


def judged(rows: list[Row], **options: Any) -> dp.FairnessTable:
    """What is said of them, however few they are."""
    made = dp.fairness(profiles(rows), favorable="yes", **({"min_rows": 0} | options))
    assert isinstance(made, dp.FairnessTable)
    return made


def share(rows: Sequence[tuple[str | None, str | None]], of: str = "yes") -> float | None:
    """How many of the pairs begin with *of*; None of none."""
    return sum(first == of for first, _ in rows) / len(rows) if rows else None


@given(ROWS)
def test_rates_are_those_that_python_counts(rows: list[Row]) -> None:
    """With nulls, labels that are neither, groups without any; what rests on no rows is None."""
    for one in judged(rows).groups:
        mine = [(guess, truth) for group, guess, truth in rows if group == one.group["group"]]
        known = [pair for pair in mine if None not in pair]
        guessed = [(guess, truth) for guess, truth in mine if guess is not None]
        labelled = [(truth, guess) for guess, truth in mine if truth is not None]
        expected = {
            "selection_rate": share(guessed),
            "base_rate": share(labelled),
            "recall": share([pair for pair in known if pair[1] == "yes"]),
            "fpr": share([pair for pair in known if pair[1] != "yes"]),
            "precision": share([(truth, guess) for guess, truth in known if guess == "yes"]),
        }
        found = {name: getattr(one, name) for name in expected}
        assert found == pytest.approx(expected, abs=1e-12)
        assert (one.rows, one.unknown) == (len(mine), len(mine) - len(guessed))
        assert one.sizes["selection_rate"] == len(guessed)
        assert one.sizes["base_rate"] == len(labelled)
        assert one.sizes["recall"] + one.sizes["fpr"] == len(known)
        assert one.sizes["precision"] == sum(guess == "yes" for guess, _ in known)


@given(ROWS)
def test_nothing_is_nan_and_bounds_hold_their_value(rows: list[Row]) -> None:
    """What cannot be told is None, and then it is not judged."""
    found = judged(rows)
    for one in found:
        if one.value is None:
            assert one.verdict == "undecided"
        else:
            assert one.value.lower - 1e-9 <= one.value.value <= one.value.upper + 1e-9
            assert isfinite(one.value.upper)
    for estimate in found.between_groups.values():
        assert estimate.lower - 1e-9 <= estimate.value <= estimate.upper + 1e-9


@given(ROWS)
def test_verdicts_follow_from_the_interval(rows: list[Row]) -> None:
    """Inside, outside, or neither."""
    for one in judged(rows):
        if one.value is None:
            continue
        is_ratio = one.measure == "disparate_impact"
        least, most = (one.limit, 1 / one.limit) if is_ratio else (-one.limit, one.limit)
        inside = least <= one.value.lower and one.value.upper <= most
        outside = one.value.upper < least or one.value.lower > most
        expected = "pass" if inside else "fail" if outside else "undecided"
        assert one.verdict == expected


@given(ROWS)
def test_the_other_way_around_differences_change_their_signs(rows: list[Row]) -> None:
    """And ratios are inverted, limits too."""
    two = [row for row in rows if row[0] in ("a", "b")]
    (a, b) = (judged(two, reference=name) for name in ("b", "a"))
    for one, other in zip(a, b, strict=True):
        if one.value is None or other.value is None:
            continue
        if one.measure in ("statistical_parity", "equal_opportunity", "predictive_parity"):
            turned = [-other.value.upper, -other.value.lower]
            assert [*one.value.bounds] == pytest.approx(turned, abs=1e-12)
        elif one.measure == "disparate_impact" and other.value.lower:
            turned = [1 / other.value.upper, 1 / other.value.lower]
            assert [*one.value.bounds] == pytest.approx(turned)


@given(ROWS, st.integers(0, 62))
def test_parts_that_are_merged_are_judged_as_the_whole(rows: list[Row], place: int) -> None:
    """Since nothing but counts is asked."""
    parts = profiles(rows[:place] + ALWAYS) | profiles(rows[place:] + ALWAYS)
    whole = judged(rows + ALWAYS + ALWAYS)
    found = dp.fairness(parts, favorable="yes", min_rows=0)
    key = str
    assert sorted(found.groups, key=key) == sorted(whole.groups, key=key)
    assert found.between_groups == whole.between_groups


def against_others(answers: Any, label: str) -> tuple[int, int, int, int]:
    """Rows that are TP, FP, FN and TN of a label, cell by cell of the matrix."""
    confusion, found = answers.confusion, [0, 0, 0, 0]
    place = confusion.labels.index(label) if label in confusion.labels else -1
    for (actual, guess), rows in confusion.cells.items():
        if confusion.missing not in (actual, guess):
            found[2 * (guess != place) + (actual != place)] += rows
    tp, fp, fn, tn = found
    return tp, fp, fn, tn


@given(ROWS)
def test_counts_are_those_of_the_task(rows: list[Row]) -> None:
    """Of every label, those that never came too."""
    for one in profiles(rows):
        answers = one.performance["classification"]
        for label in ("yes", "no", "maybe", "never"):
            assert against_others(answers, label) == answers.counts(label)[1:]


def many(**groups: tuple[int, int]) -> list[Row]:
    """Groups by name: so many are selected, of so many; who is selected was to be."""
    return [
        (name, "yes" if index < selected else "no", "yes" if index < selected else "no")
        for name, (selected, rows) in groups.items()
        for index in range(rows)
    ]


def test_the_reference_is_the_most_favored_group_that_is_large_enough() -> None:
    """As the four-fifths rule has it; it says so, and does not where one was named."""
    rows = many(a=(300, 400), b=(200, 400), tiny=(5, 5))
    found = dp.fairness(profiles(rows), favorable="yes")
    assert (found.reference, found.reference_is_chosen) == ({"group": "a"}, False)
    assert "reference: group=a, the most favored" in repr(found)
    named = dp.fairness(profiles(rows), favorable="yes", reference="b")
    assert (named.reference, named.reference_is_chosen) == ({"group": "b"}, True)


def test_small_groups_are_flagged_and_not_judged() -> None:
    """Whatever their rates are; nor are they among the furthest groups."""
    rows = many(a=(300, 400), b=(290, 400), tiny=(0, 29))
    found = dp.fairness(profiles(rows), favorable="yes")
    assert {one.group["group"]: one.small for one in found.groups} == {
        "a": False,
        "b": False,
        "tiny": True,
    }
    tiny = [one for one in found if one.group["group"] == "tiny"]
    assert {one.verdict for one in tiny} == {"undecided"}
    assert tiny[0].reason == "the group has only 29 such rows, fewer than 30"
    assert found.between_groups["statistical_parity"].value == pytest.approx(10 / 400)
    assert "group=tiny *" in repr(found)
    assert "1 group of fewer than 30 rows, too small to be judged" in repr(found)


def test_a_measure_rests_on_the_rows_that_it_is_of() -> None:
    """Many rows of which few are positive do not tell a recall."""
    rows = many(a=(300, 400), b=(10, 400))
    found = dp.fairness(profiles(rows), favorable="yes")
    by_measure = {one.measure: one for one in found}
    assert by_measure["disparate_impact"].verdict == "fail"
    assert by_measure["disparate_impact"].rows == 400
    assert by_measure["equal_opportunity"].verdict == "undecided"
    assert by_measure["equal_opportunity"].rows == 10


def test_more_groups_make_wider_intervals() -> None:
    """Since all of them are to hold at once: over pairs where the reference was found."""
    two = dp.fairness(profiles(many(a=(300, 400), b=(200, 400))), favorable="yes")
    rows = many(a=(300, 400), b=(200, 400), c=(250, 400))
    found = dp.fairness(profiles(rows), favorable="yes")
    named = dp.fairness(profiles(rows), favorable="yes", reference="a")
    values = [next(one.value for one in each if one.value) for each in (two, named, found)]
    confidences = [1 - 0.05, 1 - 0.05 / 2, 1 - 0.05 / 3]
    assert [one.confidence for one in values] == pytest.approx(confidences)


def test_nobody_selected_in_the_reference_is_no_ratio() -> None:
    """Nothing can be divided by 0; the difference is told."""
    found = judged(many(a=(0, 50), b=(25, 50)), reference="a")
    by_measure = {one.measure: one for one in found}
    assert by_measure["disparate_impact"].value is None
    assert by_measure["disparate_impact"].reason == "the rate of the reference is 0, or of no rows"
    assert by_measure["statistical_parity"].value == pytest.approx(0.5)


def test_limits_are_those_that_are_given() -> None:
    """By the name of the measure; all others stay."""
    rows = many(a=(300, 400), b=(200, 400))
    found = dp.fairness(profiles(rows), favorable="yes", limits={"disparate_impact": 0.5})
    assert [one.limit for one in found] == [
        0.5 if name == "disparate_impact" else one.limit for name, one in MEASURES.items()
    ]
    assert found[0].verdict == "pass"


def test_rows_of_the_remainder_are_told_of() -> None:
    """They are in no group."""
    rows = many(a=(30, 60), b=(30, 60), c=(10, 20))
    with pytest.warns(dp.DrypointWarning, match="more than 2 segments"):
        made = profiles(rows, max_segments=2)
    found = dp.fairness(made, favorable="yes")
    assert found.ungrouped == 20
    assert "20 rows of the remainder are in no group" in repr(found)


def test_outcomes_of_every_type_are_counted() -> None:
    """Text, numbers, booleans."""
    for good, bad in (("yes", "no"), (1, 0), (True, False), (1.0, 0.0)):
        table = {"group": ["a", "b"] * 50, "got": [good, bad, good, good] * 25}
        made = dp.profile(table, segment_by="group")
        found = dp.fairness(made, favorable=good, label="got")
        rates = {one.group["group"]: one.selection_rate for one in found.groups}
        assert rates == {"a": 1, "b": 0.5}


def test_what_a_sketch_leaves_open_is_in_the_limits() -> None:
    """An outcome among too many to be counted exactly."""
    codes = [7 if index % 10 == 0 else index for index in range(20_000)]
    table = {"group": ["a"] * 20_000 + ["b"] * 20_000, "code": codes + codes}
    rough = dp.profile(table, segment_by="group", parameters=dp.Parameters(lg_max_map_size=5))
    exact = dp.profile(table | {"code": [code == 7 for code in codes + codes]}, segment_by="group")
    found = dp.fairness(rough, favorable=7, label="code").groups[0].selection_rate
    truth = dp.fairness(exact, favorable=True, label="code").groups[0].selection_rate
    assert found is not None
    assert truth is not None
    assert found.lower <= truth.lower < truth.upper < found.upper


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"favorable": "ja"}, "label 'ja' not found; there are 'no', 'yes'"),
        (
            {"favorable": "ja", "label": "truth"},
            "no row of column 'truth' is 'ja'; there are 'yes'",
        ),
        ({"label": "thruth"}, "column 'thruth' not found; did you mean 'truth'"),
        ({"task": "other"}, "task 'other' not found; there are 'classification'"),
        ({"task": "classification", "label": "truth"}, "either label= or task="),
        ({"group": "sex"}, "key 'sex' not found; there are 'group'"),
        ({"reference": "z"}, "group 'z' not found; there are 'a', 'b'"),
        ({"limits": {"disparate": 1}}, "measure 'disparate' not found"),
        ({"limits": {"disparate_impact": 0}}, "the limit of disparate_impact must be in"),
        ({"limits": {"statistical_parity": float("nan")}}, "the limit of statistical_parity"),
        ({"confidence": 95}, "confidence must be between 0 and 1, got 95"),
        ({"min_rows": -1}, "min_rows"),
    ],
)
def test_what_is_not_there_is_refused_by_name(options: dict[str, Any], message: str) -> None:
    """With what is there."""
    made = profiles(many(a=(3, 4), b=(2, 4)))
    with pytest.raises(dp.ParameterError, match=message):
        dp.fairness(made, **({"favorable": "yes"} | options))


def test_groups_are_segments() -> None:
    """Of which there are two at least, and something was predicted or is named."""
    made = profiles(many(a=(3, 4), b=(2, 4)))
    with pytest.raises(dp.InputTypeError, match="between segments, got a Profile"):
        dp.fairness(made["a"], favorable="yes")  # type: ignore[arg-type]
    with pytest.raises(dp.ParameterError, match="1 groups; two can be compared"):
        dp.fairness(profiles(many(a=(3, 4))), favorable="yes")
    bare = dp.profile({"group": ["a", "b"], "x": [1, 2]}, segment_by="group")
    with pytest.raises(dp.ParameterError, match="hold no predictions of labels"):
        dp.fairness(bare, favorable="yes")


def test_every_measure_and_rate_is_on_the_page() -> None:
    """By its name, with its limit."""
    page = (Path(__file__).parents[2] / "docs" / "fairness.md").read_text()
    assert MEASURES
    for name, one in MEASURES.items():
        (line,) = [line for line in page.splitlines() if line.startswith(f"| `{name}` |")]
        assert str(one.limit) in line
        assert set(one.rates) <= set(NAMES)
    assert [name for name in NAMES if f"| `{name}` |" not in page] == []


def example() -> dp.FairnessTable:
    """One of each kind."""
    rows = many(a=(300, 400), b=(200, 400), c=(310, 400), tiny=(3, 4))
    return dp.fairness(profiles(rows), favorable="yes")


def test_a_table_is_the_same_in_every_form() -> None:
    """And JSON takes it."""
    found = example()
    plain = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert plain["reference"] == {"group": "c"}
    table, frame, polars = found.to_arrow(), found.to_pandas(), found.to_polars()
    assert table.num_rows == len(frame) == polars.height == len(found) == 15
    assert table["verdict"].to_pylist() == [one.verdict for one in found]
    assert [*frame["group.group"]] == polars["group.group"].to_list()
    assert found[:3].rows == found.rows[:3]
    assert found == example()
    assert found != replace(found, min_rows=1)
    assert len(found.failed) + len(found.undecided) < len(found)


def test_names_command_neither_a_terminal_nor_a_page() -> None:
    """Wherever they come from: keys, groups, outcomes, columns."""
    bad = "a\x1b[31m<b>"
    table = {bad: [bad, "other"] * 20, "got": [bad, "no"] * 20}
    made = dp.profile(table, segment_by=bad)
    found = dp.fairness(made, favorable=bad, label="got")
    traced = dp.trace(made, made, "share", column="got", value=bad)
    for one in (found, traced):
        assert "\x1b" not in repr(one)
        assert "\x1b" not in one._repr_html_()
        assert "<b>" not in one._repr_html_()


def test_tables_fit_the_terminal_and_the_page() -> None:
    """Failures first, and marked."""
    for width in (80, 120):
        lines = as_text(example(), width=width).splitlines()
        assert all(len(line) <= width for line in lines)
    text = as_text(example(), width=120)
    assert text.index("✗ fail") < text.index("? undecided") < text.index("✓ pass")
    assert example()._repr_html_().count("<table>") == 2
