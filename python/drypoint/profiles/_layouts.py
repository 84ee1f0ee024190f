"""Layouts of columns that the core does not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.errors import InputTypeError

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyarrow as pa

__all__ = ["check_layouts"]


def check_layouts(schema: pa.Schema, names: Iterable[str]) -> None:
    """Refuses unions behind codes or runs, at any depth: Arrow has no way to unpack them.

    Raises:
        InputTypeError: one of the columns *names* holds such values.
    """
    chosen = set(names)
    for one in schema:
        if one.name in chosen and has_coded_union(one.type):
            raise InputTypeError(
                f"column {one.name!r} is {one.type}: unions behind dictionaries or run ends cannot "
                "be profiled; unpack them, or leave the column out with "
                f"columns={{{one.name!r}: None}}"
            )


def has_coded_union(data_type: pa.DataType, *, coded: bool = False) -> bool:
    """Whether there is a union behind codes; *coded* is whether the type itself is."""
    import pyarrow as pa

    if isinstance(data_type, pa.BaseExtensionType):
        return has_coded_union(data_type.storage_type, coded=coded)
    if pa.types.is_dictionary(data_type):
        return has_coded_union(data_type.value_type, coded=True)
    if pa.types.is_run_end_encoded(data_type):
        return has_coded_union(data_type.value_type, coded=True)
    inside = [data_type.field(index).type for index in range(data_type.num_fields)]
    is_union = coded and pa.types.is_union(data_type)
    return is_union or any(has_coded_union(one, coded=coded) for one in inside)
