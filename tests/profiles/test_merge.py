"""Profiles of parts make the profile of the whole."""

from __future__ import annotations

import datetime as dt
import pickle
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import drypoint as dp
from drypoint import MergeError
from drypoint.profiles._file import from_bytes, to_bytes

SIZE = 5_000
RANDOM = np.random.default_rng(11)
TABLE = pa.table(
    {
        "id": pa.array(range(SIZE), mask=RANDOM.random(SIZE) < 0.1),
        "price": RANDOM.lognormal(3, 1, SIZE),
        "city": RANDOM.choice(["Oslo", "Rome", "Lima"], SIZE),
        "at": pa.array(np.arange(SIZE) * 60_000_000, pa.timestamp("us", "UTC")),
        "tags": [["a"] * (i % 3) for i in range(SIZE)],
    }
)
WHOLE = dp.profile(TABLE)
EXACT = (
    "rows", "nulls", "bytes", "missing", "types", "min", "max", "n", "zeros", "negatives",
    "empty", "blank", "words", "hours", "weekdays", "lengths", "characters", "contents",
)  # fmt: skip


def assert_same_facts(found: dp.Profile, expected: dp.Profile) -> None:
    """What is promised exactly is equal; moments but for rounding; sketches within their bounds."""
    assert found.rows == expected.rows
    assert found.columns.keys() == expected.columns.keys()
    for ours, theirs in zip(found, expected, strict=True):
        for fact in EXACT:
            assert getattr(ours, fact) == getattr(theirs, fact), (ours.name, fact)
        for fact in ("mean", "std", "skewness", "kurtosis", "sum"):
            a, b = getattr(ours, fact), getattr(theirs, fact)
            assert a == b or a == pytest.approx(b, rel=1e-9, abs=1e-9), (ours.name, fact)
        if ours.kll is not None and ours.kll.n:
            ranks = [0.1, 0.5, 0.9]
            for rank, value in zip(ranks, ours.quantile(ranks), strict=True):
                assert abs(theirs.rank(value.value).value - rank) <= 4 * ours.kll.rank_error
        if ours.distinct is not None and theirs.distinct is not None:
            # The coupons of two parts are those of the whole, their registers likewise.
            assert float(ours.distinct) == pytest.approx(float(theirs.distinct), rel=0.1)


@given(cuts=st.lists(st.integers(0, SIZE), max_size=4).map(sorted))
def test_parts_merge_into_the_whole(cuts: list[int]) -> None:
    """However the rows are cut, empty parts included."""
    edges = [0, *cuts, SIZE]
    parts = [TABLE[a:b] for a, b in pairwise(edges)]
    assert_same_facts(dp.merge(dp.profile(part) for part in parts), WHOLE)


def test_merging_changes_neither_side() -> None:
    """And gives the same by method, operator and function."""
    a, b = dp.profile(TABLE[:100]), dp.profile(TABLE[100:])
    before = pickle.dumps((a, b))
    merged = a.merge(b)
    assert merged == a | b == dp.merge([a, b])
    assert pickle.dumps((a, b)) == before


def test_the_order_of_merging_does_not_matter() -> None:
    """Nor how it is grouped."""
    a, b, c = dp.profile(TABLE[:1_000]), dp.profile(TABLE[1_000:4_000]), dp.profile(TABLE[4_000:])
    assert_same_facts(a | b, b | a)
    assert_same_facts((a | b) | c, a | (b | c))


def test_a_column_that_some_lacked_says_in_how_many_rows() -> None:
    """Those rows are missing, not null."""
    merged = dp.profile(pa.table({"a": [1, 2], "b": [1, None]})) | dp.profile(pa.table({"a": [3]}))
    assert (merged.rows, merged["a"].rows, merged["b"].rows) == (3, 3, 2)
    assert (merged["a"].missing, merged["b"].missing, merged["b"].nulls) == (0, 1, 1)
    assert merged["b"].null_ratio == 0.5


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (pa.int32(), pa.int64(), "int64"),
        (pa.float32(), pa.float64(), "float64"),
        (pa.null(), pa.int64(), "int64"),
    ],
)
def test_types_that_can_be_one_become_one(
    first: pa.DataType, second: pa.DataType, expected: str
) -> None:
    """As the same numbers in one table would."""
    values = [None] if pa.types.is_null(first) else [1, None]
    parts = [pa.table({"x": pa.array(values, first)}), pa.table({"x": pa.array([2, 3], second)})]
    column = dp.merge(map(dp.profile, parts))["x"]
    assert column.type == expected
    assert len(column.parts) == 1
    assert (column.nulls, column.max) == (1, 3)


def test_integers_and_floats_stay_apart() -> None:
    """Since 1 and 1.0 are two values to a sketch of distinct ones."""
    parts = [pa.table({"x": [1]}), pa.table({"x": [1.0, 2.5]})]
    assert dp.merge(map(dp.profile, parts))["x"].types == {"int64": 1, "float64": 2}


def test_types_that_contradict_each_other_keep_both_facts() -> None:
    """And say so."""
    numbers, texts = pa.table({"x": [1, 2, None]}), pa.table({"x": ["a", "b", "c"]})
    column = (dp.profile(numbers) | dp.profile(texts))["x"]
    assert column.types == {"int64": 2, "string": 3}
    assert (column.rows, column.nulls, column.type) == (6, 1, "string")
    assert [part.max for part in column.parts] == [2, "c"]
    # And merging on goes by type.
    twice = dp.merge(map(dp.profile, (numbers, texts, texts)))["x"]
    assert twice.types == {"int64": 2, "string": 6}


def test_what_a_profile_is_of_is_kept_where_all_agree() -> None:
    """The window spans all."""
    day = dt.datetime(2013, 1, 1, tzinfo=dt.UTC)
    hours = [day, day + dt.timedelta(hours=1), day + dt.timedelta(hours=2)]
    about: dict[str, Any] = {"dataset": "flights", "segment": {"carrier": "UA"}}
    a = dp.profile(TABLE[:10], **about, window=(hours[0], hours[1]), tags={"run": "1", "by": "me"})
    b = dp.profile(TABLE[10:], **about, window=(hours[1], hours[2]), tags={"run": "2", "by": "me"})
    merged = a | b
    assert (merged.dataset, merged.segment) == ("flights", {"carrier": "UA"})
    assert merged.window == (hours[0], hours[2])
    assert merged.tags == {"by": "me"}
    assert (merged | dp.profile(TABLE)).window is None


def test_what_is_in_common_keeps_its_order() -> None:
    """Whatever the hashes of text are: keys of segments are told by their places."""
    names = [f"{i}" for i in range(20)]
    about: dict[str, Any] = {"segment": dict.fromkeys(names), "tags": dict.fromkeys(names, "x")}
    merged = dp.merge(dp.profile(TABLE[:1], **about) for _ in range(2))
    assert (list(merged.segment), list(merged.tags)) == (names, names)
    sets: Any = dp.profile(TABLE[:50], segment_by=["city", "price", "id"])
    assert from_bytes(to_bytes(sets | sets)) == sets | sets


def test_only_profiles_merge() -> None:
    """Anything else is named."""
    with pytest.raises(MergeError, match="cannot merge: a dict into a Profile"):
        WHOLE.merge({})  # type: ignore[arg-type]
    with pytest.raises(MergeError, match="there are no profiles"):
        dp.merge([])
    with pytest.raises(MergeError, match="a str is no Profile"):
        dp.merge("ab")  # type: ignore[type-var]
