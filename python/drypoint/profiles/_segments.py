"""Rows into profiles of their segments."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from drypoint import _core
from drypoint.errors import InputTypeError, ParameterError
from drypoint.profiles._expressions import evaluate
from drypoint.profiles._gather import gathered
from drypoint.profiles._parameters import Parameters
from drypoint.profiles._set import ProfileSet
from drypoint.sources import open_source

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    import pyarrow as pa

__all__ = ["MOST_SEGMENTS", "SegmentedProfiler"]

MOST_SEGMENTS = 1_000


class SegmentedProfiler:
    """Makes a profile of each segment of rows that come little by little, from any thread.

    Every combination of values of the key columns is a segment, a null among them too. When
    *max_segments* of them are there, rows of new ones go into the remainder, with a warning.

    Args:
        segment_by: the names of key columns; or a dict of names to columns, `pyarrow.compute`
            expressions or functions of a record batch.
        max_segments: so many segments are kept apart.
        parameters: what is measured, and how finely.
        columns: parameters of single columns by name.
        threads: how many to use; None for as many as there are cores.
        dataset: the name of what is profiled.
        window: the half-open range of time [start, end) that the rows are of.
        tags: whatever else is to be kept with the profiles.

    Raises:
        ParameterError: there are no key columns, or a number is less than 1.

    Examples:
        >>> import pyarrow as pa
        >>> profiler = SegmentedProfiler(["carrier"])
        >>> delays = {"carrier": ["UA", "AA", "UA"], "delay": [4, 11, 8]}
        >>> found = profiler.update(pa.table(delays)).profiles()
        >>> found["UA"]["delay"].mean, found.overall["delay"].max
        (6.0, 11)
    """

    def __init__(  # noqa: PLR0913 # each is a name of its own
        self,
        segment_by: Sequence[str] | Mapping[str, Any],
        *,
        max_segments: int = MOST_SEGMENTS,
        parameters: Parameters | None = None,
        columns: Mapping[str, Parameters] | None = None,
        threads: int | None = None,
        dataset: str | None = None,
        window: tuple[dt.datetime, dt.datetime] | None = None,
        tags: Mapping[str, str] | None = None,
    ) -> None:
        self._keys = keys_of(segment_by)
        for name, number in (("max_segments", max_segments), ("threads", threads)):
            if number is not None and number < 1:
                raise ParameterError(f"{name} must be at least 1, got {number}")
        self._most = max_segments
        self._default = (parameters or Parameters()).to_core()
        self._columns = {name: one.to_core() for name, one in (columns or {}).items()}
        self._threads = threads
        self._about: dict[str, Any] = {
            "dataset": dataset,
            "window": window,
            "tags": dict(tags or {}),
        }
        self._lock = threading.Lock()
        self._schema: pa.Schema | None = None
        self._open: _core.SegmentedProfiler | None = None
        self._closed: ProfileSet | None = None

    def update(self, data: Any) -> SegmentedProfiler:
        """Folds rows in.

        Args:
            data: a table, a record batch, or whatever `profile` takes.

        Raises:
            InputTypeError: *data* is no table.
            InputValueError: two columns have the same name, or buffers contradict each other.
            ParameterError: a key column is not there or cannot be computed.
        """
        source = open_source(data)
        for batches in gathered(source.batches):
            self._fold(batches[0].schema, batches)
        if self._open is None:
            self._fold(source.schema, [])
        return self

    def _fold(self, schema: pa.Schema, batches: list[pa.RecordBatch]) -> None:
        keys = [evaluate(batch, self._keys) for batch in batches]
        with self._lock:
            # Without rows the types of keys are not known, nor needed.
            key_schema = keys[0].schema if keys else empty_keys(schema, self._keys)
            if self._open is None or not schema.equals(self._schema):
                opened = _core.SegmentedProfiler(
                    schema, key_schema, self._default, self._columns, self._most, self._threads
                )
                self._closed = self._whole() if self._open is not None else self._closed
                self._schema, self._open = schema, opened
            self._open.update(batches, keys)

    def _whole(self) -> ProfileSet:
        assert self._open is not None  # noqa: S101 # the caller has looked
        opened = ProfileSet.of(self._open.profiles(), tuple(self._keys), **self._about)
        return opened if self._closed is None else self._closed.merge(opened)

    def profiles(self) -> ProfileSet:
        """The profiles of the rows so far; more may come.

        Raises:
            InputTypeError: nothing has come yet, not even columns.
        """
        with self._lock:
            if self._open is None:
                raise InputTypeError("there is nothing to profile yet; call update first")
            found = self._whole()
        if found.remainder is not None:
            warnings.warn(
                f"there are more than {self._most:,} segments: {found.remainder.rows:,} rows of "
                f"{found.rows:,} are in the remainder; raise max_segments to keep them apart",
                stacklevel=2,
            )
        return found


def keys_of(segment_by: Sequence[str] | Mapping[str, Any]) -> dict[str, Any]:
    """Names and what they are computed from."""
    if isinstance(segment_by, str):
        segment_by = [segment_by]
    if not isinstance(segment_by, Mapping):
        segment_by = {name: name for name in segment_by}
    keys = dict(segment_by)
    if not keys:
        raise ParameterError("segment_by must name at least one column, got none")
    return keys


def empty_keys(schema: pa.Schema, keys: Mapping[str, Any]) -> pa.Schema:
    """The types of the keys of a table without rows."""
    import pyarrow as pa

    return evaluate(pa.RecordBatch.from_pylist([], schema=schema), keys).schema
