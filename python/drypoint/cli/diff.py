"""`drypoint diff`: two profiles side by side."""

from pathlib import PurePath
from typing import Annotated, Any

import typer

from drypoint.cli.compare import Pair, pairs_of
from drypoint.cli.options import Column, Html, Json, Segment
from drypoint.cli.options import names_of as names
from drypoint.cli.output import check_page, most, say, say_json, write_page
from drypoint.cli.read import check_column, picked, read
from drypoint.cli.side_by_side import as_text
from drypoint.drift import DriftTable
from drypoint.drift import drift as compare
from drypoint.drift._shown import as_text as as_table
from drypoint.errors import ParameterError
from drypoint.profiles import Profile, ProfileSet
from drypoint.profiles._grid import terminal_width

__all__ = ["diff"]

HELP = "What `profile -o` wrote, or data."


def diff(  # noqa: PLR0913 # its options
    before: Annotated[str, typer.Argument(metavar="BEFORE", help=HELP)],
    after: Annotated[str, typer.Argument(metavar="AFTER", help=HELP)],
    *,
    column: Column = None,
    segment: Segment = None,
    html: Html = None,
    json: Json = False,
    drift: Annotated[
        bool, typer.Option("--drift", help="Test what has changed; exit 1 if something drifted.")
    ] = False,
    alpha: Annotated[
        float, typer.Option(metavar="P", help="With --drift: the false discovery rate.")
    ] = 0.05,
    measure: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME,...",
            help="With --drift: compare by these measures, tasks by these figures.",
        ),
    ] = None,
) -> None:
    """Show two profiles side by side, or test what has drifted."""
    if html:
        check_page(html, [before, after])
    if drift:
        sides = sides_of(before, after, segment or [])
        found = drift_between(sides, column, alpha, names(measure))
        if html:
            write_page(html, after, *reversed(sides), drift=found)
        if json or not html:
            say_drift(found, json=json)
        raise typer.Exit(int(bool(found.drifted)))
    if measure:
        raise ParameterError("--measure says by what --drift compares; add --drift")
    first, second = whole(before, segment or []), whole(after, segment or [])
    pairs = pairs_of(first, second)
    if column is not None:
        check_column(column, (pair.name for pair in pairs), f"{before} and {after}")
        pairs = [pair for pair in pairs if pair.name == column]
    if html:
        write_page(html, after, second, first)
    if json:
        say_json(as_dict((before, after), (first, second), pairs))
    elif not html:
        rows = (first.rows, second.rows)
        say(as_text(names_of(before, after), rows, pairs, terminal_width(), most()))


def sides_of(before: str, after: str, segment: list[str]) -> tuple[Any, Any]:
    """Both profiles: sets if both are, so that they are compared segment by segment."""
    sides = picked(read(before), segment, before), picked(read(after), segment, after)
    if all(isinstance(one, ProfileSet) for one in sides):
        return sides
    return whole_of(sides[0], before), whole_of(sides[1], after)


def drift_between(
    sides: tuple[Any, Any], column: str | None, alpha: float, measures: list[str] | None
) -> DriftTable:
    """The drift from the first of both to the second."""
    columns = None if column is None else [column]
    return compare(sides[1], sides[0], alpha=alpha, columns=columns, measures=measures)


def say_drift(found: DriftTable, *, json: bool) -> None:
    """Prints the table."""
    if json:
        say_json(found.to_dict())
    else:
        say(as_table(found, most=most()))


def whole(file: str, segment: list[str]) -> Profile:
    """One profile: of a set the segment that is picked, or all rows."""
    return whole_of(picked(read(file), segment, file), file)


def whole_of(made: Profile | ProfileSet, file: str) -> Profile:
    """All rows of what was read."""
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
