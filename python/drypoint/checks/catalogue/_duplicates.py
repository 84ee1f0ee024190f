"""`duplicates`: how many values have come before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.checks._entry import Entry
from drypoint.checks._interval import complement
from drypoint.checks._seen import distinct_of
from drypoint.checks._target import valued, values_of

if TYPE_CHECKING:
    from drypoint.checks._target import Target
    from drypoint.estimate import Estimate

__all__ = ["ENTRY"]


def measure(target: Target) -> Estimate[float]:
    """Values less distinct values: how many could go without any being lost."""
    column = target.column
    return complement(distinct_of(column), valued(column))


ENTRY = Entry(
    "duplicates",
    "duplicates",
    measure,
    kinds=("number", "string", "temporal", "boolean", "binary"),
    total=values_of,
)
