"""Parquet files, a batch at a time, without the raw bytes of what was read before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drypoint.sources._footers import Footer, Opened
from drypoint.sources._select import present
from drypoint.sources._source import READ_AT_A_TIME

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyarrow as pa

    from drypoint.sources._find import Found

__all__ = ["footer_of", "opened"]

LEAST_ROWS, MOST_ROWS = 1 << 12, 1 << 19
BYTES_AT_A_TIME = 1 << 24
"""A batch has as many rows as take so many bytes, within the limits above."""
BYTES_OF_A_VALUE = 8
"""Of most types in memory, however few its codes take in the file."""
MOST_DICTIONARY = 1 << 16
"""Bytes of a dictionary that is small enough to be decoded, and counted, once for many rows."""
MOST_BYTES_A_VALUE = 2.2
"""Of codes; a writer that gave up its dictionary half way wrote more."""


def footer_of(found: Found, path: str) -> Footer:
    """The columns of a file and how many rows it has; all that is written there is kept."""
    import pyarrow.parquet as pq

    with found.filesystem.open_input_file(path) as source:
        metadata = pq.read_metadata(source)
    return Footer(metadata.schema.to_arrow_schema(), metadata.num_rows, metadata)


def opened(found: Found, path: str, footer: Footer, columns: Sequence[str] | None) -> Opened:
    """The file, whose footer is not read again; strings of few values come as dictionaries."""
    import pyarrow.parquet as pq
    from pyarrow.fs import LocalFileSystem

    # From a store that answers slowly, it is better to ask for much at once.
    local = isinstance(found.filesystem, LocalFileSystem)
    options: dict[str, Any] = {"pre_buffer": not local}
    if local:
        options["buffer_size"] = READ_AT_A_TIME
    source = found.filesystem.open_input_file(path)
    coded = of_few_values(footer.kept)
    file = pq.ParquetFile(source, metadata=footer.kept, read_dictionary=coded, **options)
    return Opened(file.schema_arrow, rows_of(file, columns))


def of_few_values(metadata: Any) -> list[str]:
    """The columns of strings that are codes of a small dictionary in all row groups."""
    groups = [metadata.row_group(index) for index in range(metadata.num_row_groups)]
    if not groups:
        return []
    candidates = range(metadata.num_columns)
    return [
        metadata.schema.column(index).path
        for index in candidates
        if is_flat_text(metadata.schema.column(index))
        and all(is_coded(group.column(index)) for group in groups)
    ]


def is_flat_text(column: Any) -> bool:
    """Whether a column holds strings, and is not inside another."""
    return bool(
        column.physical_type == "BYTE_ARRAY"
        and column.logical_type.type == "STRING"
        and column.max_repetition_level == 0
        and column.path == column.name
    )


def is_coded(chunk: Any) -> bool:
    """Whether a chunk of a column has a small dictionary, and codes for all its values."""
    if not chunk.has_dictionary_page or not chunk.num_values:
        return False
    dictionary = chunk.data_page_offset - chunk.dictionary_page_offset
    bytes_a_value = chunk.total_uncompressed_size / chunk.num_values
    return bool(dictionary < MOST_DICTIONARY and bytes_a_value < MOST_BYTES_A_VALUE)


def rows_of(file: Any, columns: Sequence[str] | None) -> Iterator[pa.RecordBatch]:
    """The batches of a file, which is closed when they are read."""
    names = None if columns is None else present(columns, file.schema_arrow)
    try:
        yield from file.iter_batches(batch_size=rows_at_a_time(file.metadata), columns=names)
    finally:
        # By itself it closes only what it has opened.
        file.close(force=True)


def rows_at_a_time(metadata: Any) -> int:
    """Rows of a batch."""
    groups = (metadata.row_group(index) for index in range(metadata.num_row_groups))
    size = sum(group.total_byte_size for group in groups)
    size = max(size, BYTES_OF_A_VALUE * metadata.num_columns * metadata.num_rows)
    rows: int = BYTES_AT_A_TIME * metadata.num_rows // max(1, size)
    return min(max(rows, LEAST_ROWS), MOST_ROWS)
