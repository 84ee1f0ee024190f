"""Rows that are logged one by one give the profile of all of them in one batch."""

from __future__ import annotations

import datetime as dt
import logging
import math
import threading
from decimal import Decimal
from types import MappingProxyType
from typing import Any
from uuid import UUID

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import drypoint as dp
from drypoint import InputTypeError, InputValueError, Profiler
from drypoint.profiles import _row_column, _rows

INTEGERS = st.integers(-(2**63), 2**63 - 1)
SMALL = st.integers(-(2**53), 2**53)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
# Values of which one in a batch tells the type of all.
STEADY: list[st.SearchStrategy[Any]] = [
    INTEGERS,
    st.floats(),
    st.booleans(),
    TEXT,
    st.binary(max_size=5),
    st.dates(),
    st.times(),
    st.datetimes(),
    st.datetimes(timezones=st.just(dt.UTC)),
    st.timedeltas(dt.timedelta(-1000), dt.timedelta(1000)),
    st.integers(1_000, 9_999).map(lambda cents: (Decimal(cents) / 100).quantize(Decimal("0.01"))),
    st.integers(-(2**31), 2**31 - 1).map(np.int32),
    st.floats(width=32).map(np.float32),
    st.uuids(),
    st.lists(SMALL, min_size=1, max_size=3),
    st.fixed_dictionaries({"a": INTEGERS, "b": TEXT}),
]
# Those of which only all together tell it.
UNSTEADY: list[st.SearchStrategy[Any]] = [
    st.one_of(SMALL, st.floats()),
    st.decimals(-1000, 1000, allow_nan=False, places=3).map(Decimal.normalize),
    st.datetimes(timezones=st.sampled_from([dt.UTC, dt.timezone(dt.timedelta(hours=2))])),
    st.lists(st.one_of(st.none(), SMALL, st.floats()), max_size=3),
    st.dictionaries(st.sampled_from("abc"), st.one_of(st.none(), INTEGERS), min_size=1),
]
FIELDS = ["one", "two", "three"]


@st.composite
def rows_of(draw: st.DrawFn, kinds: list[st.SearchStrategy[Any]]) -> list[dict[str, Any]]:
    """Rows whose fields have a kind each, with some null and some not there at all."""
    columns = {name: st.one_of(st.none(), draw(st.sampled_from(kinds))) for name in FIELDS}
    rows = draw(st.lists(st.fixed_dictionaries({}, optional=columns), min_size=1, max_size=40))
    assume(any(rows))
    return rows


def logged(rows: list[dict[str, Any]], asks: set[int]) -> Profiler:
    """A profiler that is asked in between, which empties its buffer."""
    profiler = Profiler()
    for index, row in enumerate(rows):
        if index in asks:
            assert profiler.rows == index
            assert index == 0 or profiler.profile().rows == index
        profiler.log(row)
    return profiler


CUTS = st.sets(st.integers(0, 39))


@given(rows=rows_of(STEADY + UNSTEADY), asks=CUTS)
def test_rows_one_by_one_are_a_batch_of_them(rows: list[dict[str, Any]], asks: set[int]) -> None:
    """To the bit, with nulls, NaN and fields that are not always there, whenever it is asked."""
    assert logged(rows, asks).profile() == dp.profile(rows)


@given(rows=rows_of(STEADY), asks=CUTS, first=st.integers(1, 5), buffer=st.integers(1, 7))
def test_it_is_so_after_the_type_is_decided(
    rows: list[dict[str, Any]], asks: set[int], first: int, buffer: int
) -> None:
    """With a window and a buffer so small that most rows come after."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_row_column, "FIRST", first)
        patch.setattr(_rows, "BUFFER", buffer)
        assert logged(rows, asks).profile() == dp.profile(rows)


@given(
    rows=rows_of([st.one_of(*STEADY, *UNSTEADY)]),
    asks=CUTS,
    first=st.sampled_from([1, 3, 1_024]),
    buffer=st.integers(1, 7),
)
def test_any_types_in_one_column_do_not_depend_on_the_cuts(
    rows: list[dict[str, Any]], asks: set[int], first: int, buffer: int
) -> None:
    """Nor does a value that is of no type of its own count twice or not at all."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_row_column, "FIRST", first)
        patch.setattr(_row_column, "MOST_PARTS", 100)
        whole = logged(rows, set()).profile()
        patch.setattr(_rows, "BUFFER", buffer)
        assert logged(rows, asks).profile() == whole
    for name in {name for row in rows for name in row}:
        column = whole[name]
        assert (column.rows, column.missing) == (len(rows), 0)
        assert column.nulls == sum(row.get(name) is None for row in rows)


def test_many_rows_are_a_batch_too() -> None:
    """More than a buffer and more than a block of the core."""
    random = np.random.default_rng(3)
    rows = [
        {"i": int(i), "x": float(x), "s": f"user {i % 7_000}", "b": bool(i % 3)}
        for i, x in zip(random.integers(0, 10**9, 50_000), random.normal(size=50_000), strict=True)
    ]
    profiler = Profiler()
    for row in rows:
        profiler.log(row)
    assert profiler.profile() == dp.profile(rows)


def test_more_nulls_than_a_buffer_before_the_first_value_are_counted() -> None:
    """A first None decides nothing, nor do ten thousand."""
    rows = [{"x": None, "y": 1}] * 70_000 + [{"x": 1.5, "z": "late"}] * 3
    profiler = Profiler()
    for row in rows:
        profiler.log(row)
    made = profiler.profile()
    assert made == dp.profile(rows)
    assert (made["x"].type, made["x"].nulls, made["x"].mean) == ("float64", 70_000, 1.5)
    assert (made["z"].nulls, made["z"].missing) == (70_000, 0)


# ---- Values of many types


def test_a_column_of_two_types_keeps_the_facts_of_both() -> None:
    """Nothing raises; the parts say how many there were of each."""
    profiler = Profiler()
    for value in (1, "a", None, 3, True, b"x", 2.5):
        profiler.log({"x": value})
    column = profiler.profile()["x"]
    assert column.types == {"float64": 3, "string": 1, "bool": 1, "binary": 1}
    assert (column.rows, column.nulls) == (7, 1)
    assert (column.min, column.max, column.mean) == (1.0, 3.0, pytest.approx(6.5 / 3))


def test_times_are_not_cut_to_dates_nor_zones_dropped() -> None:
    """Arrow makes one type of them if it is asked to guess."""
    profiler = Profiler()
    noon = dt.datetime(2013, 1, 1, 12)  # noqa: DTZ001 # without a zone on purpose
    for value in (dt.date(2013, 1, 1), noon, noon.replace(tzinfo=dt.UTC)):
        profiler.log({"x": value})
    types = profiler.profile()["x"].types
    assert sum(types.values()) == 3
    assert types["date32"] == 1


def test_floats_after_many_integers_are_a_part_of_their_own() -> None:
    """The type was decided by then; integers among the first floats are floats."""
    profiler = Profiler()
    for value in [*range(2_000), 2.5]:
        profiler.log({"late": value, "early": value if value != 5 else 5.5})
    made = profiler.profile()
    assert made["late"].types == {"int64": 2_000, "float64": 1}
    assert made["early"].types == {"float64": 2_001}


def test_unsigned_integers_of_64_bits_are_exact() -> None:
    """They are a part beside those that are signed."""
    profiler = Profiler()
    for value in (2**64 - 1, 2**63, -1):
        profiler.log({"x": value})
    parts = {part.type: part for part in profiler.profile()["x"].parts}
    assert (parts["uint64"].max, parts["uint64"].min) == (2**64 - 1, 2**63)
    assert parts["int64"].min == -1


@pytest.mark.parametrize(
    ("value", "type_name"),
    [
        (np.float64("nan"), "float64"),
        (np.int16(3), "int16"),
        (np.bool_(True), "bool"),
        (pd.Timestamp("2013-01-01"), "timestamp[us]"),
        (Decimal("1.50"), "decimal(3, 2)"),
        (UUID(int=5), "fixed_size_binary[16]"),
        (np.array([1.0, 2.0]), "list"),
        ((1, 2), "list"),
        ({"a": [{"b": 1}]}, "struct"),
        (dt.timedelta(1), "duration[us]"),
        (bytearray(b"a"), "binary"),
    ],
    ids=repr,
)
def test_values_of_every_type_are_taken(value: Any, type_name: str) -> None:
    """Whatever Arrow has a type for."""
    profiler = Profiler()
    profiler.log({"x": value})
    assert profiler.profile()["x"].type == type_name
    assert profiler.profile() == dp.profile([{"x": value}])


def test_missing_values_of_pandas_are_null() -> None:
    """A row of a data frame has them."""
    profiler = Profiler()
    for value in (pd.NaT, pd.Timestamp("2013-01-01"), pd.NA, None):
        profiler.log({"x": value, "y": pd.NA})
    made = profiler.profile()
    assert (made["x"].type, made["x"].nulls, made["y"].nulls) == ("timestamp[us]", 3, 4)


def test_shapes_of_dicts_without_end_take_bounded_memory() -> None:
    """Types that are too many to keep open are closed, and still counted."""
    profiler = Profiler()
    for index in range(1_500):
        profiler.log({"x": {f"key {index % 1_200}" if index > 1_024 else "key": index}})
    column = profiler.profile()["x"]
    rows: Any = profiler._logged
    parts = rows._columns["x"]._parts
    assert 1 < len(parts) <= _row_column.MOST_PARTS
    assert (column.rows, column.nulls) == (1_500, 0)


# ---- Rows that are refused, and those beside them


@pytest.mark.parametrize("row", [[("a", 1)], None, "row", 5], ids=repr)
def test_what_is_no_mapping_is_refused(row: Any) -> None:
    """The message says what a row is."""
    with pytest.raises(InputTypeError, match="a row is a mapping of names to values, got"):
        Profiler().log(row)


def test_a_mapping_that_is_no_dict_is_taken() -> None:
    """A row of a database, say."""

    class Row(dict[str, Any]):
        """A subclass of dict."""

    profiler = Profiler()
    profiler.log(MappingProxyType({"a": 1}))
    profiler.log(Row(a=2))
    assert profiler.profile()["a"].sum == 3


REFUSED: list[tuple[dict[Any, Any], type[Exception], str]] = [
    ({"ok": 1, "bad": 2**64}, InputValueError, "column 'bad': 64 bits do not hold"),
    ({"ok": 1, "bad": -(2**63) - 1}, InputValueError, "column 'bad': 64 bits do not hold"),
    ({"ok": 1, "bad": [2**70]}, InputValueError, "column 'bad': 64 bits do not hold"),
    ({"ok": 1, "bad": 2j}, InputTypeError, r"column 'bad' \(complex\) cannot be taken"),
    ({"ok": 1, "bad": [1, "a"]}, InputTypeError, r"column 'bad' \(list\) cannot be taken"),
    ({"ok": 1, "bad": object()}, InputTypeError, r"column 'bad' \(object\) cannot be taken"),
    ({"ok": 1, "bad": Decimal("nan")}, InputTypeError, "column 'bad'"),
    ({"ok": 1, 5: 2}, InputTypeError, "the fields of a row are named by text, got 5"),
]


@pytest.mark.parametrize(("row", "kind", "text"), REFUSED, ids=[repr(row[0]) for row in REFUSED])
def test_a_row_that_cannot_be_taken_is_refused_and_no_other(
    row: dict[str, Any], kind: type[Exception], text: str
) -> None:
    """At once, by name; the rows before and after it are all there."""
    profiler = Profiler()
    profiler.log({"ok": 1})
    with pytest.raises(kind, match=text):
        profiler.log(row)
    profiler.log({"ok": 2})
    assert profiler.rows == 2
    assert profiler.profile() == dp.profile([{"ok": 1}, {"ok": 2}])


def test_broken_text_is_mended_and_poisons_nothing() -> None:
    """Half a character is U+FFFD, as decoders write it."""
    profiler = Profiler()
    for text in ("fine", "\ud800", "a\udfff", "fine"):
        profiler.log({"x": text, "y": 1})
    made = profiler.profile()
    expected = [{"x": x, "y": 1} for x in ("fine", "�", "a�", "fine")]
    assert made == dp.profile(expected)


def test_what_arrow_refuses_late_is_null_and_reported(caplog: pytest.LogCaptureFixture) -> None:
    """Once for each column; the other rows count."""

    class Nowhere(dt.tzinfo):
        """A zone that does not know its offset."""

        def utcoffset(self, _when: dt.datetime | None) -> dt.timedelta:
            raise ValueError("nowhere")

        dst = tzname = utcoffset  # type: ignore[assignment]

    profiler = Profiler()
    good = dt.datetime(2013, 1, 1, tzinfo=dt.UTC)
    with caplog.at_level(logging.WARNING, "drypoint"):
        for value in (good, good.replace(tzinfo=Nowhere()), good):
            profiler.log({"x": value, "y": 1})
        made = profiler.profile()
    assert (made["x"].rows, made["x"].nulls, made["y"].sum) == (3, 1, 3)
    assert "column 'x'" in caplog.text


def test_an_error_amid_the_columns_counts_nothing_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory may lack for one of them; when there is some again, all rows are there once."""
    profiler = Profiler()
    rows = [{"a": index, "b": f"{index}", "c": 1.5} for index in range(2_000)]
    for row in rows:
        profiler.log(row)
    with monkeypatch.context() as patch:
        sound = _row_column.RowColumn._extend

        def fail(column: Any, values: list[Any]) -> None:
            if column.name == "b":
                raise MemoryError
            sound(column, values)

        patch.setattr(_row_column.RowColumn, "_extend", fail)
        with pytest.raises(MemoryError):
            profiler.profile()
    assert profiler.rows == 2_000
    assert profiler.profile() == dp.profile(rows)


def test_the_row_is_copied() -> None:
    """Whoever logs may use the dict again, and what is in it."""
    profiler = Profiler()
    row: dict[str, Any] = {"x": 0, "tags": ["a"], "inner": {"y": [1]}}
    for number in range(10):
        row["x"] = number
        profiler.log(row)
        row["tags"].append("b")
        row["inner"]["y"][0] += 1
    made = profiler.profile()
    assert made["x"].sum == 45
    assert made["tags[]"].rows == sum(range(1, 11))
    assert made["inner.y[]"].sum == sum(range(1, 11))


# ---- Beside tables, and from threads


def test_rows_and_tables_are_merged() -> None:
    """As their profiles are, however they alternate."""
    rows: list[dict[str, Any]] = [{"a": 1, "b": "x"}, {"a": 2, "b": None}]
    table = pa.table({"a": [10, 20], "c": [1.5, 2.5]})
    profiler = Profiler(dataset="flights")
    profiler.log(rows[0])
    profiler.update(table[:1])
    profiler.log(rows[1])
    profiler.update(table[1:])
    assert profiler.rows == 4
    made = profiler.profile()
    assert made == dp.profile(table, dataset="flights") | dp.profile(rows, dataset="flights")
    assert (made["a"].sum, made["b"].missing, made["c"].missing) == (33, 2, 2)


def test_parameters_apply_to_rows() -> None:
    """Those of single columns too."""
    rows = [{"a": index, "b": {"c": index}} for index in range(100)]
    options: dict[str, Any] = {
        "parameters": dp.Parameters(seed=7),
        "columns": {"b": dp.Parameters(metrics={"extremes"})},
    }
    profiler = Profiler(**options)
    for row in rows:
        profiler.log(row)
    assert profiler.profile() == dp.profile(rows, **options)


def test_rows_without_fields_are_rows() -> None:
    """Fields that come later are null in them."""
    profiler = Profiler()
    profiler.log({})
    assert (profiler.profile().rows, len(profiler.profile())) == (1, 0)
    profiler.log({"x": 1})
    assert (profiler.profile().rows, profiler.profile()["x"].nulls) == (2, 1)


def test_nothing_logged_is_nothing_to_profile() -> None:
    """The message names both ways in."""
    with pytest.raises(InputTypeError, match="call update or log first"):
        Profiler().profile()


def test_many_threads_log_at_once_and_no_row_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a small buffer, so that they meet where it is emptied."""
    monkeypatch.setattr(_rows, "BUFFER", 16)
    profiler = Profiler()
    asked = []

    def work(mine: int) -> None:
        for index in range(2_000):
            profiler.log({"worker": mine, "index": index, f"only {mine}": 1.0})
        asked.append(profiler.profile().rows)

    threads = [threading.Thread(target=work, args=(mine,)) for mine in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    made = profiler.profile()
    assert made.rows == profiler.rows == 16_000
    assert made["index"].sum == 8 * sum(range(2_000))
    assert [item.estimate for item in made["worker"].top(8)] == [2_000] * 8
    assert all(made[f"only {mine}"].nulls == 14_000 for mine in range(8))
    assert max(asked) <= 16_000


# ---- The predecessor


def test_nan_of_rows_is_nan_of_tables() -> None:
    """There it was dropped from tables, but made the mean of rows NaN."""
    rows: list[dict[str, Any]] = [{"x": 1.0}, {"x": math.nan}, {"x": 3.0}, {"x": None}]
    profiler = Profiler()
    for row in rows:
        profiler.log(row)
    column = profiler.profile()["x"]
    assert (column.nans, column.nulls, column.mean) == (1, 1, 2.0)
    assert profiler.profile() == dp.profile(pa.table({"x": [1.0, math.nan, 3.0, None]}))


def test_a_first_none_does_not_disable_a_column() -> None:
    """There the type was that of the first value, for ever."""
    profiler = Profiler()
    for value in (None, 1.5, 2.5):
        profiler.log({"x": value})
    column = profiler.profile()["x"]
    assert (column.type, column.nulls, column.mean, column.max) == ("float64", 1, 2.0, 2.5)
