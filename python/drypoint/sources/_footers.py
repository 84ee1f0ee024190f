"""Files whose ends tell their columns and how many rows they have."""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, groupby
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from drypoint.sources._broken import named
from drypoint.sources._keys import and_keys, key_schema, key_types, with_keys
from drypoint.sources._select import narrowed, wanted
from drypoint.sources._source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyarrow as pa

    from drypoint.sources._find import Found

__all__ = ["Footer", "Form", "Opened", "read_footed"]

FOOTERS_AT_A_TIME = 16
"""Stores answer many questions in the time of one."""


class Footer(NamedTuple):
    """What is written at the end of a file.

    Attributes:
        schema: its columns.
        rows: how many; None if it is not told.
        kept: what else is of use to whoever opens the file.
    """

    schema: pa.Schema
    rows: int | None
    kept: Any = None


class Opened(NamedTuple):
    """A file that is open.

    Attributes:
        schema: the columns of its batches.
        batches: its rows.
    """

    schema: pa.Schema
    batches: Iterator[pa.RecordBatch]


class Form(Protocol):
    """How files of a format are read."""

    def footer_of(self, found: Found, path: str) -> Footer:
        """What the end of the file says."""

    def opened(
        self, found: Found, path: str, footer: Footer, columns: Sequence[str] | None
    ) -> Opened:
        """The file with at least the *columns* that it has; None for all."""


def read_footed(found: Found, kind: str, form: Form, columns: Sequence[str] | None) -> Source:
    """The rows of all files, file by file, with `key=value` folders as columns.

    All footers are read before the first row; each is forgotten when its file is opened.
    """
    import pyarrow as pa

    footers = deque(read_footers(found, kind, form))
    types = key_types(found.paths)
    keys = key_schema(types)
    schemas = tuple(and_keys(one, keys) for one, _ in groupby(footer.schema for footer in footers))
    names = None if columns is None else wanted(columns, schemas[0])
    counts = [footer.rows for footer in footers if footer.rows is not None]
    rows = sum(counts) if len(counts) == len(footers) else None

    def opened(path: str) -> Opened:
        with named(found, path, kind):
            return form.opened(found, path, footers.popleft(), names)

    files = ((path, opened(path)) for path in found.paths)
    path, first = next(files)
    schema = and_keys(first.schema, keys)
    if names is not None:
        schema = pa.schema([schema.field(name) for name in names])
    batches = (
        batch
        for path, file in chain([(path, first)], files)
        for batch in with_keys(rows_of(found, path, kind, file), path, types)
    )
    # What a file has beside the columns that are wanted may have been read with them.
    kept = batches if names is None else narrowed(batches, names)
    return Source(schema, kept, rows, schemas=schemas, files=found.paths)


def read_footers(found: Found, kind: str, form: Form) -> Iterator[Footer]:
    """What is written at the end of each file; the schema of files in a row is there once."""

    def read(path: str) -> Footer:
        with named(found, path, kind):
            return form.footer_of(found, path)

    schema = None
    with ThreadPoolExecutor(min(FOOTERS_AT_A_TIME, len(found.paths))) as pool:
        for footer in pool.map(read, found.paths):
            is_new = schema is None or not footer.schema.equals(schema, check_metadata=True)
            schema = footer.schema if is_new else schema
            yield footer._replace(schema=schema)


def rows_of(found: Found, path: str, kind: str, file: Opened) -> Iterator[pa.RecordBatch]:
    """The batches of a file, whose errors name it."""
    with named(found, path, kind):
        yield from file.batches
