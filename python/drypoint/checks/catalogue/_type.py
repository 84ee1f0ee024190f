"""`type`: values are of some type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.checks._entry import Argument, Entry, Finding
from drypoint.checks._forms import TYPE
from drypoint.checks._verdict import Verdict
from drypoint.checks.catalogue._schema import type_wrong

if TYPE_CHECKING:
    from drypoint.checks._target import Target

__all__ = ["ENTRY"]


def judge(target: Target, *, type: tuple[str, ...]) -> Finding:  # noqa: A002 # what it asks for
    """Whether every value is of the type, or of one of them; certain."""
    column = target.column
    wrong = type_wrong(column, type)
    if wrong:
        return Finding(Verdict.FAIL, wrong, column.type)
    return Finding(Verdict.PASS, f"column {column.name!r} is {column.type}", column.type)


ENTRY = Entry(
    "type",
    "values are of a type",
    judge=judge,
    arguments=(
        Argument("type", TYPE, "a type or a kind of types, or several of which one is to be"),
    ),
)
