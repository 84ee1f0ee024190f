"""The commands, and what happens when one fails."""

from __future__ import annotations

import io
import sys
import traceback
import warnings
from typing import Annotated, Any

import typer

from drypoint.cli.check import check
from drypoint.cli.diff import diff
from drypoint.cli.fairness import fairness
from drypoint.cli.merge import merge
from drypoint.cli.output import warn
from drypoint.cli.profile import profile
from drypoint.cli.report import report
from drypoint.cli.schema import schema
from drypoint.cli.show import show
from drypoint.cli.suggest import suggest
from drypoint.cli.trace import trace
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
for command in (profile, show, report, merge, diff, trace, fairness, check, suggest, schema):
    app.command()(command)


def show_version(asked: bool) -> None:
    """Prints the version and leaves."""
    if asked:
        from importlib.metadata import version as version_of

        typer.echo(f"drypoint {version_of('drypoint')}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=show_version, is_eager=True, help="Show it.")
    ] = False,
) -> None:
    """Profiles of data, at the speed of memory."""


def main() -> None:
    """Runs a command: what cannot be done is one line and exit 2, Ctrl-C is 130."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal that cannot show a character shows its escape.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        with warnings.catch_warnings():
            warnings.showwarning = show_warning
            app(standalone_mode=True)
    except (DrypointError, OSError) as error:
        warn(error)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception:  # noqa: BLE001 # a fault of ours must not read as a check that failed, which is 1
        traceback.print_exc()
        sys.exit(2)


def show_warning(message: Warning | str, *_where: Any, **_more: Any) -> None:
    """A warning in one line, without the place in the code."""
    warn(message)
