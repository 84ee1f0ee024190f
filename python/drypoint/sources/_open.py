"""What kind of thing holds the rows."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from drypoint.errors import InputTypeError, InputValueError
from drypoint.sources._memory import (
    from_columns,
    from_numpy,
    from_pandas,
    from_rows,
    is_of,
    of_table,
    reason_of,
)
from drypoint.sources._rebase import rebased
from drypoint.sources._select import selected
from drypoint.sources._source import READ_AT_A_TIME, SCANNED, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import pyarrow as pa

__all__ = ["open_source"]

WANTED = (
    "pass a pyarrow, polars, pandas or duckdb table, a NumPy structured or two-dimensional array, "
    "a dict of columns, a list of dicts, an iterator of batches, a pyarrow Dataset, or paths"
)


def open_source(
    data: Any, *, filesystem: Any = None, columns: Sequence[str] | None = None
) -> Source:
    """The rows of whatever holds some.

    Args:
        data: anything with `__arrow_c_stream__` or `__arrow_c_array__` (pyarrow, polars, duckdb); a
            pandas data frame, without its index; a NumPy structured or two-dimensional array; a
            dict of columns; a list of dicts, one for each row; an iterator of any of these; a
            pyarrow Dataset or Scanner; paths, globs, folders or URLs of files of one format:
            Parquet, CSV, TSV, Feather or Arrow IPC, ORC, JSON lines. `.csv.gz` and the like are
            unpacked as they are read, and `key=value` in a path is a column.
        filesystem: a `pyarrow.fs.FileSystem` that paths are on; None for this machine, or what a
            URL says (`s3://`, `gs://`, `abfs://`, `hdfs://`, `file://`).
        columns: the names of those that are wanted; None for all. Of Parquet, Feather, Arrow IPC
            and ORC nothing else is read.

    Raises:
        InputTypeError: *data* is none of these, or a column holds what Arrow has no type for.
        InputValueError: columns have one name or different lengths.
        SourceError: nothing is there, a file is empty or broken, or its format is not known.
        ParameterError: one of *columns* is not there.
    """
    if isinstance(data, Source):
        return selected(data, columns)
    if isinstance(data, (str, os.PathLike)) or is_paths(data):
        from drypoint.sources._files import open_files

        paths = [data] if isinstance(data, (str, os.PathLike)) else data
        return rebased(open_files(paths, filesystem, columns))
    return selected(rebased(in_memory(data)), columns)


def is_paths(data: Any) -> bool:
    """Whether it is a list of paths and of nothing else."""
    return (
        isinstance(data, (list, tuple))
        and len(data) > 0
        and all(isinstance(one, (str, os.PathLike)) for one in data)
    )


def in_memory(data: Any) -> Source:
    """The rows of what is no file."""
    import pyarrow as pa

    try:
        return dispatch(data)
    except pa.ArrowException as error:
        name, reason = type(data).__qualname__, reason_of(error)
        if "non-struct" in reason:
            raise InputTypeError(f'{name} is a column; pass a table, as {{"x": column}}') from error
        raise InputTypeError(f"{name}: {reason}") from error


def dispatch(data: Any) -> Source:
    """The rows by the kind of *data*; Arrow's own errors pass."""
    opened = opener(data)
    if opened is None:
        raise InputTypeError(
            f"a profile is made of a table, got {type(data).__qualname__}; {WANTED}"
        )
    return opened(data)


def opener(data: Any) -> Callable[[Any], Source] | None:
    """How the rows are had: by the first kind that *data* is of, if it is of one."""
    return next((opened for is_kind, opened in KINDS if is_kind(data)), None)


def of_stream(data: Any) -> Source:
    """The batches of an Arrow stream, as they come."""
    import pyarrow as pa

    # Through the interface of C an error would lose its type.
    own = is_of("pyarrow", "RecordBatchReader", data)
    reader = data if own else pa.RecordBatchReader.from_stream(data)
    stream = data if is_of("polars", "DataFrame", data) else None
    batches = read_on(reader, type(data).__qualname__)
    return Source(
        reader.schema, batches, getattr(data, "num_rows", None), stream, schemas=(reader.schema,)
    )


def read_on(reader: pa.RecordBatchReader, name: str) -> Iterator[pa.RecordBatch]:
    """The batches of a stream; what Arrow makes of the error of its producer names who that is."""
    import pyarrow as pa

    try:
        yield from reader
    except pa.ArrowException as error:
        raise InputValueError(f"{name}: the stream broke off: {reason_of(error)}") from error


def of_array(data: Any) -> Source:
    """The rows of one record batch."""
    import pyarrow as pa

    batch = pa.record_batch(data)
    return of_table(pa.Table.from_batches([batch]))


def of_dataset(data: Any) -> Source:
    """The rows of a pyarrow Dataset, a few fragments at a time."""
    import pyarrow.dataset as ds

    options: dict[str, Any] = {}
    if isinstance(getattr(data, "format", None), ds.ParquetFileFormat):
        # Without these all that was read of a file is kept until its end.
        lean = ds.ParquetFragmentScanOptions(
            use_buffered_stream=True, buffer_size=READ_AT_A_TIME, pre_buffer=False
        )
        options["fragment_scan_options"] = lean
    scanner = data.scanner(**SCANNED, **options)
    return Source(data.schema, scanner.to_batches(), None, schemas=(data.schema,))


def of_scanner(data: Any) -> Source:
    """The rows of a pyarrow Scanner, as it was set up."""
    schema = data.projected_schema
    return Source(schema, data.to_batches(), None, schemas=(schema,))


def is_rows(data: Any) -> bool:
    """Whether it is a list of dicts."""
    listed = isinstance(data, (list, tuple)) and len(data) > 0
    return listed and all(isinstance(one, Mapping) for one in data)


def is_parts(data: Any) -> bool:
    """Whether tables may come out of it."""
    return isinstance(data, Iterable) and not isinstance(data, (str, bytes))


def of_parts(parts: Iterable[Any]) -> Source:
    """The rows of one part after the other."""
    waiting = iter(parts)
    first = next(waiting, None)
    if first is None:
        raise InputValueError(
            f"{type(parts).__qualname__} is empty, so there are no columns to profile; {WANTED}"
        )
    opened = part(first, type(parts).__qualname__, 0)
    return Source(opened.schema, in_turn(opened, waiting, type(parts).__qualname__), None)


def in_turn(opened: Source, rest: Iterator[Any], name: str) -> Iterator[pa.RecordBatch]:
    """The batches of the part that is open and of those that follow."""
    yield from opened.batches
    import pyarrow as pa

    for index, one in enumerate(rest, 1):
        if isinstance(one, pa.RecordBatch):
            yield one
        else:
            yield from part(one, name, index).batches


def part(data: Any, name: str, index: int) -> Source:
    """One part, which must be a table."""
    if opener(data) is None:
        raise InputTypeError(
            f"a profile is made of a table, got {name} whose item {index} is a "
            f"{type(data).__qualname__}; {WANTED}"
        )
    return in_memory(data)


KINDS: tuple[tuple[Callable[[Any], bool], Callable[[Any], Source]], ...] = (
    # pandas speaks Arrow too, but would bring its index.
    (partial(is_of, "pandas", "DataFrame"), lambda data: of_table(from_pandas(data))),
    (partial(is_of, "polars", "LazyFrame"), lambda data: in_memory(data.collect())),
    (partial(is_of, "pyarrow", "Table"), of_table),
    (partial(is_of, "pyarrow", "RecordBatch"), of_array),
    (lambda data: hasattr(data, "__arrow_c_stream__"), of_stream),
    (lambda data: hasattr(data, "__arrow_c_array__"), of_array),
    (partial(is_of, "pyarrow", "Dataset"), of_dataset),
    (partial(is_of, "pyarrow", "Scanner"), of_scanner),
    (partial(is_of, "numpy", "ndarray"), lambda data: of_table(from_numpy(data))),
    (lambda data: isinstance(data, Mapping), lambda data: of_table(from_columns(data))),
    (is_rows, lambda data: of_table(from_rows(data))),
    (is_parts, of_parts),
)
"""What data may be, and how its rows are had; the first that fits."""
