"""`unique`: no value comes twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.checks._entry import Argument, Entry, Finding
from drypoint.checks._forms import choice
from drypoint.checks._interval import complement
from drypoint.checks._seen import distinct_of, seen
from drypoint.checks._target import valued
from drypoint.checks._verdict import Verdict
from drypoint.checks._words import in_words, several

if TYPE_CHECKING:
    from drypoint.checks._target import Target

__all__ = ["ENTRY"]


def judge(target: Target, *, certainty: str) -> Finding:
    """Whether values are unique: certainly, probably, or impossibly.

    Impossible if a value surely came twice, or if the bounds of the distinct count end below the
    number of values; probable if they hold it.
    """
    column = target.column
    values, found = valued(column), seen(column)
    if not values:
        return Finding(Verdict.PASS, f"column {column.name!r} has no values, so none comes twice")
    twice = [found.shown(key) for key, one in found.counts.items() if one.lower > 1]
    # At two standard deviations one column of forty that is unique would read as impossible.
    distinct = distinct_of(column, std_devs=3)
    duplicates = complement(distinct, values)
    said = f"{in_words(distinct)} of {values:,} values of column {column.name!r} are distinct"
    if twice:
        said += f"; {several(twice, column.type)} came more than once"
        return Finding(Verdict.FAIL, said, duplicates)
    if distinct.upper < values:
        return Finding(Verdict.FAIL, said, duplicates)
    if distinct.lower >= values or certainty == "probable":
        return Finding(Verdict.PASS, said, duplicates)
    said += "; they are probably unique, which unique(certainty='probable') takes"
    return Finding(Verdict.UNDECIDED, said, duplicates)


ENTRY = Entry(
    "unique",
    "no value comes twice",
    judge=judge,
    arguments=(
        Argument(
            "certainty",
            choice("certain", "probable"),
            "whether values that are probably unique pass",
            default="certain",
        ),
    ),
    kinds=("number", "string", "temporal", "boolean", "binary"),
)
