"""Constraints on the distribution of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.checks._api import col
from drypoint.checks.whylogs._constraint import Constraint
from drypoint.checks.whylogs._facts import distribution

if TYPE_CHECKING:
    from collections.abc import Callable

    from drypoint.checks._check import Check
    from drypoint.checks.whylogs._facts import Distribution
    from drypoint.profiles import ColumnProfile, Profile

__all__ = [
    "greater_than_number",
    "is_in_range",
    "is_non_negative",
    "mean_between_range",
    "quantile_between_range",
    "smaller_than_number",
    "stddev_between_range",
]


def of_numbers(
    name: str,
    column_name: str,
    holds: Callable[[Distribution], bool],
    made: Callable[[], Check],
    *,
    skip_missing: bool,
) -> Constraint:
    """A constraint on the numbers of a column; without any it holds if they are to be skipped."""

    def condition(column: ColumnProfile, _: Profile) -> bool | None:
        """Whether the numbers are as they should be."""
        found = distribution(column)
        return None if found is None else holds(found)

    return Constraint(
        name,
        column_name,
        condition,
        without_metric=skip_missing,
        without_column=True if skip_missing else None,
        made=made,
    )


def greater_than_number(
    column_name: str,
    number: float,
    skip_missing: bool = True,  # noqa: FBT001, FBT002 # as whylogs has it
) -> Constraint:
    """Holds if the least number is greater than *number*.

    Args:
        column_name: the column.
        number: what all are to be greater than.
        skip_missing: what it says where there is no such column and where there are no numbers: it
            holds; if False it does not hold without numbers, and a column that is not there is an
            error.
    """
    return of_numbers(
        f"{column_name} greater than number {number}",
        column_name,
        lambda found: found.min > number,
        lambda: col(column_name).min() > number,
        skip_missing=skip_missing,
    )


def smaller_than_number(
    column_name: str,
    number: float,
    skip_missing: bool = True,  # noqa: FBT001, FBT002 # as whylogs has it
) -> Constraint:
    """Holds if the greatest number is less than *number*; see `greater_than_number`."""
    return of_numbers(
        f"{column_name} smaller than number {number}",
        column_name,
        lambda found: found.max < number,
        lambda: col(column_name).max() < number,
        skip_missing=skip_missing,
    )


def is_non_negative(
    column_name: str,
    skip_missing: bool = True,  # noqa: FBT001, FBT002 # as whylogs has it
) -> Constraint:
    """Holds if the least number is 0 or greater; see `greater_than_number`."""
    return of_numbers(
        f"{column_name} is non negative",
        column_name,
        lambda found: found.min >= 0,
        lambda: col(column_name).min() >= 0,
        skip_missing=skip_missing,
    )


def is_in_range(
    column_name: str,
    lower: float,
    upper: float,
    skip_missing: bool = True,  # noqa: FBT001, FBT002 # as whylogs has it
) -> Constraint:
    """Holds if all numbers are in [*lower*, *upper*]; see `greater_than_number`."""
    return of_numbers(
        f"{column_name} is in range [{lower},{upper}]",
        column_name,
        lambda found: found.min >= lower and found.max <= upper,
        lambda: col(column_name).values().between(lower, upper),
        skip_missing=skip_missing,
    )


def mean_between_range(
    column_name: str,
    lower: float,
    upper: float,
    skip_missing: bool = True,  # noqa: FBT001, FBT002 # as whylogs has it
) -> Constraint:
    """Holds if the mean is in [*lower*, *upper*]; see `greater_than_number`."""
    return of_numbers(
        f"{column_name} mean between {lower} and {upper} (inclusive)",
        column_name,
        lambda found: found.mean is not None and lower <= found.mean <= upper,
        lambda: col(column_name).mean().between(lower, upper),
        skip_missing=skip_missing,
    )


def stddev_between_range(
    column_name: str,
    lower: float,
    upper: float,
    skip_missing: bool = True,  # noqa: FBT001, FBT002 # as whylogs has it
) -> Constraint:
    """Holds if the sample standard deviation, 0 of one number, is in [*lower*, *upper*].

    See `greater_than_number`.
    """
    return of_numbers(
        f"{column_name} standard deviation between {lower} and {upper} (inclusive)",
        column_name,
        lambda found: lower <= found.std <= upper,
        lambda: col(column_name).std().between(lower, upper),
        skip_missing=skip_missing,
    )


def quantile_between_range(
    column_name: str,
    quantile: float,
    lower: float,
    upper: float,
    skip_missing: bool = True,  # noqa: FBT001, FBT002 # as whylogs has it
) -> Constraint:
    """Holds if the number at rank *quantile* is in [*lower*, *upper*]; see `greater_than_number`.

    Ranks are exclusive here, as those of whylogs are: the number at rank q is the first before
    which a share of q lies.
    """
    return of_numbers(
        f"{column_name} {quantile}-th quantile value between {lower} and {upper} (inclusive)",
        column_name,
        lambda found: lower <= found.quantile(quantile) <= upper,
        lambda: col(column_name).quantile(quantile).between(lower, upper),
        skip_missing=skip_missing,
    )
