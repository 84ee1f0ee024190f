"""Columns of no rows, of any type."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["empty_batch"]

WIDEST = 8
"""Bytes of an offset at most: one is there even where no rows are."""


def empty_batch(schema: pa.Schema) -> pa.RecordBatch:
    """A batch without rows."""
    import pyarrow as pa

    return pa.RecordBatch.from_arrays([empty_array(one.type) for one in schema], schema=schema)


def empty_array(data_type: pa.DataType) -> pa.Array:
    """An array without values.

    Arrow has two ways of its own. What it makes of no nulls is no valid array where run ends are
    inside a list, and it crashes where a union is inside an extension type; of no values it makes
    no unions, nor dictionaries of structs.
    """
    import pyarrow as pa

    if isinstance(data_type, pa.BaseExtensionType):
        return data_type.wrap_array(empty_array(data_type.storage_type))
    if pa.types.is_dictionary(data_type):
        codes, values = empty_array(data_type.index_type), empty_array(data_type.value_type)
        return pa.DictionaryArray.from_arrays(codes, values, ordered=data_type.ordered)
    if not data_type.num_fields:
        return pa.nulls(0, data_type)
    inside = [empty_array(data_type.field(index).type) for index in range(data_type.num_fields)]
    rest = [pa.py_buffer(bytes(WIDEST))] * (data_type.num_buffers - 1)
    return pa.Array.from_buffers(data_type, 0, [None, *rest], children=inside)
