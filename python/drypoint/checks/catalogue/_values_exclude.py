"""`values.exclude`: no value is one of those that are forbidden."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drypoint.checks._entry import Argument, Entry, Finding
from drypoint.checks._forms import VALUES
from drypoint.checks._seen import key_of, seen
from drypoint.checks._verdict import Verdict
from drypoint.checks._words import code, several
from drypoint.estimate import Estimate

if TYPE_CHECKING:
    from drypoint.checks._target import Target

__all__ = ["ENTRY"]


def judge(target: Target, *, values: tuple[Any, ...]) -> Finding:
    """Whether none of the values came.

    Certain where every value is kept with its count, or where the forbidden ones are beyond the
    extremes; otherwise it fails if one surely came.
    """
    column = target.column
    found = seen(column)
    counts = {value: found.count(key_of(column.type, value)) for value in values}
    came = [value for value, one in counts.items() if one.lower]
    lower, upper = (sum(getattr(one, end) for one in counts.values()) for end in ("lower", "upper"))
    middle = sum(one.value for one in counts.values())
    observed = Estimate(middle, lower, min(upper, found.values))
    name = f"column {column.name!r}"
    if came:
        return Finding(Verdict.FAIL, f"{name} holds {several(came, column.type)}", observed)
    if not upper:
        return Finding(Verdict.PASS, f"{name} holds none of {code(values)}", observed)
    may = [value for value, one in counts.items() if one.upper]
    said = f"{name} may hold {several(may, column.type)}, up to {observed.upper:,} times"
    return Finding(Verdict.UNDECIDED, said, observed)


ENTRY = Entry(
    "values.exclude",
    "no value is one of those that are forbidden",
    judge=judge,
    arguments=(Argument("values", VALUES, "the values that are forbidden"),),
    kinds=("number", "string", "temporal", "boolean"),
)
