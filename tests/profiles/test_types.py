"""Facts of columns of every type are those that Python computes of the same values."""

from __future__ import annotations

import datetime as dt
import ipaddress
import json
import math
import pickle
import re
import uuid
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import drypoint as dp
from drypoint import InputTypeError, Parameters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

EPSILON = Fraction(2) ** -53
DAY_IN_MS = 86_400_000
MOST = 10**76 - 1


def column_of(values: Any, kind: pa.DataType | None = None, **options: Any) -> Any:
    """The profile of one column."""
    return dp.profile(pa.table({"x": pa.array(values, kind)}), **options)["x"]


# ---- Moments


SIZES = st.sampled_from([1.0, 1e-3, 1e6, 1e40])
NUMBERS = st.tuples(
    SIZES, st.floats(-1e9, 1e9), st.lists(st.floats(-1, 1), min_size=1, max_size=200)
).map(lambda drawn: [drawn[0] * (drawn[1] + value) for value in drawn[2]])


def rounding(values: list[float], power: int) -> tuple[Fraction, Fraction]:
    """Σ (x - mean)**power exactly, and how far off one that is computed may be.

    The mean is off by at most 2 n ε of the mean size; every term by that and by a few roundings,
    and the sum by n ε of the sum of sizes (Higham 2002, section 4.2). Merging parts adds as much
    again for each level of a tree, of which there are fewer than 8.
    """
    exact = [Fraction(value) for value in values]
    n = len(exact)
    mean = total(exact) / n
    shift = 16 * EPSILON * total(map(abs, exact))
    apart = [abs(value - mean) for value in exact]
    wide = total(raised(one + shift, power) for one in apart)
    slack = wide - total(raised(one, power) for one in apart) + 64 * n * EPSILON * wide
    return total(raised(value - mean, power) for value in exact), slack


def total(values: Iterable[Fraction]) -> Fraction:
    """The exact sum."""
    return sum(values, Fraction(0))


def raised(value: Fraction, power: int) -> Fraction:
    """The exact power."""
    return Fraction(value**power)


@given(NUMBERS, st.integers(0, 200))
def test_moments_are_exact_but_for_rounding(values: list[float], cut: int) -> None:
    """Also merged from two parts, and far from zero, where naive sums of squares lose all."""
    n = len(values)
    merged = dp.merge(
        dp.profile(pa.table({"x": pa.array(part, pa.float64())}))
        for part in (values[:cut], values[cut:])
    )["x"]
    exact, size = total(map(Fraction, values)), total(abs(Fraction(value)) for value in values)
    columns: list[Any] = [column_of(values), merged]
    for column in columns:
        assert abs(Fraction(column.sum) - exact) <= 4 * n * EPSILON * size
        assert abs(Fraction(column.mean) - exact / n) <= 16 * EPSILON * size
        assert column.n == n
        m2, slack = rounding(values, 2)
        if n == 1:
            assert column.variance is column.std is None
            continue
        assert abs(Fraction(column.variance) * (n - 1) - m2) <= slack
        assert column.std == pytest.approx(math.sqrt(column.variance))


@given(st.lists(st.integers(-1_000, 1_000), min_size=2, max_size=200))
def test_skewness_and_kurtosis_are_those_of_the_formulas(values: list[int]) -> None:
    """Population skewness and excess kurtosis, from exact central moments."""
    assume(len(set(values)) > 1)
    n = len(values)
    moments = [rounding([float(value) for value in values], power) for power in (2, 3, 4)]
    (m2, off2), (m3, off3), (m4, off4) = moments
    assume(off2 < m2 / 1_000)
    column = column_of(values)
    skewness = float(m3) * math.sqrt(n) / float(m2) ** 1.5
    relative = 1.5 * float(off2 / m2) + 1e-12
    slack = float(off3) * math.sqrt(n) / float(m2) ** 1.5 + 2 * relative * abs(skewness)
    assert abs(column.skewness - skewness) <= slack + 1e-12
    kurtosis = n * float(m4) / float(m2) ** 2 - 3
    slack = n * float(off4) / float(m2) ** 2 + 4 * relative * abs(kurtosis + 3)
    assert abs(column.kurtosis - kurtosis) <= slack + 1e-12


@pytest.mark.parametrize("size", [1e-200, 1e-160, 1e-50, 1.0, 1e60, 1e76])
def test_moments_of_numbers_of_any_size_are_those_of_the_shape_or_none(size: float) -> None:
    """Where fourth powers leave the range of doubles there is none, rather than an error."""
    shape = np.random.default_rng(31).lognormal(size=1_000)
    small, plain = column_of(shape * size), column_of(shape)
    # Scaling rounds every number once.
    assert small.std == pytest.approx(plain.std * size, rel=1e-9) or size < 1e-150
    for fact in ("skewness", "kurtosis"):
        found = getattr(small, fact)
        assert found == pytest.approx(getattr(plain, fact), rel=1e-9) or (
            found is None and not 1e-70 <= size <= 1e70
        )


def test_sums_that_leave_the_range_of_doubles_are_no_nan() -> None:
    """An infinite one of each sign cancel out to nothing that is known."""
    most = 1.7e308
    parts = [dp.profile(pa.table({"x": [sign * most] * 2})) for sign in (1, -1)]
    assert (parts[0]["x"].sum, parts[1]["x"].sum) == (math.inf, -math.inf)
    assert dp.merge(parts)["x"].sum is None


def test_the_mean_of_the_largest_doubles_does_not_overflow() -> None:
    """Whatever parts they come in: the distance of two means may, they do not."""
    most = 1.7e308
    parts = [dp.profile(pa.table({"x": [sign * most]})) for sign in (1, -1)]
    assert dp.merge(parts)["x"].mean == 0.0
    assert dp.merge(reversed(parts))["x"].mean == 0.0


@given(st.lists(st.floats()))
def test_numbers_of_every_kind_are_counted_as_python_tells_them(values: list[float]) -> None:
    """NaN of every sign, infinities, zeros of both signs; moments of the finite alone."""
    column = column_of(values, pa.float64())
    finite = [value for value in values if math.isfinite(value)]
    numbers = [value for value in values if not math.isnan(value)]
    assert column.nans == len(values) - len(numbers)
    assert column.positive_infinities == values.count(math.inf)
    assert column.negative_infinities == values.count(-math.inf)
    assert column.zeros == values.count(0.0)
    assert column.negatives == sum(value < 0 for value in values)
    assert column.n == len(finite)
    assert (column.min, column.max) == (min(numbers, default=None), max(numbers, default=None))
    if finite:
        quantiles = [one.value for one in column.quantile([0, 1])]
        assert quantiles == [min(finite), max(finite)]


# ---- Extremes, distinct and frequent values


def decimals(digits: int, scale: int) -> st.SearchStrategy[Decimal]:
    """Of all digits."""
    most = 10**digits - 1
    return st.integers(-most, most).map(lambda number: exactly(number, scale))


def exactly(number: int, scale: int) -> Decimal:
    """A decimal of that many digits, whatever the context."""
    digits = tuple(map(int, str(abs(number))))
    return Decimal((int(number < 0), digits, -scale))


def ints(bits: int) -> st.SearchStrategy[int]:
    """Signed integers."""
    return st.integers(-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)


DATES = st.dates()
TIMES = st.datetimes(dt.datetime(1700, 1, 1), dt.datetime(2200, 1, 1))  # noqa: DTZ001
OSLO = ZoneInfo("Europe/Oslo")
ORDERED: dict[str, tuple[pa.DataType, st.SearchStrategy[Any], Callable[[Any], Any]]] = {
    "int8": (pa.int8(), ints(8), int),
    "int64": (pa.int64(), ints(64), int),
    "uint32": (pa.uint32(), st.integers(0, 2**32 - 1), int),
    "uint64": (pa.uint64(), st.integers(0, 2**64 - 1), int),
    "float16": (pa.float16(), st.floats(width=16, allow_nan=False, allow_infinity=False), float),
    "float32": (pa.float32(), st.floats(-(2.0**40), 2.0**40, width=32), float),
    "float64": (pa.float64(), st.integers(-(2**53), 2**53).map(float), float),
    "decimal128": (pa.decimal128(38, 5), decimals(38, 5), Decimal),
    "decimal256": (pa.decimal256(76, 20), decimals(76, 20), Decimal),
    "string": (pa.string(), st.text(max_size=60), str),
    "date32": (pa.date32(), DATES, lambda day: day),
    "date64": (pa.date64(), DATES, lambda day: day),
    "timestamp[us]": (pa.timestamp("us"), TIMES, np.datetime64),
    "timestamp[ns]": (pa.timestamp("ns"), TIMES, np.datetime64),
    "timestamp[ms, Europe/Oslo]": (
        pa.timestamp("ms", "Europe/Oslo"),
        TIMES.map(lambda time: time.replace(microsecond=0, tzinfo=OSLO)),
        lambda time: np.datetime64(time.astimezone(dt.UTC).replace(tzinfo=None)),
    ),
    "time64[us]": (
        pa.time64("us"),
        st.times(),
        lambda time: np.timedelta64(
            ((time.hour * 60 + time.minute) * 60 + time.second) * 10**6 + time.microsecond, "us"
        ),
    ),
    "duration[us]": (
        pa.duration("us"),
        st.timedeltas(dt.timedelta(-(10**6)), dt.timedelta(10**6)),
        np.timedelta64,
    ),
}


@pytest.mark.parametrize("name", ORDERED)
@given(data=st.data())
def test_extremes_and_distinct_values_are_those_of_python(name: str, data: st.DataObject) -> None:
    """Exactly at the ends of every type; distinct values exactly, since they are few."""
    kind, strategy, shown = ORDERED[name]
    few = data.draw(st.lists(strategy, min_size=1, max_size=8))
    values = data.draw(st.lists(st.sampled_from(few), min_size=1, max_size=40))
    column = column_of([*values, None], kind)
    expected = [shown(value) for value in values]
    assert (column.min, column.max) == (min(expected), max(expected))
    assert (column.rows, column.nulls) == (len(values) + 1, 1)
    assert (column.type.partition("(")[0], name) in {
        (name, name), ("decimal", "decimal128"), ("decimal", "decimal256"),
    }  # fmt: skip
    assert round(column.distinct) == len(set(expected))
    if column.items is not None:
        # Fractions are no items.
        whole = all(not isinstance(one, float) or one.is_integer() for one in expected)
        counts = Counter(expected) if whole else {}
        assert {item.item: item.estimate.value for item in column.top(100)} == counts


@given(st.lists(ints(64)), st.lists(st.integers(0, 2**64 - 1)))
def test_sums_of_integers_are_exact_at_any_size(signed: list[int], unsigned: list[int]) -> None:
    """In Python's integers."""
    assert column_of(signed, pa.int64()).sum == sum(signed)
    assert column_of(unsigned, pa.uint64()).sum == sum(unsigned)


def test_sums_of_many_large_integers_are_exact() -> None:
    """Over many blocks, with both signs, merged from parts."""
    random = np.random.default_rng(3)
    values = random.integers(-(2**63), 2**63 - 1, 100_000, endpoint=True)
    parts = (pa.table({"x": values[:33_333]}), pa.table({"x": values[33_333:]}))
    merged = dp.merge(map(dp.profile, parts))
    assert merged["x"].sum == sum(values.tolist())


def test_every_nan_is_one_value_and_zeros_of_both_signs_are_one() -> None:
    """Whatever their bits."""
    bits = np.array([0x7FF8000000000000, 0xFFF8000000000001, 0x7FF0000000000001], np.uint64)
    assert round(column_of(bits.view(np.float64)).distinct) == 1
    assert round(column_of([0.0, -0.0]).distinct) == 1


# ---- Times


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
@given(times=st.lists(TIMES), clock=TIMES)
def test_hours_and_weekdays_are_those_of_the_calendar(
    unit: str, times: list[dt.datetime], clock: dt.datetime
) -> None:
    """In UTC; and what is after the clock is to come."""
    times = [time.replace(microsecond=0) for time in times]
    clock = clock.replace(microsecond=0, tzinfo=dt.UTC)
    column = column_of(times, pa.timestamp(unit, "UTC"), parameters=Parameters(clock=clock))
    assert column.hours == [sum(time.hour == hour for time in times) for hour in range(24)]
    assert column.weekdays == [sum(time.weekday() == day for time in times) for day in range(7)]
    assert column.future == sum(time.replace(tzinfo=dt.UTC) > clock for time in times)


@given(st.lists(DATES), st.lists(st.times()))
def test_dates_have_weekdays_and_times_of_day_have_hours(
    dates: list[dt.date], times: list[dt.time]
) -> None:
    """And not the other."""
    for kind in (pa.date32(), pa.date64()):
        column = column_of(dates, kind)
        assert column.weekdays == [sum(day.weekday() == one for day in dates) for one in range(7)]
        assert column.hours is None
    column = column_of(times, pa.time64("us"))
    assert column.hours == [sum(time.hour == hour for time in times) for hour in range(24)]
    assert column.weekdays is None


MOMENT = dt.datetime(2013, 6, 1, 12, 30, tzinfo=dt.UTC)
EAST = MOMENT.astimezone(dt.timezone(dt.timedelta(hours=9)))
SAME = [EAST, MOMENT.replace(tzinfo=None), np.datetime64("2013-06-01T12:30"), "2013-06-01T12:30Z"]


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
@pytest.mark.parametrize("moment", [MOMENT, *SAME])
def test_ranks_of_times_are_asked_for_in_any_form(unit: str, moment: Any) -> None:
    """Of Python with any zone and without, of NumPy and as text; one value of three is after it."""
    times = [MOMENT - dt.timedelta(seconds=1), MOMENT, MOMENT + dt.timedelta(seconds=1)]
    column = column_of(times, pa.timestamp(unit, "UTC"))
    assert column.rank(moment) == pytest.approx(2 / 3)
    assert column.rank([moment, dt.datetime.min, dt.datetime.max])[1:] == [0, 1]  # noqa: DTZ901
    assert [count.value for count in column.histogram([times[0], moment, times[2]]).counts] == [
        2,
        1,
    ]


@pytest.mark.parametrize(
    ("kind", "values", "asked"),
    [
        (pa.time64("us"), [1, 3_600_000_000], dt.time(0, 30)),
        (pa.duration("ms"), [1, 3_600_000], dt.timedelta(minutes=30)),
        (pa.duration("ns"), [1, 2**62], np.timedelta64(30, "m")),
        (pa.date32(), [1, 100], dt.date(1970, 2, 1)),
        (pa.date64(), [DAY_IN_MS, 100 * DAY_IN_MS], "1970-02-01"),
    ],
)
def test_ranks_of_times_without_a_date_and_of_dates(
    kind: pa.DataType, values: list[int], asked: Any
) -> None:
    """In whatever unit the column is."""
    array = pa.array(values, pa.int32() if kind.bit_width == 32 else pa.int64()).cast(kind)
    assert column_of(array).rank(asked) == 0.5


@pytest.mark.parametrize("asked", [None, "yesterday", np.datetime64("NaT"), 1.5, dt.time(1)])
def test_what_is_no_time_has_no_rank_among_times(asked: Any) -> None:
    """It is named, with the type of the column."""
    with pytest.raises(InputTypeError, match=r"timestamp\[us\] is asked for times, got "):
        column_of([0], pa.timestamp("us")).rank(asked)


def test_zones_are_told_and_times_are_in_utc() -> None:
    """The same instant in two zones has one hour."""
    noon = dt.datetime(2013, 6, 1, 12, tzinfo=dt.UTC)
    for zone in ("UTC", "Europe/Oslo", "+09:30"):
        column = column_of([noon], pa.timestamp("s", zone))
        assert column.type == f"timestamp[s, {zone}]"
        assert column.hours.index(1) == 12
        assert column.min == np.datetime64("2013-06-01T12:00:00")


def test_dates_beyond_those_of_python_are_told_and_shown() -> None:
    """As NumPy's, which have no year 9999; beside dates of Python in one column."""
    days = np.array(["-0044-03-15", "1970-01-01", "12013-01-01"], "datetime64[D]")
    made = dp.profile(pa.table({"x": pa.array(days.astype(np.int32), pa.date32())}))
    assert (made["x"].min, made["x"].max) == (days[0], days[-1])
    assert made["x"].median.value == dt.date(1970, 1, 1)
    assert "12013-01-01" in repr(made)


# ---- Text


# What Unicode calls White_Space; Python adds four separators from U+001C on.
SEPARATORS = "\x1c\x1d\x1e\x1f"
TEXT = st.text(st.characters(exclude_characters=SEPARATORS, exclude_categories=["Cs"]))


@given(st.lists(TEXT | st.text(" \t\n\u00a0\u3000ab.", max_size=300)))
def test_strings_are_measured_as_python_measures_them(values: list[str]) -> None:
    """Lengths in bytes and characters, words, blank and empty ones."""
    column = column_of(values, pa.string())
    sizes, lengths = [len(value.encode()) for value in values], [len(value) for value in values]
    assert column.empty == values.count("")
    assert column.blank == sum(value.isspace() for value in values)
    assert column.words == sum(len(value.split()) for value in values)
    for found, expected in ((column.lengths, sizes), (column.characters, lengths)):
        assert (found.n, found.sum) == (len(values), sum(expected))
        assert (found.min, found.max) == (min(expected, default=None), max(expected, default=None))
        assert sum(found.counts.values()) == len(values)
        if len(values) > 1:
            # A difference of two sums, each rounded, of squares that are at least as large.
            slack = 4 * float(EPSILON) * sum(size**2 for size in expected)
            assert abs(found.std**2 - np.var(expected, ddof=1)) <= slack / (len(values) - 1) + 1e-12
        for rank in (0, 0.3, 1) if values else ():
            quantile = found.quantile(rank)
            truth = sorted(expected)[max(0, math.ceil(rank * len(values)) - 1)]
            assert quantile.lower <= truth <= quantile.upper
    if values and column.bytes < 256:
        assert (column.min, column.max) == (min(values), max(values))


def integer(text: str) -> None:
    """Digits with an optional sign."""
    if not re.fullmatch(r"[+-]?[0-9]+", text):
        raise ValueError(text)


def number(text: str) -> None:
    """What Python takes as a float, without underscores and other digits."""
    if "_" in text or not text.isascii():
        raise ValueError(text)
    float(text)


def boolean(text: str) -> None:
    """In any case."""
    if text.lower() not in ("true", "false"):
        raise ValueError(text)


def compound(text: str) -> None:
    """A JSON object or array."""
    if not isinstance(json.loads(text), (dict, list)):
        raise TypeError(text)


PARSERS: dict[str, Callable[[str], Any]] = {
    "integer": integer,
    "decimal": number,
    "boolean": boolean,
    "uuid": uuid.UUID,
    "ip": ipaddress.ip_address,
    "json": compound,
}
FINITE = st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | FINITE | st.text(),
    lambda inside: st.lists(inside) | st.dictionaries(st.text(), inside),
    max_leaves=5,
)
WRITTEN: dict[str, st.SearchStrategy[str]] = {
    "integer": st.integers().map(str),
    "decimal": st.floats().map(repr) | st.decimals(allow_nan=False).map(str),
    "boolean": st.sampled_from(["true", "FALSE", "True"]),
    "date": DATES.map(str),
    "timestamp": st.datetimes().map(str)
    | st.datetimes(timezones=st.just(dt.UTC)).map(dt.datetime.isoformat),
    "uuid": st.uuids().map(str),
    "ip": st.ip_addresses().map(str),
    "json": (st.lists(JSON) | st.dictionaries(st.text(), JSON)).map(json.dumps),
    "email": st.from_regex(r"[a-z0-9._%+-]{1,20}@[a-z0-9]{1,10}\.[a-z]{2,6}", fullmatch=True),
    "url": st.from_regex(r"(https?|s3)://[a-z0-9.]{1,20}(/[a-z0-9?=&%]{0,9}){0,3}", fullmatch=True),
}


@pytest.mark.parametrize("kind", WRITTEN)
@given(data=st.data())
def test_what_is_written_as_a_kind_is_told_as_it(kind: str, data: st.DataObject) -> None:
    """By Python's own writers; whole numbers without a point are integers."""
    text = data.draw(WRITTEN[kind])
    if kind == "decimal" and re.fullmatch(r"[+-]?[0-9]+", text):
        kind = "integer"
    assert dict(column_of([text]).contents) == {kind: 1}


@st.composite
def mutilated(draw: st.DrawFn) -> str:
    """What is written as some kind, with one character changed, left out or put in."""
    text: str = draw(st.one_of(*WRITTEN.values()))
    at = draw(st.integers(0, len(text)))
    more = draw(st.text('0123456789+-.:/eETZ{}[]",@ aft', max_size=1))
    return text[:at] + more + text[at + draw(st.integers(0, 1)) :]


@given(mutilated() | st.text("0123456789+-.:eE ", max_size=12))
def test_what_is_told_as_a_number_or_another_kind_is_one_to_python(text: str) -> None:
    """Whoever converts the column as told does not fail on it."""
    (kind,) = column_of([text]).contents
    if kind == "blank":
        assert not text.strip()
    elif kind in PARSERS:
        PARSERS[kind](text.strip())


@pytest.mark.parametrize(
    "text",
    [
        "2013-02-30", "2013-04-31", "1900-02-29", "2013-01-01 24:61", "2013-01-01T99:99:99",
        "2013-01-01 12:00+99:99", "2013-01-01T12:00+1:2:3", "2013-01-01T12:00-0:0:",
    ],
)  # fmt: skip
def test_what_no_calendar_has_is_no_date(text: str) -> None:
    """Nor a timestamp: whoever converts the column as told would fail on it."""
    assert dict(column_of([text]).contents) == {"text": 1}


@given(st.dates(), st.times(), st.integers(0, 40), st.integers(0, 70))
def test_what_is_told_as_a_date_or_a_timestamp_is_one_to_python(
    date: dt.date, time: dt.time, day: int, minute: int
) -> None:
    """At every day of every month, and every minute."""
    (kind,) = column_of([text := f"{date:%Y-%m-}{day:02}"]).contents
    if kind == "date":
        dt.date.fromisoformat(text)
    (kind,) = column_of([text := f"{date}T{time:%H}:{minute:02}"]).contents
    if kind == "timestamp":
        dt.datetime.fromisoformat(text)


# ---- Of no kind of their own


UUIDS = pa.array([uuid.UUID(int=7).bytes, None], pa.uuid())
UNIONS = [
    pa.UnionArray.from_sparse(
        pa.array([0, 1], pa.int8()), [pa.array([1, 2]), pa.array(["a", "b"])]
    ),
    pa.UnionArray.from_dense(
        pa.array([0, 1], pa.int8()), pa.array([0, 0], pa.int32()), [pa.array([1]), pa.array(["b"])]
    ),
]


@pytest.mark.parametrize(
    ("array", "inside"),
    [
        (UUIDS, "x"),
        (pa.ListArray.from_arrays(pa.array([0, 1, 2], pa.int32()), UUIDS), "x[]"),
        (pa.StructArray.from_arrays([UUIDS], ["id"]), "x.id"),
        (pa.MapArray.from_arrays(pa.array([0, 2, 2], pa.int32()), ["a", "b"], UUIDS), "x{value}"),
    ],
)
def test_extension_types_are_profiled_as_what_they_are_stored_as(
    array: pa.Array, inside: str
) -> None:
    """Wherever they stand, with rows and without."""
    made = dp.profile(pa.table({"x": array}))[inside]
    assert (made.type, made.rows, made.nulls) == ("fixed_size_binary[16]", 2, 1)
    assert dp.profile(pa.table({"x": array[:0]}))[inside].rows == 0


@pytest.mark.parametrize("union", UNIONS)
def test_of_unions_rows_are_counted(union: pa.Array) -> None:
    """Alone and inside others, and nothing else."""
    table = pa.table({"x": union, "y": pa.StructArray.from_arrays([union], ["z"])})
    for column in (dp.profile(table)["x"], dp.profile(table)["y.z"]):
        assert column.rows == 2
        assert column.min is column.distinct is column.quantile(0.5) is None
        assert column.top() == []


@pytest.mark.parametrize(
    "column", [*UNIONS, pa.nulls(2, pa.month_day_nano_interval())], ids=lambda one: str(one.type)
)
def test_types_of_which_only_rows_are_counted_survive_a_file(column: pa.Array) -> None:
    """By their names."""
    found = dp.profile(pa.table({"x": column}))
    assert pickle.loads(pickle.dumps(found)) == found
    assert found["x"].type != "null"


# ---- Encoded


def test_a_large_dictionary_column_has_the_facts_of_its_values() -> None:
    """Counted by code: what is exact is, and what is sketched is within its bounds."""
    random = np.random.default_rng(29)
    values = random.zipf(1.3, 200_000) % 5_000
    plain = pa.array([f"value {value}" if value % 3 else str(value) for value in values])
    found: Any = dp.profile(pa.table({"x": plain.dictionary_encode()}))["x"]
    expected = column_of(plain)
    for fact in ("rows", "nulls", "bytes", "min", "max", "lengths", "characters", "words", "empty"):
        assert getattr(found, fact) == getattr(expected, fact)
    truth = Counter(plain.to_pylist())
    assert len(found.top(50)) > 10
    for item in found.top(50):
        assert item.estimate.lower <= truth[item.item] <= item.estimate.upper
    integers = sum(count for value, count in truth.items() if value.isdigit())
    for column in (found, expected):
        assert column.contents is not None
        assert column.contents["integer"].lower <= integers <= column.contents["integer"].upper
        # Three times the interval of two standard deviations.
        apart = column.distinct.upper - column.distinct.lower
        assert abs(column.distinct - len(truth)) <= 1.5 * apart


def test_unused_codes_of_a_dictionary_are_no_values() -> None:
    """They did not come."""
    for values in (["a", "b", "never"], [1, 2, 99], [1.5, math.inf, math.nan]):
        array = pa.DictionaryArray.from_arrays(pa.array([0, 1, 0, None], pa.int8()), values)
        column = column_of(array)
        plain = column_of([values[0], values[1], values[0], None])
        for fact in ("rows", "nulls", "min", "max", "nans", "n", "sum", "bytes", "top"):
            one, other = getattr(column, fact), getattr(plain, fact)
            assert (one(), 1) == (other(), 1) if callable(one) else one == other, fact
        assert round(column.distinct) == 2
