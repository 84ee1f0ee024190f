"""Verdicts of large columns: pass and fail are true, whatever the sketches have forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import drypoint as dp
from drypoint.checks import Verdict, col

if TYPE_CHECKING:
    from drypoint.checks import Check

# Frequent items so small that nearly everything is forgotten.
TINY = dp.Parameters(lg_max_map_size=3)
LETTERS = "abcdefghijklmnop"
TEXTS = st.lists(st.sampled_from([*LETTERS, "", "x" * 200, "x" * 199 + "y"]), max_size=60)
NUMBERS = st.lists(st.integers(-3, 14), max_size=60)
COLUMNS = st.one_of(
    TEXTS.map(lambda values: pa.array(values, pa.string())),
    NUMBERS.map(lambda values: pa.array(values, pa.int64())),
    NUMBERS.map(lambda values: pa.array(values, pa.timestamp("s"))),
    NUMBERS.map(lambda values: pa.array([float(one) for one in values], pa.float64())),
    NUMBERS.map(lambda values: pa.array([one / 2 for one in values], pa.float64())),
    st.lists(st.booleans()).map(lambda values: pa.array(values, pa.bool_())),
)


def true(verdict: Verdict, *, truth: bool) -> bool:
    """Whether a verdict is the truth, or leaves it open."""
    return verdict is Verdict.UNDECIDED or (verdict is Verdict.PASS) == truth


def drawn(data: st.DataObject, values: list[Any]) -> set[Any]:
    """Some of the values, and perhaps others."""
    known = sorted(set(values), key=repr)
    some = data.draw(st.sets(st.sampled_from(known))) if known else set()
    others: set[Any] = {"zz"} if known and isinstance(known[0], str) else {99}
    return some | others if data.draw(st.booleans()) or not some else some


@pytest.mark.parametrize("parameters", [dp.Parameters(), TINY], ids=["default", "tiny"])
@given(column=COLUMNS, data=st.data())
def test_verdicts_on_values_are_true_or_left_open(
    parameters: dp.Parameters, column: pa.Array, data: st.DataObject
) -> None:
    """Beside what Python's sets say of the same values. With room for all, none is left open."""
    profile = dp.profile({"x": column}, parameters=parameters)
    values = (
        column.cast(pa.int64()).to_pylist()
        if pa.types.is_timestamp(column.type)
        else column.to_pylist()
    )
    asked = drawn(data, values)
    x = col("x").values()
    truths: list[tuple[Check, bool]] = [
        (x.within(asked), set(values) <= asked),
        (x.exclude(asked), not set(values) & asked),
        (x.include(asked), asked <= set(values)),
    ]
    for check, truth in truths:
        found = check.run(profile)
        assert true(found.verdict, truth=truth), (check, found.reason)
        if parameters is not TINY and column.type != pa.float64():
            assert found.verdict is not Verdict.UNDECIDED, (check, found.reason)


@given(column=COLUMNS, n=st.integers(1, 4), data=st.data())
def test_the_most_frequent_values_are_true_or_left_open(
    column: pa.Array, n: int, data: st.DataObject
) -> None:
    """A value is among them if fewer than n come more often."""
    profile = dp.profile({"x": column}, parameters=TINY)
    values = (
        column.cast(pa.int64()).to_pylist()
        if pa.types.is_timestamp(column.type)
        else column.to_pylist()
    )
    counts = {value: values.count(value) for value in set(values)}
    top = {
        value
        for value, count in counts.items()
        if sum(other > count for other in counts.values()) < n
    }
    asked = drawn(data, values)
    found = col("x").values().top_within(asked, top=n).run(profile)
    assert true(found.verdict, truth=top <= asked), found.reason


@given(column=COLUMNS, before=COLUMNS)
def test_new_values_are_true_or_left_open(column: pa.Array, before: pa.Array) -> None:
    """Whatever either side has forgotten; of another type they are all new."""
    asked = col("x").values().in_reference()
    now, then = (dp.profile({"x": one}, parameters=TINY) for one in (column, before))
    found = asked.run(now, then)
    if column.type != before.type:
        assert found.verdict is Verdict.FAIL
        return
    truth = set(column.to_pylist()) <= set(before.to_pylist())
    assert true(found.verdict, truth=truth), found.reason


@given(values=st.lists(st.integers(0, 60), max_size=80))
def test_small_columns_are_unique_or_not_with_certainty(values: list[int]) -> None:
    """While all values are kept nothing is left open."""
    profile = dp.profile({"x": pa.array(values, pa.int64())})
    found = col("x").unique().run(profile)
    assert (found.verdict is Verdict.PASS) == (len(set(values)) == len(values))
    assert found.verdict is not Verdict.UNDECIDED
    exact = col("x").duplicates() == len(values) - len(set(values))
    assert exact.run(profile).verdict is Verdict.PASS


@pytest.mark.parametrize("merged", [False, True])
def test_large_columns_are_unique_with_probability_or_surely_not(*, merged: bool) -> None:
    """Certain only where the bounds end before the number of values."""
    ids = np.arange(100_000)
    halves = [ids[:50_000], ids[50_000:]] if merged else [ids]
    unique = dp.merge([dp.profile({"x": half}) for half in halves])
    assert col("x").unique().run(unique).verdict is Verdict.UNDECIDED
    assert col("x").unique(certainty="probable").run(unique).verdict is Verdict.PASS
    twice = dp.profile({"x": np.concatenate([ids, ids[:20_000]])})
    assert col("x").unique(certainty="probable").run(twice).verdict is Verdict.FAIL
    once = dp.profile({"x": np.concatenate([ids, np.full(2_000, 7)])})
    found = col("x").unique(certainty="probable").run(once)
    assert found.verdict is Verdict.FAIL
    assert "7 came more than once" in found.reason


@pytest.mark.parametrize("rows", range(20_000, 60_000, 2_500))
def test_a_sketch_that_counts_too_many_leaves_uniqueness_open(rows: int) -> None:
    """Even where its lower bound is beyond the number of values, as happens now and then."""
    profile = dp.profile({"x": np.arange(rows)})
    found = col("x").unique().run(profile)
    assert found.verdict is Verdict.UNDECIDED
    assert col("x").unique(certainty="probable").run(profile).verdict is Verdict.PASS


def test_a_long_string_is_told_from_those_that_begin_alike() -> None:
    """Frequent items keep its beginning and a hash, which is made here too."""
    long = "ä" * 300
    profile = dp.profile({"x": [long, long + "b"]})
    x = col("x").values()
    assert x.within({long, long + "b"}).run(profile).verdict is Verdict.PASS
    assert x.within({long, long + "c"}).run(profile).verdict is Verdict.FAIL
    assert x.exclude({long + "c"}).run(profile).verdict is Verdict.PASS


def test_nan_and_infinities_are_values_that_no_set_allows() -> None:
    """They are in no list of frequent values, and are not forgotten for that."""
    profile = dp.profile({"x": np.array([1.0, 2.0, np.nan])})
    found = col("x").values().within({1, 2}).run(profile)
    assert (found.verdict, found.observed) == (Verdict.FAIL, 1)
    assert col("x").values().between(0, 3).run(profile).verdict is Verdict.FAIL


@pytest.mark.parametrize(("rows", "decided"), [(1_000, True), (200_000, False)])
def test_kinds_of_contents_are_certain_while_every_string_was_looked_at(
    rows: int, *, decided: bool
) -> None:
    """A kind that was not seen in a sample may be there all the same."""
    profile = dp.profile({"x": pa.array(["7"] * rows)})
    found = (col("x").content("email") == 0).run(profile)
    assert found.verdict is (Verdict.PASS if decided else Verdict.UNDECIDED)
    assert (col("x").content("integer").ratio() > 0.99).run(profile).verdict is Verdict.PASS


def test_a_quantile_near_its_limit_is_undecided_and_says_so() -> None:
    """The bounds hold the limit."""
    profile = dp.profile({"x": np.random.default_rng(3).normal(size=100_000)})
    middle = profile["x"].median
    found = (col("x").quantile(0.5) < float(middle)).run(profile)
    assert found.verdict is Verdict.UNDECIDED
    assert "which may or may not be below" in found.reason
    assert (col("x").quantile(0.5) < float(middle.upper) + 1e-9).run(
        profile
    ).verdict is Verdict.PASS
    assert (col("x").quantile(0.5) < float(middle.lower)).run(profile).verdict is Verdict.FAIL
