"""The table of columns: sorted by ranks that the page only compares, with small pictures."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import drypoint as dp
from drypoint.report._overview import DIGITS, heights, ranks, sortable, spark

KEYS = st.none() | st.integers() | st.text() | st.booleans()


@given(st.lists(KEYS))
def test_ranks_are_in_the_order_of_values(values: list[Any]) -> None:
    """Equal values have equal ranks, nothing has none, and numbers come before text."""
    keys = [sortable(value) for value in values]
    found = ranks(keys)
    for key, rank in zip(keys, found, strict=True):
        assert (key is None) == (rank is None)
        for other, its in zip(keys, found, strict=True):
            if key is not None and other is not None and rank is not None and its is not None:
                assert (key < other) == (rank < its)


def test_the_table_can_be_sorted_by_each_of_its_columns(profile: dp.Profile) -> None:
    """There is a rank for each column of the profile, and of numbers it is that of the number."""
    overview = dp.report(profile).facts["overview"]
    heads = [name for name, _ in overview["heads"]]
    assert set(overview["ranks"]) == {"name", "type", "attention", *heads}
    assert {len(one) for one in overview["ranks"].values()} == {len(profile)}
    by_nulls = np.argsort(overview["ranks"]["nulls"], kind="stable")
    assert [*profile.columns][by_nulls[-1]] == "note"
    assert {len(one["cells"]) for one in overview["columns"]} == {len(heads)}


def test_columns_with_alerts_come_first(profile: dp.Profile) -> None:
    """The worst of them before the others."""
    order = np.argsort(dp.report(profile).facts["overview"]["ranks"]["attention"], kind="stable")
    assert [[*profile.columns][place] for place in order[:3]] == ["note", "id", "age"]


def test_beside_a_reference_the_table_has_distances(
    profile: dp.Profile, reference: dp.Profile
) -> None:
    """The furthest of each column."""
    made = dp.report(profile, reference)
    overview = made.facts["overview"]
    assert overview["heads"][-1] == ["drift", "Drift"]
    farthest = int(np.argmax([-1 if one is None else one for one in overview["ranks"]["drift"]]))
    assert [*profile.columns][farthest] == "age"


@given(st.lists(st.floats(0, 1e9), min_size=1, max_size=40))
def test_bars_are_as_high_as_their_share_of_the_highest(counts: list[float]) -> None:
    """To half of a step; what is there is never nothing."""
    digits = [DIGITS.index(one) for one in heights(counts)]
    most = max(counts) or 1.0
    for count, digit in zip(counts, digits, strict=True):
        assert (digit == 0) == (count == 0)
        assert abs(digit - 35 * count / most) <= max(0.5, digit == 1)


@pytest.mark.parametrize(
    ("values", "found"),
    [
        (["a"] * 3 + ["b", "b"], "s600,400"),
        ([True, False, False, False], "s250"),
        ([None, None], ""),
        ([], ""),
    ],
)
def test_columns_of_few_values_are_drawn_by_their_shares(values: list[Any], found: str) -> None:
    """In per mille, most frequent first; nothing is drawn of nothing."""
    assert spark(dp.profile({"x": values})["x"]) == found


def test_numbers_are_drawn_by_their_histogram() -> None:
    """All bars of a uniform column are about as high."""
    found = spark(dp.profile({"x": np.linspace(0, 1, 2400)})["x"])
    assert found[0] == "h"
    assert len(found) == 25
    assert min(DIGITS.index(one) for one in found[1:]) >= 30
