"""`drypoint report`: a profile as a page to look at."""

from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Annotated, Any

import typer

from drypoint.cli.options import Threads, names_of
from drypoint.cli.output import check_page, write_page
from drypoint.cli.read import as_reference, in_segments

if TYPE_CHECKING:
    from drypoint.checks import Suite

__all__ = ["report"]


def report(  # noqa: PLR0913 # each is an option
    file: Annotated[
        str, typer.Argument(metavar="PROFILE_OR_DATA", help="What `profile -o` wrote, or data.")
    ],
    *,
    reference: Annotated[
        str | None,
        typer.Option(metavar="PROFILE_OR_DATA", help="What it is compared with, and tested for."),
    ] = None,
    suite: Annotated[
        Path | None, typer.Option(metavar="SUITE", help="The YAML file with checks to be asked.")
    ] = None,
    segment: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KEY[=VALUE],...", help="With segments by these keys, or of this one only."
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="Where to; else beside you, as FILE.html."
        ),
    ] = None,
    threads: Threads = None,
) -> None:
    """Write a page to look at: one HTML file that opens offline.

    It says what was found and exits 0, whatever that is; `check` and `diff --drift` judge.
    """
    path = output or Path(f"{PurePath(file).stem or 'report'}.html")
    inputs = [one for one in (file, reference, suite and str(suite)) if one]
    check_page(path, inputs)
    checks = None if suite is None else suite_of(suite)
    keys = names_of(segment) or []
    other: Any = None if reference is None else as_reference(reference, keys, threads)
    write_page(path, file, in_segments(file, keys, threads), other, checks=checks)


def suite_of(path: Path) -> "Suite":
    """The checks in a file."""
    from drypoint.checks import Suite

    return Suite.load(path)
