"""`drypoint show`: a profile that was kept, or one of its columns in full."""

from typing import Annotated

import typer

from drypoint.cli.options import Column, Json, Segment
from drypoint.cli.output import most, say, say_json
from drypoint.cli.read import check_column, picked, read
from drypoint.profiles import ColumnProfile, ProfileSet
from drypoint.profiles._detail import column_as_text
from drypoint.profiles._plain import column_as_dict
from drypoint.profiles._table import as_text, column_of_set_as_text, set_as_text

__all__ = ["show"]


def show(
    file: Annotated[
        str, typer.Argument(metavar="PROFILE_OR_DATA", help="What `profile -o` wrote, or data.")
    ],
    *,
    column: Column = None,
    segment: Segment = None,
    json: Json = False,
) -> None:
    """Show a profile that was kept, or one of its columns in full."""
    made = picked(read(file), segment or [], file)
    if isinstance(made, ProfileSet):
        show_set(made, column, file, json=json)
    elif column is not None:
        check_column(column, made.columns, file)
        show_column(made[column], json=json)
    elif json:
        say_json(made.to_dict())
    else:
        say(as_text(made, most=most()))


def show_column(found: ColumnProfile, *, json: bool) -> None:
    """One column in full."""
    if json:
        say_json(column_as_dict(found))
    else:
        say(column_as_text(found))


def show_set(made: ProfileSet, column: str | None, file: str, *, json: bool) -> None:
    """The segments, or one column of each."""
    if column is None:
        say_json(made.to_dict()) if json else say(set_as_text(made))
        return
    check_column(column, dict.fromkeys(name for one in made for name in one.columns), file)
    if json:
        there = (one for one in made if column in one)
        say_json([{"segment": one.segment, **column_as_dict(one[column])} for one in there])
    else:
        say(column_of_set_as_text(made, column))
