"""`values.top_within`: the most frequent values are among those that are allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drypoint.checks._entry import Argument, Entry, Finding
from drypoint.checks._forms import COUNT, VALUES
from drypoint.checks._seen import key_of, seen
from drypoint.checks._target import known
from drypoint.checks._verdict import Verdict
from drypoint.checks._words import several

if TYPE_CHECKING:
    from drypoint.checks._seen import Seen
    from drypoint.checks._target import Target

__all__ = ["ENTRY"]


def judge(target: Target, *, values: tuple[Any, ...], top: int) -> Finding:
    """Whether the *top* most frequent values are allowed, with those that tie with the last."""
    column = target.column
    found = seen(column)
    name = f"column {column.name!r}"
    if not found.values:
        return Finding(Verdict.PASS, f"{name} has no values, so none is frequent")
    known(column, column.items, "frequent values")
    keys = {key_of(column.type, value) for value in values}
    surely, maybe, others = leaders(found, top)
    wrong = [found.shown(key) for key in surely if key not in keys]
    if wrong:
        said = f"{several(wrong, column.type)} of {name} are among the {top:,} most frequent"
        return Finding(Verdict.FAIL, said)
    unsure = [found.shown(key) for key in maybe if key not in keys]
    if unsure or others:
        which = several(unsure, column.type) if unsure else "values that are not listed"
        said = f"{which} of {name} may be among the {top:,} most frequent"
        return Finding(Verdict.UNDECIDED, said)
    return Finding(Verdict.PASS, f"the {top:,} most frequent values of {name} are allowed")


def leaders(found: Seen, n: int) -> tuple[list[Any], list[Any], bool]:
    """Values that surely are, and that may be, among the *n* most frequent; whether others may be.

    A value is among them if fewer than *n* come more often.
    """
    lowers = sorted((one.lower for one in found.counts.values()), reverse=True)
    uppers = sorted((one.upper for one in found.counts.values()), reverse=True)
    surely = [key for key, one in found.counts.items() if more_than(uppers, one.lower) < n]
    if found.slack:
        # Values that are not kept may come as often as this, and nobody knows how many they are.
        surely = [key for key in surely if found.counts[key].lower >= found.slack]
    maybe = [key for key, one in found.counts.items() if more_than(lowers, one.upper) < n]
    others = bool(found.slack) and more_than(lowers, found.slack) < n
    return surely, maybe, others


def more_than(falling: list[int], count: int) -> int:
    """How many of the counts are greater."""
    return sum(one > count for one in falling)


ENTRY = Entry(
    "values.top_within",
    "the most frequent values are among those that are allowed",
    judge=judge,
    arguments=(
        Argument("values", VALUES, "the values that are allowed"),
        Argument("top", COUNT, "how many of the most frequent values are looked at", default=1),
    ),
    kinds=("number", "string", "temporal", "boolean"),
)
