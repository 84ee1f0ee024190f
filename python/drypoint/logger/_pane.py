"""The rows of one window, while they come."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from drypoint.errors import BusyError
from drypoint.logger._instant import EPOCH, MICROSECOND
from drypoint.logger._windows import SECOND

if TYPE_CHECKING:
    from drypoint.profiles import Profile, Profiler, ProfileSet, SegmentedProfiler

__all__ = ["Pane", "busy"]


class Pane:
    """Gathers the rows of a window.

    Attributes:
        first: the start of the window in UTC.
        last: its end, which it does not include.
        begin: the start in seconds since 1970.
        end: the end, likewise.
        due: when it is to be delivered, likewise.
        kind: "late" if its window was due when it was opened, "untimed" if its rows do not tell
            when they happened, and otherwise "".
        log: takes a row; the caller makes sure that the pane is not closed meanwhile.
    """

    def __init__(
        self, window: tuple[int, int], due: float, kind: str, rows: Profiler | SegmentedProfiler
    ) -> None:
        self.first, self.last = (EPOCH + instant * MICROSECOND for instant in window)
        self.begin, self.end = (instant / SECOND for instant in window)
        self.due = due
        self.kind = kind
        self._rows: Any = rows
        self.log: Any = rows.log
        self._feeders: list[int] = []
        """The threads whose tables are on their way."""
        self._idle = threading.Condition()
        self._made: Profile | ProfileSet | None = None

    def hold(self) -> None:
        """Says that a table is on its way, so that the profile waits for it."""
        with self._idle:
            self._feeders.append(threading.get_ident())

    def update(self, table: Any) -> None:
        """Takes the table that `hold` announced."""
        try:
            self._rows.update(table)
        finally:
            with self._idle:
                self._feeders.remove(threading.get_ident())
                self._idle.notify_all()

    def profile(self) -> Profile | ProfileSet | None:
        """What is delivered, the same object each time; None if no row came.

        Raises:
            BusyError: it would wait for a table of this very thread.
        """
        with self._idle:
            if threading.get_ident() in self._feeders:
                raise busy()
            self._idle.wait_for(lambda: not self._feeders)
            if self._rows is not None and self._rows.rows:
                # Without warnings: what could not be computed is in the profile.
                self._made = self._rows._snapshot()  # noqa: SLF001 # of our own house
            # What is a few kilobytes may have to wait long; what made it is a hundred times larger.
            self._rows = self.log = None
            return self._made


def busy() -> BusyError:
    """What to say to a metric, or another function, that asks the logger it is called by."""
    return BusyError(
        "the logger is asked for profiles by what it calls while it takes rows in, such as a "
        "metric; ask it when the rows are in"
    )
