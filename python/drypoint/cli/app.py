"""The commands, and what happens when one fails."""

from __future__ import annotations

import sys
from importlib.metadata import version as version_of
from typing import Annotated

import typer

from drypoint.errors import DrypointError

__all__ = ["main"]

app = typer.Typer(
    name="drypoint",
    help="Profiles of data, at the speed of memory.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def show_version(asked: bool) -> None:
    """Prints the version and leaves."""
    if asked:
        typer.echo(f"drypoint {version_of('drypoint')}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=show_version, is_eager=True, help="Show it.")
    ] = False,
) -> None:
    """Profiles of data, at the speed of memory."""


@app.command()
def profile(
    files: Annotated[
        list[str],
        typer.Argument(help="Parquet, CSV, TSV, Feather, Arrow or JSON lines; globs."),
    ],
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Show what a table looks like, column by column."""
    from drypoint.cli.profile import run

    run(files, as_json=json)


def main() -> None:
    """Runs a command: what cannot be read is one line and exit 2, Ctrl-C is 130."""
    try:
        app(standalone_mode=True)
    except DrypointError as error:
        sys.stderr.write(f"drypoint: {error}\n")
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
