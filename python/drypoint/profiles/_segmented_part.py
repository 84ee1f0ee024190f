"""The rows of one schema by segment, while they come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drypoint import _core
from drypoint.profiles._custom import updated
from drypoint.profiles._expressions import whole
from drypoint.profiles._parameters import Parameters

if TYPE_CHECKING:
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
        segments = self._router.find(keys)
        try:
            drafts = self._drafts(batches, segments)
            self._core.update(batches, keys)
        except BaseException:
            self._router.forget()
            raise
        self._router.keep()
        self._custom = drafts

    def _drafts(
        self, batches: list[pa.RecordBatch], segments: np.ndarray[Any, Any]
    ) -> list[Custom]:
        """The custom metrics of each segment with more rows."""
        import numpy as np
        import pyarrow as pa

        order = np.argsort(segments, kind="stable")
        found, starts = np.unique(segments[order], return_index=True)
        sizes = np.diff([*starts, len(order)])
        more = [self._measured.fresh() for _ in range(len(self._custom), self._router.count)]
        drafts = [*self._custom, *more]
        names = [column for column, _ in self._measured.places]
        ordered = pa.Table.from_batches(batches).select(names).take(pa.array(order))
        for segment, start, size in zip(found, starts, sizes, strict=True):
            drafts[segment] = with_rows(drafts[segment], ordered.slice(start, size))
        return drafts

    def profiles(self) -> tuple[list[tuple[list[str | None] | None, _core.Profile]], list[Custom]]:
        """The profiles of the segments so far, and their custom metrics."""
        found = self._core.profiles()
        return found, self._custom or [{} for _ in found]


def with_rows(custom: Custom, rows: pa.Table) -> Custom:
    """The metrics of one segment with the rows of a table."""
    return {
        place: {
            name: updated(one, place[0], [whole(rows.column(place[0]))])  # type: ignore[arg-type] # made here, so none is merely kept
            for name, one in metrics.items()
        }
        for place, metrics in custom.items()
    }


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
        self._found: tuple[list[pa.RecordBatch], np.ndarray[Any, Any]] | None = None
        self._core = self._empty()

    @property
    def count(self) -> int:
        """How many segments there are, with those of the rows that were found last."""
        found = -1 if self._found is None else int(self._found[1].max(initial=-1))
        return max(len(self._firsts), found + 1)

    def find(self, keys: list[pa.RecordBatch]) -> np.ndarray[Any, Any]:
        """The segment of each row."""
        import numpy as np

        self._found = keys, np.asarray(self._route(keys)).astype(np.int64)
        return self._found[1]

    def keep(self) -> None:
        """What was found was profiled."""
        assert self._found is not None  # noqa: S101 # the caller has found something
        keys, segments = self._found
        self._firsts += first_rows(keys, segments, len(self._firsts))
        self._found = None

    def forget(self) -> None:
        """What was found was not profiled."""
        self._found = None
        self._core = self._empty()
        self._route(self._firsts)

    def _empty(self) -> _core.SegmentedProfiler:
        import pyarrow as pa

        bare = Parameters(metrics=()).to_core()
        return _core.SegmentedProfiler(pa.schema([]), self._schema, bare, {}, self._most, None)

    def _route(self, keys: list[pa.RecordBatch]) -> pa.Array:
        import pyarrow as pa

        return pa.array(self._core.update([one.select([]) for one in keys], keys))


def first_rows(
    keys: list[pa.RecordBatch], segments: np.ndarray[Any, Any], known: int
) -> list[pa.RecordBatch]:
    """The keys of the first row of each segment that is not among the first *known*."""
    import numpy as np

    found, places = np.unique(segments, return_index=True)
    starts = np.cumsum([0, *(one.num_rows for one in keys)])
    rows = []
    for place in places[found >= known]:
        batch = int(np.searchsorted(starts, place, side="right")) - 1
        rows.append(keys[batch].slice(int(place - starts[batch]), 1))
    return rows
