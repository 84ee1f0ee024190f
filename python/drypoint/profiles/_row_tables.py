"""Rows that are logged one by one, handed on as tables: what is computed from rows needs them."""

from __future__ import annotations

import logging
from itertools import chain
from typing import TYPE_CHECKING, Any

from drypoint.errors import BusyError, DrypointError
from drypoint.profiles._row_column import main_type, readable
from drypoint.profiles._rows import Rows, values_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pyarrow as pa

    from drypoint.profiles._lock import Lock

__all__ = ["TableRows"]

report = logging.getLogger("drypoint")


class TableRows(Rows):
    """Makes a table of each buffer.

    A column has the type of its values in a buffer; nulls, and integers among floats, take the type
    that it had before. Rows whose values make no table with the others are a table of their own.

    Args:
        take: takes batches in, or raises and takes none.
        names: of columns that are there whether rows have them or not.
        behind: locks that *take* takes.
    """

    def __init__(
        self,
        take: Callable[[list[pa.RecordBatch]], None],
        names: Iterable[str] = (),
        *,
        behind: Iterable[Lock] = (),
    ) -> None:
        super().__init__(behind)
        self._hand_on = take
        self._always = list(names)
        self._types: dict[str, pa.DataType] = {}

    def _take(self, most: int) -> None:
        """Hands rows on. If some are refused, all others are taken before it raises."""
        groups = [self._waiting[:most]] if most else []
        del self._waiting[:most]
        refused: list[DrypointError] = []
        try:
            while groups:
                self._take_group(groups, refused)
        finally:
            # After an error of another kind, such as a lack of memory, what is left is kept.
            self._waiting[:0] = chain.from_iterable(reversed(groups))
        if refused:
            report.warning("%d rows were refused, the first: %s", len(refused), refused[0])
            raise refused[0]

    def _take_group(self, groups: list[list[dict[str, Any]]], refused: list[DrypointError]) -> None:
        """Hands the last group on, or puts its halves in its place; a single row may be refused."""
        rows = groups[-1]
        try:
            for table in self._tables(rows):
                self._hand_on(table.to_batches())
        except BusyError:
            # Not about these rows: all are kept.
            raise
        except DrypointError as error:
            half = len(rows) // 2
            if not half:
                refused.append(error)
            groups[-1:] = [rows[half:], rows[:half]] if half else []
        else:
            groups.pop()

    def _tables(self, rows: list[dict[str, Any]]) -> list[pa.Table]:
        """The rows as one table, or those together whose values are of the same types."""
        try:
            return [self._table(rows)]
        except Exception:  # noqa: BLE001 # whatever is wrong with one row must not lose the others
            return [self._table(group, strict=False) for group in alike(rows)]

    def _table(self, rows: list[dict[str, Any]], *, strict: bool = True) -> pa.Table:
        import pyarrow as pa

        for name in dict.fromkeys(chain(chain.from_iterable(rows), self._always)):
            self._types.setdefault(name, pa.null())
        columns = {}
        for name, known in self._types.items():
            values = values_of(rows, name)
            array = pa.array(values) if strict else readable(values, main_type(values))[0]
            columns[name] = kept(array, known)
        self._types = {name: array.type for name, array in columns.items()}
        return pa.table(columns)

    def profile(self) -> None:
        """None, since all rows are handed on."""
        self.drain()


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
