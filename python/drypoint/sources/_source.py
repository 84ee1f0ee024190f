"""A stream of record batches, and what is known before it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

__all__ = ["Source"]


class Source(NamedTuple):
    """Record batches, read as they are asked for.

    Attributes:
        schema: the columns of the first batch, also if there is none; those that follow may have
            others.
        batches: the rows.
        rows: how many there are, where that is known without reading them; None otherwise.
        stream: the same rows in memory, to be read by the core instead of *batches*: something with
            `__arrow_c_stream__`, or None.
    """

    schema: pa.Schema
    batches: Iterator[pa.RecordBatch]
    rows: int | None
    stream: Any = None
