"""`drypoint profile`: reads files, shows a table or JSON."""

from __future__ import annotations

import json
import sys
from math import isfinite
from typing import TYPE_CHECKING, Any

from drypoint._profile import Profile
from drypoint.sources import open_source

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from drypoint.sources import Source

__all__ = ["run"]


def run(files: list[str], *, as_json: bool) -> None:
    """Profiles the files and prints what was found."""
    source = open_source(files)
    made = Profile(source.schema)
    for batch in watched(source):
        made.update(batch)
    if as_json:
        print(json.dumps(plain(made.to_dict()), ensure_ascii=False, indent=2))
        return
    from drypoint.cli.table import show

    show(made)


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


def plain(value: Any) -> Any:
    """*value* with what JSON does not have as text: NaN and infinities."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, float) and not isfinite(value):
        return str(value)
    return value
