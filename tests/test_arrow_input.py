"""The same values give the same sketch, whichever library hands them in, in whichever type."""

from __future__ import annotations

import datetime as dt
import sys
import threading
from array import array
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
import pyarrow as pa
import pytest

from drypoint import InputTypeError, InputValueError
from drypoint.sketches import FrequentItems, HllSketch, KllSketch

if TYPE_CHECKING:
    from collections.abc import Callable

SIZE = 1_000
RANDOM = np.random.default_rng(1)
COLUMNS = {
    "int64": pa.array(RANDOM.integers(0, 300, SIZE)),
    "float64": pa.array(RANDOM.normal(size=SIZE)),
    "float32": pa.array(RANDOM.normal(size=SIZE).astype(np.float32)),
    "string": pa.array([f"value {i}" for i in RANDOM.integers(0, 300, SIZE)]),
    "bool": pa.array(RANDOM.integers(0, 2, SIZE).astype(bool)),
    "timestamp": pa.array(RANDOM.integers(0, 300, SIZE), pa.timestamp("us")),
}
SKETCHES: list[tuple[Callable[[], Any], set[str]]] = [
    (HllSketch, {"int64", "float64", "string", "bool", "timestamp"}),
    (lambda: KllSketch(64), {"int64", "float64", "float32", "bool"}),
    (lambda: KllSketch(64, "f32"), {"float32"}),
    (lambda: KllSketch(64, "i64"), {"int64", "timestamp", "bool"}),
    (lambda: KllSketch(64, "str"), {"string"}),
    (lambda: FrequentItems(4), {"int64", "string", "bool", "timestamp"}),
]
CASES = [(make, name) for make, names in SKETCHES for name in sorted(names)]
EACH_SKETCH_AND_COLUMN: pytest.MarkDecorator = pytest.mark.parametrize(
    ("make", "name"), CASES, ids=[f"{make()!r}, {name}" for make, name in CASES]
)


@EACH_SKETCH_AND_COLUMN
def test_every_library_gives_the_same_sketch(
    make: Callable[[], Any], name: str, as_library: Callable[[pa.Array], Any]
) -> None:
    """One body, one expected sketch, every library."""
    column = COLUMNS[name]
    assert make().update(as_library(column)) == make().update(column)


@EACH_SKETCH_AND_COLUMN
def test_nulls_are_skipped(make: Callable[[], Any], name: str) -> None:
    """A column with nulls between gives what the column without them gives."""
    column = COLUMNS[name]
    places = np.flatnonzero(RANDOM.integers(0, 2, SIZE))
    with_nulls = pa.array(
        [
            value if i in set(places.tolist()) else None
            for i, value in enumerate(column.to_pylist())
        ],
        column.type,
    )
    expected = make().update(column.take(pa.array(places)))
    for data in (with_nulls, with_nulls.to_pylist(), pl.Series(with_nulls)):
        assert make().update(data) == expected


@EACH_SKETCH_AND_COLUMN
def test_slices_are_read_where_they_begin(make: Callable[[], Any], name: str) -> None:
    """An offset in the array is not forgotten."""
    column = COLUMNS[name]
    whole = pa.concat_arrays([column.slice(123, 456)])
    assert make().update(column.slice(123, 456)) == make().update(whole)


SCALARS: dict[pa.DataType, list[Any]] = {
    **{
        kind: [0, 1, 100]
        for kind in (
            *(pa.int8(), pa.int16(), pa.int32(), pa.int64()),
            *(pa.uint8(), pa.uint16(), pa.uint32(), pa.uint64()),
        )
    },
    pa.float16(): [np.float16(0), np.float16(0.5), np.float16(100)],
    pa.float32(): [0.0, 0.5, 100.0],
    pa.float64(): [0.0, 0.1, 100.0],
    pa.decimal128(10, 2): [Decimal("0.00"), Decimal("-1.50"), Decimal("99.99")],
    pa.decimal256(50, 2): [Decimal("0.00"), Decimal("-1.50"), Decimal("99.99")],
    pa.bool_(): [True, False],
    pa.date32(): [dt.date(1970, 1, 1), dt.date(2013, 1, 1)],
    pa.date64(): [dt.date(1970, 1, 1), dt.date(2013, 1, 1)],
    **{
        pa.timestamp(unit, zone): [dt.datetime(1970, 1, 1), dt.datetime(2013, 1, 1)]  # noqa: DTZ001
        for unit in ("s", "ms", "us", "ns")
        for zone in (None, "UTC")
    },
    **{pa.duration(unit): [dt.timedelta(0), dt.timedelta(1)] for unit in ("s", "ms", "us", "ns")},
    **{
        kind: [dt.time(0), dt.time(12, 30)]
        for kind in (pa.time32("s"), pa.time32("ms"), pa.time64("us"), pa.time64("ns"))
    },
    **{kind: ["a", "x" * 40] for kind in (pa.string(), pa.large_string(), pa.string_view())},
    **{kind: [b"a", b"\xff" * 40] for kind in (pa.binary(), pa.large_binary(), pa.binary_view())},
    pa.binary(2): [b"ab", b"\xff\x00"],
}


@pytest.mark.parametrize("kind", SCALARS, ids=str)
def test_every_arrow_type_is_counted(kind: pa.DataType) -> None:
    """Plain, as a dictionary and as runs; null is no value."""
    values = SCALARS[kind]
    plain = pa.array([*values, None, *values], kind)
    expected = HllSketch().update(plain)
    assert round(expected.estimate()) == len(values)
    codes = pa.array([*range(len(values)), None, *range(len(values))], pa.int16())
    dictionary = pa.DictionaryArray.from_arrays(codes, pa.array(values, kind))
    assert HllSketch().update(dictionary) == expected
    ends = pa.array(range(3, 3 * len(plain) + 3, 3), pa.int32())
    assert HllSketch().update(pa.RunEndEncodedArray.from_arrays(ends, plain)) == expected


@pytest.mark.parametrize("kind", [k for k in SCALARS if k != pa.date64()], ids=str)
def test_python_values_count_as_arrow_values_do(kind: pa.DataType) -> None:
    """A list gives what the Arrow array of the microseconds that Python keeps gives."""
    values = SCALARS[kind]
    inferred = pa.array(values, pa.float32() if kind == pa.float16() else None)
    assert HllSketch().update(values) == HllSketch().update(inferred)


LAYOUTS: pytest.MarkDecorator = pytest.mark.parametrize(
    "kind", [pa.string(), pa.large_string(), pa.string_view()], ids=str
)
STRINGS = [*COLUMNS["string"].to_pylist(), "a string longer than a view holds"]


@LAYOUTS
def test_strings_are_the_same_in_every_layout(kind: pa.DataType) -> None:
    """Short ones and long ones, for all three sketches."""
    for make in (HllSketch, lambda: KllSketch(64, "str"), FrequentItems):
        assert make().update(pa.array(STRINGS, kind)) == make().update(STRINGS)


@LAYOUTS
def test_a_dictionary_counts_as_its_values_by_weight(kind: pa.DataType) -> None:
    """It is never unpacked, so that a sketch of quantiles sees each value once, and heavy."""
    dictionary = pa.array(STRINGS, kind).dictionary_encode()
    for make in (HllSketch, FrequentItems):
        assert make().update(dictionary) == make().update(STRINGS)
    quantiles = KllSketch(64, "str").update(dictionary)
    assert (quantiles.n, quantiles.min, quantiles.max) == (len(STRINGS), min(STRINGS), max(STRINGS))
    for percent in range(10, 100, 10):
        string = sorted(STRINGS)[len(STRINGS) * percent // 100]
        exact = sum(other <= string for other in STRINGS) / len(STRINGS)
        assert abs(quantiles.rank(string) - exact) <= 3 * quantiles.rank_error


def test_a_table_of_several_columns_is_refused() -> None:
    """Which column is meant cannot be guessed."""
    frame = pl.DataFrame({"age": [1], "name": ["a"]})
    with pytest.raises(InputTypeError, match=r'takes one column, this has 2: \["age", "name"\]'):
        HllSketch().update(frame)


# ---- NumPy

NUMBERS = np.arange(100)


@pytest.mark.parametrize("dtype", ["i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", ">i4", ">u8"])
def test_integers_of_every_width_are_the_same(dtype: str) -> None:
    """Also in the other byte order."""
    assert HllSketch().update(NUMBERS.astype(dtype)) == HllSketch().update(range(100))


@pytest.mark.parametrize("dtype", ["f2", "f4", "f8", "g", ">f4", ">f8"])
def test_floats_of_every_width_are_the_same(dtype: str) -> None:
    """Halves and long doubles as well."""
    expected = HllSketch().update([float(i) for i in range(100)])
    assert HllSketch().update(NUMBERS.astype(dtype)) == expected


def strided(values: Any) -> Any:
    """Every second item of an array twice as long."""
    return np.repeat(values, 2)[::2]


def unaligned(values: Any) -> Any:
    """The same items, one byte off."""
    raw = np.empty(values.nbytes + 1, np.uint8)
    raw[1:] = values.view(np.uint8)
    return raw[1:].view(values.dtype)


def read_only(values: Any) -> Any:
    """An array that cannot be written to."""
    values = values.copy()
    values.flags.writeable = False
    return values


@pytest.mark.parametrize("layout", [strided, unaligned, read_only, lambda values: values[::-1]])
def test_arrays_of_every_layout_are_read(layout: Callable[[Any], Any]) -> None:
    """Not only contiguous ones."""
    values = layout(np.arange(100.0))
    assert KllSketch().update(values) == KllSketch().update(values.tolist())


UNITS = ["W", "D", "h", "m", "s", "ms", "us", "ns", "25s"]
# A duration of months or years has no length.
TIMES = [f"m8[{unit}]" for unit in UNITS] + [f"M8[{unit}]" for unit in ["Y", "M", *UNITS]]


@pytest.mark.parametrize("dtype", TIMES)
def test_times_of_every_unit_are_read_and_nat_is_null(dtype: str) -> None:
    """As timestamps, dates and durations."""
    times = np.array([0, 1, "NaT", 1], dtype)
    assert round(HllSketch().update(times).estimate()) == 2
    assert KllSketch(dtype="i64").update(times).n == 3
    assert HllSketch().update(np.array(["NaT"], dtype)).is_empty


@pytest.mark.parametrize(
    "values",
    [
        np.array(["a", "bc", "a"]),
        np.array([b"a", b"bc", b"a"]),
        np.array(["a", "bc", None, "a"], object),
        np.array(["a", "bc", "a"], np.dtypes.StringDType()),
    ],
    ids=["U", "S", "object", "StringDType"],
)
def test_text_of_every_dtype_is_read(values: Any) -> None:
    """Fixed width, objects and variable width."""
    assert [tuple(row) for row in FrequentItems().update(values).top()] == [("a", 2), ("bc", 1)]


def test_what_is_masked_is_null() -> None:
    """And weights stay beside their values."""
    masked = np.ma.MaskedArray([1, 2, 3], mask=[False, True, False])
    sketch = FrequentItems().update(masked, weight=[10, 20, 30])
    assert [tuple(row) for row in sketch.top()] == [(3, 30), (1, 10)]


def test_scalars_and_arrays_without_dimensions_are_one_value() -> None:
    """Whatever their type."""
    for value in (np.int8(5), np.array(5), np.uint64(5), 5):
        assert HllSketch().update(value) == HllSketch().update([5])
    assert HllSketch().update(np.datetime64("NaT")).is_empty
    assert HllSketch().update([np.int8(5), np.float32(0.5), np.bool_(True), np.str_("x")]) == (
        HllSketch().update([5, 0.5, True, "x"])
    )


def test_other_buffers_are_read() -> None:
    """`array.array` and memory views."""
    numbers = array("d", [1.0, 2.0, 3.0])
    for data in (numbers, memoryview(numbers), memoryview(numbers)[::1]):
        assert KllSketch().update(data).n == 3
    assert KllSketch().update(memoryview(numbers)[::2]).n == 2
    assert KllSketch().update(array("d")).n == 0


@pytest.mark.parametrize("data", [[], (), np.array([]), pa.array([]), pa.array([], pa.int64())])
def test_nothing_changes_nothing(data: Any) -> None:
    """Empty data of any kind."""
    for sketch in (HllSketch(), KllSketch(), FrequentItems()):
        assert sketch.update(data).is_empty


# ---- Arrays whose buffers lie


def text(offsets: list[int], data: bytes = b"abcdef", kind: Any = None) -> pa.Array:
    """A string array of these buffers; the offsets are changed after pyarrow has looked at them."""
    kind = kind or pa.string()
    memory = np.zeros(len(offsets), np.int64 if kind == pa.large_string() else np.int32)
    buffers = [None, pa.py_buffer(memory), pa.py_buffer(data)]
    array = pa.Array.from_buffers(kind, len(offsets) - 1, buffers)
    memory[:] = offsets
    return array


def view(length: int, buffer: int, offset: int) -> pa.Array:
    """A string view array whose one view says this."""
    views = np.array([length, 0, buffer, offset], np.int32)
    return pa.Array.from_buffers(
        pa.string_view(), 1, [None, pa.py_buffer(views), pa.py_buffer(b"x" * 64)]
    )


def codes(indices: list[int]) -> pa.Array:
    """A dictionary array with these indices into two values."""
    return pa.DictionaryArray.from_arrays(
        pa.array(indices, pa.int8()), pa.array(["a", "b"]), safe=False
    )


def runs(ends: list[int], length: int) -> pa.Array:
    """A run-end encoded array with these run ends, which are changed after pyarrow has looked."""
    memory = np.arange(length - len(ends) + 1, length + 1, dtype=np.int32)
    array = pa.RunEndEncodedArray.from_arrays(pa.array(memory), pa.array(["a"] * len(ends)))
    memory[:] = ends
    return array


LIES: dict[str, Callable[[], pa.Array]] = {
    "offsets that decrease": lambda: text([0, 4, 2, 6]),
    "large offsets that decrease": lambda: text([0, 4, 2, 6], kind=pa.large_string()),
    "a negative offset": lambda: text([-4, 0, 2, 6]),
    "a negative last offset": lambda: text([0, 2, -6]),
    "an offset past the end": lambda: text([0, 2, 1_000_000]),
    "an offset past the end, inside": lambda: text([0, 1_000_000, 6]),
    "a view past its buffer": lambda: view(40, 0, 60),
    "a view of no buffer": lambda: view(40, 7, 0),
    "a view of negative length": lambda: view(-40, 0, 0),
    "a code past the dictionary": lambda: codes([0, 1, 2]),
    "a negative code": lambda: codes([0, -1]),
    "run ends that decrease": lambda: runs([2, 1, 3], 3),
    "run ends that stop short": lambda: runs([1, 2], 3),
}


@pytest.mark.parametrize("lie", LIES)
@pytest.mark.parametrize(
    "sketch",
    [HllSketch().update("a"), KllSketch(8, "str").update("a"), FrequentItems(3).update("a")],
    ids=repr,
)
def test_buffers_that_lie_are_refused(sketch: Any, lie: str) -> None:
    """Before anything has been counted, and without reading where they point."""
    before = sketch.to_bytes()
    with pytest.raises(InputValueError):
        sketch.update(LIES[lie]())
    assert sketch.to_bytes() == before


@pytest.mark.parametrize("sketch", [KllSketch(8, "str"), FrequentItems(3, "str")], ids=repr)
def test_text_that_is_not_utf8_is_refused_where_strings_are_kept(sketch: Any) -> None:
    """The message says which string."""
    before = sketch.to_bytes()
    with pytest.raises(InputValueError, match="string 1 is not valid UTF-8"):
        sketch.update(text([0, 2, 4], b"ab\xff\xfe"))
    assert sketch.to_bytes() == before


# ---- Threads


def test_other_threads_run_during_an_update() -> None:
    """The interpreter is released: this thread goes on while the other reads a long array.

    Python is told to switch threads never by itself, so that this one runs again when the other
    lets go of the interpreter: during the update, or else after all it has to do.
    """
    data = np.arange(20_000_000, dtype=np.int64)
    done = threading.Event()
    sketch = HllSketch(21)

    def work() -> None:
        sketch.update(data)
        done.set()

    worker = threading.Thread(target=work)
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1_000)
    try:
        worker.start()  # comes back when this thread has the interpreter again
        was_done = done.is_set()
    finally:
        sys.setswitchinterval(interval)
        worker.join()
    assert not was_done
    assert done.is_set()
    assert not sketch.is_empty


def test_threads_that_share_a_sketch_take_turns() -> None:
    """Nothing is lost."""
    sketch = FrequentItems(dtype="i64")
    block = np.zeros(1_000, np.int64)

    def feed() -> None:
        for _ in range(100):
            sketch.update(block)

    workers = [threading.Thread(target=feed) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sketch.total_weight == 400_000
    assert sketch.estimate(0) == 400_000
