"""Batches whose nested columns begin where their buffers do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.sources._empty import empty_batch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyarrow as pa

    from drypoint.sources._source import Source

__all__ = ["rebased", "rebased_array"]


def rebased(source: Source) -> Source:
    """The rows of *source*, of which those are copied that the core would not read right.

    arrow-rs counts the offset of a struct twice that is inside another struct or a fixed-size list
    with an offset of its own (`StructArray::from` slices what `ArrayData::slice` has sliced).
    """
    nested = any(holds_struct(field.type) for field in source.schema)
    stream = None if nested else source.stream
    return source._replace(batches=batches_of(source.batches), stream=stream)


def batches_of(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The batches, or copies of them."""
    schema, is_nested = None, False
    for batch in batches:
        if schema is None or not batch.schema.equals(schema):
            schema = batch.schema
            is_nested = any(holds_struct(field.type) for field in schema)
        yield copied(batch) if is_nested and any(one.offset for one in batch.columns) else batch


def rebased_array(array: pa.Array) -> pa.Array:
    """The *array*, copied if the core would not read it right."""
    import pyarrow as pa

    if not array.offset or not len(array) or not holds_struct(array.type):
        return array
    return copied(pa.record_batch([array], names=["array"])).column(0)


def holds_struct(data_type: pa.DataType) -> bool:
    """Whether there is a struct inside it, at any depth."""
    import pyarrow as pa

    data_type = stored(data_type)
    inside = [stored(data_type.field(index).type) for index in range(data_type.num_fields)]
    return any(pa.types.is_struct(one) or holds_struct(one) for one in inside)


def stored(data_type: pa.DataType) -> pa.DataType:
    """What an extension type is stored as."""
    import pyarrow as pa

    is_extension = isinstance(data_type, pa.BaseExtensionType)
    return stored(data_type.storage_type) if is_extension else data_type


def copied(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The batch as a stream of Arrow IPC writes it: without what its columns are cut from."""
    import pyarrow as pa

    if not batch.num_rows:
        # Arrow cannot read what it writes of an empty part that came through the C interface.
        return empty_batch(batch.schema)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return pa.ipc.open_stream(sink.getvalue()).read_next_batch()
