"""Rows that come little by little give the profile of all of them, from any number of threads."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import drypoint as dp
from drypoint import InputTypeError, InputValueError, ParameterError, Profiler

if TYPE_CHECKING:
    from collections.abc import Iterator

# More than one stripe of 64 blocks of 16,384 rows, and not a whole number of blocks.
SIZE = 1_100_000
RANDOM = np.random.default_rng(5)
TABLE = pa.table(
    {
        "x": RANDOM.normal(size=SIZE),
        "y": pa.array(RANDOM.integers(0, 10**6, SIZE), mask=RANDOM.random(SIZE) < 0.01),
        "z": pa.array(["one", "two", "three"]).take(pa.array(RANDOM.integers(0, 3, SIZE))),
    }
)
WHOLE = dp.profile(TABLE)


@settings(max_examples=10)
@given(cuts=st.lists(st.integers(0, SIZE), max_size=20).map(sorted))
def test_batches_make_no_difference(cuts: list[int]) -> None:
    """To the bit."""
    profiler = Profiler()
    for a, b in zip([0, *cuts], [*cuts, SIZE], strict=True):
        profiler.update(TABLE[a:b])
    assert profiler.rows == SIZE
    assert profiler.profile() == WHOLE


@pytest.mark.parametrize("rows", [1_000, 16_384, 50_000])
def test_small_batches_make_no_difference(rows: int) -> None:
    """Smaller than a block, one, and larger."""
    assert dp.profile(TABLE.to_reader(max_chunksize=rows)) == WHOLE


@pytest.mark.parametrize("threads", [1, 2, 7])
def test_the_number_of_threads_makes_no_difference(threads: int) -> None:
    """To the bit."""
    assert dp.profile(TABLE, threads=threads) == WHOLE


def test_the_profile_so_far_can_be_asked_at_any_time() -> None:
    """And does not change when more rows come."""
    profiler = Profiler().update(TABLE[:100])
    first = profiler.profile()
    profiler.update(TABLE[100:200])
    assert (first.rows, profiler.profile().rows) == (100, 200)
    assert first == dp.profile(TABLE[:100])
    assert profiler.profile() == dp.profile(TABLE[:200])


def test_threads_may_share_a_profiler() -> None:
    """Every row is counted once."""
    profiler = Profiler()
    parts = [TABLE[start : start + 1_000] for start in range(0, 40_000, 1_000)]

    def work(mine: list[pa.Table]) -> None:
        for part in mine:
            profiler.update(part)
            profiler.profile()

    threads = [threading.Thread(target=work, args=(parts[i::4],)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    made, expected = profiler.profile(), dp.profile(TABLE[:40_000])
    assert made.rows == 40_000
    for name in ("x", "y", "z"):
        assert (made[name].nulls, made[name].min) == (expected[name].nulls, expected[name].min)
        assert made[name].mean == pytest.approx(expected[name].mean) or name == "z"


def test_columns_may_change_while_another_thread_feeds_a_stream() -> None:
    """What is fed still is counted once, however often others begin new columns meanwhile."""
    profiler, fed, others = Profiler(), threading.Event(), threading.Event()

    def slow() -> Iterator[pa.Table]:
        yield pa.table({"a": [1, 2]})
        fed.set()
        others.wait(60)
        yield pa.table({"a": [3]})

    thread = threading.Thread(target=profiler.update, args=(slow(),))
    thread.start()
    fed.wait(60)
    for name in ("a", "b", "c", "b"):
        profiler.update(pa.table({name: [4, 5, 6]}))
    assert profiler.rows == profiler.profile().rows == 12
    others.set()
    thread.join()
    made = profiler.update(pa.table({"d": [7]})).profile()
    assert profiler.rows == made.rows == 16
    assert [(one.name, one.rows, one.sum) for one in sorted(made, key=lambda one: one.name)] == [
        ("a", 6, 21),
        ("b", 6, 30),
        ("c", 3, 15),
        ("d", 1, 7),
    ]


def test_columns_may_change_between_batches() -> None:
    """As if profiles of both had been merged."""
    first, second = pa.table({"a": [1, 2]}), pa.table({"a": ["x"], "b": [1.5]})
    made = Profiler().update(first).update(second).profile()
    assert made == dp.profile(first) | dp.profile(second)
    assert made["b"].missing == 2


def lying_batch() -> tuple[pa.RecordBatch, np.ndarray[Any, Any]]:
    """A batch whose strings point wherever the second of the returned numbers says."""
    offsets = np.array([0, 1, 2], np.int32)
    text = pa.Array.from_buffers(pa.string(), 2, [None, pa.py_buffer(offsets), pa.py_buffer(b"ab")])
    return pa.record_batch({"number": pa.array([1, 2]), "text": text}), offsets


def test_a_batch_whose_buffers_lie_is_refused_whole() -> None:
    """Also by the columns that were read before the lie was found."""
    batch, offsets = lying_batch()
    profiler = Profiler().update(batch)
    before = profiler.profile()
    offsets[1] = 1_000_000
    with pytest.raises(InputValueError, match="offset"):
        profiler.update(batch)
    assert profiler.profile() == before


def test_two_columns_of_one_name_are_refused() -> None:
    """It could not be said which of them is meant."""
    table = pa.Table.from_arrays([pa.array([1]), pa.array([2])], names=["x", "x"])
    with pytest.raises(InputValueError, match="x"):
        dp.profile(table)


def test_nothing_has_no_profile() -> None:
    """But columns without rows have."""
    with pytest.raises(InputTypeError, match="nothing to profile yet"):
        Profiler().profile()
    assert Profiler().update(TABLE[:0]).profile().rows == 0


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"threads": 0}, "threads must be an integer in 1..=1024, got 0"),
        ({"threads": -1}, "threads must be .* got -1"),
        ({"threads": 10**9}, "threads must be .* got 1000000000"),
        ({"threads": 1.5}, "threads must be .* got 1.5"),
        ({"threads": "2"}, "threads must be .* got '2'"),
        ({"parameters": {"k": 100}}, "parameters must be Parameters or None, got {'k': 100}"),
        ({"columns": ["x"]}, r"columns must be a dict of Parameters by name, got \['x'\]"),
        ({"types": "string"}, "types must be a dict of Parameters by name, got 'string'"),
        ({"derive": ["x"]}, r"derive must be a dict of columns by name, got \['x'\]"),
        ({"metrics": dp.Metric}, "metrics must be a list of classes"),
    ],
)
def test_options_of_other_types_are_refused(options: dict[str, Any], message: str) -> None:
    """Before any row is read; what was given is named."""
    with pytest.raises(ParameterError, match=message):
        Profiler(**options)


@pytest.mark.parametrize(
    ("keys", "options", "message"),
    [
        (5, {}, "segment_by must be names of columns, or columns by name, got 5"),
        ("x", {"max_segments": 0}, "max_segments must be an integer in .* got 0"),
        ("x", {"max_segments": "many"}, "max_segments must be an integer in .* got 'many'"),
    ],
)
def test_options_of_segments_of_other_types_are_refused(
    keys: Any, options: dict[str, Any], message: str
) -> None:
    """Likewise."""
    with pytest.raises(ParameterError, match=message):
        dp.SegmentedProfiler(keys, **options)


def test_a_producer_runs_on_the_thread_that_asks() -> None:
    """However much it produces: cursors of databases and signals belong to a thread."""
    threads = set()

    def batches() -> Iterator[pa.RecordBatch]:
        for start in range(0, SIZE, 100_000):
            threads.add(threading.get_ident())
            yield from TABLE.slice(start, 100_000).combine_chunks().to_batches()

    assert dp.profile(batches()) == WHOLE
    assert threads == {threading.get_ident()}
