"""`values.within`: every value is one of those that are allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drypoint.checks._entry import Argument, Entry, Finding
from drypoint.checks._forms import VALUES
from drypoint.checks._seen import distinct_of, key_of, seen
from drypoint.checks._target import NoFactError
from drypoint.checks._verdict import Verdict
from drypoint.checks._words import in_words, several

if TYPE_CHECKING:
    from drypoint.checks._seen import Seen
    from drypoint.checks._target import Target
    from drypoint.profiles import ColumnProfile

__all__ = ["ENTRY", "strangers"]


def judge(target: Target, *, values: tuple[Any, ...]) -> Finding:
    """Whether all values are allowed.

    Certain where every value is kept with its count. Otherwise it fails if one surely came that is
    not allowed, or if there are surely more distinct values than allowed ones.
    """
    column = target.column
    found = seen(column)
    name = f"column {column.name!r}"
    if not found.values:
        return Finding(Verdict.PASS, f"{name} has no values, so none is another", 0)
    keys = {key_of(column.type, value) for value in values}
    outside = found.outside(keys)
    others = strangers(found, keys)
    if others:
        return Finding(Verdict.FAIL, f"{name} holds {several(others, column.type)}", outside)
    if outside.lower:
        said = f"{in_words(outside)} of {found.values:,} values of {name} are others"
        return Finding(Verdict.FAIL, said, outside)
    if not outside.upper:
        return Finding(Verdict.PASS, f"all {found.values:,} values of {name} are allowed", outside)
    if most_distinct(column) > len(values):
        said = f"{name} has {in_words(column.distinct)} distinct values, of {len(values):,} allowed"
        return Finding(Verdict.FAIL, said, outside)
    said = f"up to {outside.upper:,} of {found.values:,} values of {name} may be others"
    return Finding(Verdict.UNDECIDED, said, outside)


def strangers(found: Seen, keys: set[Any]) -> list[Any]:
    """The values that surely came and whose keys are none of *keys*, the most frequent first."""
    ends = [end for end in (found.least, found.most) if end is not None]
    came = dict.fromkeys([*found.counts, *ends])
    return [found.shown(key) for key in came if key not in keys]


def most_distinct(column: ColumnProfile) -> float:
    """There are surely as many distinct values as this; 0 where it is not known."""
    try:
        return distinct_of(column).lower
    except NoFactError:
        return 0


ENTRY = Entry(
    "values.within",
    "every value is one of those that are allowed",
    judge=judge,
    arguments=(Argument("values", VALUES, "the values that are allowed"),),
    kinds=("number", "string", "temporal", "boolean"),
)
