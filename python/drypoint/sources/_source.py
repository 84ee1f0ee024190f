"""A stream of record batches, and what is known before it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

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
    """

    schema: pa.Schema
    batches: Iterator[pa.RecordBatch]
    rows: int | None
