"""How far the reading of rows has come, for those who wait."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyarrow as pa

    from drypoint.sources import Source

__all__ = ["watched"]

MILLION = 1e6
MINUTE, HOUR = 60, 3_600
ROOMY = 100
"""Narrower terminals have no room for a bar."""


def watched(source: Source, files: Sequence[str]) -> Iterator[pa.RecordBatch]:
    """The batches of *source*, with rows, rate and time left on standard error, a terminal."""
    if not sys.stderr.isatty():
        yield from source.batches
        return
    from drypoint.sources._guess import guess_rows

    exact = source.rows is not None
    total = source.rows if exact else guess_rows(files)
    with bar(exact=exact) as progress:
        task = progress.add_task("", total=total)
        for batch in source.batches:
            yield batch
            progress.advance(task, batch.num_rows)


def bar(*, exact: bool) -> Any:
    """A line that is wiped away at the end."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, ProgressColumn
    from rich.text import Text

    class Pace(ProgressColumn):
        """What is written beside the bar."""

        def render(self, task: Any) -> Text:
            """Rows, rate and time left."""
            told = pace(task.completed, task.total, task.speed, exact=exact)
            return Text(told, no_wrap=True, overflow="ellipsis")

    console = Console(stderr=True)
    drawn = [BarColumn(bar_width=30)] if console.width >= ROOMY else []
    return Progress(*drawn, Pace(), console=console, transient=True)


def pace(rows: float, total: float | None, speed: float | None, *, exact: bool) -> str:
    """Rows so far, how many a second, and how long it takes still, where that can be told."""
    told = [f"{rows:,.0f} rows" if total is None else of(rows, total, exact=exact)]
    if speed:
        told.append(f"{rate(speed)} rows/s")
    if speed and total is not None and total > rows:
        told.append(f"{'' if exact else '~'}{left((total - rows) / speed)} left")
    return "  ".join(told)


def of(rows: float, total: float, *, exact: bool) -> str:
    """Rows so far, of how many."""
    return f"{rows:,.0f} of {'' if exact else '~'}{total:,.0f} rows"


def rate(speed: float) -> str:
    """Rows a second."""
    return f"{speed / MILLION:.1f} M" if speed >= MILLION else f"{speed:,.0f}"


def left(seconds: float) -> str:
    """A time to wait."""
    if seconds < MINUTE:
        return f"{seconds:.0f} s"
    if seconds < HOUR:
        return f"{seconds / MINUTE:.0f} min"
    return f"{seconds / HOUR:.1f} h"
