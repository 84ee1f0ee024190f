"""Files as streams of record batches: told apart by their names, and never held whole."""

from __future__ import annotations

import os
from itertools import chain, groupby
from typing import TYPE_CHECKING, Any

from drypoint.errors import SourceError
from drypoint.sources._find import find, public, suffix
from drypoint.sources._keys import and_keys, key_schema, key_types, with_keys
from drypoint.sources._parquet import read_footers, read_parquet
from drypoint.sources._select import present, selected, wanted
from drypoint.sources._source import SCANNED, Source

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
TEXTS = ("csv", "tsv")
TYPED = ("conversion error", "unexpected field", "changed from")
"""What pyarrow says of a text file whose later rows are of other types."""
TYPED_BY_THE_FIRST_BLOCK = (
    "; the first megabyte of a text file tells its columns and their types: where others follow, "
    "pass a pyarrow Dataset with a schema"
)
STREAM_MAGIC = b"\xff" * 4
"""How a message of a stream begins; a file begins with its name."""


def open_files(
    patterns: Sequence[str | os.PathLike[str]],
    filesystem: Any = None,
    columns: Sequence[str] | None = None,
) -> Source:
    """The rows of files, one file after the other; of *columns* only, if some are given."""
    import pyarrow as pa

    found = find([os.fspath(pattern) for pattern in patterns], FORMATS, filesystem)
    formats = {format_of(path) for path in found.paths}
    if len(formats) > 1:
        raise SourceError(f"files of several formats cannot be one table: {sorted(formats)}")
    try:
        return read(found, formats.pop(), columns)
    except (pa.ArrowException, OSError) as error:
        raise broken(found.paths, error) from error


def format_of(path: str) -> str:
    """The format that the name of *path* tells."""
    found = FORMATS.get(suffix(path))
    if found is None:
        known = ", ".join(sorted(FORMATS))
        raise SourceError(f"{path}: unknown format {suffix(path)!r}; known are {known}")
    return found


def read(found: Found, kind: str, columns: Sequence[str] | None) -> Source:
    """Opens files of one format."""
    if kind == "json":
        return selected(read_json(found), columns)
    if kind == "stream" or (kind == "ipc" and not has_footer(found)):
        return selected(read_streams(found), columns)
    if kind in TEXTS:
        return selected(read_text(found, kind), columns)
    if kind == "parquet":
        return read_parquet_files(found, columns)
    return read_dataset(found, kind, columns)


def read_parquet_files(found: Found, columns: Sequence[str] | None) -> Source:
    """Parquet, with `key=value` folders as columns; all footers are read first."""
    keys = key_schema(key_types(found.paths))
    footers = read_footers(found)
    rows = sum(footer.num_rows for footer in footers)
    own = (footer.schema.to_arrow_schema() for footer in footers)
    schemas = tuple(and_keys(one, keys) for one, _ in groupby(own))
    schema, batches = read_parquet(found, footers, columns)
    return Source(schema, guarded(found.paths, batches), rows, schemas=schemas)


def read_dataset(found: Found, kind: str, columns: Sequence[str] | None) -> Source:
    """Feather, Arrow IPC and ORC, with `key=value` folders as columns."""
    import pyarrow.dataset as ds

    keys = key_schema(key_types(found.paths))
    # With a schema, even of the keys alone, no file is opened yet.
    dataset = ds.dataset(
        found.paths,
        schema=keys,
        filesystem=found.filesystem,
        format=kind,
        partitioning=ds.partitioning(keys, flavor="hive"),
    )
    rows = dataset.count_rows()
    parts = alike(dataset)
    first = next(parts)
    if columns is not None:
        wanted(columns, first.schema)
    schema = first.scanner(columns=projection(first.schema, columns)).projected_schema
    scans = (scanned(part, columns) for part in chain([first], parts))
    return Source(schema, guarded(found.paths, chain.from_iterable(scans)), rows)


def alike(dataset: Any) -> Iterator[Any]:
    """The files in order, those of the same columns together.

    As one dataset, all would be read as if they had the columns of the first: what others have
    beside these would be passed over, and what they lack would be null.
    """
    import pyarrow.dataset as ds

    for schema, group in groupby(dataset.get_fragments(), lambda one: one.physical_schema):
        yield ds.FileSystemDataset(list(group), and_keys(schema, dataset.schema), dataset.format)


def projection(schema: pa.Schema, columns: Sequence[str] | None) -> dict[str, Any] | None:
    """The *columns* that there are, as expressions, since a name with dots is taken for a path."""
    import pyarrow.dataset as ds

    return None if columns is None else {one: ds.field(one) for one in present(columns, schema)}


def scanned(dataset: Any, columns: Sequence[str] | None) -> Iterator[pa.RecordBatch]:
    """The batches of a dataset, a few at a time."""
    scanner = dataset.scanner(columns=projection(dataset.schema, columns), **SCANNED)
    batches: Iterator[pa.RecordBatch] = scanner.to_batches()
    return batches


def read_json(found: Found) -> Source:
    """JSON lines, a block at a time; the first block tells the schema.

    A dataset would pass over the fields that only later rows have.
    """
    import pyarrow.json as pj

    return in_turn(found, lambda path: pj.open_json(open_stream(found, path)))


def read_streams(found: Found) -> Source:
    """The stream form of Arrow IPC."""
    import pyarrow as pa

    return in_turn(found, lambda path: pa.ipc.open_stream(open_stream(found, path)))


def read_text(found: Found, kind: str) -> Source:
    """CSV or TSV, a block at a time; the first block tells the schema.

    A dataset takes the bytes of zstd for text, and loading it takes 60 MB where there is pandas.
    """
    import pyarrow.csv as pc

    options = pc.ParseOptions(delimiter="\t" if kind == "tsv" else ",")
    return in_turn(found, lambda path: pc.open_csv(open_stream(found, path), parse_options=options))


def in_turn(found: Found, opened: Callable[[str], Any]) -> Source:
    """One file after the other; the next is opened when the last is read."""
    types = key_types(found.paths)
    pairs = ((path, opened(path)) for path in found.paths)
    path, reader = next(pairs)
    schema = and_keys(reader.schema, key_schema(types))
    batches = (with_keys(one, path, types) for path, one in chain([(path, reader)], pairs))
    return Source(schema, guarded(found.paths, chain.from_iterable(batches)), None)


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
    reason = public(" ".join(str(error).split()))
    for name in paths:
        reason = reason.replace(f"'{name}'", "it").replace(name, "it")
    typed = any(sign in reason for sign in TYPED)
    hint = TYPED_BY_THE_FIRST_BLOCK if typed else ""
    return SourceError(f"{names}: cannot be read: {reason}{hint}")
