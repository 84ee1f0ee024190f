"""`freshness`: how long ago the latest time is."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from drypoint.checks._clock import clock_of
from drypoint.checks._entry import Entry, Measured
from drypoint.checks._target import NoFactError, known
from drypoint.checks._verdict import Verdict
from drypoint.profiles._values import kept

if TYPE_CHECKING:
    from drypoint.checks._target import Target

__all__ = ["DATED", "ENTRY"]

DATED = ("date", "timestamp")
PER_DAY = 86_400


def measure(target: Target) -> Measured:
    """From the latest time to the end of the window of the profile, or to now if it has none.

    Dates begin at midnight, and times without a zone are in UTC. Negative if the latest is in the
    future.
    """
    column = target.column
    if not column.type.startswith((*DATED, "null")):
        raise NoFactError(
            f"column {column.name!r} is {column.type}, and only dates and timestamps are fresh",
            Verdict.FAIL,
        )
    latest = kept("timestamp[us]", known(column, column.max, "latest time"))
    now = kept("timestamp[us]", clock_of(target.profile))
    try:
        return Measured(dt.timedelta(microseconds=now - latest), "duration[us]")
    except OverflowError:
        raise NoFactError(
            f"column {column.name!r} has a time that is beyond the calendar"
        ) from None


ENTRY = Entry(
    "freshness", "time since the latest value", measure, unit="duration", kinds=("temporal",)
)
