"""Derived columns are profiled like any other; what cannot be computed is null and counted."""

from __future__ import annotations

import copy
import warnings
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import drypoint as dp
from drypoint import Derived, DerivedErrors, DrypointWarning, InputValueError, ParameterError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# One is there, so that a list has a type.
VALUES = st.lists(st.none() | st.integers(-100, 100), max_size=50).map(lambda some: [1, *some])
DOUBLE: dict[str, Callable[[pa.RecordBatch], Any] | pc.Expression] = {
    "expression": pc.field("x") * 2,
    "array": lambda batch: pc.multiply(batch["x"], 2),
    "list": lambda batch: [None if x is None else 2 * x for x in batch["x"].to_pylist()],
    "chunks": lambda batch: pa.chunked_array([pc.multiply(batch["x"], 2)]),
}


def batch_of(values: list[Any]) -> pa.RecordBatch:
    """A batch of one column of integers."""
    return pa.record_batch({"x": pa.array(values, pa.int64())})


def fragile(batch: pa.RecordBatch) -> pa.Array:
    """Twice x; fails where there is a 7."""
    if 7 in batch["x"].to_pylist():
        raise ZeroDivisionError("a seven")
    return pc.multiply(batch["x"], 2)


@pytest.mark.parametrize("how", DOUBLE)
@settings(max_examples=20)
@given(values=VALUES)
def test_a_derived_column_is_profiled_like_one_of_the_table(
    how: str, values: list[int | None]
) -> None:
    """To the bit, however it is computed."""
    doubled = [None if x is None else 2 * x for x in values]
    table = pa.table({"x": pa.array(values, pa.int64())})
    expected = dp.profile(table.append_column("y", pa.array(doubled, pa.int64())))
    assert dp.profile(table, derive={"y": DOUBLE[how]}) == expected


@pytest.mark.parametrize("several", [dict, pa.record_batch, pa.table])
def test_one_function_may_make_several_columns(several: Callable[[Any], Any]) -> None:
    """Called by its name and theirs."""
    split = {
        "parts": lambda batch: several(
            {"even": pc.multiply(batch["x"], 2), "text": pc.cast(batch["x"], pa.string())}
        )
    }
    made = dp.profile(batch_of([1, 2, None]), derive=split)
    assert list(made.columns) == ["x", "parts.even", "parts.text"]
    assert (made["parts.even"].sum, made["parts.text"].max) == (6, "2")


def test_each_may_use_those_before_it() -> None:
    """Conditions and segments may use them all."""
    derive = {"y": pc.field("x") * 2, "z": pc.field("y") + 1}
    condition = dp.condition("small", pc.field("z") < 4)
    found = dp.profile(batch_of([1, 2, 3]), derive=derive, conditions=[condition], segment_by=["y"])
    assert [one["z"].sum for one in found] == [3, 5, 7]
    assert found.overall is not None
    assert found.overall.conditions["small"].matched == 1
    assert found["4"].conditions["small"].failed_rows == (1,)


def test_a_function_that_raises_makes_nulls_that_are_counted() -> None:
    """With its first messages, and a warning; the batches around it are whole."""
    batches = [batch_of([1, 2]), batch_of([7, 1, None]), batch_of([7]), batch_of([3])]
    with pytest.warns(
        DrypointWarning, match=r"rows of 7: 'y' 4; as in: ZeroDivisionError: a seven"
    ):
        made = dp.profile(iter(batches), derive={"y": fragile})
    assert made.errors == {"y": DerivedErrors(4, 2, ("ZeroDivisionError: a seven",))}
    assert (made["y"].rows, made["y"].nulls, made["y"].sum, made["y"].type) == (7, 4, 12, "int64")
    assert made["x"].nulls == 1
    assert made.to_dict()["errors"]["y"]["messages"] == ["ZeroDivisionError: a seven"]


@pytest.mark.filterwarnings("ignore:could not be computed")
@pytest.mark.parametrize(
    ("broken", "message"),
    [
        (lambda batch: batch["x"].slice(1), "returned 1 values for 2 rows"),
        (lambda _: object(), "must return an array, got object"),
        (lambda batch: batch["nope"], "KeyError"),
        (lambda _: 1 / 0, "ZeroDivisionError: division by zero"),
        (lambda batch: {"a": batch["x"], "b": [1]}, "'y.b' returned 1 values for 2 rows"),
        (lambda _: [2**80, 1], "must return an array, got list"),
    ],
)
def test_whatever_goes_wrong_in_a_function_is_counted(broken: Any, message: str) -> None:
    """Also arrays of another length, and what is no array. Nothing is swallowed."""
    made = dp.profile(batch_of([1, 2]), derive={"y": broken})
    assert (made.rows, made["y"].nulls, made.errors["y"].rows) == (2, 2, 2)
    assert message in made.errors["y"].messages[0]
    with pytest.raises(InputValueError, match="'y' cannot be computed"):
        dp.profile(batch_of([1, 2]), derive={"y": broken}, on_error="raise")


@pytest.mark.filterwarnings("ignore:could not be computed")
@given(values=st.lists(st.lists(st.integers(5, 8), max_size=4), min_size=1, max_size=6))
def test_errors_and_nulls_add_up(values: list[list[int]]) -> None:
    """Every row of a batch that fails is null and counted, in whatever order batches come."""
    made = dp.profile((batch_of(part) for part in values), derive={"y": fragile})
    failed = [part for part in values if 7 in part]
    rows = sum(map(len, failed))
    errors = made.errors.get("y", DerivedErrors(0, 0, ()))
    assert (made["y"].nulls, errors.rows, errors.batches) == (rows, rows, len(failed))
    assert made["y"].rows == sum(map(len, values))
    assert made["y"].type == "int64"


@pytest.mark.filterwarnings("ignore:could not be computed")
def test_errors_of_parts_are_added_up_and_saved(tmp_path: Path) -> None:
    """Three messages that differ are kept."""

    def loud(batch: pa.RecordBatch) -> pa.Array:
        raise ValueError(f"no {batch['x'][0]}")

    parts = [dp.profile(batch_of([i]), derive={"y": loud}) for i in range(5)]
    whole = dp.merge(parts)
    messages = tuple(f"ValueError: no {i}" for i in range(3))
    assert whole.errors == {"y": DerivedErrors(5, 5, messages)}
    assert (parts[0] | (parts[1] | parts[2])).errors == ((parts[0] | parts[1]) | parts[2]).errors
    for name in ("p.arrow", "p.parquet"):
        whole.save(tmp_path / name)
        assert dp.load(tmp_path / name) == whole == copy.deepcopy(whole)
    assert parts[0].errors["y"].rows == 1


@pytest.mark.filterwarnings("ignore:could not be computed")
def test_errors_of_segments_are_those_of_all_rows(tmp_path: Path) -> None:
    """A batch is not of one segment, so the set has them, and the profile of all rows."""
    batches = [batch_of([1, 2]), batch_of([7, 1])]
    made: Any = dp.profile(iter(batches), derive={"y": fragile}, segment_by=["x"])
    expected = {"y": DerivedErrors(2, 1, ("ZeroDivisionError: a seven",))}
    assert (made.errors, made.overall.errors) == (expected, expected)
    assert made["1"]["y"].nulls == 1
    assert (made | made).errors["y"].rows == 4
    made.save(tmp_path / "set.arrow")
    assert dp.load(tmp_path / "set.arrow") == made == copy.deepcopy(made)
    assert made.to_dict()["errors"]["y"]["rows"] == 2


@pytest.mark.filterwarnings("ignore:could not be computed")
def test_a_function_may_say_which_rows_it_could_not_compute() -> None:
    """The others are whole, and only those rows are counted."""

    def roots(batch: pa.RecordBatch) -> Derived:
        values = batch["x"].to_pylist()
        errors = [f"{x} has no root" for x in values if x < 0]
        return Derived([x**0.5 if x >= 0 else None for x in values], errors)

    made = dp.profile(batch_of([4, -1, 9, -2]), derive={"root": roots})
    assert made.errors == {"root": DerivedErrors(2, 1, ("-1 has no root", "-2 has no root"))}
    assert (made["root"].nulls, made["root"].sum) == (2, 5)
    with pytest.raises(InputValueError, match="'root' cannot be computed: -1 has no root"):
        dp.profile(batch_of([-1]), derive={"root": roots}, on_error="raise")


def test_the_warning_comes_once() -> None:
    """And again only if there is more to tell."""
    profiler = dp.Profiler(derive={"y": fragile}).update(batch_of([7]))
    with pytest.warns(DrypointWarning):
        profiler.profile()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert profiler.profile().errors["y"].rows == 1
    with pytest.warns(DrypointWarning, match="'y' 2"):
        profiler.update(batch_of([7])).profile()


@pytest.mark.parametrize(
    ("derive", "message"),
    [
        ({"x": pc.field("x") + 1}, "column 'x' is there already"),
        ({"y": pc.field("nope")}, "'y' cannot be computed: .*nope"),
        ({"y": "nope"}, "column 'nope' not found"),
        ({"y": 7}, "'y' must be the name of a column, .* got int"),
        ({"y": "x", "z": lambda _: {"a": [1]}, "z.a": "x"}, "column 'z.a' is there already"),
    ],
)
def test_what_does_not_fit_the_columns_is_refused(derive: Any, message: str) -> None:
    """At the first batch; nothing is taken."""
    profiler = None
    with pytest.raises(ParameterError, match=message):
        (profiler := dp.Profiler(derive=derive)).update(batch_of([1]))
    assert profiler is None or profiler.rows == 0


@pytest.mark.filterwarnings("ignore:could not be computed")
def test_an_expression_over_values_that_do_not_fit_is_an_error_of_the_batch() -> None:
    """Unlike one over types that do not fit."""
    number = {"n": pc.field("s").cast(pa.int64())}
    batches = [pa.record_batch({"s": ["1"]}), pa.record_batch({"s": ["x"]})]
    made = dp.profile(iter(batches), derive=number)
    assert (made["n"].sum, made["n"].nulls, made.errors["n"].rows) == (1, 1, 1)


def test_columns_without_rows_are_derived_too() -> None:
    """A function that cannot take no rows says nothing of them."""
    made = dp.profile(batch_of([]), derive={"y": fragile, "z": lambda b: [b["x"][0]]})
    assert (made.rows, made["y"].type, made["z"].type, made.errors) == (0, "int64", "null", {})


def test_a_function_may_use_the_profiler_it_feeds() -> None:
    """What is computed is not behind the lock."""

    def curious(batch: pa.RecordBatch) -> pa.Array:
        return pa.repeat(profiler.rows, batch.num_rows)

    profiler = dp.Profiler(derive={"before": curious})
    assert profiler.update(batch_of([1, 2])).update(batch_of([3])).profile()["before"].max == 2
