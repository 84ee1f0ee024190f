"""The columns of tasks, in the types that the core compares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.errors import ParameterError

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["as_booleans", "as_numbers", "check_labels", "check_numbers", "is_boolean", "is_number"]


def value_type(of: pa.DataType) -> pa.DataType:
    """The type behind dictionaries and runs."""
    import pyarrow as pa

    if pa.types.is_dictionary(of) or pa.types.is_run_end_encoded(of):
        return value_type(of.value_type)
    return of


def is_boolean(array: pa.Array) -> bool:
    """Whether its values are true and false."""
    import pyarrow as pa

    return bool(pa.types.is_boolean(value_type(array.type)))


def is_number(array: pa.Array) -> bool:
    """Whether its values are integers, floats or decimals."""
    import pyarrow as pa

    of, types = value_type(array.type), pa.types
    return bool(types.is_integer(of) or types.is_floating(of) or types.is_decimal(of))


def check_labels(name: str, columns: dict[str, pa.Array]) -> None:
    """Refuses labels that are lists, structs or bytes."""
    import pyarrow as pa

    types = pa.types
    for role, array in columns.items():
        of = value_type(array.type)
        if types.is_nested(of) or "binary" in str(of) or isinstance(of, pa.BaseExtensionType):
            raise ParameterError(
                f"task {name!r}: the {role} is a column of {of}, and labels are text, numbers, "
                "booleans or times"
            )


def check_numbers(name: str, columns: dict[str, pa.Array]) -> None:
    """Refuses what is neither numbers nor nulls."""
    import pyarrow as pa

    for role, array in columns.items():
        if not is_number(array) and not pa.types.is_null(array.type):
            raise ParameterError(
                f"task {name!r}: the {role} is a column of {array.type}, and must be numbers"
            )


def as_numbers(array: pa.Array) -> pa.Array:
    """Booleans as 1 and 0; others as they are."""
    import pyarrow as pa

    return array.cast(pa.bool_()).cast(pa.int8()) if is_boolean(array) else array


def as_booleans(array: pa.Array) -> pa.Array:
    """Numbers as booleans, NaN as null; others as they are."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not is_number(array):
        return array
    numbers = array.cast(pa.float64())
    return pc.if_else(pc.is_nan(numbers), None, pc.not_equal(numbers, 0.0))
