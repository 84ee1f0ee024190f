"""Columns that a path tells by its `key=value` folders."""

from __future__ import annotations

import re
from struct import pack
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyarrow as pa

__all__ = ["and_keys", "key_schema", "key_types", "with_keys"]

NULL = "__HIVE_DEFAULT_PARTITION__"
INTEGER = re.compile(r"-?[0-9]{1,10}")


def keys_of(path: str) -> dict[str, str | None]:
    """The keys of a file and their values, as text."""
    from urllib.parse import unquote

    pairs = (part.split("=", 1) for part in path.split("/")[:-1] if "=" in part)
    return {unquote(key): None if value == NULL else unquote(value) for key, value in pairs}


def key_types(paths: list[str]) -> dict[str, pa.DataType]:
    """The type of each key, as pyarrow infers it: int32 where all values are, text otherwise."""
    import pyarrow as pa

    values: dict[str, list[str]] = {}
    for path in paths:
        for key, value in keys_of(path).items():
            values.setdefault(key, []).extend([] if value is None else [value])
    return {
        key: pa.int32() if found and all(map(is_int32, found)) else pa.string()
        for key, found in values.items()
    }


def key_schema(types: dict[str, pa.DataType]) -> pa.Schema:
    """The columns that the keys are."""
    import pyarrow as pa

    return pa.schema([pa.field(key, one) for key, one in types.items()])


def and_keys(schema: pa.Schema, keys: pa.Schema) -> pa.Schema:
    """The columns of a file, and after them those that its path tells, which go before."""
    import pyarrow as pa

    own = [field for field in schema if field.name not in keys.names]
    return pa.schema([*own, *keys], schema.metadata)


def is_int32(text: str) -> bool:
    """Whether it is an integer of 32 bits."""
    return INTEGER.fullmatch(text) is not None and -(2**31) <= int(text) < 2**31


def with_keys(
    batches: Iterable[pa.RecordBatch], path: str, types: dict[str, pa.DataType]
) -> Iterator[pa.RecordBatch]:
    """The *batches* of the file at *path*, with a column for each key."""
    import pyarrow as pa

    if not types:
        yield from batches
        return
    keys = keys_of(path)
    for batch in batches:
        columns = dict(zip(batch.schema.names, batch.columns, strict=True))
        for key, kind in types.items():
            columns.pop(key, None)
            columns[key] = repeated(keys.get(key), kind, batch.num_rows)
        yield pa.record_batch(columns)


def repeated(value: str | None, kind: pa.DataType, rows: int) -> pa.Array:
    """A column of one value, made of bytes: pyarrow loads pandas to look at what is Python's."""
    import pyarrow as pa

    if value is None:
        return pa.nulls(rows, kind)
    if pa.types.is_int32(kind):
        parts = [pack("=i", int(value))]
    else:
        text = value.encode()
        parts = [pack("=2i", 0, len(text)), text]
    one = pa.Array.from_buffers(kind, 1, [None, *map(pa.py_buffer, parts)])
    return pa.repeat(one[0], rows)
