"""Constraints on the types of values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.checks._api import col
from drypoint.checks.whylogs._constraint import Constraint
from drypoint.checks.whylogs._facts import TYPES, type_counts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from drypoint.checks._check import Check
    from drypoint.profiles import ColumnProfile, Profile

__all__ = [
    "column_has_non_zero_types",
    "column_has_zero_count_types",
    "column_is_nullable_boolean",
    "column_is_nullable_datatype",
    "column_is_nullable_fractional",
    "column_is_nullable_integral",
    "column_is_nullable_object",
    "column_is_nullable_string",
]


def of_types(column_name: str, types: Iterable[str]) -> Check:
    """The check that values are of some types of whylogs.

    Raises:
        ParameterError: one of them is `object`. Which of ours those are cannot be listed: they are
            what all others are not.
    """
    names = [ours for theirs in types for ours in TYPES.get(theirs) or ("",)]
    check: Check = col(column_name).type(names)
    return check


def column_has_non_zero_types(column_name: str, types_list: Collection[str]) -> Constraint:
    """Holds if there is a value of each of the types.

    Args:
        column_name: the column.
        types_list: some of `integral`, `fractional`, `boolean`, `string`, `object`, `tensor`.
    """

    def condition(column: ColumnProfile, _: Profile) -> bool:
        """Whether each type has come."""
        counts = type_counts(column)
        return all(counts[name] for name in counts if name in types_list)

    return Constraint(
        f"{column_name} types count non-zero for {types_list}", column_name, condition
    )


def column_has_zero_count_types(column_name: str, types_list: Collection[str]) -> Constraint:
    """Holds if there is no value of any of the types; see `column_has_non_zero_types`."""

    def condition(column: ColumnProfile, _: Profile) -> bool:
        """Whether none of the types has come."""
        counts = type_counts(column)
        return not any(counts[name] for name in counts if name in types_list)

    allowed = [name for name in TYPES if name not in types_list]
    return Constraint(
        f"{column_name} allows for types {allowed}",
        column_name,
        condition,
        made=lambda: of_types(column_name, allowed),
    )


def column_is_nullable_datatype(column_name: str, datatype: str) -> Constraint:
    """Holds if there is a value of the type, and none of any other.

    Args:
        column_name: the column.
        datatype: `integral`, `fractional`, `boolean`, `string`, `object` or `tensor`.
    """

    def condition(column: ColumnProfile, _: Profile) -> bool:
        """Whether this type alone has come."""
        counts = type_counts(column)
        others = sum(count for name, count in counts.items() if name != datatype)
        return counts.get(datatype, 1) > 0 and not others

    return Constraint(
        f"{column_name} is nullable {datatype}",
        column_name,
        condition,
        made=lambda: of_types(column_name, [datatype]),
    )


def column_is_nullable_integral(column_name: str) -> Constraint:
    """Holds if there are integers, and no values of other types."""
    return column_is_nullable_datatype(column_name, "integral")


def column_is_nullable_fractional(column_name: str) -> Constraint:
    """Holds if there are floats or decimals, and no values of other types."""
    return column_is_nullable_datatype(column_name, "fractional")


def column_is_nullable_boolean(column_name: str) -> Constraint:
    """Holds if there are booleans, and no values of other types."""
    return column_is_nullable_datatype(column_name, "boolean")


def column_is_nullable_string(column_name: str) -> Constraint:
    """Holds if there are strings, and no values of other types."""
    return column_is_nullable_datatype(column_name, "string")


def column_is_nullable_object(column_name: str) -> Constraint:
    """Holds if there are times, structs and the like, and no values of other types."""
    return column_is_nullable_datatype(column_name, "object")
