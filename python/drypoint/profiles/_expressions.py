"""Columns that are computed from a record batch, one for each row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drypoint.errors import InputTypeError, InputValueError, ParameterError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

__all__ = ["evaluate"]


def evaluate(batch: pa.RecordBatch, columns: Mapping[str, Any]) -> pa.RecordBatch:
    """The *columns* by name: each the name of a column, an expression, or a function of the batch.

    Args:
        batch: the rows.
        columns: a name, a `pyarrow.compute` expression such as `pc.field("dep") > 60`, or a
            function that takes the record batch and returns an array as long as it.

    Raises:
        ParameterError: one is none of these, or names a column that is not there.
        InputValueError: a function returned an array of another length.
        InputTypeError: a function returned no array.
    """
    import pyarrow as pa

    arrays = {name: one(batch, name, what) for name, what in columns.items()}
    # A batch of no columns would forget how many rows there are.
    return pa.RecordBatch.from_arrays(list(arrays.values()), names=list(arrays))


def one(batch: pa.RecordBatch, name: str, what: Any) -> pa.Array:
    """One column of them."""
    import pyarrow.compute as pc

    if isinstance(what, str):
        if what not in batch.schema.names:
            raise ParameterError(f"column {what!r} not found; there are {batch.schema.names}")
        return batch.column(what)
    if isinstance(what, pc.Expression):
        return of_expression(batch, name, what)
    if callable(what):
        return of_function(batch, name, what)
    raise ParameterError(
        f"{name!r} must be the name of a column, a pyarrow.compute expression or a function of a "
        f"record batch, got {type(what).__name__}"
    )


def of_expression(batch: pa.RecordBatch, name: str, expression: Any) -> pa.Array:
    """What an expression says of each row."""
    import pyarrow as pa
    import pyarrow.dataset as ds

    try:
        scanner = ds.Scanner.from_batches(
            iter([batch]), schema=batch.schema, columns={name: expression}, use_threads=False
        )
        return whole(scanner.to_table().column(0))
    except (pa.ArrowException, ValueError, KeyError) as error:
        reason = " ".join(str(error).split())
        raise ParameterError(f"{name!r} cannot be computed: {reason}") from error


def of_function(batch: pa.RecordBatch, name: str, function: Any) -> pa.Array:
    """What a function of the batch returns."""
    import pyarrow as pa

    made = function(batch)
    if isinstance(made, pa.ChunkedArray):
        made = whole(made)
    if not isinstance(made, pa.Array):
        try:
            made = pa.array(made)
        except (pa.ArrowException, TypeError) as error:
            raise InputTypeError(
                f"{name!r} must return an array, got {type(made).__name__}"
            ) from error
    if len(made) != batch.num_rows:
        raise InputValueError(f"{name!r} returned {len(made)} values for {batch.num_rows} rows")
    return made


def whole(column: pa.ChunkedArray) -> pa.Array:
    """The chunks in one."""
    combined = column.combine_chunks()
    import pyarrow as pa

    return combined if isinstance(combined, pa.Array) else pa.concat_arrays(combined.chunks)
