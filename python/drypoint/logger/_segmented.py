"""Rows that are logged one by one into segments."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from drypoint.profiles import SegmentedProfiler
from drypoint.profiles._row_column import main_type, readable
from drypoint.profiles._rows import BUFFER, copied

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyarrow as pa

    from drypoint.profiles import ProfileSet

__all__ = ["SegmentedRows"]


class SegmentedRows:
    """Buffers rows into tables for a `SegmentedProfiler`; one thread at a time.

    A column has the type of its values in a buffer. Where that changes, the segments so far are
    closed and merged; nulls and integers take the type that the column had.

    Args:
        segment_by: as for `SegmentedProfiler`.
        options: its other ones.
    """

    def __init__(self, segment_by: Sequence[str] | Mapping[str, Any], **options: Any) -> None:
        self._profiler = SegmentedProfiler(segment_by, **options)
        columns = segment_by.values() if hasattr(segment_by, "values") else segment_by
        self._keys = [name for name in columns if isinstance(name, str)]
        self._waiting: list[dict[str, Any]] = []
        self._types: dict[str, pa.DataType] = {}
        self.rows = 0

    def log(self, row: Mapping[str, Any]) -> None:
        """Takes a copy of a row; a key that it lacks is null."""
        own = copied(row)
        for key in self._keys:
            own.setdefault(key, None)
        self._waiting.append(own)
        self.rows += 1
        if len(self._waiting) >= BUFFER:
            self._drain()

    def update(self, batch: pa.RecordBatch) -> None:
        """Takes a batch."""
        self._profiler.update(batch)
        self.rows += batch.num_rows

    def profile(self) -> ProfileSet:
        """The profiles of the segments so far."""
        self._drain()
        return self._profiler.profiles()

    def _drain(self) -> None:
        """Profiles the buffer: as one table, or those rows together whose types are the same."""
        rows, self._waiting = self._waiting, []
        if not rows:
            return
        try:
            tables = [self._table(rows)]
        except Exception:  # noqa: BLE001 # whatever is wrong with one row must not lose the others
            tables = [self._table(group, strict=False) for group in alike(rows)]
        for table in tables:
            self._profiler.update(table)

    def _table(self, rows: list[dict[str, Any]], *, strict: bool = True) -> pa.Table:
        import pyarrow as pa

        for name in dict.fromkeys(chain.from_iterable(rows)):
            self._types.setdefault(name, pa.null())
        columns = {}
        for name, known in self._types.items():
            values = [row.get(name) for row in rows]
            array = pa.array(values) if strict else readable(values, main_type(values))[0]
            columns[name] = kept(array, known)
        self._types = {name: array.type for name, array in columns.items()}
        return pa.table(columns)


def kept(array: pa.Array, known: pa.DataType) -> pa.Array:
    """The array in the type that its column had, if it has no values, or integers among floats."""
    import pyarrow as pa

    if pa.types.is_null(array.type):
        return pa.nulls(len(array), known)
    if pa.types.is_float64(known) and pa.types.is_int64(array.type):
        return array.cast(known, safe=False)
    return array


def alike(rows: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The rows in groups whose values are of the same types."""
    found: dict[Any, list[dict[str, Any]]] = {}
    for row in rows:
        types = tuple((name, type(row[name]), is_large(row[name])) for name in sorted(row))
        found.setdefault(types, []).append(row)
    return list(found.values())


def is_large(value: Any) -> bool:
    """Whether it is an integer beyond those with a sign."""
    return type(value) is int and value >= 1 << 63
