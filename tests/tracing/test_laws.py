"""Laws of traces over tables of every shape: parts add up, and looking back turns signs."""

from __future__ import annotations

import warnings
from math import fsum, isfinite
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import drypoint as dp

Rows = list[tuple[str | None, float | None]]

KEYS = st.sampled_from(["a", "b", "c", "d", None])
NUMBERS = st.one_of(st.none(), st.floats(-1e6, 1e6), st.just(float("nan")))
ROWS = st.lists(st.tuples(KEYS, NUMBERS), max_size=40).map(lambda rows: [("a", 1.0), *rows])


def profiles(rows: Rows, **options: Any) -> dp.ProfileSet:
    """The segments of rows of a key and a number."""
    table = [{"key": key, "x": x} for key, x in rows]
    made: dp.ProfileSet = dp.profile(table, segment_by="key", **options)
    return made


def numbers(rows: Rows) -> list[float]:
    """Those that a mean is of."""
    return [x for _, x in rows if x is not None and isfinite(x)]


@given(ROWS, ROWS)
def test_parts_add_up_to_the_change_of_the_whole(current: Rows, reference: Rows) -> None:
    """As Python sums up, to the rounding of doubles."""
    found = dp.trace(profiles(current), profiles(reference), "mean", column="x")
    means = [fsum(side) / len(side) for side in (numbers(current), numbers(reference))]
    size = max(1.0, *map(abs, numbers(current)), *map(abs, numbers(reference)))
    error = 1e-12 * size
    assert [found.value, found.reference_value] == pytest.approx(means, abs=error)
    assert found.contribution == pytest.approx(means[0] - means[1], abs=error)
    assert found.mix_effect + found.rate_effect == pytest.approx(found.contribution, abs=error)
    for one in found:
        assert one.contribution == pytest.approx(one.mix_effect + one.rate_effect, abs=error)


@given(ROWS, ROWS)
def test_looking_back_changes_the_signs_alone(current: Rows, reference: Rows) -> None:
    """What moved a number up moves it down on the way back, by the same amount."""
    sides = profiles(current), profiles(reference)
    there = {str(one.segment): one for one in dp.trace(sides[0], sides[1], "mean", column="x")}
    back = {str(one.segment): one for one in dp.trace(sides[1], sides[0], "mean", column="x")}
    assert there.keys() == back.keys()
    for name, one in there.items():
        assert one.mix_effect == pytest.approx(-back[name].mix_effect, abs=1e-9)
        assert one.rate_effect == pytest.approx(-back[name].rate_effect, abs=1e-9)


@given(ROWS)
def test_what_has_not_changed_is_moved_by_nothing(rows: Rows) -> None:
    """By no segment, however they are ordered."""
    found = dp.trace(profiles(rows), profiles(rows[::-1]), "null_ratio", column="x")
    assert [(one.mix_effect, one.rate_effect) for one in found] == [(0, 0)] * len(found)


@given(ROWS, ROWS)
def test_nothing_is_nan(current: Rows, reference: Rows) -> None:
    """What is not known is None: figures of segments without anything, changes of single rows."""
    found = dp.trace(profiles(current), profiles(reference), "mean", column="x")
    for row in found:
        assert all(one == one for one in row.to_dict().values())  # noqa: PLR0124 # NaN does not
        if row.change is not None:
            assert row.change.lower <= row.change <= row.change.upper
            assert isfinite(row.change.lower)
        assert (row.value is None) == (row.size == 0)
        assert (row.reference_value is None) == (row.reference_size == 0)


@given(ROWS, ROWS, st.integers(1, 3))
def test_the_remainder_is_one_of_the_parts(current: Rows, reference: Rows, most: int) -> None:
    """Where segments are too many their rows are still in the whole, so parts still add up."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", dp.DrypointWarning)
        sides = [profiles(rows, max_segments=most) for rows in (current, reference)]
    found = dp.trace(sides[0], sides[1], "null_ratio", column="x")
    shares = [sum(x is None for _, x in rows) / len(rows) for rows in (current, reference)]
    assert found.contribution == pytest.approx(shares[0] - shares[1], abs=1e-12)
    rest = [one for one in found if one.segment is None]
    assert len(rest) == any(one.remainder is not None for one in sides)


@given(ROWS, ROWS)
def test_rows_that_moved_most_come_first(current: Rows, reference: Rows) -> None:
    """In either direction."""
    found = dp.trace(profiles(current), profiles(reference), "null_ratio", column="x")
    sizes = [abs(one.contribution) for one in found]
    assert sizes == sorted(sizes, reverse=True)


@given(st.lists(st.tuples(KEYS, st.sampled_from("xyz"))), st.sampled_from("xyzw"))
def test_shares_of_a_value_are_those_that_python_counts(
    rows: list[tuple[str | None, str]], value: str
) -> None:
    """In each segment and in the whole."""
    rows = [("a", "x"), *rows]
    table = [{"key": key, "letter": letter} for key, letter in rows]
    made = dp.profile(table, segment_by="key")
    found = dp.trace(made, made, "share", column="letter", value=value)
    assert found.value == pytest.approx(sum(one == value for _, one in rows) / len(rows))
    for one in found:
        assert one.segment is not None
        inside = [letter for key, letter in rows if key == one.segment["key"]]
        assert one.value == inside.count(value) / len(inside)
