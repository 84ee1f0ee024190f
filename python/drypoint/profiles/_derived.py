"""Columns that are computed from others, batch by batch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from drypoint.errors import InputTypeError, InputValueError, ParameterError
from drypoint.profiles._errors import DerivedErrors, message_of
from drypoint.profiles._expressions import as_array, check_kind, computed

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

__all__ = ["Attempts", "Derivation", "Derived"]


class Derived(NamedTuple):
    """What a function for *derive* may return that knows which rows it could not compute.

    Attributes:
        columns: an array; or arrays by name, or a record batch, for several columns. Rows that
            could not be computed are null.
        errors: a message for each of those rows.
    """

    columns: Any
    errors: Sequence[str] = ()


class Attempts:
    """Computes what may fail: the rows are then null, and the error is counted or raised.

    Args:
        on_error: "count" or "raise".

    Raises:
        ParameterError: it is neither.
    """

    def __init__(self, on_error: str) -> None:
        if on_error not in ("count", "raise"):
            raise ParameterError(f"on_error must be 'count' or 'raise', got {on_error!r}")
        self._raises = on_error == "raise"

    def compute(self, batch: pa.RecordBatch, name: str, what: Any) -> Any:
        """What was made, or the error that was raised instead.

        Raises:
            ParameterError: *what* does not fit the columns there are; functions may say so too.
            InputValueError: it failed, and errors are to be raised.
        """
        try:
            return computed(batch, name, what)
        except ParameterError:
            raise
        except Exception as error:  # noqa: BLE001 # whatever a function raises is counted
            return self.failed(name, error)

    def failed(self, name: str, error: Exception) -> Exception:
        """The *error*, if it is not to be raised."""
        if self._raises:
            raise InputValueError(f"{name!r} cannot be computed: {message_of(error)}") from error
        return error

    def refused(self, name: str, message: str) -> None:
        """Some rows could not be computed."""
        if self._raises:
            raise InputValueError(f"{name!r} cannot be computed: {message}")


class Derivation:
    """Derived columns by name.

    Args:
        columns: the name of a column, a `pyarrow.compute` expression, or a function of a record
            batch. A function may return several arrays by name: `made` that returns `{"x": …}`
            makes the column `made.x`. Each may use those before it.
        attempts: what happens when one fails.

    Raises:
        ParameterError: one is none of these.
    """

    def __init__(self, columns: Mapping[str, Any] | None, attempts: Attempts) -> None:
        if not isinstance(columns or {}, Mapping):
            raise ParameterError(f"derive must be a dict of columns by name, got {columns!r}")
        self._columns = dict(columns or {})
        self._attempts = attempts
        self._made: dict[str, dict[str, pa.DataType]] = {}
        for name, what in self._columns.items():
            check_kind(name, what)

    def apply(self, batch: pa.RecordBatch) -> tuple[pa.RecordBatch, dict[str, DerivedErrors]]:
        """The batch with the derived columns after its own, and what went wrong.

        Raises:
            ParameterError: one does not fit the columns there are, or is called like one of them.
            InputValueError: one failed, and errors are to be raised.
        """
        errors = {}
        for name, what in self._columns.items():
            arrays, messages = self._arrays(batch, name, what)
            batch = appended(batch, arrays)
            if messages and batch.num_rows:
                errors[name] = DerivedErrors.of(len(messages), 1, messages)
        return batch, errors

    def _arrays(
        self, batch: pa.RecordBatch, name: str, what: Any
    ) -> tuple[dict[str, pa.Array], Sequence[str]]:
        """The columns that one makes, and a message for each row that it could not compute."""
        made = self._attempts.compute(batch, name, what)
        if not isinstance(made, Exception):
            try:
                arrays, messages = self._named(name, made, batch.num_rows)
            except (InputTypeError, InputValueError) as error:
                made = self._attempts.failed(name, error)
            else:
                if messages:
                    self._attempts.refused(name, messages[0])
                return arrays, messages
        return self._nulls(batch, name, what), [message_of(made)] * batch.num_rows

    def _named(self, name: str, made: Any, rows: int) -> tuple[dict[str, pa.Array], Sequence[str]]:
        """What was made as columns by name."""
        import pyarrow as pa

        columns, messages = made if isinstance(made, Derived) else (made, ())
        arrays = named(name, columns, rows)
        known = self._made.get(name, {})
        # What was made before and is not now is null: the columns stay the same.
        whole = {column: pa.nulls(rows, of) for column, of in known.items()}
        whole |= {column: typed(array, known.get(column)) for column, array in arrays.items()}
        self._made[name] = {column: array.type for column, array in whole.items()}
        return whole, list(messages)[:rows]

    def _nulls(self, batch: pa.RecordBatch, name: str, what: Any) -> dict[str, pa.Array]:
        """Nulls of the types that it makes; one column without a type while that is not known."""
        import pyarrow as pa

        if name not in self._made and batch.num_rows:
            self._learn(batch.slice(0, 0), name, what)
        types = self._made.get(name) or {name: pa.null()}
        return {column: pa.nulls(batch.num_rows, of) for column, of in types.items()}

    def _learn(self, empty: pa.RecordBatch, name: str, what: Any) -> None:
        """Sees what is made of no rows, if that succeeds."""
        try:
            self._named(name, computed(empty, name, what), 0)
        except Exception:  # noqa: BLE001 # it has failed before, and that was counted
            return


def named(name: str, made: Any, rows: int) -> dict[str, pa.Array]:
    """One column called *name*, or several called *name.key*."""
    import pyarrow as pa

    if isinstance(made, (pa.RecordBatch, pa.Table)):
        made = dict(zip(made.schema.names, made.columns, strict=True))
    if not isinstance(made, dict):
        return {name: as_array(name, made, rows)}
    full = {f"{name}.{key}": array for key, array in made.items()}
    return {column: as_array(column, array, rows) for column, array in full.items()}


def typed(array: pa.Array, known: pa.DataType | None) -> pa.Array:
    """The array; one without any values as the type that came before."""
    import pyarrow as pa

    if known is None or not pa.types.is_null(array.type):
        return array
    return pa.nulls(len(array), known)


def appended(batch: pa.RecordBatch, arrays: Mapping[str, pa.Array]) -> pa.RecordBatch:
    """The batch with more columns.

    Raises:
        ParameterError: one is there already.
    """
    import pyarrow as pa

    twice = [name for name in arrays if name in batch.schema.names]
    if twice:
        raise ParameterError(
            f"column {twice[0]!r} is there already; give the derived one another name"
        )
    schema = batch.schema
    for name, array in arrays.items():
        schema = schema.append(pa.field(name, array.type))
    return pa.RecordBatch.from_arrays([*batch.columns, *arrays.values()], schema=schema)
