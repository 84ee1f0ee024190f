"""Rows into profiles of their segments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from drypoint._warn import warn
from drypoint.errors import DrypointWarning, InputTypeError, ParameterError
from drypoint.profiles._expressions import evaluate
from drypoint.profiles._intake import OPTIONS, Intake
from drypoint.profiles._options import check_options
from drypoint.profiles._row_tables import TableRows
from drypoint.profiles._segmented_part import SegmentedPart
from drypoint.profiles._set import ProfileSet
from drypoint.sketches._parameters import integer

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from drypoint.profiles._intake import Prepared
    from drypoint.profiles._part import Plan
    from drypoint.profiles._rows import Rows

__all__ = ["MOST_SEGMENTS", "SegmentedProfiler"]

MOST_SEGMENTS = 1_000


class SegmentedProfiler(Intake):
    """Makes a profile of each segment of rows that come little by little, from any thread.

    Every combination of values of the key columns is a segment, a null among them too. When
    *max_segments* of them are there, rows of new ones go into the remainder, with a warning.

    Args:
        segment_by: the names of key columns, derived ones among them; or a dict of names to
            columns, `pyarrow.compute` expressions or functions of a record batch.
        max_segments: so many segments are kept apart.
        options: those of `Profiler`: parameters, columns, types, derive, conditions, metrics,
            performance, on_error, threads, dataset, window, tags.

    Raises:
        ParameterError: there are no key columns, or an option is out of range or none of these.

    Examples:
        >>> import pyarrow as pa
        >>> profiler = SegmentedProfiler(["carrier"])
        >>> delays = {"carrier": ["UA", "AA", "UA"], "delay": [4, 11, 8]}
        >>> found = profiler.update(pa.table(delays)).profiles()
        >>> found["UA"]["delay"].mean, found.overall["delay"].max
        (6.0, 11)
    """

    def __init__(
        self,
        segment_by: Sequence[str] | Mapping[str, Any],
        *,
        max_segments: int = MOST_SEGMENTS,
        **options: Any,
    ) -> None:
        check_options("dp.SegmentedProfiler", options, OPTIONS | {"max_segments"})
        self._keys = keys_of(segment_by)
        self._most = integer("max_segments", max_segments, 1, 2**32 - 1)
        super().__init__(**options)

    def _row_log(self) -> Rows:
        # A row without a key is of the null segment.
        keys = [one for one in self._keys.values() if isinstance(one, str)]
        names = [key for key in keys if key.split(".")[0] not in self._derived]
        return TableRows(self._take, [*names, *self._always()], behind=[self._lock])

    def _keys_of(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        return evaluate(batch, self._keys)

    def _part(self, plan: Plan, first: Prepared) -> SegmentedPart:
        return SegmentedPart(plan, keys_in(first).schema, self._most)

    def _feed(
        self, part: SegmentedPart, batches: list[pa.RecordBatch], run: list[Prepared]
    ) -> None:
        part.update(batches, [keys_in(one) for one in run])

    def _whole(self) -> ProfileSet:
        profiles, custom = self._open.profiles()
        opened = ProfileSet.of(profiles, tuple(self._keys), custom, **self._about)
        return opened if self._closed is None else self._closed.merge(opened)

    def profiles(self) -> ProfileSet:
        """The profiles of the rows so far; more may come.

        Raises:
            InputTypeError: nothing has come yet, not even columns.

        Warns:
            DrypointWarning: there are too many segments, or a derived column or a condition could
                not be computed of some rows.
        """
        found = self._snapshot()
        if found.remainder is not None:
            warn(
                f"there are more than {self._most:,} segments: {found.remainder.rows:,} rows of "
                f"{found.rows:,} are in the remainder; raise max_segments to keep them apart",
                DrypointWarning,
            )
        self._tell()
        return found

    def _snapshot(self) -> ProfileSet:
        """The profiles without warnings."""
        self._logged.drain()
        with self._lock:
            if self._open is None:
                raise InputTypeError("there is nothing to profile yet; call update or log first")
            return replace(self._whole(), errors=self._errors)


def keys_of(segment_by: Sequence[str] | Mapping[str, Any]) -> dict[str, Any]:
    """Names and what they are computed from."""
    if isinstance(segment_by, str):
        segment_by = [segment_by]
    if not isinstance(segment_by, Iterable):
        raise ParameterError(
            f"segment_by must be names of columns, or columns by name, got {segment_by!r}"
        )
    if not isinstance(segment_by, Mapping):
        segment_by = {name: name for name in segment_by}
    keys = dict(segment_by)
    if not keys:
        raise ParameterError("segment_by must name at least one column, got none")
    return keys


def keys_in(one: Prepared) -> pa.RecordBatch:
    """The keys of a batch, which are there."""
    assert one.keys is not None  # noqa: S101 # segmented profilers compute them
    return one.keys
