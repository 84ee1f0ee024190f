"""What data may come in as: protocols, so that no library needs to be imported to check it."""

from __future__ import annotations

from typing import Protocol, TypeAlias, runtime_checkable

__all__ = ["ArrowArray", "ArrowData", "ArrowStream"]


@runtime_checkable
class ArrowArray(Protocol):
    """One array of the Arrow PyCapsule interface: pyarrow.Array, arro3.Array, nanoarrow.Array."""

    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]:
        """Capsules of an ArrowSchema and an ArrowArray."""


@runtime_checkable
class ArrowStream(Protocol):
    """A stream of arrays: polars.Series, pandas.Series, pyarrow.ChunkedArray, a duckdb relation."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """A capsule of an ArrowArrayStream."""


ArrowData: TypeAlias = ArrowArray | ArrowStream
