"""The rows of one schema by segment, while they come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from drypoint import _core
from drypoint.errors import InputTypeError
from drypoint.profiles._custom import updated
from drypoint.profiles._expressions import whole
from drypoint.profiles._parameters import Parameters

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    import pyarrow as pa

    from drypoint.profiles._custom import Custom
    from drypoint.profiles._part import Plan

__all__ = ["SegmentedPart"]


class SegmentedPart:
    """Makes a profile of each segment of rows of one schema.

    Args:
        plan: what is measured.
        keys: the names and types of the keys.
        most: so many segments are kept apart.
    """

    def __init__(self, plan: Plan, keys: pa.Schema, most: int) -> None:
        self._core = _core.SegmentedProfiler(
            plan.schema, keys, plan.default, plan.parameters, most, plan.threads
        )
        self._measured = plan.measured
        self._router = Router(keys, most)
        self._custom: list[Custom] = []

    def update(self, batches: list[pa.RecordBatch], keys: list[pa.RecordBatch]) -> None:
        """Folds batches in with the keys of their rows: all of them, or nothing if it raises."""
        if not self._measured.places:
            self._core.update(batches, keys)
            return
        found = self._router.find(keys)
        try:
            drafts = self._drafts(batches, found)
            self._core.update(batches, keys)
        except BaseException:
            self._router.forget()
            raise
        self._router.keep(keys, found)
        self._custom = drafts

    def _drafts(self, batches: list[pa.RecordBatch], found: Found) -> list[Custom]:
        """The custom metrics of each segment with more rows."""
        import pyarrow as pa

        more = [self._measured.fresh() for _ in range(len(self._custom), len(found.sizes))]
        drafts = [*self._custom, *more]
        names = [column for column, _ in self._measured.places]
        rows = pa.Table.from_batches(batches)
        ordered = pa.table({name: taken(name, rows.column(name), found.order) for name in names})
        for segment, start, size in found.runs():
            drafts[segment] = with_rows(drafts[segment], ordered.slice(start, size))
        return drafts

    def profiles(self) -> tuple[list[tuple[list[str | None] | None, _core.Profile]], list[Custom]]:
        """The profiles of the segments so far, and their custom metrics."""
        found = self._core.profiles()
        return found, self._custom or [{} for _ in found]


def taken(name: str, column: pa.ChunkedArray, order: pa.UInt64Array) -> pa.ChunkedArray:
    """The rows of a column in another order.

    Raises:
        InputTypeError: Arrow cannot do that with columns of this type.
    """
    import pyarrow as pa

    try:
        return column.take(order)
    except pa.ArrowNotImplementedError as error:
        raise InputTypeError(
            f"column {name!r}: arrow cannot give the rows of {column.type} to the metrics of "
            "segments; let the metrics not take this type, or cast the column in derive="
        ) from error


def with_rows(custom: Custom, rows: pa.Table) -> Custom:
    """The metrics of one segment with the rows of a table."""
    return {
        place: {
            name: updated(one, place[0], [whole(rows.column(place[0]))])  # type: ignore[arg-type] # made here, so none is merely kept
            for name, one in metrics.items()
        }
        for place, metrics in custom.items()
    }


class Found(NamedTuple):
    """Of which segments rows are.

    Attributes:
        order: the positions of the rows, those of each segment together and in order.
        sizes: how many rows each segment has, from the first segment that there is.
    """

    order: pa.UInt64Array
    sizes: np.ndarray[Any, Any]

    def runs(self) -> Iterator[tuple[int, int, int]]:
        """Each segment that has some, where they start in the order, and how many there are."""
        start = 0
        for segment, size in enumerate(self.sizes.tolist()):
            if size:
                yield segment, start, size
            start += size


class Router:
    """Says of which segment rows are before they are profiled, in the order of the core.

    Rows that are found and then not profiled are to be forgotten, or the segments that they opened
    would count.
    """

    def __init__(self, keys: pa.Schema, most: int) -> None:
        self._schema = keys
        self._most = most
        self._firsts: list[pa.RecordBatch] = []
        """The keys of the first row of each segment."""
        self._core = self._empty()

    def find(self, keys: list[pa.RecordBatch]) -> Found:
        """Of which segment each row is."""
        import numpy as np
        import pyarrow.compute as pc

        segments = self._route(keys)
        sizes = np.bincount(np.asarray(segments), minlength=len(self._firsts))
        return Found(pc.array_sort_indices(segments), sizes)

    def keep(self, keys: list[pa.RecordBatch], found: Found) -> None:
        """What was found was profiled."""
        known = len(self._firsts)
        for segment, start, _ in found.runs():
            if segment >= known:
                self._firsts.append(row_of(keys, found.order[start].as_py()))

    def forget(self) -> None:
        """What was found was not profiled."""
        self._core = self._empty()
        self._route(self._firsts)

    def _empty(self) -> _core.SegmentedProfiler:
        import pyarrow as pa

        bare = Parameters(metrics=()).to_core()
        return _core.SegmentedProfiler(pa.schema([]), self._schema, bare, {}, self._most, None)

    def _route(self, keys: list[pa.RecordBatch]) -> pa.UInt32Array:
        import pyarrow as pa

        return pa.array(self._core.route(keys))


def row_of(batches: list[pa.RecordBatch], position: int) -> pa.RecordBatch:
    """The row at a position, counted over all batches."""
    for batch in batches:
        if position < batch.num_rows:
            return batch.slice(position, 1)
        position -= batch.num_rows
    raise IndexError(position)
