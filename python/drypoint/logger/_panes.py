"""The windows that are open, and which of them takes a row."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from drypoint.logger._instant import instant
from drypoint.logger._pane import Pane
from drypoint.logger._split import split
from drypoint.logger._windows import SECOND
from drypoint.profiles._rows import as_row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from drypoint.logger._windows import Windows

__all__ = ["Panes"]

LEAST = -(2**55)
"""Microseconds since 1970: the year 828. Nothing before it is believed to be an event time."""


class Panes:
    """Opens a pane for each window that rows are of; one thread at a time.

    Args:
        windows: all there are.
        timestamp: the field that tells when a row happened; None for the clock.
        late: seconds for which rows of a window are gathered when it is over.
        ahead: microseconds by which an event time may be ahead of the clock.
        clock: tells the time in seconds since 1970.
        rows_of: makes what takes the rows of a window in, by start and end; *timed* is whether the
            rows tell when they happened.
        opened: is called when a pane was opened.
    """

    def __init__(  # noqa: PLR0913 # each is a name of its own
        self,
        windows: Windows,
        *,
        timestamp: str | None,
        late: float,
        ahead: int,
        clock: Callable[[], float],
        rows_of: Callable[..., Any],
        opened: Callable[[], None],
    ) -> None:
        self._windows = windows
        self._timestamp = timestamp
        self._late = 0.0 if timestamp is None else late
        self._ahead = ahead
        self._clock = clock
        self._rows_of = rows_of
        self._opened = opened
        self._open: dict[tuple[int, bool], Pane] = {}
        self._current: Pane | None = None

    def of_row(self, row: Any) -> Pane:
        """The pane that takes a row: nearly always the one that took the row before."""
        current = self._current
        if self._timestamp is None:
            if current is None or not current.begin <= self._clock() < current.end:
                current = self._current = self.at(self._start_of_now())
            return current
        value = (row if type(row) is dict else as_row(row)).get(self._timestamp)
        # Times in UTC are compared as they are, which is quick.
        if current is not None and isinstance(value, dt.datetime) and value.tzinfo is dt.UTC:
            first, last = current.first, current.last
            if first <= value < last:
                return current
        when = instant(value)
        if when is None or not LEAST <= when < self._latest():
            return self.at(None)
        self._current = self.at(self._windows.start(when))
        return self._current

    def parts_of(self, batch: Any) -> Iterable[tuple[int | None, Any]]:
        """The rows of a batch with where their windows start; None if they do not tell.

        Raises:
            ParameterError: there is no column for the event time.
        """
        if self._timestamp is None:
            return [(self._start_of_now(), batch)]
        return split(batch, self._timestamp, self._windows, least=LEAST, most=self._latest())

    def at(self, start: int | None) -> Pane:
        """The pane of the window that starts there, or of rows that do not tell when."""
        timed = start is not None
        begin = self._start_of_now() if start is None else start
        pane = self._open.get((begin, timed))
        if pane is None:
            pane = self._open[begin, timed] = self._new(begin, timed=timed)
            self._opened()
        return pane

    def _new(self, begin: int, *, timed: bool) -> Pane:
        window = (begin, begin + self._windows.width)
        end, now = window[1] / SECOND, self._clock()
        is_late = self._timestamp is not None and now >= end + self._late
        kind = "untimed" if not timed else "late" if is_late else ""
        return Pane(window, max(end, now) + self._late, kind, self._rows_of(*window, timed=timed))

    def close(self, *, everything: bool) -> list[Pane]:
        """Closes what is due, or everything: whatever comes from now on opens new panes."""
        now = self._clock()
        due = [key for key, pane in self._open.items() if everything or pane.due <= now]
        self._current = None
        return [self._open.pop(key) for key in sorted(due)]

    def next_due(self) -> float:
        """Seconds until a pane is due."""
        dues = [pane.due for pane in self._open.values()]
        return max(0.0, min(dues) - self._clock()) if dues else float("inf")

    def _latest(self) -> int:
        """The first event time that is not believed."""
        return int(self._clock() * SECOND) + self._ahead

    def _start_of_now(self) -> int:
        return self._windows.start(int(self._clock() * SECOND))
