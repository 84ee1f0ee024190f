"""Rows into profiles."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, overload

from drypoint import _core
from drypoint.errors import InputTypeError, ParameterError
from drypoint.profiles._gather import gathered
from drypoint.profiles._parameters import Parameters
from drypoint.profiles._profile import Profile
from drypoint.profiles._segments import MOST_SEGMENTS, SegmentedProfiler
from drypoint.sources import open_source

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    import pyarrow as pa

    from drypoint.profiles._set import ProfileSet

__all__ = ["Profiler", "profile"]


class Profiler:
    """Makes a profile of rows that come little by little, from any number of threads.

    The profile depends on the rows and their order alone, not on how they were cut into batches or
    on the number of threads. When the columns of a batch differ from those before, the rows so far
    are closed and merged, as profiles are.

    Args:
        parameters: what is measured, and how finely.
        columns: parameters of single columns by name; what is inside a column has its parameters.
        threads: how many to use; None for as many as there are cores.
        dataset: the name of what is profiled.
        window: the half-open range of time [start, end) that the rows are of.
        segment: the key and value pairs that selected them.
        tags: whatever else is to be kept with the profile.

    Raises:
        ParameterError: *threads* is less than 1.

    Examples:
        >>> import pyarrow as pa
        >>> profiler = Profiler()
        >>> for batch in [pa.table({"x": [1, 2]}), pa.table({"x": [3]})]:
        ...     _ = profiler.update(batch)
        >>> profiler.profile()["x"].sum
        6
    """

    def __init__(  # noqa: PLR0913 # each is a name of its own
        self,
        parameters: Parameters | None = None,
        *,
        columns: Mapping[str, Parameters] | None = None,
        threads: int | None = None,
        dataset: str | None = None,
        window: tuple[dt.datetime, dt.datetime] | None = None,
        segment: Mapping[str, str | None] | None = None,
        tags: Mapping[str, str] | None = None,
    ) -> None:
        if threads is not None and threads < 1:
            raise ParameterError(f"threads must be at least 1, got {threads}")
        self._default = (parameters or Parameters()).to_core()
        self._columns = {name: one.to_core() for name, one in (columns or {}).items()}
        self._threads = threads
        self._about = (dataset, window, dict(segment or {}), dict(tags or {}))
        self._lock = threading.Lock()
        self._schema: pa.Schema | None = None
        self._open: _core.Profiler | None = None
        self._closed: _core.Profile | None = None

    def update(self, data: Any) -> Profiler:
        """Folds rows in: all rows of a batch, or none if it raises.

        Args:
            data: a table, a record batch, or whatever `profile` takes.

        Raises:
            InputTypeError: *data* is no table.
            InputValueError: two columns have the same name, or buffers contradict each other.
        """
        source = open_source(data)
        for batches in gathered(source.batches):
            with self._lock:
                self._for(batches[0].schema).update(batches)
        with self._lock:
            # Without rows there are columns all the same.
            if self._open is None:
                self._for(source.schema)
        return self

    def _for(self, schema: pa.Schema) -> _core.Profiler:
        """The profiler of a schema: the open one, or a new one after that is closed."""
        if self._open is None or not schema.equals(self._schema):
            opened = _core.Profiler(schema, self._default, self._columns, self._threads)
            self._closed = self._whole()
            self._schema, self._open = schema, opened
        return self._open

    def _whole(self) -> _core.Profile | None:
        """What is closed and what is open."""
        if self._open is None:
            return self._closed
        opened = self._open.profile()
        return opened if self._closed is None else self._closed.merged([opened])

    @property
    def rows(self) -> int:
        """How many rows came so far."""
        with self._lock:
            closed = 0 if self._closed is None else self._closed.rows
            return closed + (0 if self._open is None else self._open.rows)

    def profile(self) -> Profile:
        """The profile of the rows so far; more may come.

        Raises:
            InputTypeError: nothing has come yet, not even columns.
        """
        with self._lock:
            whole = self._whole()
        if whole is None:
            raise InputTypeError("there is nothing to profile yet; call update first")
        return Profile(whole, *self._about)


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
        options: those of `Profiler`: parameters, columns, threads, dataset, window, segment, tags.

    Returns:
        A profile; a profile set if *segment_by* is given.

    Raises:
        InputTypeError: *data* is no table.
        InputValueError: two columns have the same name, or buffers contradict each other.
        SourceError: a file is missing, empty or broken.
        ParameterError: an option is out of range, or a key column is not there.
    """
    source = open_source(data, filesystem=filesystem)
    if segment_by is None:
        return Profiler(**options).update(source).profile()
    segmented = SegmentedProfiler(segment_by, max_segments=max_segments, **options)
    return segmented.update(source).profiles()
