"""Columns that are computed from a record batch, one for each row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from drypoint.errors import InputTypeError, InputValueError, ParameterError
from drypoint.sources._memory import reason_of
from drypoint.sources._rebase import rebased_array
from drypoint.sources._select import not_found

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

__all__ = ["as_array", "check_kind", "computed", "evaluate", "is_function", "reason_of", "whole"]


def evaluate(batch: pa.RecordBatch, columns: Mapping[str, Any]) -> pa.RecordBatch:
    """The *columns* by name: each the name of a column, an expression, or a function of the batch.

    Args:
        batch: the rows.
        columns: a name, a `pyarrow.compute` expression such as `pc.field("dep") > 60`, or a
            function that takes the record batch and returns an array as long as it.

    Raises:
        ParameterError: one is none of these, names a column that is not there, or cannot be
            computed from columns of these types.
        InputValueError: it cannot be computed from these values, or a function returned an array of
            another length.
        InputTypeError: a function returned no array.
    """
    import pyarrow as pa

    arrays = {
        name: as_array(name, computed(batch, name, what), batch.num_rows)
        for name, what in columns.items()
    }
    # A batch of no columns would forget how many rows there are.
    return pa.RecordBatch.from_arrays(list(arrays.values()), names=list(arrays))


def computed(batch: pa.RecordBatch, name: str, what: Any) -> Any:
    """One of them, as it was returned."""
    check_kind(name, what)
    if isinstance(what, str):
        if what not in batch.schema.names:
            raise ParameterError(not_found("column", what, batch.schema.names))
        return batch.column(what)
    return what(batch) if is_function(what) else of_expression(batch, name, what)


def is_function(what: Any) -> bool:
    """Whether it is called with the batch; an expression is not, though it could be."""
    import pyarrow.compute as pc

    return callable(what) and not isinstance(what, pc.Expression)


def check_kind(name: str, what: Any) -> None:
    """Refuses what is no name of a column, no expression and no function."""
    import pyarrow.compute as pc

    if not isinstance(what, (str, pc.Expression)) and not callable(what):
        raise ParameterError(
            f"{name!r} must be the name of a column, a pyarrow.compute expression or a function of "
            f"a record batch, got {type(what).__name__}"
        )


def of_expression(batch: pa.RecordBatch, name: str, expression: Any) -> pa.Array:
    """What an expression says of each row."""
    import pyarrow as pa

    failures = (pa.ArrowException, ValueError, KeyError)
    try:
        return projected(batch, expression)
    except failures as error:
        try:
            projected(batch.slice(0, 0), expression)
        except failures:
            reason = lacking(batch.schema.names, error) or reason_of(error)
            raise ParameterError(f"{name!r} cannot be computed: {reason}") from error
        raise InputValueError(f"{name!r} cannot be computed: {reason_of(error)}") from error


def lacking(names: list[str], error: BaseException) -> str | None:
    """What to say if an error is that of an expression of a column that is not among *names*."""
    found = re.match(r"No match for FieldRef\.Name\((.*?)\) in ", reason_of(error))
    return not_found("column", found[1], names) if found else None


def projected(batch: pa.RecordBatch, expression: Any) -> pa.Array:
    """An expression as Arrow computes it, without a scanner, which takes five times as long."""
    import pyarrow as pa
    from pyarrow.acero import Declaration, ProjectNodeOptions, TableSourceNodeOptions

    rows = Declaration("table_source", TableSourceNodeOptions(pa.Table.from_batches([batch])))
    made = Declaration("project", ProjectNodeOptions([expression], ["made"]), inputs=[rows])
    return whole(made.to_table(use_threads=False).column(0))


def as_array(name: str, made: Any, rows: int) -> pa.Array:
    """What was made as an Arrow array of *rows* rows."""
    import pyarrow as pa

    if isinstance(made, pa.ChunkedArray):
        made = whole(made)
    if not isinstance(made, pa.Array):
        try:
            made = pa.array(made)
        except (pa.ArrowException, TypeError, ValueError, OverflowError) as error:
            raise InputTypeError(
                f"{name!r} must return an array, got {type(made).__name__}"
            ) from error
    if len(made) != rows:
        raise InputValueError(f"{name!r} returned {len(made)} values for {rows} rows")
    return rebased_array(made)


def whole(column: pa.ChunkedArray) -> pa.Array:
    """The chunks in one."""
    import pyarrow as pa

    combined = column.combine_chunks()
    return combined if isinstance(combined, pa.Array) else pa.concat_arrays(combined.chunks)
