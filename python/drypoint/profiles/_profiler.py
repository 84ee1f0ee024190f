"""Rows into profiles."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self, overload

from drypoint.errors import InputTypeError, ParameterError
from drypoint.profiles._about import texts_of
from drypoint.profiles._intake import OPTIONS, Intake, Prepared, update_all
from drypoint.profiles._options import check_options, options_of
from drypoint.profiles._part import Part
from drypoint.profiles._profile import Profile
from drypoint.profiles._row_columns import ColumnRows
from drypoint.profiles._segments import MOST_SEGMENTS, SegmentedProfiler
from drypoint.profiles._stream import Streams
from drypoint.sources import empty_batch, open_source
from drypoint.sources._memory import is_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pyarrow as pa

    from drypoint.profiles._parameters import Parameters
    from drypoint.profiles._part import Plan
    from drypoint.profiles._rows import Rows
    from drypoint.profiles._set import ProfileSet
    from drypoint.sources import Source

__all__ = ["Profiler", "profile"]


class Profiler(Intake):
    """Makes a profile of rows that come little by little, from any number of threads.

    The profile depends on the rows and their order alone, not on how they were cut into batches or
    on the number of threads. When the columns of a batch differ from those before, the rows so far
    are closed and merged, as profiles are.

    Args:
        parameters: what is measured, and how finely, of columns that have no others.
        columns: parameters of single columns by name, which come first; what is inside a column has
            its parameters, unless it has some by its path. None leaves a column out, though it can
            still be derived from. They may be those of rows that are still to come.
        types: parameters by the name of a type, as `ColumnProfile.type` says it, or else by kind:
            number, string, temporal, boolean, binary, list, vector, struct, map, null, union. None
            leaves such columns out, and counts the rows of what is inside others.
        derive: columns to add, by name: each a `pyarrow.compute` expression, or a function of a
            record batch that returns an array, or several by name in a dict or a record batch:
            of `x` that returns `{"a": …}` the column `x.a`. Each may use those before it.
        conditions: made by `condition`; asked of every row, derived columns included.
        metrics: classes made of `Metric`, for the columns that they take.
        performance: what is predicted, made by `performance.classification` and its like: one
            task, or several by name.
        on_error: what happens when a function, or an expression over these values, fails on a
            batch: "count" makes its rows null and counts them in `Profile.errors`, with a warning;
            "raise" raises, and the batch is not taken. A ParameterError is raised in any case: by
            it a function says that it does not fit the columns.
        threads: how many to use; None for as many as there are cores.
        dataset: the name of what is profiled.
        window: the half-open range of time [start, end) that the rows are of.
        segment: the key and value pairs that selected them.
        tags: whatever else is to be kept with the profile.

    Raises:
        ParameterError: an option is out of range or none of these.

    Examples:
        >>> import pyarrow as pa
        >>> import pyarrow.compute as pc
        >>> profiler = Profiler(derive={"double": pc.field("x") * 2})
        >>> for batch in [pa.table({"x": [1, 2]}), pa.table({"x": [3]})]:
        ...     _ = profiler.update(batch)
        >>> profiler.profile()["x"].sum, profiler.profile()["double"].sum
        (6, 12)
    """

    def __init__(
        self,
        parameters: Parameters | None = None,
        *,
        segment: Mapping[str, str | None] | None = None,
        **options: Any,
    ) -> None:
        check_options("dp.Profiler", options, OPTIONS | {"segment"})
        super().__init__(parameters=parameters, **options)
        self._about["segment"] = texts_of("segment", segment)
        self._known: pa.Schema | None = None
        """The columns of batches that the core reads as they are, all of them."""
        self._closing: list[Part] = []
        """Parts of columns that came before, which some thread is still feeding."""

    def _row_log(self) -> Rows:
        return super()._row_log() if self._computes else ColumnRows(self._choice)

    def update(self, data: Any) -> Self:
        known = self._known
        is_batch = known is not None and is_of("pyarrow", "RecordBatch", data)
        if known is None or not is_batch or not data.schema.equals(known):
            return super().update(data)
        # A batch like the one before: nothing is to be found out about it.
        self._logged.drain_waiting()
        with self._streaming(known) as (part, _):
            part.take_batches([data] if data.num_rows else [])
        return self

    def _take_all(self, source: Source) -> None:
        if self._computes:
            super()._take_all(source)
        elif source.stream is not None and self._choice.takes_all(source.schema):
            with self._streaming(source.schema) as (part, _):
                part.take(source.stream)
            self._known = source.schema
        else:
            # Nothing is computed from rows here, so the core reads them by itself.
            streams = Streams(source.batches)
            while streams.first is not None:
                with self._streaming(streams.first.schema) as (part, names):
                    streams.feed(part, names)

    @contextmanager
    def _streaming(self, schema: pa.Schema) -> Iterator[tuple[Part, list[str]]]:
        """The part for rows of a schema, which is not closed meanwhile, and its columns."""
        with self._lock:
            before: Part | None = self._open
            if before is None or not schema.equals(self._shape[0]):
                self._fold((schema, None), [bare(empty_batch(schema))])
                self._closing += [before] if before is not None and before.streams else []
            part, names = self._open, self._names
            part.streams += 1
        try:
            yield part, names
        finally:
            with self._lock:
                self._end(part)

    def _end(self, part: Part) -> None:
        """Closes the part if others came after it and no thread feeds it any more."""
        part.streams -= 1
        if part in self._closing and not part.streams:
            self._closed = self._merged([part])
            self._closing.remove(part)

    def _close(self) -> Profile | None:
        # Of a part that is still fed, the last rows are still to come.
        return self._merged([] if self._open.streams else [self._open])

    def _rows_taken(self) -> int:
        if self._computes:
            return super()._rows_taken()
        closed = 0 if self._closed is None else self._closed.rows
        opened = [*self._closing, *([] if self._open is None else [self._open])]
        taken: int = closed + sum(part.rows for part in opened)
        return taken

    def _keys_of(self, batch: pa.RecordBatch) -> None:  # noqa: ARG002 # there are no segments
        return None

    def _part(self, plan: Plan, first: Prepared) -> Part:  # noqa: ARG002 # that has no keys
        return Part(plan)

    def _feed(self, part: Part, batches: list[pa.RecordBatch], run: list[Prepared]) -> None:  # noqa: ARG002 # likewise
        part.update(batches)

    def _whole(self) -> Profile:
        whole = self._merged([*self._closing, self._open])
        assert whole is not None  # noqa: S101 # a part is open
        return whole

    def _merged(self, parts: list[Part]) -> Profile | None:
        """What is closed and *parts*; None if there is nothing."""
        closed: list[Profile] = [] if self._closed is None else [self._closed]
        found = [*closed, *(replace(one.profile(), **self._about) for one in parts)]
        return found[0].merge(*found[1:]) if found else None

    def profile(self) -> Profile:
        """The profile of the rows so far; more may come.

        Raises:
            InputTypeError: nothing has come yet, not even columns.

        Warns:
            DrypointWarning: a derived column or a condition could not be computed of some rows.
        """
        whole = self._snapshot()
        self._tell()
        return whole

    def _snapshot(self) -> Profile:
        """The profile without warnings."""
        logged = self._logged.profile()
        parts = [] if logged is None else [Profile(logged, **self._about)]
        with self._lock:
            if self._open is not None:
                parts.insert(0, replace(self._whole(), errors=self._errors))
        if not parts:
            raise InputTypeError("there is nothing to profile yet; call update or log first")
        return parts[0].merge(*parts[1:]) if parts[1:] else parts[0]


def bare(batch: pa.RecordBatch) -> Prepared:
    """A batch of which nothing is computed."""
    return Prepared(batch, {}, None, {}, {})


@overload
def profile(
    data: Any, *, segment_by: None = None, filesystem: Any = None, **options: Any
) -> Profile: ...


@overload
def profile(
    data: Any,
    *,
    segment_by: Sequence[str] | Mapping[str, Any],
    max_segments: int = MOST_SEGMENTS,
    filesystem: Any = None,
    **options: Any,
) -> ProfileSet: ...


def profile(
    data: Any,
    *,
    segment_by: Sequence[str] | Mapping[str, Any] | None = None,
    max_segments: int = MOST_SEGMENTS,
    filesystem: Any = None,
    **options: Any,
) -> Profile | ProfileSet:
    """Summarises a table in one pass, without copying it.

    Args:
        data: a table of any library that speaks Arrow (pyarrow, polars, pandas, duckdb), or paths
            and globs of files; read once.
        segment_by: makes a profile of each segment, as `SegmentedProfiler` says.
        max_segments: so many are kept apart.
        filesystem: the `pyarrow.fs.FileSystem` that paths are on; None for this machine, or what a
            URL says.
        options: those of `Profiler`: parameters, columns, types, derive, conditions, metrics,
            performance, on_error, threads, dataset, window, tags, and without *segment_by* segment.
            Each of *columns* must be there.

    Returns:
        A profile; a profile set if *segment_by* is given.

    Raises:
        InputTypeError: *data* is no table.
        InputValueError: two columns have the same name, or buffers contradict each other.
        SourceError: a file is missing, empty or broken.
        ParameterError: an option is out of range or unknown, *columns* names one that is not there,
            or what is to be computed does not fit the columns.

    Warns:
        DrypointWarning: what is to be computed failed in some rows, or there are too many segments.
    """
    own = options_of(profile) | ({"segment"} if segment_by is None else set())
    check_options("dp.profile", options, OPTIONS | own)
    source = open_source(data, filesystem=filesystem)
    if segment_by is None:
        if max_segments != MOST_SEGMENTS:
            raise ParameterError("max_segments says nothing without segment_by; name some keys")
        profiler = Profiler(**options)
        update_all(profiler, source)
        with source.named():
            return profiler.profile()
    segmented = SegmentedProfiler(segment_by, max_segments=max_segments, **options)
    update_all(segmented, source)
    with source.named():
        return segmented.profiles()
