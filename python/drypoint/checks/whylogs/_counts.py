"""Constraints on counts, distinct values and frequent values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.checks._api import col, rows
from drypoint.checks.whylogs._constraint import Constraint
from drypoint.checks.whylogs._facts import distinct, frequent_strings

if TYPE_CHECKING:
    from collections.abc import Collection

    from drypoint.profiles import ColumnProfile, Profile

__all__ = [
    "column_is_probably_unique",
    "count_below_number",
    "distinct_number_in_range",
    "frequent_strings_in_reference_set",
    "n_most_common_items_in_set",
    "no_missing_values",
    "null_percentage_below_number",
    "null_values_below_number",
]

STD_DEVS = (1, 2, 3)


def no_missing_values(column_name: str) -> Constraint:
    """Holds if no row is null."""
    return Constraint(
        f"{column_name} has no missing values",
        column_name,
        lambda column, _: column.nulls == 0,
        made=lambda: col(column_name).nulls() == 0,
    )


def count_below_number(column_name: str, number: float) -> Constraint:
    """Holds if there are *number* rows at most, nulls among them."""
    return Constraint(
        f"count of {column_name} lower than {number}",
        column_name,
        lambda column, _: number >= column.rows,
        made=lambda: rows() <= number,
    )


def null_values_below_number(column_name: str, number: float) -> Constraint:
    """Holds if fewer than *number* rows are null."""
    return Constraint(
        f"null values of {column_name} lower than {number}",
        column_name,
        lambda column, _: column.nulls < number,
        made=lambda: col(column_name).nulls() < number,
    )


def null_percentage_below_number(column_name: str, number: float) -> Constraint:
    """Holds if the share of rows that are null, from 0 to 1, is *number* at most.

    Without rows it does not hold; whylogs divides by zero.
    """
    return Constraint(
        f"null percentage of {column_name} lower than {number}",
        column_name,
        lambda column, _: None if column.null_ratio is None else column.null_ratio <= number,
        made=lambda: col(column_name).nulls().ratio() <= number,
    )


def distinct_number_in_range(column_name: str, lower: float, upper: float) -> Constraint:
    """Holds if the estimate of the number of distinct values is in [*lower*, *upper*].

    The estimate of three values is a little more than 3, so that an *upper* of 3 refuses it.
    """

    def condition(column: ColumnProfile, _: Profile) -> bool | None:
        """Whether the estimate alone is in the range."""
        found = distinct(column)
        return None if found is None else lower <= found[0] <= upper

    return Constraint(
        f"{column_name} distinct values estimate between {lower} and {upper} (inclusive)",
        column_name,
        condition,
        made=lambda: col(column_name).distinct().between(lower, upper),
    )


def frequent_strings_in_reference_set(
    column_name: str, reference_set: Collection[str]
) -> Constraint:
    """Holds if every frequent value, as text, is in the set; of many values few are frequent."""

    def condition(column: ColumnProfile, _: Profile) -> bool | None:
        """Whether all that are listed are in the set."""
        found = frequent_strings(column)
        return None if found is None else all(text in reference_set for text in found)

    return Constraint(
        f"{column_name} values in set {reference_set}",
        column_name,
        condition,
        made=lambda: col(column_name).values().within(reference_set),
    )


def n_most_common_items_in_set(
    column_name: str, n: int, reference_set: Collection[str]
) -> Constraint:
    """Holds if each of the *n* most frequent values, as text, is in the set."""

    def condition(column: ColumnProfile, _: Profile) -> bool | None:
        """Whether the first that are listed are in the set."""
        found = frequent_strings(column)
        return None if found is None else all(text in reference_set for text in found[:n])

    return Constraint(
        f"{column_name} {n}-most common items in set {reference_set}",
        column_name,
        condition,
        made=lambda: col(column_name).values().top_within(reference_set, top=n),
    )


def column_is_probably_unique(column_name: str, hll_stddev: int = 3) -> Constraint:
    """Holds if the number of values is within the bounds of the number of distinct values.

    Args:
        column_name: the column; if there is none it does not hold.
        hll_stddev: the bounds in standard deviations, 1, 2 or 3; with others it does not hold.
    """

    def condition(column: ColumnProfile, _: Profile) -> bool | None:
        """Whether the bounds hold as many values as there are."""
        found = distinct(column, hll_stddev) if hll_stddev in STD_DEVS else None
        values = column.rows - column.nulls
        return None if found is None else found[1] <= values <= found[2]

    return Constraint(
        f"{column_name} is probably unique",
        column_name,
        condition,
        without_column=False,
        made=lambda: col(column_name).unique(certainty="probable"),
    )
