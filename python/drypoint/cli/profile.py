"""`drypoint profile`: reads data, shows its profile or writes it."""

from pathlib import Path
from typing import Annotated, Any

import typer

from drypoint.cli.options import Html, Json, Threads, names_of
from drypoint.cli.output import (
    check_output,
    check_page,
    most,
    say,
    say_json,
    warn,
    write,
    write_page,
)
from drypoint.cli.read import is_profile, of_data
from drypoint.errors import ParameterError
from drypoint.profiles import Parameters, ProfileSet
from drypoint.profiles._table import as_text, set_as_text

__all__ = ["profile"]

Names = list[str] | None


def profile(  # noqa: PLR0913 # each is an option
    data: Annotated[
        list[str],
        typer.Argument(
            metavar="DATA",
            help="Files, globs, folders, URLs: Parquet, CSV, TSV, Feather, Arrow, ORC, JSON lines.",
        ),
    ],
    *,
    segment: Annotated[
        Names, typer.Option(metavar="NAME,...", help="A profile for each value of this column.")
    ] = None,
    max_segments: Annotated[
        int | None, typer.Option(metavar="N", help="Keep so many apart, the rest together.")
    ] = None,
    columns: Annotated[
        Names, typer.Option(metavar="NAME,...", help="Read these columns only.")
    ] = None,
    metrics: Annotated[
        Names, typer.Option(metavar="NAME,...", help="Measure these metrics only.")
    ] = None,
    threads: Threads = None,
    dataset: Annotated[
        str | None, typer.Option(metavar="NAME", help="What to call it in the profile.")
    ] = None,
    seed: Annotated[int, typer.Option(metavar="N", help="Of every random choice.")] = 0,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write it: .arrow or .parquet."),
    ] = None,
    html: Html = None,
    json: Json = False,
) -> None:
    """Show what data looks like, column by column."""
    if output:
        check_output(output, data)
    if html:
        check_page(html, data)
    keys, only = names_of(segment), names_of(columns)
    if max_segments is not None and not keys:
        raise ParameterError("--max-segments says nothing without --segment; name some keys")
    options: dict[str, Any] = {"parameters": Parameters(seed=seed, metrics=names_of(metrics))}
    if keys:
        options["segment_by"] = keys
        only = only and [*only, *(key for key in keys if key not in only)]
        options |= {} if max_segments is None else {"max_segments": max_segments}
    for file in filter(is_profile, data):
        warn(f"{file}: is a profile, and is taken for data; `drypoint show {file}` shows it")
    made = of_data(data, only=only, threads=threads, dataset=dataset, **options)
    if output:
        write(made, output)
    if html:
        write_page(html, data[0], made)
    if json:
        say_json(made.to_dict())
    elif not (output or html):
        say(set_as_text(made) if isinstance(made, ProfileSet) else as_text(made, most=most()))
