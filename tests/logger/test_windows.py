"""Windows are half-open and aligned, every instant is in one, and tables are cut along them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drypoint import ParameterError
from drypoint.logger._instant import EPOCH, MICROSECOND, instant
from drypoint.logger._split import split
from drypoint.logger._windows import SECOND, Windows, duration

LENGTHS = ["1s", "90s", "15m", "1h", "6h", "1d", "7d", "1w", "30d"]
INSTANTS = st.integers(-(2**54), 2**54)


@given(when=INSTANTS, length=st.sampled_from(LENGTHS))
def test_every_instant_is_in_one_window(when: int, length: str) -> None:
    """Which begins at or before it, ends after it, and is as long as it should be."""
    windows = Windows(duration("window", length, step=SECOND))
    start = windows.start(when)
    assert start <= when < start + windows.width
    assert windows.start(start) == windows.start(start + windows.width - 1) == start
    assert windows.start(start - 1) == start - windows.width
    first, last = windows.bounds(start)
    assert first.tzinfo is last.tzinfo is dt.UTC
    assert (last - first) // MICROSECOND == windows.width


@given(when=INSTANTS, length=st.sampled_from(["15m", "1h", "6h", "1d"]))
def test_windows_within_a_day_begin_where_the_day_does(when: int, length: str) -> None:
    """In UTC: at full hours, quarters and midnights."""
    windows = Windows(duration("window", length, step=SECOND))
    first, _ = windows.bounds(windows.start(when))
    midnight = first.replace(hour=0, minute=0, second=0, microsecond=0)
    assert (first - midnight) // MICROSECOND % windows.width == 0


@given(when=INSTANTS, length=st.sampled_from(["7d", "1w", "2w"]))
def test_weeks_begin_on_monday(when: int, length: str) -> None:
    """Though 1970 began on a Thursday."""
    windows = Windows(duration("window", length, step=SECOND))
    first, _ = windows.bounds(windows.start(when))
    assert (first.weekday(), first.time()) == (0, dt.time())


@pytest.mark.parametrize(
    "length", ["", "h", "1", "1 h", "-1h", "0h", "1.5h", "1y", 3600, None, dt.timedelta(0)]
)
def test_what_is_no_length_of_time_is_refused(length: Any) -> None:
    """The message says how one is written."""
    with pytest.raises(
        ParameterError, match="window must be a timedelta of whole seconds or a tex"
    ):
        duration("window", length, step=SECOND)


def test_lengths_are_texts_or_timedeltas() -> None:
    """All in microseconds."""
    assert duration("late", "15m") == duration("late", dt.timedelta(minutes=15)) == 900 * SECOND
    assert duration("late", dt.timedelta(microseconds=5)) == 5
    assert duration("late", "0s") == 0


# ---- When a row happened

WHEN = dt.datetime(2013, 1, 1, 8, 15, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "value",
    [
        WHEN,
        WHEN.replace(tzinfo=None),
        WHEN.astimezone(dt.timezone(dt.timedelta(hours=-5))),
        "2013-01-01T08:15:00Z",
        "2013-01-01 08:15",
        "2013-01-01T10:15:00+02:00",
        WHEN.timestamp(),
        int(WHEN.timestamp()),
        np.int64(WHEN.timestamp()),
        np.float64(WHEN.timestamp()),
        np.datetime64("2013-01-01T08:15"),
        np.datetime64("2013-01-01T08:15", "ns"),
        pd.Timestamp("2013-01-01T08:15Z"),
        pd.Timestamp("2013-01-01T08:15"),
    ],
    ids=repr,
)
def test_an_instant_is_read_from_all_that_tells_one(value: Any) -> None:
    """They are all the same instant; without a zone it is UTC."""
    assert instant(value) == (WHEN - EPOCH) // MICROSECOND


def test_a_date_is_its_midnight() -> None:
    """In UTC."""
    assert instant(WHEN.date()) == instant("2013-01-01") == instant(np.datetime64("2013-01-01"))
    assert instant(WHEN.date()) == (WHEN.replace(hour=0, minute=0) - EPOCH) // MICROSECOND


@pytest.mark.parametrize(
    "value",
    [None, "yesterday", "", float("nan"), float("inf"), True, pd.NaT, np.datetime64("NaT"), [], {}],
    ids=repr,
)
def test_what_does_not_tell_an_instant_is_none(value: Any) -> None:
    """And raises nothing, whatever it is."""
    assert instant(value) is None


# ---- Tables

TIMES = st.datetimes(dt.datetime(1960, 1, 1), dt.datetime(2040, 1, 1))  # noqa: DTZ001 # zoned below
COLUMNS = [
    pa.timestamp("s"),
    pa.timestamp("ms", "Europe/Kyiv"),
    pa.timestamp("us"),
    pa.timestamp("ns", "UTC"),
    pa.date32(),
    pa.date64(),
]


@given(
    times=st.lists(st.one_of(st.none(), TIMES), max_size=50),
    kind=st.sampled_from([*COLUMNS, pa.string()]),
    length=st.sampled_from(["15m", "1d", "7d", "30d"]),
)
def test_a_table_is_cut_as_its_rows_would_be(
    times: list[dt.datetime | None], kind: pa.DataType, length: str
) -> None:
    """Each row is in the part of its window, in order, whatever type the column has."""
    utc = [None if time is None else time.replace(tzinfo=dt.UTC) for time in times]
    texts = pa.array([None if time is None else time.isoformat() for time in utc], pa.string())
    column = texts if kind == pa.string() else pa.array(utc, pa.timestamp("us", "UTC"))
    if kind != pa.string():
        column = column.cast(kind, safe=False)
    batch = pa.record_batch({"at": column, "row": pa.array(range(len(times)), pa.int64())})
    windows = Windows(duration("window", length))
    least, most = instant("1970-01-01"), instant("2030-01-01")
    assert least is not None
    assert most is not None
    expected: dict[int | None, list[int]] = {}
    for row, value in enumerate(column.to_pylist()):
        when = instant(value)
        told = when is not None and least <= when < most
        expected.setdefault(windows.start(when or 0) if told else None, []).append(row)
    parts = list(split(batch, "at", windows, least=least, most=most))
    assert {start: part["row"].to_pylist() for start, part in parts} == expected
    assert len(parts) == len(expected)


def test_a_table_of_one_window_is_not_copied() -> None:
    """Its buffers are those that came."""
    batch = pa.record_batch({"at": pa.array([0, 1, 2], pa.timestamp("s"))})
    ((start, part),) = split(batch, "at", Windows(SECOND * 60), least=-(2**50), most=2**50)
    assert start == 0
    assert part["at"].buffers()[1].address == batch["at"].buffers()[1].address


def test_times_at_the_ends_of_64_bits_are_not_believed() -> None:
    """Nor do they wrap."""
    batch = pa.record_batch({"at": pa.array([2**63 - 1, -(2**63), 5], pa.timestamp("s"))})
    parts = split(batch, "at", Windows(SECOND * 60), least=-(2**50), most=2**50)
    assert {start: part.num_rows for start, part in parts} == {None: 2, 0: 1}


def test_a_table_without_the_column_is_refused() -> None:
    """The message says which there are."""
    batch = pa.record_batch({"time": [1]})
    with pytest.raises(ParameterError, match=r"column 'at' not found; there are 'time'"):
        list(split(batch, "at", Windows(SECOND), least=0, most=1))
