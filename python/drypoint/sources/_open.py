"""What kind of thing holds the rows."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any

from drypoint.errors import InputTypeError, InputValueError
from drypoint.sources._memory import (
    from_columns,
    from_numpy,
    from_pandas,
    from_rows,
    is_of,
    of_table,
)
from drypoint.sources._select import selected
from drypoint.sources._source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyarrow as pa

__all__ = ["open_source"]

ROWS_AT_A_TIME = 1 << 16
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
        return open_files(paths, filesystem, columns)
    return selected(in_memory(data), columns)


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
        reason = " ".join(" ".join(map(str, error.args)).split())
        raise InputTypeError(f"{type(data).__qualname__}: {reason}") from error


def dispatch(data: Any) -> Source:
    """The rows by the type of *data*; Arrow's own errors pass."""
    import pyarrow as pa

    if is_of("pandas", "DataFrame", data):
        return of_table(from_pandas(data))
    if is_of("polars", "LazyFrame", data):
        return in_memory(data.collect())
    if hasattr(data, "__arrow_c_stream__"):
        reader = pa.RecordBatchReader.from_stream(data)
        return Source(reader.schema, iter(reader), getattr(data, "num_rows", None))
    if hasattr(data, "__arrow_c_array__"):
        batch = pa.record_batch(data)
        return Source(batch.schema, iter([batch]), batch.num_rows)
    if is_of("pyarrow", "Dataset", data):
        scanner = data.scanner(batch_size=ROWS_AT_A_TIME, batch_readahead=4, fragment_readahead=1)
        return Source(data.schema, scanner.to_batches(), None)
    if is_of("pyarrow", "Scanner", data):
        return Source(data.projected_schema, data.to_batches(), None)
    if is_of("numpy", "ndarray", data):
        return of_table(from_numpy(data))
    if isinstance(data, Mapping):
        return of_table(from_columns(data))
    if isinstance(data, (list, tuple)) and data and all(isinstance(x, Mapping) for x in data):
        return of_table(from_rows(data))
    if isinstance(data, Iterable) and not isinstance(data, (str, bytes)):
        return of_parts(data)
    raise InputTypeError(f"a profile is made of a table, got {type(data).__qualname__}; {WANTED}")


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
    numbered = enumerate(rest, 1)
    yield from chain.from_iterable(part(one, name, index).batches for index, one in numbered)


def part(data: Any, name: str, index: int) -> Source:
    """One part, which must be a table."""
    if isinstance(data, Iterable) or hasattr(data, "__arrow_c_array__"):
        return in_memory(data)
    raise InputTypeError(
        f"a profile is made of a table, got {name} whose item {index} is a "
        f"{type(data).__qualname__}; {WANTED}"
    )
