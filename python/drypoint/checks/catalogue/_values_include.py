"""`values.include`: each of some values comes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drypoint.checks._entry import Argument, Entry, Finding
from drypoint.checks._forms import VALUES
from drypoint.checks._seen import key_of, seen
from drypoint.checks._verdict import Verdict
from drypoint.checks._words import code, several

if TYPE_CHECKING:
    from drypoint.checks._target import Target

__all__ = ["ENTRY"]


def judge(target: Target, *, values: tuple[Any, ...]) -> Finding:
    """Whether each of the values came at least once; of an empty column it fails."""
    column = target.column
    found = seen(column)
    counts = {value: found.count(key_of(column.type, value)) for value in values}
    name = f"column {column.name!r}"
    absent = [value for value, one in counts.items() if not one.upper]
    if absent:
        return Finding(Verdict.FAIL, f"{name} lacks {several(absent, column.type)}")
    unsure = [value for value, one in counts.items() if not one.lower]
    if unsure:
        return Finding(Verdict.UNDECIDED, f"{name} may lack {several(unsure, column.type)}")
    return Finding(Verdict.PASS, f"{name} holds each of {code(values)}")


ENTRY = Entry(
    "values.include",
    "each of some values comes",
    judge=judge,
    arguments=(Argument("values", VALUES, "the values that are to come"),),
    kinds=("number", "string", "temporal", "boolean"),
)
