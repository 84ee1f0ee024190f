"""What is measured is chosen by column, by type and by a target error."""

from __future__ import annotations

from math import sqrt
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import drypoint as dp
from drypoint import ParameterError, Parameters
from drypoint.profiles._choice import KINDS

ROWS = 100
TABLE = pa.table(
    {
        "id": range(ROWS),
        "name": [f"n{i}" for i in range(ROWS)],
        "at": pa.array(range(ROWS), pa.timestamp("us", "UTC")),
        "ok": [i % 2 == 0 for i in range(ROWS)],
        "raw": [b"x"] * ROWS,
        "list": [["a", "b"]] * ROWS,
        "pair": [{"a": 1, "b": "x"}] * ROWS,
        "small": pa.array(range(ROWS), pa.int8()),
    }
)
COARSE, FINE = Parameters(k=8), Parameters(k=2_000)


def k_of(profile: dp.Profile, column: str) -> int | None:
    """The k of a column's quantiles; None if they were not measured."""
    kll = profile[column].kll
    return None if kll is None else kll.k


@given(error=st.floats(0.00072, 0.999))
def test_a_target_error_chooses_the_smallest_sketches_within_it(error: float) -> None:
    """One step smaller would not be, by the published bounds."""
    made = Parameters(error=error)
    hll = {lg: 1.04 / sqrt(2**lg) for lg in range(4, 22)}
    frequent = {lg: 3.5 / 2**lg for lg in range(3, 27)}
    assert made.lg_k == min(lg for lg, bound in hll.items() if bound <= error)
    assert made.lg_max_map_size == min(lg for lg, bound in frequent.items() if bound <= error)
    assert made.k == 8 or 2.296 / made.k**0.9723 <= error * (1 + 1e-3)
    assert made.k == 8 or 2.296 / (made.k - 1) ** 0.9723 > error * (1 - 1e-3)


def test_a_size_that_is_given_wins_over_the_target() -> None:
    """The others are chosen all the same."""
    chosen, given_one = Parameters(error=0.1), Parameters(error=0.1, lg_k=20)
    assert (given_one.lg_k, given_one.k) == (20, chosen.k)
    assert Parameters() == Parameters(lg_k=12, k=512, lg_max_map_size=10)


@pytest.mark.parametrize("error", [0, -1, 1, 0.0007, float("nan"), "0.1", None.__class__])
def test_a_target_that_no_sketch_reaches_is_refused(error: Any) -> None:
    """With the range."""
    with pytest.raises(ParameterError, match=r"error must be in \[0\.00072, 1\)"):
        Parameters(error=error)


def test_no_metrics_leave_counts() -> None:
    """Rows, nulls and bytes are always there."""
    column = dp.profile(TABLE, parameters=Parameters(metrics=()))["id"]
    assert (column.rows, column.nulls, column.bytes) == (ROWS, 0, 8 * ROWS)
    assert (column.min, column.mean, column.distinct, column.median) == (None, None, None, None)


@pytest.mark.parametrize(
    ("kind", "columns"),
    [
        ("number", {"id", "small", "pair.a"}),
        ("string", {"name", "list[]", "pair.b"}),
        ("temporal", {"at"}),
        ("boolean", {"ok"}),
        ("binary", {"raw"}),
        ("list", {"list"}),
        ("struct", {"pair"}),
        ("int64", {"id", "pair.a"}),
        ("timestamp[us, UTC]", {"at"}),
    ],
)
def test_parameters_go_by_type(kind: str, columns: set[str]) -> None:
    """By kind or by the exact name, inside other columns too, and to no other."""
    everything = dp.profile(TABLE)
    found = dp.profile(TABLE, types={kind: Parameters(metrics=())})
    bare = {name for name in found.columns if not found[name]._metrics}
    # Structs have nothing to measure anyway.
    assert bare == columns | {name for name in found.columns if not everything[name]._metrics}


def test_a_column_comes_before_its_type_and_the_exact_type_before_its_kind() -> None:
    """And the default comes last."""
    found = dp.profile(
        TABLE,
        parameters=Parameters(k=100),
        types={"number": COARSE, "int8": FINE},
        columns={"pair": Parameters(k=300)},
    )
    assert [k_of(found, name) for name in ("id", "small", "pair.a", "at")] == [8, 2_000, 300, 100]
    nested = dp.profile(TABLE, columns={"pair": COARSE, "pair.a": FINE})
    assert k_of(nested, "pair.a") == 2_000


def test_a_column_without_parameters_is_left_out() -> None:
    """The others are as they were; the rows too, even if none is left."""
    found = dp.profile(TABLE, columns={"id": None, "pair": None})
    assert list(found.columns) == ["name", "at", "ok", "raw", "list", "list[]", "small"]
    assert found == dp.profile(TABLE.drop_columns(["id", "pair"]))
    nothing = dp.profile(TABLE, columns=dict.fromkeys(TABLE.column_names))
    assert (nothing.rows, len(nothing)) == (ROWS, 0)


def test_types_can_be_left_out() -> None:
    """Of what is inside other columns the rows are counted all the same."""
    found = dp.profile(TABLE, types={"string": None, "int64": None}, columns={"id": FINE})
    assert "name" not in found
    assert k_of(found, "id") == 2_000
    assert (found["list[]"].rows, found["list[]"].distinct) == (2 * ROWS, None)


def test_what_is_left_out_can_be_derived_from_and_segmented_by() -> None:
    """It is merely not profiled."""
    found = dp.profile(
        TABLE,
        columns={"ok": None, "id": None},
        derive={"id2": lambda batch: batch["id"]},
        segment_by=["ok"],
    )
    assert found["true"]["id2"].sum == sum(range(0, ROWS, 2))
    assert "ok" not in found["true"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"types": {"numbers": COARSE}}, "no type is called 'numbers'; .*kinds are"),
        ({"columns": {"id": 7}}, r"columns\['id'\] must be Parameters or None, got 7"),
        (
            {"types": {"number": {"k": 8}}},
            r"types\['number'\] must be Parameters or None, got {'k': 8}",
        ),
        ({"columns": {"pair.a": None}}, "'pair.a' is inside column 'pair'"),
        ({"on_error": "ignore"}, "on_error must be 'count' or 'raise', got 'ignore'"),
    ],
)
def test_options_that_cannot_be_are_named(options: dict[str, Any], message: str) -> None:
    """With the way out."""
    with pytest.raises(ParameterError, match=message):
        dp.profile(TABLE, **options)


def test_every_type_of_a_column_is_of_one_kind() -> None:
    """So that nothing falls between the kinds."""
    types = [
        pa.int8(), pa.uint64(), pa.float16(), pa.decimal128(5, 2), pa.decimal256(60, 1),
        pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int8(), pa.string()),
        pa.date32(), pa.date64(), pa.timestamp("s"), pa.time32("s"), pa.time64("ns"),
        pa.duration("ms"), pa.month_day_nano_interval(), pa.bool_(), pa.binary(),
        pa.large_binary(), pa.binary(4), pa.list_(pa.int8()), pa.large_list(pa.string()),
        pa.list_(pa.float32(), 3), pa.list_(pa.string(), 3), pa.struct([("a", pa.int8())]),
        pa.map_(pa.string(), pa.int8()), pa.null(),
    ]  # fmt: skip
    table = pa.schema([(str(i), one) for i, one in enumerate(types)]).empty_table()
    only_kinds = dict.fromkeys(KINDS, COARSE)
    found = dp.profile(table, types=only_kinds)
    assert len([name for name in found.columns if not found[name].nested]) == len(types)
    left = dp.profile(table, types=dict.fromkeys(KINDS))
    assert len(left) == 0
