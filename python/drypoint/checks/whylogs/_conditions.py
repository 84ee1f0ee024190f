"""Constraints on conditions, which a profile of ours asks of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.checks._api import rows
from drypoint.checks._entry import meant
from drypoint.checks.whylogs._constraint import Constraint
from drypoint.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Callable

    from drypoint.checks._check import Check
    from drypoint.profiles import ColumnProfile, ConditionCounts, Profile

__all__ = ["condition_count_below", "condition_meets", "condition_never_meets"]


def of_condition(
    name: str,
    column_name: str,
    condition_name: str,
    holds: Callable[[ConditionCounts], bool],
    made: Callable[[], Check],
) -> Constraint:
    """A constraint on how many rows met a condition.

    It does not hold of a profile that was made without conditions; one that lacks this condition
    among others is an error, as it is in whylogs.
    """

    def condition(_: ColumnProfile, profile: Profile) -> bool | None:
        """Whether as many met it as should."""
        if not profile.conditions:
            return None
        found = profile.conditions.get(condition_name)
        if found is None:
            near = meant(condition_name, profile.conditions)
            raise ParameterError(f"{name}: condition {condition_name!r} not found{near}")
        return holds(found)

    return Constraint(name, column_name, condition, made=made)


def condition_meets(column_name: str, condition_name: str) -> Constraint:
    """Holds if all rows met the condition; one of which it cannot be said did not."""
    return of_condition(
        f"{column_name} meets condition {condition_name}",
        column_name,
        condition_name,
        lambda found: found.matched == found.total,
        lambda: rows().failing(condition_name) == 0,
    )


def condition_never_meets(column_name: str, condition_name: str) -> Constraint:
    """Holds if no row met the condition."""
    return of_condition(
        f"{column_name} never meets condition {condition_name}",
        column_name,
        condition_name,
        lambda found: found.matched == 0,
        lambda: rows().meeting(condition_name) == 0,
    )


def condition_count_below(column_name: str, condition_name: str, max_count: int) -> Constraint:
    """Holds if *max_count* rows at most met the condition."""
    return of_condition(
        f"{column_name}.{condition_name} lower than or equal to {max_count}",
        column_name,
        condition_name,
        lambda found: found.matched <= max_count,
        lambda: rows().meeting(condition_name) <= max_count,
    )
