"""ORC files, a batch at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.sources._footers import Footer, Opened
from drypoint.sources._select import present
from drypoint.sources._source import SCANNED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drypoint.sources._find import Found

__all__ = ["footer_of", "opened"]


def footer_of(found: Found, path: str) -> Footer:
    """The columns of a file and how many rows it has; the file is kept as what can be scanned."""
    import pyarrow.dataset as ds

    file = ds.OrcFileFormat().make_fragment(path, filesystem=found.filesystem)
    return Footer(file.physical_schema, file.count_rows(), file)


def opened(found: Found, path: str, footer: Footer, columns: Sequence[str] | None) -> Opened:
    """The rows, scanned, since `pyarrow.orc` has whole stripes only."""
    del found, path
    import pyarrow.dataset as ds

    fields = None
    if columns is not None:
        # As expressions, since a name with dots is taken for a path.
        fields = {name: ds.field(name) for name in present(columns, footer.schema)}
    scanner = footer.kept.scanner(footer.schema, columns=fields, **SCANNED)
    return Opened(scanner.projected_schema, scanner.to_batches())
