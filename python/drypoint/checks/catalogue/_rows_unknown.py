"""`rows.unknown`: how many rows of which a condition cannot be said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.checks._conditions import CONDITION, counts_of
from drypoint.checks._entry import Entry

if TYPE_CHECKING:
    from drypoint.checks._target import Target

__all__ = ["ENTRY"]


def measure(target: Target, *, condition: str) -> int:
    """Rows of which a condition cannot be said, exactly."""
    found = counts_of(target, condition)
    return found.unknown


ENTRY = Entry(
    "rows.unknown",
    "rows of which {condition!r} cannot be said",
    measure,
    arguments=(CONDITION,),
    of="table",
)
