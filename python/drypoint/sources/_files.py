"""Files as streams of record batches: told apart by their names, and never held whole."""

from __future__ import annotations

import os
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any

from drypoint.errors import SourceError
from drypoint.sources import _ipc, _orc, _parquet
from drypoint.sources._broken import named
from drypoint.sources._find import find, suffix
from drypoint.sources._footers import read_footed
from drypoint.sources._keys import and_keys, key_schema, key_types, with_keys
from drypoint.sources._select import selected
from drypoint.sources._source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import pyarrow as pa

    from drypoint.sources._find import Found

__all__ = ["open_files"]

FORMATS = {
    ".parquet": "parquet",
    ".pq": "parquet",
    ".csv": "csv",
    ".tsv": "tsv",
    ".feather": "ipc",
    ".arrow": "ipc",
    ".ipc": "ipc",
    ".arrows": "stream",
    ".orc": "orc",
    ".jsonl": "json",
    ".ndjson": "json",
    ".json": "json",
}
STREAM_MAGIC = b"\xff" * 4
"""How a message of a stream begins; a file begins with its name."""


def open_files(
    patterns: Sequence[str | os.PathLike[str]],
    filesystem: Any = None,
    columns: Sequence[str] | None = None,
) -> Source:
    """The rows of files, one file after the other; of *columns* only, if some are given."""
    found = find([os.fspath(pattern) for pattern in patterns], FORMATS, filesystem)
    formats = {format_of(path) for path in found.paths}
    if len(formats) > 1:
        raise SourceError(f"files of several formats cannot be one table: {sorted(formats)}")
    kind = formats.pop()
    if kind == "ipc" and not has_footer(found):
        kind = "stream"
    if kind in FOOTED:
        return read_footed(found, kind, FOOTED[kind], columns)
    return selected(in_turn(found, kind), columns)


def format_of(path: str) -> str:
    """The format that the name of *path* tells."""
    found = FORMATS.get(suffix(path))
    if found is None:
        known = ", ".join(sorted(FORMATS))
        raise SourceError(f"{path}: unknown format {suffix(path)!r}; known are {known}")
    return found


def in_turn(found: Found, kind: str) -> Source:
    """One file after the other; the next is opened when the last is read."""
    types = key_types(found.paths)
    pairs = ((path, opened(found, path, kind)) for path in found.paths)
    path, reader = next(pairs)
    schema = and_keys(reader.schema, key_schema(types))
    batches = (
        with_keys(rows_of(found, path, kind, one), path, types)
        for path, one in chain([(path, reader)], pairs)
    )
    return Source(schema, chain.from_iterable(batches), None, files=found.paths)


def opened(found: Found, path: str, kind: str) -> Any:
    """A reader of the file, unpacked as its name says."""
    with named(found, path, kind):
        return READERS[kind](found.filesystem.open_input_stream(path, compression="detect"))


def rows_of(found: Found, path: str, kind: str, reader: Any) -> Iterator[pa.RecordBatch]:
    """The batches of a file, whose errors name it."""
    with named(found, path, kind):
        yield from reader


def read_stream(stream: Any) -> Any:
    """The stream form of Arrow IPC."""
    import pyarrow as pa

    return pa.ipc.open_stream(stream)


def read_json(stream: Any) -> Any:
    """JSON lines, a block at a time; the first block tells the schema.

    A dataset would pass over the fields that only later rows have.
    """
    import pyarrow.json as pj

    return pj.open_json(stream)


def read_text(stream: Any, delimiter: str) -> Any:
    """CSV or TSV, a block at a time; the first block tells the schema.

    A dataset takes the bytes of zstd for text, and loading it takes 60 MB where there is pandas.
    """
    import pyarrow.csv as pc

    return pc.open_csv(stream, parse_options=pc.ParseOptions(delimiter=delimiter))


def has_footer(found: Found) -> bool:
    """Whether the first file is of the file form of Arrow IPC, not of the stream form."""
    path = found.paths[0]
    with (
        named(found, path, "ipc"),
        found.filesystem.open_input_stream(path, compression=None) as file,
    ):
        return bool(file.read(len(STREAM_MAGIC)) != STREAM_MAGIC)


FOOTED: dict[str, Any] = {"parquet": _parquet, "ipc": _ipc, "orc": _orc}
"""Formats whose files are read from their end."""
READERS: dict[str, Callable[[Any], Any]] = {
    "csv": partial(read_text, delimiter=","),
    "tsv": partial(read_text, delimiter="\t"),
    "json": read_json,
    "stream": read_stream,
}
"""Formats whose files are read as streams."""
