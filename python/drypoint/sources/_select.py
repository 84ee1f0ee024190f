"""Some of the columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.errors import ParameterError
from drypoint.sources._source import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import pyarrow as pa

__all__ = ["hint", "not_found", "present", "selected", "wanted"]

NAMED = 10
"""Names that an error tells."""


def selected(source: Source, columns: Sequence[str] | None) -> Source:
    """*source* with *columns* only; None for all.

    Raises:
        ParameterError: one of them is not there.
    """
    if columns is None:
        return source
    import pyarrow as pa

    names = wanted(columns, source.schema)
    schema = pa.schema([source.schema.field(name) for name in names])
    return Source(schema, narrowed(source.batches, names), source.rows, files=source.files)


def narrowed(batches: Iterable[pa.RecordBatch], names: list[str]) -> Iterator[pa.RecordBatch]:
    """The batches with those of the columns that each has."""
    for batch in batches:
        yield batch.select(present(names, batch.schema))


def present(names: Sequence[str], schema: pa.Schema) -> list[str]:
    """Those of *names* that are in *schema*, each once."""
    return [name for name in dict.fromkeys(names) if name in schema.names]


def wanted(columns: Sequence[str], schema: pa.Schema) -> list[str]:
    """The names, each once, if all are in *schema*.

    Raises:
        ParameterError: one is not there, or there are none.
    """
    names = list(dict.fromkeys(columns))
    if not names:
        raise ParameterError("columns must name at least one column, got none")
    for name in names:
        if name not in schema.names:
            raise ParameterError(not_found("column", name, schema.names))
    return names


def not_found(kind: str, name: object, known: Iterable[str]) -> str:
    """What to say of a name that is not there: those that are near, or some of those that are."""
    return f"{kind} {name!r} not found; {hint(name, known)}"


def hint(name: object, known: Iterable[str]) -> str:
    """The way out for who asks for *name*."""
    from difflib import get_close_matches

    names = list(known)
    text = str(name)
    near = get_close_matches(text, names, n=3, cutoff=0.7)
    near += [other for other in names if other.lower() == text.lower() and other not in near]
    if near:
        return f"did you mean {' or '.join(map(repr, near))}?"
    more = f" and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
    return f"there are {', '.join(map(repr, names[:NAMED]))}{more}"
