"""Files as streams of record batches: found, told apart by their names, and never held whole."""

from __future__ import annotations

import glob
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from drypoint.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyarrow as pa

__all__ = ["Source", "open_source"]

FORMATS = {
    ".parquet": "parquet",
    ".pq": "parquet",
    ".csv": "csv",
    ".tsv": "tsv",
    ".feather": "ipc",
    ".arrow": "ipc",
    ".ipc": "ipc",
    ".jsonl": "json",
    ".ndjson": "json",
    ".json": "json",
}
COMPRESSIONS = {".gz", ".bz2", ".zst"}
ROWS_AT_A_TIME = 1 << 16


class Source(NamedTuple):
    """Record batches of one schema.

    Attributes:
        schema: the columns.
        batches: the rows, read as they are asked for.
        rows: how many there are, where the format says so without being read; None otherwise.
    """

    schema: pa.Schema
    batches: Iterator[pa.RecordBatch]
    rows: int | None


def open_source(patterns: Sequence[str]) -> Source:
    """The rows of files, one file after the other.

    Args:
        patterns: paths or globs of files of one format and one schema: Parquet, CSV, TSV, Feather
            or Arrow IPC, JSON lines; `.csv.gz` and the like are unpacked as they are read.

    Raises:
        SourceError: nothing is there, a file is empty or broken, or its format is not known.
    """
    import pyarrow as pa

    paths = [path for pattern in patterns for path in find(pattern)]
    formats = {format_of(path) for path in paths}
    if len(formats) > 1:
        raise SourceError(f"files of several formats cannot be one table: {sorted(formats)}")
    for path in paths:
        if path.stat().st_size == 0:
            raise SourceError(f"{path}: the file is empty")
    try:
        return read(paths, formats.pop())
    except (pa.ArrowException, OSError) as error:
        raise broken(paths, error) from error


def find(pattern: str) -> list[Path]:
    """The files that *pattern* names."""
    path = Path(pattern)
    if path.is_dir():
        raise SourceError(f"{pattern}: a folder; name its files, as in {path / '*.parquet'}")
    if path.exists():
        return [path]
    if not glob.has_magic(pattern):
        raise SourceError(f"{pattern}: no such file")
    matches = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 # a pattern may be absolute
    found = [Path(match) for match in matches if Path(match).is_file()]
    if not found:
        raise SourceError(f"{pattern}: no file matches")
    return found


def suffix(path: Path) -> str:
    """What tells the format: the last suffix, or the one before a compression."""
    suffixes = [part.lower() for part in path.suffixes]
    if suffixes and suffixes[-1] in COMPRESSIONS:
        suffixes.pop()
    return suffixes[-1] if suffixes else ""


def format_of(path: Path) -> str:
    """The format that the name of *path* tells."""
    found = FORMATS.get(suffix(path))
    if found is None:
        known = ", ".join(sorted(FORMATS))
        raise SourceError(f"{path}: unknown format {suffix(path)!r}; known are {known}")
    return found


def read(paths: list[Path], kind: str) -> Source:
    """Opens files of one format."""
    import pyarrow.dataset as ds

    names = [str(path) for path in paths]
    if kind == "json":
        return read_json(names)
    options: dict[str, Any] = {}
    if kind == "tsv":
        from pyarrow.csv import ParseOptions

        options["format"] = ds.CsvFileFormat(parse_options=ParseOptions(delimiter="\t"))
    else:
        options["format"] = kind
    dataset = ds.dataset(names, **options)
    # Counting a text file would read it; the others say in their footers.
    rows = dataset.count_rows() if kind in ("parquet", "ipc") else None
    scanner = dataset.scanner(batch_size=ROWS_AT_A_TIME, batch_readahead=4, fragment_readahead=1)
    return Source(dataset.schema, guarded(paths, scanner.to_batches()), rows)


def read_json(names: list[str]) -> Source:
    """JSON lines, a block at a time; the first block tells the schema."""
    import pyarrow.json as pj

    readers = [pj.open_json(name) for name in names]
    batches = (batch for reader in readers for batch in reader)
    return Source(readers[0].schema, guarded([Path(name) for name in names], batches), None)


def guarded(paths: list[Path], batches: Any) -> Iterator[pa.RecordBatch]:
    """The batches, with errors that name the files."""
    import pyarrow as pa

    try:
        yield from batches
    except (pa.ArrowException, OSError) as error:
        raise broken(paths, error) from error


def broken(paths: list[Path], error: Exception) -> SourceError:
    """What to say of files that cannot be read."""
    names = ", ".join(map(str, paths[:3])) + (", …" if len(paths) > 3 else "")  # noqa: PLR2004
    reason = " ".join(str(error).split())
    for name in map(str, paths):
        reason = reason.replace(f"'{name}'", "it").replace(name, "it")
    return SourceError(f"{names}: cannot be read: {reason}")
