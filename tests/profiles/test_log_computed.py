"""Rows that are logged one by one get what is computed from rows: columns, conditions, segments."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st

import drypoint as dp
from drypoint import InputValueError, ParameterError, Profiler, SegmentedProfiler
from drypoint.profiles import _rows

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS = st.lists(
    st.fixed_dictionaries(
        {"x": st.integers(-9, 9), "key": st.sampled_from("abc")},
        optional={"y": st.one_of(st.none(), st.floats())},
    ),
    min_size=1,
    max_size=40,
)
# Every column is there and has its type from the first row on.
FIRST = {"x": 0, "key": "a", "y": 0.5}
OPTIONS: list[dict[str, Any]] = [
    {"derive": {"double": pc.field("x") * 2, "made": lambda batch: batch["x"]}},
    {"conditions": [dp.condition("small", pc.field("x") < 5)]},
    {"derive": {"z": pc.field("y") + 1}, "conditions": [dp.condition("z?", pc.field("z") > 0)]},
]


@pytest.mark.parametrize("options", OPTIONS, ids=str)
@given(rows=ROWS, buffer=st.integers(1, 7))
def test_what_is_computed_is_that_of_a_batch(
    options: dict[str, Any], rows: list[dict[str, Any]], buffer: int
) -> None:
    """To the bit, numbers of failed rows included, however the buffer was cut."""
    given_rows = [FIRST, *rows]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_rows, "BUFFER", buffer)
        profiler = Profiler(**options)
        for index, row in enumerate(given_rows):
            profiler.log(row)
            assert profiler.rows == index + 1
        assert profiler.profile() == dp.profile(given_rows, **options)


@given(rows=ROWS, buffer=st.integers(1, 7))
def test_segments_are_those_of_a_batch(rows: list[dict[str, Any]], buffer: int) -> None:
    """Keys may be derived, and rows may lack them."""
    given_rows: list[dict[str, Any]] = [FIRST, {"x": 1, "y": 1.5}, *rows]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_rows, "BUFFER", buffer)
        for options in (
            {"segment_by": ["key"]},
            {"segment_by": ["sign"], "derive": {"sign": pc.field("x") < 0}},
            {"segment_by": {"even": lambda batch: pc.equal(pc.bit_wise_and(batch["x"], 1), 0)}},
        ):
            profiler = SegmentedProfiler(**options)
            for row in given_rows:
                profiler.log(row)
            assert profiler.profiles() == dp.profile(given_rows, **options)


def test_rows_come_before_tables_that_follow_them() -> None:
    """So that the numbers of rows that fail are those of all."""
    profiler = Profiler(conditions=[dp.condition("small", pc.field("x") < 5)])
    profiler.log({"x": 9})
    profiler.update(pa.table({"x": [1, 9]}))
    profiler.log({"x": 9})
    assert profiler.rows == 4
    assert profiler.profile().conditions["small"].failed_rows == (0, 2, 3)


def test_segments_lose_no_row_to_values_of_other_types() -> None:
    """Or to large integers and broken text."""
    values = [1, "a", 2**63, "\ud800", None, 2.5, True, [1], 3]
    profiler = SegmentedProfiler(["key"])
    for index, value in enumerate(values * 10):
        profiler.log({"key": f"k{index % 2}", "x": value})
    made = profiler.profiles()
    assert made.overall is not None
    assert (made.rows, made.overall["x"].rows, made.overall["x"].nulls) == (90, 90, 10)
    assert made["k0"].rows == made["k1"].rows == 45


def test_columns_and_types_may_be_left_out_or_have_parameters() -> None:
    """As of a batch; what is left out of mixed types too."""
    rows = [{"a": index, "b": f"{index}", "c": {"d": index}, "e": 1.5} for index in range(50)]
    options: dict[str, Any] = {
        "columns": {"a": None, "c.d": dp.Parameters(seed=5)},
        "types": {"string": dp.Parameters(metrics={"extremes"}), "float64": None},
    }
    profiler = Profiler(**options)
    for row in rows:
        profiler.log(row)
    profiler.log({"a": "of another type"})
    made = profiler.profile()
    assert list(made.columns) == ["b", "c", "c.d"]
    assert made == dp.profile([*rows, {}], **options)


def refuses_nines(batch: pa.RecordBatch) -> Any:
    """Fails on a batch with a 9."""
    if 9 in batch["x"].to_pylist():
        raise ValueError("nine")
    return batch["x"]


@pytest.mark.parametrize("ask", [Profiler.profile, lambda one: one.update(pa.table({"x": [1]}))])
def test_rows_that_are_refused_late_take_no_others_with_them(
    ask: Callable[[Profiler], Any], caplog: pytest.LogCaptureFixture
) -> None:
    """All others are taken before it raises; then nothing is left to refuse."""
    profiler = Profiler(derive={"made": refuses_nines}, on_error="raise")
    for number in (1, 9, 2, 3, 9, 4):
        profiler.log({"x": number})
    with caplog.at_level(logging.WARNING, "drypoint"), pytest.raises(InputValueError, match="nine"):
        ask(profiler)
    assert "2 rows were refused" in caplog.text
    assert (profiler.rows, profiler.profile()["made"].sum) == (4, 10)


def test_what_does_not_fit_the_columns_is_said(caplog: pytest.LogCaptureFixture) -> None:
    """Of each row that lacks them."""
    profiler = Profiler(conditions=[dp.condition("ok", "flag")])
    profiler.log({"x": 1})
    profiler.log({"x": 1, "flag": True})
    profiler.profile()
    profiler.log({"x": 2})
    assert (profiler.profile().rows, caplog.text) == (3, "")
    bare = Profiler(conditions=[dp.condition("ok", "flag")])
    bare.log({"x": 1})
    with pytest.raises(ParameterError, match="'flag' not found"):
        bare.profile()


def test_a_lack_of_memory_loses_no_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not taken yet waits."""
    profiler = Profiler(derive={"double": pc.field("x") * 2})
    for number in range(10):
        profiler.log({"x": number})
    with monkeypatch.context() as patch:

        def fail(_batches: Any) -> None:
            raise MemoryError

        patch.setattr(profiler._logged, "_hand_on", fail)
        with pytest.raises(MemoryError):
            profiler.profile()
    assert (profiler.rows, profiler.profile()["double"].sum) == (10, 90)
