"""The change of the kinds of strings: how many are integers, dates, addresses and so on."""

from collections.abc import Sequence

import numpy as np

from drypoint.drift._categories import together
from drypoint.drift._measure import Found, Measure, Pair
from drypoint.drift.measures._total_variation import found
from drypoint.profiles import ColumnProfile

__all__ = ["MEASURE", "contents"]

MISSING = "kinds of content were not counted on both sides"


def contents(pairs: Sequence[Pair]) -> list[Found]:
    """Total variation of the kinds of each pair.

    Of large columns a sample of some thousand strings was looked at: they are the rows of the test.
    """
    return [of_pair(*pair) for pair in pairs]


def of_pair(current: ColumnProfile, reference: ColumnProfile) -> Found:
    """The distance of one pair."""
    sides = [looked_at(column) for column in (current, reference)]
    kinds = [*dict.fromkeys(kind for counts in sides for kind in counts)]
    rows = sum(sides[0].values()), sum(sides[1].values())
    if not all(rows):
        return Found(None, reason=MISSING)
    both = [np.array([[side.get(kind, 0.0)] * 2 for kind in kinds]) for side in sides]
    return found(together(both[0], both[1], rows))


def looked_at(column: ColumnProfile) -> dict[str, int]:
    """How many of the strings that were looked at are of each kind."""
    seen = sum(column._fact("contents", "looked") or [])  # noqa: SLF001 # counts say how many of all
    total = column._fact("contents", "n") or 0  # noqa: SLF001
    counts = column.contents or {}
    return {kind: round(one.value * seen / total) for kind, one in counts.items()} if total else {}


MEASURE = Measure(
    "contents",
    "columns",
    0.1,
    "one string in ten is of another kind",
    contents,
)
