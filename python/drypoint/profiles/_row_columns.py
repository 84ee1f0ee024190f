"""Rows that are logged one by one, profiled column by column as the one table that they make."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from drypoint import _core
from drypoint.profiles._row_column import RowColumn
from drypoint.profiles._rows import Rows, values_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyarrow as pa

    from drypoint.profiles._choice import Choice

__all__ = ["ColumnRows"]


class ColumnRows(Rows):
    """The rows that were logged, as the one table that they would make.

    A field that a row lacks is null there, in rows before its first as in those after. The profile
    is that of the rows in one batch, however the buffer was cut; `RowColumn` says how values find
    their types.

    Args:
        choice: which columns are profiled, and with which parameters.
    """

    def __init__(self, choice: Choice) -> None:
        super().__init__()
        self._choice = choice
        self._columns: dict[str, RowColumn] = {}
        self._taken = 0

    def _take(self, most: int) -> None:
        rows = self._waiting[:most]
        for column in self._columns_of(rows):
            # After an error, such as a lack of memory, some columns have these rows already.
            column.extend(values_of(rows, column.name)[column.rows - self._taken :])
        self._taken += len(rows)
        del self._waiting[: len(rows)]

    def _columns_of(self, rows: list[dict[str, Any]]) -> Iterable[RowColumn]:
        """All columns, with those that first come in *rows*."""
        if len(self._names) > len(self._columns):
            for name in dict.fromkeys(chain.from_iterable(rows)):
                if name not in self._columns:
                    self._columns[name] = RowColumn(name, self._part, self._taken)
        return self._columns.values()

    def _part(self, name: str, data_type: pa.DataType) -> _core.Profiler | None:
        """What profiles the values of one type of a column, on the threads that all share."""
        import pyarrow as pa

        schema = pa.schema([(name, data_type)])
        chosen = self._choice.of(schema)
        if not chosen.names:
            return None
        return _core.Profiler(schema, self._choice.default, chosen.parameters, None)

    @property
    def rows(self) -> int:
        """How many rows came."""
        with self.lock:
            return self._taken + len(self._waiting)

    def profile(self) -> _core.Profile | None:
        """The profile of the rows so far; None if there are none."""
        with self.lock:
            self.drain()
            return self._side_by_side() if self._taken else None

    def _side_by_side(self) -> _core.Profile:
        """The columns, which were profiled apart, as one table."""
        import pyarrow as pa

        nothing = _core.Profiler(pa.schema([]), self._choice.default, {}, None).profile()
        parts = [part for column in self._columns.values() for part in column.profiles()]
        # To the merge they are tables of different columns, so it adds their rows up.
        return _core.Profile.from_batch(nothing.merged(parts).to_batch(), self._taken)
