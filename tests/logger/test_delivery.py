"""What a sink refuses is kept, tried again, reported, and never delivered twice."""

from __future__ import annotations

import datetime as dt
import logging
import pickle
import threading
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import drypoint as dp
from drypoint import DeliveryError, Logger
from drypoint.logger._delivery import Retries

SOON = dt.timedelta(milliseconds=1)


class Sink:
    """Fails as often as it is told, then takes profiles.

    Attributes:
        failures: how often it is still going to fail.
        taken: what it took.
        calls: how often it was called.
    """

    def __init__(self, failures: int) -> None:
        self.failures = failures
        self.taken: list[Any] = []
        self.calls = 0

    def __call__(self, profile: Any) -> None:
        """Takes it, or fails."""
        self.calls += 1
        if self.failures > 0:
            self.failures -= 1
            raise OSError("the disk is full")
        self.taken.append(profile)


def opened(sink: Any, clock: Any, **options: Any) -> Logger:
    """A logger whose failures are soon tried again."""
    options = {"retry": SOON, "retry_most": SOON, "window": "1s", "clock": clock} | options
    return Logger("rides", sink=sink, **options)


@given(first=st.floats(0.001, 10), most=st.floats(0.001, 1_000), failures=st.integers(1, 10_000))
def test_waits_double_up_to_the_most_and_differ(first: float, most: float, failures: int) -> None:
    """Between a half and the whole of it."""
    whole = min(most, first * 2.0 ** min(failures - 1, 63))
    assert whole / 2 <= Retries(first, most).after(failures) <= whole


@pytest.mark.parametrize("failures", [1, 3, 7])
def test_a_sink_that_recovers_gets_every_profile_once(failures: int, clock: Any) -> None:
    """In whatever order; and whoever asks is told of each failure."""
    told: list[tuple[Any, Exception]] = []
    sink = Sink(failures)
    logger = opened(sink, clock, on_error=lambda *args: told.append(args), patience=60)
    for second in range(3):
        clock.now += 1
        logger.log({"x": second})
    logger.close()
    assert sorted(profile["x"].sum for profile in sink.taken) == [0, 1, 2]
    assert sink.calls == 3 + failures
    assert [str(error) for _, error in told] == ["the disk is full"] * failures
    assert all(profile.rows == 1 for profile, _ in told)
    assert logger.counts["failures"] == failures
    assert logger.pending == []


def test_what_was_not_delivered_is_tried_again_in_the_background() -> None:
    """Without a flush."""
    came = threading.Event()
    calls: list[Any] = []

    def take(profile: Any) -> None:
        calls.append(profile)
        if len(calls) < 3:
            raise OSError("not yet")
        came.set()

    with Logger("rides", sink=take, window="1s", retry=SOON, retry_most=SOON) as logger:
        logger.log({"x": 1})
        assert came.wait(timeout=60)
    assert calls[0] is calls[1] is calls[2]
    assert len(calls) == 3


def test_failures_are_reported_with_the_reason(
    clock: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """To the log `drypoint`, and what is kept can be seen."""
    sink = Sink(1)
    logger = opened(sink, clock, window="1h", retry="1h", retry_most="1h")
    logger.log({"x": 5})
    with caplog.at_level(logging.INFO, "drypoint"):
        logger.flush(everything=True)
        assert "'rides'" in caplog.text
        assert "OSError: the disk is full" in caplog.text
        assert [profile.rows for profile in logger.pending] == [1]
        assert logger.counts["pending"] == 1
        logger.flush()
        assert "delivered after 1 failures" in caplog.text
    assert sink.taken == [dp.profile([{"x": 5}], dataset="rides", window=sink.taken[0].window)]
    logger.close()


def test_one_profile_that_is_never_taken_does_not_hold_up_the_others(clock: Any) -> None:
    """A sink may choke on one of them."""
    taken: list[Any] = []
    choking = {1}

    def take(profile: Any) -> None:
        if profile["x"].sum in choking:
            raise ValueError("not this one")
        taken.append(profile["x"].sum)

    logger = opened(take, clock, patience=60)
    for second in range(4):
        clock.now += 1
        logger.log({"x": second})
    logger.flush(everything=True)
    assert sorted(taken) == [0, 2, 3]
    assert [profile.rows for profile in logger.pending] == [1]
    choking.clear()
    logger.close()
    assert sorted(taken) == [0, 1, 2, 3]


def test_close_gives_up_in_the_end_and_hands_over_what_is_left(clock: Any) -> None:
    """To close again is to try again."""
    sink = Sink(10**9)
    logger = opened(sink, clock, retry="1h", retry_most="1h")
    logger.log({"x": 1})
    logger.flush(everything=True)
    with pytest.raises(
        DeliveryError, match=r"1 profiles of 'rides' \(1 rows\) were not deliv"
    ) as e:
        logger.close()
    assert "OSError: the disk is full" in str(e.value)
    assert e.value.profiles == logger.pending
    assert e.value.profiles[0]["x"].sum == 1
    sink.failures = 0
    logger.close()
    logger.close()
    assert sink.taken == e.value.profiles
    assert logger.pending == []


def test_close_does_not_wait_for_ever_for_a_sink_that_never_returns(clock: Any) -> None:
    """What is on its way counts as not delivered."""
    release = threading.Event()
    logger = opened(lambda _: release.wait(), clock, patience=0.05)
    logger.log({"x": 1})
    with pytest.raises(DeliveryError, match="the sink is at work"):
        logger.close()
    release.set()
    logger._patience = 60
    logger.close()


def test_a_listener_that_fails_changes_nothing(
    clock: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """It is reported, and the profile delivered."""
    sink = Sink(2)

    def listen(_profile: Any, _error: Exception) -> None:
        raise RuntimeError("deaf")

    with opened(sink, clock, on_error=listen, patience=60) as logger:
        logger.log({"x": 1})
    assert len(sink.taken) == 1
    assert "deaf" in caplog.text


def test_an_error_in_the_block_does_not_keep_rows_from_delivery(clock: Any) -> None:
    """What was logged before it is delivered."""
    sink = Sink(0)
    logger = opened(sink, clock)
    logger.log({"x": 1})
    with pytest.raises(ZeroDivisionError), logger:
        logger.log({"x": 1 // 0})
    assert [profile.rows for profile in sink.taken] == [1]


def test_a_sink_may_use_the_logger_that_calls_it(clock: Any) -> None:
    """To log what it stores, or to flush; no profile comes twice."""
    taken: list[Any] = []

    def take(profile: Any) -> None:
        taken.append(profile)
        logger.flush(everything=True)
        if len(taken) == 1:
            logger.log({"x": 2})

    logger = opened(take, clock)
    logger.log({"x": 1})
    logger.flush(everything=True)
    logger.close()
    assert [profile["x"].sum for profile in taken] == [1, 2]


def test_the_error_keeps_its_profiles_when_it_is_pickled() -> None:
    """It crosses processes."""
    error = DeliveryError("not delivered", [dp.profile([{"x": 1}])])
    copy = pickle.loads(pickle.dumps(error))
    assert (str(copy), copy.profiles) == (str(error), error.profiles)
