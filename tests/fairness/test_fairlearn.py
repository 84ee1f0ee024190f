"""Real loans, judged by us and by Fairlearn on the same rows."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from fairlearn import metrics as fairlearn
from sklearn.metrics import precision_score
from tests.fairness.loans import by_keys, loans

import drypoint as dp

RATES = {
    "selection_rate": fairlearn.selection_rate,
    "recall": fairlearn.true_positive_rate,
    "fpr": fairlearn.false_positive_rate,
    "precision": partial(precision_score, zero_division=0),
}
RATES["precision"].__name__ = "precision"
KEYS = [("race",), ("sex",), ("race", "sex")]


def asked(*keys: str) -> dict[str, Any]:
    """What Fairlearn is given; a null is a group to it too, under a name."""
    rows = loans()
    return {
        "y_true": (rows.granted == "yes").astype(int),
        "y_pred": (rows.predicted == "yes").astype(int),
        "sensitive_features": rows[[*keys]].fillna("null"),
    }


def key_of(group: dict[str, str | None]) -> Any:
    """How Fairlearn calls a group."""
    names = tuple("null" if value is None else value for value in group.values())
    return names if len(names) > 1 else names[0]


def judged(*keys: str, **options: Any) -> dp.FairnessTable:
    """What we say of all groups, however small."""
    made = dp.fairness(by_keys("race", "sex"), group=keys, favorable="yes", min_rows=0, **options)
    assert isinstance(made, dp.FairnessTable)
    return made


@pytest.mark.parametrize("keys", KEYS)
def test_rates_of_groups_are_those_of_fairlearn(keys: tuple[str, ...]) -> None:
    """Of every group, those of several keys too; where it says 0 of no rows, we say None."""
    frame = fairlearn.MetricFrame(
        metrics=RATES | {"rows": fairlearn.count}, **asked(*keys)
    ).by_group
    found = judged(*keys).groups
    assert len(found) == len(frame.dropna())
    for one in found:
        row = frame.loc[key_of(one.group)]
        assert one.rows == row["rows"]
        for name in RATES:
            rate = getattr(one, name)
            assert row[name] == pytest.approx(0.0 if rate is None else rate.value, abs=1e-9)


@pytest.mark.parametrize("keys", KEYS)
def test_the_furthest_groups_are_those_of_fairlearn(keys: tuple[str, ...]) -> None:
    """The differences between the extremes, and the ratio of the four-fifths rule.

    Of rates of no rows Fairlearn says 0 and we nothing: those who did not tell their sex all got a
    loan. So those are left out of what Fairlearn is asked of errors.
    """
    rows, found = asked(*keys), judged(*keys).between_groups
    refused = rows["sensitive_features"][rows["y_true"] == 0].drop_duplicates()
    there = rows["sensitive_features"].apply(tuple, axis=1).isin(refused.apply(tuple, axis=1))
    both = {name: column[there] for name, column in rows.items()}
    expected = {
        "disparate_impact": fairlearn.demographic_parity_ratio(**rows),
        "statistical_parity": fairlearn.demographic_parity_difference(**rows),
        "equal_opportunity": fairlearn.equal_opportunity_difference(**rows),
        "equalized_odds": fairlearn.equalized_odds_difference(**both),
    }
    assert {name: found[name].value for name in expected} == pytest.approx(expected, abs=1e-9)


def test_groups_are_as_far_from_the_reference_as_fairlearn_has_them() -> None:
    """Each rate of its frame less that of the reference, and over it."""
    frame = fairlearn.MetricFrame(metrics=RATES, **asked("race")).by_group
    found = judged("race", reference="white")
    apart, over = frame - frame.loc["white"], frame / frame.loc["white"]
    for name, rate in (
        ("statistical_parity", "selection_rate"),
        ("equal_opportunity", "recall"),
        ("predictive_parity", "precision"),
    ):
        for one in found.measure(name):
            assert one.value is not None
            assert one.value.value == pytest.approx(apart.loc[key_of(one.group), rate], abs=1e-9)
    for one in found.measure("disparate_impact"):
        assert one.value is not None
        expected = over.loc[key_of(one.group), "selection_rate"]
        assert one.value.value == pytest.approx(expected, abs=1e-9)
    for one in found.measure("equalized_odds"):
        assert one.value is not None
        expected = apart.loc[key_of(one.group), ["recall", "fpr"]].abs().max()
        assert one.value.value == pytest.approx(expected, abs=1e-9)


def test_outcomes_alone_are_judged_by_selection() -> None:
    """Without predictions there are no errors to compare."""
    rows = asked("race")
    found = judged("race", label="granted")
    assert {one.measure for one in found} == {"disparate_impact", "statistical_parity"}
    ratio = fairlearn.demographic_parity_ratio(
        y_true=rows["y_true"],
        y_pred=rows["y_true"],
        sensitive_features=rows["sensitive_features"],
    )
    assert found.between_groups["disparate_impact"].value == pytest.approx(ratio, abs=1e-9)


def test_the_loans_of_boston_fail_where_chance_does_not_explain_it() -> None:
    """Black applicants got a loan three quarters as often as white ones: surely 10 points less."""
    found = dp.fairness(by_keys("race"), favorable="yes", label="granted")
    assert found.reference == {"race": "white"}
    failed = [(one.group["race"], one.measure) for one in found.failed]
    assert failed == [("black", "statistical_parity")]
    (ratio,) = [one for one in found.measure("disparate_impact") if one.group["race"] == "black"]
    assert ratio.value is not None
    assert ratio.value.lower < ratio.value < 0.8 < ratio.value.upper
    assert ratio.verdict == "undecided"
