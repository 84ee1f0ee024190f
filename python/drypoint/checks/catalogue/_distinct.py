"""`distinct`: how many distinct values there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.checks._entry import Entry
from drypoint.checks._seen import distinct_of
from drypoint.checks._target import values_of

if TYPE_CHECKING:
    from drypoint.checks._target import Target
    from drypoint.estimate import Estimate

__all__ = ["ENTRY"]


def measure(target: Target) -> Estimate[float]:
    """Distinct values: exactly while all are kept, else with the bounds of the sketch at 95.4 %."""
    return distinct_of(target.column)


ENTRY = Entry(
    "distinct",
    "distinct values",
    measure,
    kinds=("number", "string", "temporal", "boolean", "binary"),
    total=values_of,
)
