"""Rows as they come, into profiles of windows."""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self

from drypoint.errors import ClosedError, DeliveryError, DrypointError
from drypoint.logger import _exit
from drypoint.logger._delivery import Courier, Retries
from drypoint.logger._instant import EPOCH, MICROSECOND
from drypoint.logger._pane import busy
from drypoint.logger._panes import Panes
from drypoint.logger._sinks import Folder, as_sink
from drypoint.logger._windows import SECOND, Windows, duration
from drypoint.profiles import Profiler, SegmentedProfiler
from drypoint.profiles._intake import OPTIONS
from drypoint.profiles._options import check_options, options_of
from drypoint.sources import open_source

if TYPE_CHECKING:
    import datetime as dt
    import os
    from collections.abc import Callable, Mapping, Sequence

    from drypoint.logger._pane import Pane
    from drypoint.profiles import Profile, ProfileSet

__all__ = ["Logger"]

UNTIMED = {"event_time": "unknown"}
"""The tag of profiles whose rows do not tell when they happened."""
report = logging.getLogger("drypoint")


class Logger:
    """Profiles rows as they come, a profile for each window of time, and hands the profiles on.

    Windows are half-open, aligned to 1970 in UTC, and those of whole weeks to Monday. A window is
    delivered when it is over and *late* has passed; its rows are then one profile. Rows that come
    later still are not dropped: they are a further profile of that window, which is delivered when
    *late* has passed again, and merges with the first. Without a *timestamp* a row is of the window
    in which it came, so none is late.

    A row whose event time is not there, cannot be read or is further ahead of the clock than
    *ahead* is kept as well: in a profile of the window in which it came, with the tag
    `event_time: unknown`, apart from the others.

    No row is lost and no profile is delivered twice. What a sink refuses is kept and tried again,
    after a time that doubles with each failure, by a thread of its own; each failure is reported to
    the log `drypoint` and to *on_error*. `close` tries for a while and then raises an error that
    holds what is left. A logger that is still open when the interpreter ends is closed then; what
    cannot be delivered even so is written to *spill*.

    All methods may be called from any thread. After a fork what was logged before it is delivered
    by the parent alone; the child starts empty. Windows in which no row came are not delivered.

    Args:
        dataset: the name of what is profiled.
        sink: takes the profiles: a function of one, an object with `put(profile)` such as a store,
            or the path of a folder, which gets a file for each in a folder named after the dataset.
            It must raise if it could not take the profile. It is called by one thread at a time.
        window: how long one is: "15m", "1h", "1d", "7d" and so on, or a timedelta of whole seconds.
        timestamp: the field that tells when a row happened: datetimes (in UTC if they have no
            zone), dates, text in ISO 8601, or numbers of seconds since 1970. None for the clock.
        late: how long after the end of a window its rows are still gathered.
        ahead: how far in the future an event time is believed.
        segment_by: makes a profile set of each window, as `SegmentedProfiler` says.
        tags: whatever else is to be kept with the profiles.
        retry: how long to wait after the first failure of a sink.
        retry_most: how long to wait at most.
        patience: seconds for which `close` tries.
        spill: a folder for what cannot be delivered when the interpreter ends.
        on_error: called with the profile and the error whenever the sink fails.
        clock: tells the time in seconds since 1970.
        options: those of `Profiler`: parameters, columns, types, derive, conditions, metrics,
            performance, threads; with *segment_by* also max_segments. What cannot be computed is
            counted.

    Raises:
        ParameterError: *sink* takes no profiles, or a length of time is none.

    Examples:
        >>> import drypoint as dp
        >>> days = []
        >>> with dp.Logger("rides", sink=days.append, window="1d", timestamp="at") as logger:
        ...     logger.log({"at": "2013-01-01T08:15:00Z", "fare": 12.5})
        ...     logger.log({"at": "2013-01-02T00:00:00Z", "fare": 8.0})
        >>> [(f"{day.window[0]:%F}", day.rows, day["fare"].max) for day in days]
        [('2013-01-01', 1, 12.5), ('2013-01-02', 1, 8.0)]
    """

    def __init__(  # noqa: PLR0913 # each is a name of its own
        self,
        dataset: str,
        *,
        sink: Any,
        window: str | dt.timedelta = "1h",
        timestamp: str | None = None,
        late: str | dt.timedelta = "1h",
        ahead: str | dt.timedelta = "1d",
        segment_by: Sequence[str] | Mapping[str, Any] | None = None,
        tags: Mapping[str, str] | None = None,
        retry: str | dt.timedelta = "1s",
        retry_most: str | dt.timedelta = "5m",
        patience: float = 10.0,
        spill: str | os.PathLike[str] | None = None,
        on_error: Callable[[Any, Exception], Any] | None = None,
        clock: Callable[[], float] = time.time,
        **options: Any,
    ) -> None:
        own = {"sink"} | (set() if segment_by is None else {"max_segments"})
        check_options("dp.Logger", options, OPTIONS | options_of(Logger.__init__) | own)
        self._dataset = dataset
        self._windows = Windows(duration("window", window, step=SECOND))
        self._times: dict[str, Any] = {
            "timestamp": timestamp,
            "late": duration("late", late) / SECOND,
            "ahead": duration("ahead", ahead),
            "clock": clock,
        }
        self._segment_by = segment_by
        self._options = options
        self._tags = dict(tags or {})
        first, most = duration("retry", retry), duration("retry_most", retry_most)
        self._delivery = (as_sink(sink), Retries(first / SECOND, most / SECOND), on_error)
        self._patience = patience
        self._spill = None if spill is None else Folder(spill)
        self._rows_of(0, self._windows.width, timed=True)  # so that wrong options are told at once
        self._closed = False
        self._begin()
        _exit.remember(self)

    def _begin(self) -> None:
        """Starts empty, with locks that nobody holds."""
        self._lock = threading.RLock()
        self._panes = Panes(
            self._windows, **self._times, rows_of=self._rows_of, opened=self._wake_up
        )
        self._taken = 0
        self._odd: Counter[str] = Counter()
        self._feeders: set[int] = set()
        """The threads that give tables to panes, which a delivery may wait for."""
        self._courier = Courier(self._dataset, *self._delivery)
        self._wake = threading.Event()
        self._thread: threading.Thread | None = None

    # ---- Rows in

    def log(self, row: Mapping[str, Any]) -> None:
        """Takes in one row, in a microsecond or so. It is copied, and may be used again.

        Raises:
            InputTypeError: *row* is no mapping of text to values that Arrow has types for.
            InputValueError: an integer needs more than 64 bits. No other row is affected.
            ClosedError: the logger is closed.
        """
        with self._lock:
            if self._closed:
                raise self._is_closed()
            pane = self._panes.of_row(row)
            pane.log(row)
            self._taken += 1
            if pane.kind:
                self._odd[pane.kind] += 1

    def update(self, data: Any) -> Logger:
        """Takes in a table, whose rows may be of any windows.

        Args:
            data: whatever `profile` takes. It is taken batch by batch: if reading it fails, what
                came before has been taken.

        Raises:
            InputTypeError: *data* is no table.
            ParameterError: it has no column for the event time, or none for a key.
            ClosedError: the logger is closed.
        """
        for batch in open_source(data).batches:
            for start, part in self._panes.parts_of(batch):
                with self._lock:
                    if self._closed:
                        raise self._is_closed()
                    pane = self._panes.at(start)
                    pane.hold()
                self._feed(pane, part)
                with self._lock:
                    self._taken += part.num_rows
                    self._odd[pane.kind] += part.num_rows
        return self

    def _feed(self, pane: Pane, part: Any) -> None:
        """Gives a table to a pane, not under the lock: others may log while the core is at work."""
        self._feeders.add(threading.get_ident())
        try:
            pane.update(part)
        finally:
            self._feeders.discard(threading.get_ident())

    def _is_closed(self) -> ClosedError:
        return ClosedError(f"the logger of {self._dataset!r} is closed; open another one")

    def _rows_of(self, begin: int, end: int, *, timed: bool) -> Profiler | SegmentedProfiler:
        """What takes the rows of a window in."""
        about: dict[str, Any] = {
            "dataset": self._dataset,
            "window": (moment(begin), moment(end)),
            "tags": self._tags if timed else self._tags | UNTIMED,
        }
        if self._segment_by is None:
            return Profiler(**self._options, **about)
        return SegmentedProfiler(self._segment_by, **self._options, **about)

    # ---- Profiles out

    def flush(self, *, everything: bool = False) -> None:
        """Delivers what is due, and tries again what could not be delivered.

        Args:
            everything: also the windows that are still open; rows that come for them later are
                further profiles of them.

        Raises:
            BusyError: it is called by what `update` calls, such as a metric.
        """
        self._check_feeders()
        self._collect(everything=everything)
        self._courier.deliver(at_once=True)

    def close(self) -> None:
        """Delivers everything, and takes no more rows. To close again is to try again.

        Raises:
            DeliveryError: the sink did not take all profiles in *patience* seconds; the error holds
                those that are left, and so does `pending`.
            BusyError: it is called by what `update` calls, such as a metric.
        """
        self._check_feeders()
        with self._lock:
            self._closed = True
            self._collect(everything=True)
        self._wake.set()
        if self._courier.parcels():
            self._deliver_for(self._patience)
        left = self._courier.pending()
        if left:
            raise DeliveryError(self._what_is_left(left), left)
        _exit.forget(self)

    @property
    def pending(self) -> list[Profile | ProfileSet]:
        """The profiles of windows that are over, but could not be delivered so far."""
        return self._courier.pending()

    @property
    def counts(self) -> dict[str, int]:
        """What happened so far.

        `rows` that were taken, of them `late` ones of windows that were due already, and `untimed`
        ones that do not tell when they happened; profiles `delivered` and `pending`; `failures` of
        the sink.
        """
        with self._lock:
            rows = {"rows": self._taken, "late": self._odd["late"], "untimed": self._odd["untimed"]}
        courier = self._courier
        return rows | {
            "delivered": courier.delivered,
            "pending": len(courier.parcels()),
            "failures": courier.failures,
        }

    def _check_feeders(self) -> None:
        """Refuses a thread that would wait for its own table."""
        if threading.get_ident() in self._feeders:
            raise busy()

    def _collect(self, *, everything: bool) -> float:
        """Hands over what is due; seconds until there is more."""
        with self._lock:
            self._courier.take(self._panes.close(everything=everything))
            return self._panes.next_due()

    def _deliver_for(self, seconds: float) -> None:
        """Tries for so long, also if the sink never returns."""
        deadline = time.monotonic() + seconds
        worker = threading.Thread(
            target=self._courier.deliver_until, args=(deadline,), daemon=True, name="drypoint-close"
        )
        try:
            worker.start()
        except RuntimeError:
            # The interpreter is ending and starts no threads any more.
            self._courier.deliver_until(deadline)
        else:
            worker.join(seconds)

    def _what_is_left(self, left: list[Profile | ProfileSet]) -> str:
        """What to say of profiles that were not delivered."""
        errors = [parcel.error for parcel in self._courier.parcels() if parcel.error is not None]
        reason = f"{type(errors[-1]).__name__}: {errors[-1]}" if errors else "the sink is at work"
        return (
            f"{len(left)} profiles of {self._dataset!r} ({sum(one.rows for one in left):,} rows) "
            f"were not delivered in {self._patience:g} s: {reason}; this error holds them"
        )

    # ---- In the background

    def _wake_up(self) -> None:
        """Lets the thread look at the windows, and starts it if there is none."""
        self._wake.set()
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._work, daemon=True, name="drypoint-logger")
            # When the interpreter is ending no thread starts any more: `at_exit` delivers.
            with suppress(RuntimeError):
                self._thread.start()

    def _work(self) -> None:
        """Delivers what is due, until the logger is closed."""
        while not self._closed:
            self._wake.clear()
            due = self._collect(everything=False)
            retry = self._courier.deliver(at_once=False)
            self._wake.wait(min(due, retry))

    def at_exit(self) -> None:
        """Closes; what cannot be delivered is spilled, or reported as lost."""
        try:
            self.close()
        except DeliveryError as error:
            report.error("%s", error)
            self._spill_all(error.profiles)
        _exit.forget(self)

    def _spill_all(self, profiles: list[Any]) -> None:
        for profile in profiles:
            if self._spill is None:
                report.error("%r: %d rows are lost: no spill folder", self._dataset, profile.rows)
                continue
            try:
                report.error("%r: the profile is in %s", self._dataset, self._spill(profile))
            except DrypointError:
                report.exception("%r: %d rows are lost", self._dataset, profile.rows)

    def after_fork(self) -> None:
        """Starts empty in the child: what was logged before is the parent's to deliver."""
        self._begin()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        counts = ", ".join(f"{name}={count}" for name, count in self.counts.items())
        return f"Logger({self._dataset!r}, {counts})"


def moment(instant: int) -> dt.datetime:
    """A count of microseconds as a time in UTC."""
    return EPOCH + instant * MICROSECOND
