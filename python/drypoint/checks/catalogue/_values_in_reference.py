"""`values.in_reference`: no value is new, that is, not in the reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.checks._entry import Entry, Finding
from drypoint.checks._seen import seen
from drypoint.checks._verdict import Verdict
from drypoint.checks._words import several

if TYPE_CHECKING:
    from drypoint.checks._target import Target

__all__ = ["ENTRY"]


def judge(target: Target) -> Finding:
    """Whether all values came in the reference too.

    Certain where both keep every value; a value that surely came and that the reference surely
    lacks fails, since it is not among all of its values or beyond its extremes.
    """
    column, before = target.column, target.referred.column
    name = f"column {column.name!r}"
    if column.type != before.type and "null" not in (column.type, before.type):
        said = f"{name} is {column.type}, and was {before.type} in the reference"
        return Finding(Verdict.FAIL, said)
    now, then = seen(column), seen(before)
    ends = [end for end in (now.least, now.most) if end is not None]
    came = dict.fromkeys([*now.counts, *ends])
    new = [now.shown(key) for key in came if not then.count(key).upper]
    if new:
        said = f"{name} holds {several(new, column.type)}, which the reference lacks"
        return Finding(Verdict.FAIL, said)
    unsure = [now.shown(key) for key in came if not then.count(key).lower]
    if unsure:
        said = f"{name} holds {several(unsure, column.type)}, which the reference may lack"
        return Finding(Verdict.UNDECIDED, said)
    if not now.complete:
        said = f"{name} has more values than the profile lists, which may be new"
        return Finding(Verdict.UNDECIDED, said)
    return Finding(Verdict.PASS, f"all {len(came):,} values of {name} are in the reference")


ENTRY = Entry(
    "values.in_reference",
    "every value is one that the reference holds",
    judge=judge,
    kinds=("number", "string", "temporal", "boolean"),
    needs_reference=True,
)
