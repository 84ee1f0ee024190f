"""A stream of record batches, and what is known before it is read."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from drypoint.errors import InputValueError
from drypoint.sources._find import public

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyarrow as pa

__all__ = ["READ_AT_A_TIME", "SCANNED", "Source"]

READ_AT_A_TIME = 1 << 20
"""Bytes of a Parquet file: by itself pyarrow keeps all that it has read until the file ends."""
SCANNED = {"batch_size": 1 << 16, "batch_readahead": 4, "fragment_readahead": 1}
"""How a pyarrow scanner reads: a few batches ahead, so that memory stays bounded."""


NAMED = 3
"""Files that an error tells."""


class Source(NamedTuple):
    """Record batches, read as they are asked for.

    Attributes:
        schema: the columns of the first batch, also if there is none; those that follow may have
            others.
        batches: the rows.
        rows: how many there are, where that is known without reading them; None otherwise.
        stream: the same rows in memory, to be read by the core instead of *batches*: something with
            `__arrow_c_stream__`, or None.
        schemas: the columns that rows have, where these are known without reading them, though
            there may be several; None otherwise.
        files: those that the rows are in, if there are some.
    """

    schema: pa.Schema
    batches: Iterator[pa.RecordBatch]
    rows: int | None
    stream: Any = None
    schemas: tuple[pa.Schema, ...] | None = None
    files: Sequence[str] = ()

    @contextmanager
    def named(self) -> Iterator[None]:
        """What is said of its rows names the files: the core sees what buffers hold, not whose."""
        try:
            yield
        except InputValueError as error:
            if not self.files:
                raise
            names = ", ".join(self.files[:NAMED]) + (", …" if len(self.files) > NAMED else "")
            raise InputValueError(f"{public(names)}: {error}") from error
