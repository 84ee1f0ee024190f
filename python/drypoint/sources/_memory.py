"""Tables of other libraries as tables of Arrow, copied only where they must be."""

from __future__ import annotations

import math
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

from drypoint.errors import InputTypeError, InputValueError
from drypoint.sources._source import Source

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyarrow as pa

__all__ = [
    "from_columns",
    "from_numpy",
    "from_pandas",
    "from_rows",
    "is_of",
    "of_table",
    "reason_of",
    "unfit",
]

FLAT = 2
"""Dimensions of an array that has rows and columns."""


def is_of(library: str, name: str, data: Any) -> bool:
    """Whether *data* is an instance of a class of *library*, which is not imported for that."""
    if library not in sys.modules:
        return False
    return any(
        one.__name__ == name and one.__module__.split(".")[0] == library
        for one in type(data).__mro__
    )


def of_table(table: pa.Table) -> Source:
    """The rows of a table."""
    return Source(
        table.schema, iter(table.to_batches()), table.num_rows, table, schemas=(table.schema,)
    )


def from_pandas(frame: Any) -> pa.Table:
    """A data frame without its index; names that are not text are written as text."""
    names = [str(name) for name in frame.columns]
    check_names(names)
    columns = (frame.iloc[:, index] for index in range(len(names)))
    return of_arrays(
        names, [of_series(name, column) for name, column in zip(names, columns, strict=True)]
    )


def of_series(name: str, series: Any) -> Any:
    """A column of pandas: NaN where it stands for what is missing, is null."""
    import pyarrow as pa

    if is_of("pandas", "SparseDtype", series.dtype):
        series = series.sparse.to_dense()
    try:
        return pa.Array.from_pandas(series)
    except (pa.ArrowException, TypeError, ValueError) as error:
        raise unfit(name, str(series.dtype), error) from error


def from_numpy(array: Any) -> pa.Table:
    """A structured array by its fields; columns of a two-dimensional one are called by number."""
    if array.dtype.names:
        return from_columns({name: array[name] for name in array.dtype.names})
    if array.ndim != FLAT:
        raise InputTypeError(
            f"an array of {array.ndim} dimensions has no columns; pass a structured or a "
            'two-dimensional one, or a dict such as {"x": array}'
        )
    return from_columns({str(index): array[:, index] for index in range(array.shape[1])})


def from_columns(columns: Mapping[Any, Any]) -> pa.Table:
    """Columns by name: arrays of any library, or lists."""
    names = [str(name) for name in columns]
    check_names(names)
    pairs = zip(names, columns.values(), strict=True)
    return of_arrays(names, [of_column(name, column) for name, column in pairs])


def of_column(name: str, column: Any) -> Any:
    """One column as Arrow has it."""
    import pyarrow as pa

    try:
        if is_of("pandas", "Series", column):
            return of_series(name, column)
        if hasattr(column, "__arrow_c_stream__"):
            return pa.chunked_array(column)
        if hasattr(column, "__arrow_c_array__"):
            return pa.array(column)
        if is_of("numpy", "ndarray", column) and column.ndim > 1:
            return vectors(column)
        return of_values(column)
    except (pa.ArrowException, TypeError, ValueError, OverflowError) as error:
        kind = getattr(column, "dtype", type(column).__qualname__)
        raise unfit(name, str(kind), error) from error


def of_values(values: Any) -> pa.Array:
    """Values of Python; integers beyond 63 bits are unsigned, which pyarrow does not infer."""
    import pyarrow as pa

    if isinstance(values, (str, bytes)):
        raise TypeError("it is one value, and not a list of values")
    try:
        return pa.array(values)
    except OverflowError:
        return pa.array(values, pa.uint64())


def vectors(array: Any) -> pa.Array:
    """A row of numbers for each row: an embedding."""
    import pyarrow as pa

    flat = array.reshape(len(array), math.prod(array.shape[1:]))
    return pa.FixedSizeListArray.from_arrays(pa.array(flat.ravel()), flat.shape[1])


def from_rows(rows: Sequence[Mapping[Any, Any]]) -> pa.Table:
    """Dicts, one for each row; what a row lacks is null."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    return from_columns({name: [row.get(name) for row in rows] for name in names})


def of_arrays(names: list[str], arrays: list[Any]) -> pa.Table:
    """Columns of one length side by side."""
    import pyarrow as pa

    lengths = {name: len(array) for name, array in zip(names, arrays, strict=True)}
    if len(set(lengths.values())) > 1:
        raise InputValueError(f"columns have different lengths: {lengths}")
    return pa.table(dict(zip(names, arrays, strict=True)))


def check_names(names: list[str]) -> None:
    """Refuses names that come twice."""
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        raise InputValueError(
            f"column {twice[0]!r} is there twice; give each column a name of its own"
        )


def reason_of(error: BaseException) -> str:
    """What an error says, on one line."""
    return " ".join(" ".join(map(str, error.args)).split())


def unfit(name: str, kind: str, error: Exception) -> InputTypeError:
    """What to say of a column that Arrow has no type for."""
    return InputTypeError(
        f"column {name!r} ({kind}) cannot be taken: {reason_of(error)}; "
        "convert it to one type that Arrow has, such as text"
    )
