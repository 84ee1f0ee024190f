"""Files of Arrow IPC, as Feather is, a batch at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.sources._footers import Footer, Opened
from drypoint.sources._select import present
from drypoint.sources._source import SCANNED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyarrow as pa

    from drypoint.sources._find import Found

__all__ = ["footer_of", "opened"]


def footer_of(found: Found, path: str) -> Footer:
    """The columns of a file, and how many rows all batches have."""
    import pyarrow as pa

    with found.filesystem.open_input_file(path) as source, pa.ipc.open_file(source) as file:
        # Older pyarrow does not count.
        count = getattr(file, "count_rows", None)
        return Footer(file.schema, count and count())


def opened(found: Found, path: str, footer: Footer, columns: Sequence[str] | None) -> Opened:
    """The file, of which nothing but the *columns* is read."""
    import pyarrow as pa

    options = pa.ipc.IpcReadOptions()
    if columns is not None:
        fields = [footer.schema.names.index(name) for name in present(columns, footer.schema)]
        options.included_fields = fields
    file = pa.ipc.open_file(found.filesystem.open_input_file(path), options=options)
    return Opened(file.schema, batches_of(file))


def batches_of(file: pa.RecordBatchFileReader) -> Iterator[pa.RecordBatch]:
    """The batches, in parts where they are large: polars writes a whole table as one."""
    most = SCANNED["batch_size"]
    with file:
        for index in range(file.num_record_batches):
            batch = file.get_batch(index)
            for start in range(0, max(1, batch.num_rows), most):
                yield batch.slice(start, most)
