"""`drypoint fairness`: how groups of people fare beside each other."""

from typing import Annotated

import typer

from drypoint.cli.options import Json, Threads, names_of
from drypoint.cli.output import most, say, say_json
from drypoint.cli.read import sets_of
from drypoint.cli.values import as_in

__all__ = ["fairness"]


def fairness(  # noqa: PLR0913 # each is an option
    file: Annotated[
        str, typer.Argument(metavar="PROFILE_OR_DATA", help="What `profile -o` wrote, or data.")
    ],
    *,
    group: Annotated[
        list[str], typer.Option(metavar="KEY,...", help="The keys that make the groups.")
    ],
    favorable: Annotated[
        str, typer.Option(metavar="VALUE", help="The outcome that people wish for.")
    ],
    label: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="A column of outcomes to judge, not predictions."),
    ] = None,
    task: Annotated[
        str | None, typer.Option(metavar="NAME", help="The task whose predictions are judged.")
    ] = None,
    reference: Annotated[
        str | None,
        typer.Option(metavar="VALUE,...", help="The group that others are compared with."),
    ] = None,
    confidence: Annotated[
        float, typer.Option(metavar="P", help="Of the intervals of a measure at once.")
    ] = 0.95,
    min_rows: Annotated[
        int, typer.Option(metavar="N", help="Groups with fewer rows are not judged.")
    ] = 30,
    json: Json = False,
    threads: Threads = None,
) -> None:
    """Compare how groups of people fare.

    It exits 1 if a group surely fares worse, or better, than is accepted, else 0.
    """
    from drypoint.fairness import fairness as compare
    from drypoint.fairness._shown import as_text

    made = sets_of(file, names_of(group) or [], threads)
    named = names_of([reference]) if reference else None
    found = compare(
        made,
        favorable=as_in(label, favorable, made),
        label=label,
        task=task,
        reference=None if named is None else tuple(None if one == "null" else one for one in named),
        confidence=confidence,
        min_rows=min_rows,
    )
    if json:
        say_json(found.to_dict())
    else:
        say(as_text(found, most=most()))
    raise typer.Exit(int(bool(found.failed)))
