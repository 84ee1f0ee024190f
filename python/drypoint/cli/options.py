"""Options that several commands have."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

__all__ = ["Column", "Html", "Json", "Segment", "Threads", "names_of"]

Json: TypeAlias = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
Html: TypeAlias = Annotated[
    Path | None,
    typer.Option("--html", metavar="FILE", help="Write a page to look at: one .html file."),
]
Column: TypeAlias = Annotated[
    str | None, typer.Option("--column", metavar="NAME", help="This column only, in full.")
]
Segment: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--segment", metavar="KEY=VALUE", help="This segment of a profile set only."),
]
Threads: TypeAlias = Annotated[
    int | None, typer.Option(metavar="N", help="How many to use; as many as there are cores.")
]


def names_of(texts: list[str] | None) -> list[str] | None:
    """The names in comma lists, where a name with a comma stands in double quotes; None of none."""
    if not texts:
        return None
    return [name for row in csv.reader(texts, skipinitialspace=True) for name in row if name]
