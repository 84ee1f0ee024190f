"""`drypoint profile`: reads files, shows a table or JSON."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from drypoint.profiles import profile
from drypoint.sources import open_source

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from drypoint.sources import Source

__all__ = ["run"]


def run(files: list[str], *, as_json: bool) -> None:
    """Profiles the files and prints what was found."""
    source = open_source(files)
    made = profile(source._replace(batches=watched(source)))
    print(json.dumps(made.to_dict(), ensure_ascii=False, indent=2) if as_json else made)


def watched(source: Source) -> Iterator[pa.RecordBatch]:
    """The batches of *source*, with a progress bar if someone is looking."""
    if not sys.stderr.isatty():
        yield from source.batches
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.completed:,.0f} rows"),
        BarColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=source.rows, rate="")
        for batch in source.batches:
            yield batch
            speed = progress.tasks[task].speed
            rate = f"{speed / 1e6:.1f} M rows/s" if speed else ""
            progress.update(task, advance=batch.num_rows, rate=rate)
