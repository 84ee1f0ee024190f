"""Profiles on their way to a sink that may fail: kept, tried again, and never delivered twice."""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from drypoint.logger._pane import Pane

__all__ = ["Courier", "Retries"]

LONGEST_NAP = 60.0
"""Seconds: clocks may be set, so it is looked at them now and then."""
report = logging.getLogger("drypoint")


class Retries:
    """How long to wait after failures: twice as long each time, less a random part up to a half.

    Args:
        first: seconds after the first failure.
        most: seconds at most.
    """

    def __init__(self, first: float, most: float) -> None:
        self._first = first
        self._most = most

    def after(self, failures: int) -> float:
        """Seconds to wait after so many failures in a row."""
        import random

        longest = min(self._most, self._first * 2.0 ** min(failures - 1, 63))
        return longest * random.uniform(0.5, 1.0)  # noqa: S311 # so that writers do not march in step


class Parcel:
    """A closed pane until it is delivered.

    Attributes:
        pane: whose profile it is.
        failures: how often it could not be delivered.
        next_try: when to try again, of the monotonic clock.
        error: of the last try.
    """

    def __init__(self, pane: Pane) -> None:
        self.pane = pane
        self.failures = 0
        self.next_try = 0.0
        self.error: Exception | None = None


class Courier:
    """Delivers the profiles of panes, one at a time, from whichever thread asks.

    Args:
        name: of the dataset, for reports.
        sink: takes a profile, and raises if it could not.
        retries: how long to wait after failures.
        on_error: told of each failure with the profile and the error.
    """

    def __init__(
        self,
        name: str,
        sink: Callable[[Any], Any],
        retries: Retries,
        on_error: Callable[[Any, Exception], Any] | None,
    ) -> None:
        self._name = name
        self._sink = sink
        self._retries = retries
        self._on_error = on_error
        self._turn = threading.RLock()  # one thread delivers at a time
        self._at_work = False
        self._lock = threading.Lock()  # around the list, for moments
        self._parcels: list[Parcel] = []
        self.delivered = 0
        self.failures = 0

    def take(self, panes: list[Pane]) -> None:
        """Takes over closed panes."""
        with self._lock:
            self._parcels += map(Parcel, panes)

    def parcels(self) -> list[Parcel]:
        """Those that are not delivered."""
        with self._lock:
            return list(self._parcels)

    def pending(self) -> list[Any]:
        """The profiles that are not delivered."""
        profiles = (parcel.pane.profile() for parcel in self.parcels())
        return [profile for profile in profiles if profile is not None]

    def deliver(self, *, at_once: bool) -> float:
        """Tries what is ready, or everything *at_once*; seconds until there is more to try."""
        with self._turn:
            # A sink that flushes comes here from inside: what it is about to take must not return.
            if not self._at_work:
                self._deliver(at_once=at_once)
        waits = [parcel.next_try - time.monotonic() for parcel in self.parcels()]
        return max(0.0, min([LONGEST_NAP, *waits]))

    def _deliver(self, *, at_once: bool) -> None:
        self._at_work = True
        try:
            for parcel in self.parcels():
                if at_once or parcel.next_try <= time.monotonic():
                    self._try(parcel)
        finally:
            self._at_work = False

    def deliver_until(self, deadline: float) -> None:
        """Tries everything until nothing is left, or until *deadline* of the monotonic clock."""
        wait = self.deliver(at_once=True)
        while self.parcels() and time.monotonic() + wait < deadline:
            time.sleep(wait)
            wait = self.deliver(at_once=False)

    def _try(self, parcel: Parcel) -> None:
        profile = None
        try:
            profile = parcel.pane.profile()
            if profile is not None:
                self._sink(profile)
        except Exception as error:  # noqa: BLE001 # a sink may raise anything
            self._failed(parcel, profile, error)
            return
        with self._lock:
            self._parcels.remove(parcel)
            self.delivered += profile is not None
        if parcel.failures:
            report.info("%r: delivered after %d failures", self._name, parcel.failures)

    def _failed(self, parcel: Parcel, profile: Any, error: Exception) -> None:
        """Keeps it for later, and says so."""
        wait = self._retries.after(parcel.failures + 1)
        parcel.error, parcel.failures = error, parcel.failures + 1
        parcel.next_try = time.monotonic() + wait
        self.failures += 1
        report.warning(
            "%r: the profile of %s was not delivered (failure %d): %s: %s; it is kept, next try in "
            "%.1f s",
            self._name,
            parcel.pane.first.isoformat(),
            parcel.failures,
            type(error).__name__,
            error,
            wait,
        )
        if self._on_error is not None:
            try:
                self._on_error(profile, error)
            except Exception:  # noqa: BLE001 # of a caller's function
                report.exception("%r: on_error failed", self._name)
