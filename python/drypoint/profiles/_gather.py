"""Small batches together, so that all threads find work."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyarrow as pa

__all__ = ["gathered"]

BYTES_AT_A_TIME = 1 << 25
"""Batches are gathered up to so many bytes."""


def gathered(batches: Iterable[pa.RecordBatch]) -> Iterable[list[pa.RecordBatch]]:
    """Lists of batches of one schema, large enough to be worked on in parallel."""
    waiting: list[pa.RecordBatch] = []
    size = 0
    for batch in batches:
        if waiting and not batch.schema.equals(waiting[0].schema):
            yield waiting
            waiting, size = [], 0
        waiting.append(batch)
        size += batch.nbytes
        if size >= BYTES_AT_A_TIME:
            yield waiting
            waiting, size = [], 0
    if waiting:
        yield waiting
