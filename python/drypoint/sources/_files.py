"""Files as streams of record batches: told apart by their names, and never held whole."""

from __future__ import annotations

import os
from itertools import chain
from typing import TYPE_CHECKING, Any

from drypoint.errors import SourceError
from drypoint.sources._find import find, suffix
from drypoint.sources._source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
COUNTED = ("parquet", "ipc", "orc")
"""Their footers say how many rows there are; counting a text file would read it."""
ROWS_AT_A_TIME = 1 << 16
STREAM_MAGIC = b"\xff" * 4
"""How a message of a stream begins; a file begins with its name."""


def open_files(patterns: Sequence[str | os.PathLike[str]], filesystem: Any = None) -> Source:
    """The rows of files, one file after the other."""
    import pyarrow as pa

    found = find([os.fspath(pattern) for pattern in patterns], FORMATS, filesystem)
    formats = {format_of(path) for path in found.paths}
    if len(formats) > 1:
        raise SourceError(f"files of several formats cannot be one table: {sorted(formats)}")
    try:
        return read(found, formats.pop())
    except (pa.ArrowException, OSError) as error:
        if isinstance(error, SourceError):
            raise
        raise broken(found.paths, error) from error


def format_of(path: str) -> str:
    """The format that the name of *path* tells."""
    found = FORMATS.get(suffix(path))
    if found is None:
        known = ", ".join(sorted(FORMATS))
        raise SourceError(f"{path}: unknown format {suffix(path)!r}; known are {known}")
    return found


def read(found: Found, kind: str) -> Source:
    """Opens files of one format."""
    if kind == "json":
        return read_json(found)
    if kind == "stream" or (kind == "ipc" and not has_footer(found)):
        return read_streams(found)
    return read_dataset(found, kind)


def read_dataset(found: Found, kind: str) -> Source:
    """What pyarrow scans, with `key=value` folders as columns."""
    import pyarrow.dataset as ds

    form: Any = kind
    if kind in ("csv", "tsv"):
        from pyarrow.csv import ParseOptions

        form = ds.CsvFileFormat(ParseOptions(delimiter="\t" if kind == "tsv" else ","))
    partitioned = any("=" in part for path in found.paths for part in path.split("/")[:-1])
    dataset = ds.dataset(
        found.paths,
        filesystem=found.filesystem,
        format=form,
        partitioning="hive" if partitioned else None,
    )
    rows = dataset.count_rows() if kind in COUNTED else None
    scanner = dataset.scanner(batch_size=ROWS_AT_A_TIME, batch_readahead=4, fragment_readahead=1)
    return Source(dataset.schema, guarded(found.paths, scanner.to_batches()), rows)


def read_json(found: Found) -> Source:
    """JSON lines, a block at a time; the first block tells the schema."""
    import pyarrow.json as pj

    readers = [pj.open_json(open_stream(found, path)) for path in found.paths]
    batches = chain.from_iterable(readers)
    return Source(readers[0].schema, guarded(found.paths, batches), None)


def read_streams(found: Found) -> Source:
    """The stream form of Arrow IPC."""
    import pyarrow as pa

    readers = [pa.ipc.open_stream(open_stream(found, path)) for path in found.paths]
    batches = chain.from_iterable(readers)
    return Source(readers[0].schema, guarded(found.paths, batches), None)


def open_stream(found: Found, path: str) -> Any:
    """The bytes of a file, unpacked as its name says."""
    return found.filesystem.open_input_stream(path, compression="detect")


def has_footer(found: Found) -> bool:
    """Whether the first file is of the file form of Arrow IPC, not of the stream form."""
    with found.filesystem.open_input_stream(found.paths[0], compression=None) as file:
        return bool(file.read(len(STREAM_MAGIC)) != STREAM_MAGIC)


def guarded(paths: list[str], batches: Any) -> Iterator[pa.RecordBatch]:
    """The batches, with errors that name the files."""
    import pyarrow as pa

    try:
        yield from batches
    except (pa.ArrowException, OSError) as error:
        raise broken(paths, error) from error


def broken(paths: list[str], error: Exception) -> SourceError:
    """What to say of files that cannot be read."""
    names = ", ".join(paths[:3]) + (", …" if len(paths) > 3 else "")  # noqa: PLR2004
    reason = " ".join(str(error).split())
    for name in paths:
        reason = reason.replace(f"'{name}'", "it").replace(name, "it")
    return SourceError(f"{names}: cannot be read: {reason}")
