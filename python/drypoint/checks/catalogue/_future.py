"""`future`: how many times have not come yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.checks._clock import clock_of
from drypoint.checks._entry import Entry
from drypoint.checks._interval import complement, scaled, whole, within
from drypoint.checks._target import NoFactError, known, valued, values_of
from drypoint.checks._verdict import Verdict
from drypoint.checks.catalogue._freshness import DATED
from drypoint.estimate import Estimate
from drypoint.profiles._values import kept

if TYPE_CHECKING:
    from drypoint.checks._target import Target
    from drypoint.profiles import ColumnProfile

__all__ = ["ENTRY"]


def measure(target: Target) -> Estimate[float]:
    """Times after the end of the window of the profile, or after now if it has none.

    Whether there are any is certain, by the latest of them; how many is an estimate.
    """
    column = target.column
    if not column.type.startswith((*DATED, "null")):
        raise NoFactError(
            f"column {column.name!r} is {column.type}, and only dates and timestamps are to come",
            Verdict.FAIL,
        )
    if not valued(column):
        return Estimate(0, 0, 0)
    return after(column, kept(column.type, clock_of(target.profile)))


def after(column: ColumnProfile, now: int) -> Estimate[float]:
    """How many values are later than a tick."""
    values = valued(column)
    first, last = (
        kept(column.type, known(column, one, "latest time")) for one in (column.min, column.max)
    )
    if last <= now:
        return Estimate(0, 0, 0)
    if first > now:
        return Estimate(values, values, values)
    share = column.rank(now)
    if share is None:
        return Estimate(1, 1, values - 1)
    part = scaled(complement(share, 1), 1 / values)
    return whole(within(part, 1, values - 1))


ENTRY = Entry("future", "times in the future", measure, kinds=("temporal",), total=values_of)
