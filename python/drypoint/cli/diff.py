"""`drypoint diff`: two profiles side by side."""

from pathlib import PurePath
from typing import Annotated, Any

import typer

from drypoint.cli.compare import Pair, pairs_of
from drypoint.cli.options import Column, Json, Segment
from drypoint.cli.output import most, say, say_json
from drypoint.cli.read import check_column, picked, read
from drypoint.cli.side_by_side import as_text
from drypoint.errors import ParameterError
from drypoint.profiles import Profile, ProfileSet
from drypoint.profiles._grid import terminal_width

__all__ = ["diff"]

HELP = "What `profile -o` wrote, or data."


def diff(
    before: Annotated[str, typer.Argument(metavar="BEFORE", help=HELP)],
    after: Annotated[str, typer.Argument(metavar="AFTER", help=HELP)],
    *,
    column: Column = None,
    segment: Segment = None,
    json: Json = False,
) -> None:
    """Show the numbers of two profiles side by side."""
    first, second = whole(before, segment or []), whole(after, segment or [])
    pairs = pairs_of(first, second)
    if column is not None:
        check_column(column, (pair.name for pair in pairs), f"{before} and {after}")
        pairs = [pair for pair in pairs if pair.name == column]
    if json:
        say_json(as_dict((before, after), (first, second), pairs))
    else:
        rows = (first.rows, second.rows)
        say(as_text(names_of(before, after), rows, pairs, terminal_width(), most()))


def whole(file: str, segment: list[str]) -> Profile:
    """One profile: of a set the segment that is picked, or all rows."""
    made = picked(read(file), segment, file)
    if not isinstance(made, ProfileSet):
        return made
    if made.overall is None:
        raise ParameterError(f"{file}: is a profile set without segments; there is nothing to show")
    return made.overall


def names_of(before: str, after: str) -> tuple[str, str]:
    """What stands above the two: the names of the files, with folders where those are the same."""
    short = PurePath(before).name, PurePath(after).name
    return (before, after) if short[0] == short[1] else short


def as_dict(
    files: tuple[str, str], profiles: tuple[Profile, Profile], pairs: list[Pair]
) -> dict[str, Any]:
    """Plain values, ready for JSON."""
    sides = zip(("before", "after"), files, profiles, strict=True)
    about = {side: {"file": file, "rows": made.rows} for side, file, made in sides}
    return {**about, "columns": [pair.to_dict() for pair in pairs]}
