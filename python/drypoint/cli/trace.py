"""`drypoint trace`: which segments made a number move."""

from typing import Annotated

import typer

from drypoint.cli.options import Json, Threads, names_of
from drypoint.cli.output import most, say, say_json
from drypoint.cli.read import sets_of
from drypoint.cli.values import as_in

__all__ = ["trace"]

HELP = "What `profile -o` wrote, or data."


def trace(  # noqa: PLR0913 # each is an option
    before: Annotated[str, typer.Argument(metavar="BEFORE", help=HELP)],
    after: Annotated[str, typer.Argument(metavar="AFTER", help=HELP)],
    metric: Annotated[
        str, typer.Argument(metavar="METRIC", help="A mean or a share: mean, null_ratio, f1, ….")
    ],
    *,
    segment: Annotated[
        list[str], typer.Option(metavar="KEY,...", help="The keys that make the segments.")
    ],
    column: Annotated[
        str | None, typer.Option(metavar="NAME", help="The column, or the condition.")
    ] = None,
    value: Annotated[
        str | None, typer.Option(metavar="VALUE", help="Whose share; or the label that is meant.")
    ] = None,
    task: Annotated[
        str | None, typer.Option(metavar="NAME", help="The task, of metrics of predictions.")
    ] = None,
    confidence: Annotated[
        float, typer.Option(metavar="P", help="Of the bounds of changes.")
    ] = 0.95,
    json: Json = False,
    threads: Threads = None,
) -> None:
    """Show which segments made a number move.

    Each did so by its size, or by its own figure: the two add up to the change of the whole.
    """
    from drypoint.tracing import trace as traced
    from drypoint.tracing._shown import as_text

    keys = names_of(segment) or []
    reference, current = (sets_of(file, keys, threads) for file in (before, after))
    found = traced(
        current,
        reference,
        metric,
        column=column,
        value=as_in(column, value, [*reference, *current]),
        task=task,
        confidence=confidence,
    )
    if json:
        say_json(found.to_dict())
    else:
        say(as_text(found, most=most()))
