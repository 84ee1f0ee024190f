"""`values.between`: every value is in a range."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drypoint.checks._entry import Argument, Entry, Finding
from drypoint.checks._forms import VALUE
from drypoint.checks._limit import Limit
from drypoint.checks._target import NoFactError, known, valued
from drypoint.checks._verdict import Verdict
from drypoint.checks._words import value_words
from drypoint.estimate import Estimate

if TYPE_CHECKING:
    from drypoint.checks._target import Target
    from drypoint.profiles import ColumnProfile

__all__ = ["ENTRY"]


def judge(target: Target, *, lower: Any, upper: Any) -> Finding:
    """Whether the least and the greatest value are in the range, and nothing is NaN; certain."""
    column = target.column
    if not valued(column):
        return Finding(Verdict.PASS, f"column {column.name!r} has no values, so none is outside")
    nans = column.nans if column.type.startswith("float") else 0
    if nans:
        return Finding(
            Verdict.FAIL, f"column {column.name!r} holds {nans:,} NaN, which lie nowhere"
        )
    least, most = (known(column, one, "extremes") for one in (column.min, column.max))
    verdict = inside(column, [least, most], Limit("between", lower, upper))
    if verdict is Verdict.PASS and nans is None:
        verdict = Verdict.UNDECIDED
    ends = [value_words(one, column.type) for one in (least, most)]
    limits = [value_words(one, column.type) for one in (lower, upper)]
    said = {
        Verdict.PASS: "which lie",
        Verdict.FAIL: "not all of them",
        Verdict.UNDECIDED: "and perhaps NaN, not",
    }[verdict]
    return Finding(
        verdict,
        f"values of column {column.name!r} are from {ends[0]} to {ends[1]}, {said} "
        f"between {limits[0]} and {limits[1]}",
        f"{ends[0]} to {ends[1]}",
    )


def inside(column: ColumnProfile, ends: list[Any], limit: Limit) -> Verdict:
    """Whether both extremes are in the range."""
    try:
        return Verdict.all(limit.compare(Estimate(end, end, end), column.type) for end in ends)
    except TypeError as error:
        raise NoFactError(
            f"column {column.name!r} is {column.type}, and its values do not compare with {limit}",
            Verdict.FAIL,
        ) from error


ENTRY = Entry(
    "values.between",
    "every value is in a range, its ends with it",
    judge=judge,
    arguments=(
        Argument("lower", VALUE, "the least value that is allowed"),
        Argument("upper", VALUE, "the greatest value that is allowed"),
    ),
    kinds=("number", "string", "temporal"),
)
