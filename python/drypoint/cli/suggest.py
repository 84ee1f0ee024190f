"""`drypoint suggest`: proposes a suite for data."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from drypoint.cli.options import Threads, names_of
from drypoint.cli.output import check_suite, say, say_done
from drypoint.cli.read import in_segments
from drypoint.profiles import Profile
from drypoint.profiles._table import counted

__all__ = ["suggest"]


def suggest(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="PROFILE_OR_DATA", help="What `profile -o` wrote, or data: of each a window."
        ),
    ],
    *,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write it, or bring it up to date."),
    ] = None,
    segment: Annotated[
        list[str] | None,
        typer.Option(metavar="KEY,...", help="Take each segment by these keys for a window."),
    ] = None,
    name: Annotated[str | None, typer.Option(metavar="NAME", help="Of the suite.")] = None,
    threads: Threads = None,
) -> None:
    """Propose a suite: what held so far, with a margin."""
    from drypoint.checks import Suite
    from drypoint.checks import suggest as suggested

    if output:
        check_suite(output, files)
    made = [in_segments(file, names_of(segment) or [], threads) for file in files]
    profiles = [
        part
        for one in made
        for part in ([one] if isinstance(one, Profile) or not segment else list(one))
    ]
    suite = suggested(profiles, name=name)
    if output is None:
        say(suite.to_yaml().rstrip("\n"))
        return
    if output.exists():
        old = Suite.load(output)
        suite = replace(suite, name=name or old.name, undecided=old.undecided)
    suite.save(output)
    say_done(output, counted(len(suite), "check"))
