"""Every segment has the profile that its rows would have alone."""

from __future__ import annotations

import copy
import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import drypoint as dp
from drypoint import (
    DecodeError,
    InputTypeError,
    InputValueError,
    MergeError,
    ParameterError,
    ProfileSet,
    SegmentedProfiler,
)
from drypoint.profiles._file import from_bytes, to_bytes

if TYPE_CHECKING:
    from pathlib import Path

SIZE = 30_000
RANDOM = np.random.default_rng(17)
CARRIERS = np.array(["UA", "AA", None, "null", ""], object)
TABLE = pa.table(
    {
        "carrier": pa.array(RANDOM.choice(CARRIERS, SIZE, p=[0.5, 0.2, 0.2, 0.05, 0.05])),
        "month": pa.array(RANDOM.integers(1, 4, SIZE), pa.int8()),
        "delay": pa.array(RANDOM.normal(10, 30, SIZE), mask=RANDOM.random(SIZE) < 0.05),
    }
)
SET = dp.profile(TABLE, segment_by=["carrier"])


def rows_of(carrier: str | None) -> pa.Table:
    """The rows of one carrier."""
    column = TABLE["carrier"]
    return TABLE.filter(pc.is_null(column) if carrier is None else pc.equal(column, carrier))


def assert_same_facts(found: dp.Profile, expected: dp.Profile) -> None:
    """Counts and extremes, and the mean but for rounding."""
    assert found.rows == expected.rows
    for ours, theirs in zip(found, expected, strict=True):
        for fact in ("rows", "nulls", "bytes", "min", "max", "n", "negatives", "lengths"):
            assert getattr(ours, fact) == getattr(theirs, fact), (ours.name, fact)
        assert ours.mean is None or ours.mean == pytest.approx(theirs.mean)


@pytest.mark.parametrize("carrier", CARRIERS)
def test_a_segment_has_the_profile_of_its_rows(carrier: str | None) -> None:
    """A null is a segment, and neither the text null nor the empty one."""
    assert len(SET) == len(CARRIERS)
    assert SET[carrier].segment == {"carrier": carrier}
    assert_same_facts(SET[carrier], dp.profile(rows_of(carrier)))


def test_the_overall_profile_is_that_of_all_rows() -> None:
    """Merged from the segments."""
    assert SET.rows == SIZE
    overall = SET.overall
    assert overall is not None
    assert overall.segment == {}
    assert_same_facts(overall, dp.profile(TABLE))
    found, expected = overall["delay"].distinct, dp.profile(TABLE)["delay"].distinct
    assert found is not None
    assert float(found) == pytest.approx(float(expected or 0), rel=0.1)


@settings(max_examples=15)
@given(cuts=st.lists(st.integers(0, SIZE), max_size=8).map(sorted), threads=st.integers(1, 3))
def test_batches_and_threads_make_no_difference(cuts: list[int], threads: int) -> None:
    """To the bit."""
    profiler = SegmentedProfiler(["carrier"], threads=threads)
    for a, b in zip([0, *cuts], [*cuts, SIZE], strict=True):
        profiler.update(TABLE[a:b])
    assert profiler.profiles() == SET


def test_several_keys_make_a_segment_of_each_combination() -> None:
    """And add up to those of fewer."""
    nested = dp.profile(TABLE, segment_by=["carrier", "month"])
    assert len(nested) == 3 * len(CARRIERS)
    assert nested["UA", "2"].segment == {"carrier": "UA", "month": "2"}
    assert sum(one.rows for one in nested) == SIZE
    again = nested.by("carrier")
    assert again.keys == ("carrier",)
    for carrier in CARRIERS:
        assert_same_facts(again[carrier], SET[carrier])


def test_larger_segments_have_no_other_keys(tmp_path: Path) -> None:
    """Also where only one segment went into them: such a set could be saved, and not be loaded."""
    nested = dp.profile({"a": ["x", "x", "y"], "b": ["1", "2", "2"]}, segment_by=["a", "b"])
    assert [one.segment for one in nested.by("a")] == [{"a": "x"}, {"a": "y"}]
    for keys in (("a",), ("b", "a")):
        larger = nested.by(*keys)
        assert [tuple(one.segment) for one in larger] == [keys] * len(larger)
        larger.save(tmp_path / "larger.arrow")
        assert dp.load(tmp_path / "larger.arrow") == larger


def test_keys_may_be_computed() -> None:
    """By an expression, or a function of the batch."""
    late = dp.profile(
        TABLE,
        segment_by={
            "late": pc.field("delay") > 60,
            "quarter": lambda batch: pc.divide(pc.subtract(batch["month"], 1), 3),
        },
    )
    expected = pc.sum(pc.greater(TABLE["delay"], 60)).as_py()
    assert late["true", "0"].rows == expected
    assert late[None, "0"].rows == TABLE["delay"].null_count


def test_too_many_segments_share_the_remainder_with_a_warning() -> None:
    """Those that came first stay apart, and no row is lost."""
    ids = pa.table({"id": range(100)})
    with pytest.warns(UserWarning, match=r"more than 10 segments: 90 rows of 100"):
        found = dp.profile(ids, segment_by=["id"], max_segments=10)
    assert [one.segment["id"] for one in found] == [str(i) for i in range(10)]
    assert found.remainder is not None
    assert (found.remainder.rows, found.rows) == (90, 100)
    assert found.overall is not None
    assert found.overall["id"].sum == sum(range(100))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        dp.profile(ids, segment_by=["id"], max_segments=100)


def test_sets_merge_segment_by_segment() -> None:
    """Neither side changes."""
    a = dp.profile(TABLE[:10_000], segment_by=["carrier"])
    b = dp.profile(TABLE[10_000:], segment_by=["carrier"])
    before = copy.deepcopy((a, b))
    merged = a | b
    for carrier in CARRIERS:
        assert_same_facts(merged[carrier], SET[carrier])
    assert (a, b) == before
    assert_same_facts(dp.merge([a, b])["UA"], SET["UA"])
    with pytest.raises(MergeError, match="a Profile into a ProfileSet"):
        a.merge(dp.profile(TABLE))  # type: ignore[arg-type]
    with pytest.raises(MergeError, match="segments by"):
        a.merge(dp.profile(TABLE, segment_by=["month"]))


@pytest.mark.parametrize("name", ["set.arrow", "set.parquet"])
@pytest.mark.filterwarnings("ignore:there are more than")
def test_sets_are_files(name: str, tmp_path: Path) -> None:
    """With null keys and the remainder."""
    for made in (SET, dp.profile(TABLE, segment_by=["carrier", "month"], max_segments=4)):
        made.save(tmp_path / name)
        loaded = dp.load(tmp_path / name)
        assert isinstance(loaded, ProfileSet)
        assert loaded == made
        assert loaded.to_dict() == made.to_dict()


@given(st.data())
@settings(max_examples=50)
def test_damaged_bytes_are_a_set_or_a_decode_error(data: st.DataObject) -> None:
    """Nothing else."""
    damaged = bytearray(BYTES)
    for _ in range(data.draw(st.integers(1, 6))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = from_bytes(bytes(damaged))
    except DecodeError:
        return
    repr(found)


BYTES = to_bytes(dp.profile(TABLE[:100], segment_by=["carrier"]))


@pytest.mark.parametrize(
    ("keys", "error", "message"),
    [
        (["carier"], ParameterError, r"column 'carier' not found; did you mean 'carrier'\?"),
        ([], ParameterError, "at least one column"),
        ({"x": 7}, ParameterError, "'x' must be the name of a column"),
        ({"x": pc.field("nope")}, ParameterError, "'x' cannot be computed: .*nope"),
        ({"x": lambda _: pa.array([1])}, InputValueError, "'x' returned 1 values for 30000 rows"),
        ({"x": lambda _: object()}, InputTypeError, "'x' must return an array, got object"),
    ],
)
def test_keys_that_cannot_be_are_named(keys: Any, error: type[Exception], message: str) -> None:
    """With the way out; nothing is profiled."""
    with pytest.raises(error, match=message):
        dp.profile(TABLE.combine_chunks(), segment_by=keys)


def test_a_segment_that_is_not_there_is_named() -> None:
    """A KeyError, as of a mapping."""
    with pytest.raises(KeyError, match="no segment has"):
        SET["XX"]
    assert "XX" not in SET
    assert None in SET


def test_the_largest_segments_are_shown_first() -> None:
    """With what is left in one line."""
    many = dp.profile(pa.table({"id": [i // 2 for i in range(99)]}), segment_by=["id"])
    lines = repr(many).splitlines()
    assert lines[0] == "99 rows, 50 segments"
    assert "30 more segments" in lines[-1]
    assert "null" in repr(SET)


def test_no_rows_make_no_segments() -> None:
    """And no overall profile."""
    found = dp.profile(TABLE[:0], segment_by=["carrier"])
    assert (len(found), found.rows, found.overall) == (0, 0, None)


def test_a_key_of_the_type_of_nulls_is_null() -> None:
    """A NullArray says of none of its rows that it is null."""
    table = pa.table({"key": pa.nulls(3), "x": [1, 2, 3]})
    found = dp.profile(table, segment_by=["key"])
    assert [one.segment for one in found] == [{"key": None}]
