"""Conditions of a profile, as checks ask for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.checks._entry import Argument, Measured, meant
from drypoint.checks._forms import TEXT
from drypoint.checks._target import NoFactError
from drypoint.checks._verdict import Verdict

if TYPE_CHECKING:
    from drypoint.checks._target import Target
    from drypoint.profiles import ConditionCounts

__all__ = ["CONDITION", "counts_of", "said_of", "with_rows"]

CONDITION = Argument("condition", TEXT, "the name of a condition that the profile was made with")


def counts_of(target: Target, condition: str) -> ConditionCounts:
    """How many rows met it.

    Raises:
        NoFactError: the profile was made without it, or it could not be computed.
    """
    profile = target.profile
    if condition not in profile.conditions:
        near = meant(condition, profile.conditions)
        raise NoFactError(
            f"condition {condition!r} not found{near}; profile(conditions=) takes them",
            Verdict.FAIL,
        )
    if condition in profile.errors:
        failed = profile.errors[condition]
        raise NoFactError(
            f"condition {condition!r} could not be computed for {failed.rows:,} rows", Verdict.FAIL
        )
    return profile.conditions[condition]


def said_of(target: Target, *, condition: str) -> int:
    """The rows of which it can be said: that met it or failed."""
    found = counts_of(target, condition)
    return found.matched + found.failed


def with_rows(found: ConditionCounts, count: int) -> Measured:
    """A count of rows, with what more there is to say."""
    note = f"{found.unknown:,} unknown" if found.unknown else ""
    return Measured(count, note=note, failed_rows=found.failed_rows)
