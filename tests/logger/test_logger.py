"""Rows find their windows, and each window is delivered once, as the profile of its rows."""

from __future__ import annotations

import datetime as dt
import threading
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import drypoint as dp
from drypoint import ClosedError, InputTypeError, InputValueError, Logger, ParameterError

if TYPE_CHECKING:
    from collections.abc import Callable

HOUR = dt.timedelta(hours=1)
NOON = dt.datetime(2013, 1, 1, 12, tzinfo=dt.UTC)


def window(start: dt.datetime, length: dt.timedelta = HOUR) -> tuple[dt.datetime, dt.datetime]:
    """The window that begins there."""
    return start, start + length


@pytest.fixture
def sink() -> list[Any]:
    """What was delivered, in order."""
    return []


@pytest.fixture
def logger(sink: list[Any], clock: Callable[[], float]) -> Logger:
    """Windows of an hour by event time, late by an hour, at noon."""
    return Logger("rides", sink=sink.append, timestamp="at", clock=clock)


MINUTES = st.integers(-300, 60)
ROWS = st.lists(
    st.fixed_dictionaries(
        {"at": MINUTES.map(lambda minutes: NOON + dt.timedelta(minutes=minutes))},
        optional={"fare": st.one_of(st.none(), st.floats()), "city": st.text("ab", max_size=2)},
    ),
    min_size=1,
    max_size=30,
)


def by_window(rows: list[dict[str, Any]]) -> dict[Any, dp.Profile]:
    """The profile of the rows of each window, as a batch."""
    found: dict[Any, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(window(row["at"].replace(minute=0)), []).append(row)
    return {
        one: dp.profile(rows, dataset="rides", window=one, tags={"model": "3"})
        for one, rows in found.items()
    }


@given(rows=ROWS)
def test_a_window_is_delivered_as_the_profile_of_its_rows(rows: list[dict[str, Any]]) -> None:
    """To the bit, with dataset, window and tags; windows in their order, none that is empty."""
    sink: list[Any] = []
    tags = {"model": "3"}
    with Logger(
        "rides", sink=sink.append, timestamp="at", tags=tags, clock=NOON.timestamp
    ) as logger:
        for row in rows:
            logger.log(row)
    assert sink == sorted(sink, key=lambda profile: profile.window)
    assert {profile.window: profile for profile in sink} == by_window(rows)
    assert len(sink) == len(by_window(rows))
    assert logger.counts["rows"] == len(rows)


@given(rows=ROWS)
def test_a_table_goes_to_the_windows_of_its_rows(rows: list[dict[str, Any]]) -> None:
    """Each part is the profile of these rows of the table."""
    table = pa.Table.from_pylist(
        rows, pa.schema({"at": pa.timestamp("us", "UTC"), "fare": "float64", "city": "string"})
    )
    sink: list[Any] = []
    with Logger("rides", sink=sink.append, timestamp="at", clock=NOON.timestamp) as logger:
        logger.update(table)
    assert sum(profile.rows for profile in sink) == len(rows) == logger.counts["rows"]
    for profile in sink:
        kept = [profile.window[0] <= row["at"] < profile.window[1] for row in rows]
        mine = table.filter(pa.array(kept))
        assert profile == dp.profile(mine, dataset="rides", window=profile.window)


def test_a_window_is_delivered_when_it_is_over_and_late_rows_have_had_time(
    logger: Logger, sink: list[Any], clock: Any
) -> None:
    """At 13:59:59 that of noon still waits."""
    logger.log({"at": NOON, "x": 1})
    clock.now += 7_199
    logger.flush()
    assert sink == []
    logger.log({"at": NOON, "x": 2})
    clock.now += 1
    logger.flush()
    assert [(one.window, one.rows) for one in sink] == [(window(NOON), 2)]
    assert logger.counts["late"] == 0
    logger.close()
    assert len(sink) == 1


def test_a_row_at_the_end_of_a_window_is_of_the_next(logger: Logger, sink: list[Any]) -> None:
    """Windows are half-open."""
    logger.log({"at": NOON})
    logger.log({"at": NOON + HOUR - dt.timedelta(microseconds=1)})
    logger.log({"at": NOON + HOUR})
    logger.close()
    assert [(one.window, one.rows) for one in sink] == [(window(NOON), 2), (window(NOON + HOUR), 1)]


def test_late_rows_are_a_further_profile_of_their_window(
    logger: Logger, sink: list[Any], clock: Any
) -> None:
    """Which merges with the one that was delivered, into the profile of all."""
    logger.log({"at": NOON, "x": 1})
    clock.now += 2 * 3_600
    logger.flush()
    logger.log({"at": NOON, "x": 5})
    logger.update(pa.table({"at": pa.array([NOON]), "x": [7]}))
    assert logger.counts["late"] == 2
    logger.flush()
    assert len(sink) == 1
    clock.now += 3_600
    logger.flush()
    first, second = sink
    assert first.window == second.window == window(NOON)
    whole = first | second
    assert (whole.rows, whole.window, whole["x"].sum) == (3, window(NOON), 13)
    logger.close()


def test_windows_without_rows_are_not_delivered(
    logger: Logger, sink: list[Any], clock: Any
) -> None:
    """Nor is one whose only row was refused, or a table without rows."""
    with pytest.raises(InputTypeError):
        logger.log({"at": NOON, "x": object()})
    logger.update(pa.table({"at": pa.array([], pa.timestamp("us")), "x": pa.array([], pa.int64())}))
    clock.now += 10 * 3_600
    logger.flush()
    logger.close()
    assert sink == []
    assert logger.counts["rows"] == 0


@pytest.mark.parametrize(
    "when",
    [
        None,
        "soon",
        float("nan"),
        NOON + dt.timedelta(days=2),
        dt.datetime.max.replace(tzinfo=dt.UTC),
        1e18,
        "0001-01-01",
    ],
    ids=repr,
)
def test_rows_that_do_not_tell_when_they_happened_are_kept_apart(
    logger: Logger, sink: list[Any], when: Any
) -> None:
    """In the window in which they came, with a tag that says so."""
    logger.log({"at": when, "x": 1})
    logger.log({"x": 2})
    logger.log({"at": NOON, "x": 3})
    logger.close()
    assert logger.counts["untimed"] == 2
    assert {(one.window, one.rows, one.tags.get("event_time")) for one in sink} == {
        (window(NOON), 2, "unknown"),
        (window(NOON), 1, None),
    }


def test_rows_of_a_table_that_do_not_tell_are_kept_apart(logger: Logger, sink: list[Any]) -> None:
    """Nulls and the far future."""
    times = pa.array([NOON, None, NOON + dt.timedelta(days=400)], pa.timestamp("ns", "UTC"))
    logger.update(pa.table({"at": times, "x": [1, 2, 3]}))
    logger.close()
    assert logger.counts["untimed"] == 2
    assert sum(one.rows for one in sink) == 3


def test_the_near_future_is_believed(logger: Logger, sink: list[Any]) -> None:
    """Clocks differ; a day is the bound."""
    logger.log({"at": NOON + dt.timedelta(hours=23)})
    logger.close()
    assert [one.window for one in sink] == [window(NOON + dt.timedelta(hours=23))]


def test_without_event_times_the_clock_tells_the_window(sink: list[Any], clock: Any) -> None:
    """And a window is delivered as soon as it is over."""
    logger = Logger("rides", sink=sink.append, window="15m", clock=clock)
    logger.log({"x": 1})
    clock.now += 899
    logger.log({"x": 2})
    logger.update(pa.table({"x": [3]}))
    clock.now += 1
    logger.log({"x": 4})
    logger.flush()
    quarter = dt.timedelta(minutes=15)
    assert [(one.window, one["x"].sum) for one in sink] == [(window(NOON, quarter), 6)]
    logger.close()
    assert [one["x"].sum for one in sink] == [6, 4]


def test_flushing_everything_delivers_open_windows(logger: Logger, sink: list[Any]) -> None:
    """Rows that follow are a further profile; nothing comes twice."""
    logger.log({"at": NOON, "x": 1})
    logger.flush(everything=True)
    logger.flush(everything=True)
    logger.log({"at": NOON, "x": 2})
    logger.close()
    assert [(one.window, one["x"].sum) for one in sink] == [(window(NOON), 1), (window(NOON), 2)]


def test_a_bad_row_is_refused_and_the_others_stay(logger: Logger, sink: list[Any]) -> None:
    """As `Profiler.log` does."""
    logger.log({"at": NOON, "x": 1})
    with pytest.raises(InputValueError, match="column 'x': 64 bits do not hold"):
        logger.log({"at": NOON, "x": 2**64})
    with pytest.raises(InputTypeError, match="a row is a mapping"):
        logger.log([1])  # type: ignore[arg-type]
    logger.log({"at": NOON, "x": 2})
    logger.close()
    assert (logger.counts["rows"], sink[0]["x"].sum) == (2, 3)


def test_a_table_without_the_event_time_is_refused(logger: Logger) -> None:
    """The message says which columns there are."""
    with pytest.raises(ParameterError, match=r"column 'at' not found; there are 'x'"):
        logger.update(pa.table({"x": [1]}))
    logger.close()


def test_a_closed_logger_takes_nothing(logger: Logger) -> None:
    """To close it again is nothing."""
    logger.close()
    with pytest.raises(ClosedError, match="the logger of 'rides' is closed; open another one"):
        logger.log({"at": NOON})
    with pytest.raises(ClosedError):
        logger.update(pa.table({"at": pa.array([NOON])}))
    logger.close()


def test_wrong_options_are_told_at_once() -> None:
    """Not when the first row comes."""
    with pytest.raises(ParameterError, match="window must be"):
        Logger("rides", sink=print, window="1 hour")
    with pytest.raises(ParameterError, match="segment_by must name at least one column"):
        Logger("rides", sink=print, segment_by=[])


# ---- Segments


def test_windows_may_be_of_segments(sink: list[Any], clock: Any) -> None:
    """A profile set of each window, rows without the key being of the null segment."""
    rows: list[dict[str, Any]] = [
        {"carrier": "UA", "delay": 4},
        {"carrier": "AA", "delay": 11},
        {"delay": 7},
        {"carrier": "UA", "delay": None},
    ]
    logger = Logger("flights", sink=sink.append, segment_by=["carrier"], clock=clock)
    for row in rows:
        logger.log(row)
    logger.close()
    (made,) = sink
    assert made == dp.profile(rows, segment_by=["carrier"], dataset="flights", window=window(NOON))
    assert made[None].rows == 1


def test_segments_lose_no_row_to_values_of_other_types(sink: list[Any], clock: Any) -> None:
    """Or to large integers and broken text."""
    values = [1, "a", 2**63, "\ud800", None, 2.5, True, [1], 3]
    logger = Logger("flights", sink=sink.append, segment_by=["key"], clock=clock)
    for index, value in enumerate(values * 10):
        logger.log({"key": f"k{index % 2}", "x": value})
    logger.close()
    (made,) = sink
    assert (made.rows, made.overall["x"].rows, made.overall["x"].nulls) == (90, 90, 10)
    assert made["k0"].rows == made["k1"].rows == 45


# ---- Threads


def test_many_threads_log_while_windows_turn_and_no_row_is_lost_or_torn(
    sink: list[Any], clock: Any
) -> None:
    """Others flush everything all the time."""
    logger = Logger("rides", sink=sink.append, window="1s", clock=clock)
    done = threading.Event()

    def turn() -> None:
        while not done.is_set():
            clock.now += 0.5
            logger.flush(everything=True)

    def work() -> None:
        for index in range(500):
            logger.log({"a": index, "b": index})
            if index % 50 == 0:
                logger.update(pa.table({"a": [index] * 3, "b": [index] * 3}))

    turner = threading.Thread(target=turn)
    workers = [threading.Thread(target=work) for _ in range(6)]
    for thread in [turner, *workers]:
        thread.start()
    for thread in workers:
        thread.join()
    done.set()
    turner.join()
    logger.close()
    whole = dp.merge(sink)
    assert whole.rows == logger.counts["rows"] == 6 * (500 + 30)
    assert whole["a"].sum == whole["b"].sum == 6 * (sum(range(500)) + 3 * sum(range(0, 500, 50)))
    assert all(one["a"].sum == one["b"].sum for one in sink)
    assert len({id(one) for one in sink}) == len(sink) == logger.counts["delivered"]


def test_windows_are_delivered_without_being_asked() -> None:
    """By a thread of the logger, by the real clock."""
    came = threading.Event()
    sink: list[Any] = []

    def take(profile: Any) -> None:
        sink.append(profile)
        came.set()

    logger = Logger("rides", sink=take, window="1s")
    logger.log({"x": 1})
    assert came.wait(timeout=60)
    logger.close()
    assert [one.rows for one in sink] == [1]


# ---- The predecessor's rolling logger


def test_a_window_is_delivered_once_however_often_it_is_flushed(
    logger: Logger, sink: list[Any], clock: Any
) -> None:
    """There the same profile was written again with each turn."""
    logger.log({"at": NOON, "x": 1})
    for _ in range(5):
        clock.now += 3_600
        logger.flush()
        logger.flush(everything=True)
    logger.close()
    assert len(sink) == 1


def test_a_window_says_when_it_began_and_ended(logger: Logger, sink: list[Any], clock: Any) -> None:
    """There a profile had the time at which its timer would run, in the future."""
    logger.log({"at": NOON - HOUR, "x": 1})
    clock.now += 5 * 3_600
    logger.close()
    assert sink[0].window == window(NOON - HOUR)
