"""`sum`: what the numbers add up to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.checks._entry import Entry
from drypoint.checks._target import known, valued

if TYPE_CHECKING:
    from drypoint.checks._target import Target

__all__ = ["ENTRY"]


def measure(target: Target) -> float:
    """The sum of the numbers, exact of integers up to 2**106; 0 without values."""
    column = target.column
    if not valued(column):
        return 0
    found: float = known(column, column.sum, "sum")
    return found


ENTRY = Entry("sum", "sum", measure, unit="number", kinds=("number",))
