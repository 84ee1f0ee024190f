"""`negatives`: how many numbers below 0 there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.checks._entry import Entry
from drypoint.checks._target import counted, values_of

if TYPE_CHECKING:
    from drypoint.checks._target import Target

__all__ = ["ENTRY"]


def measure(target: Target) -> int:
    """Numbers below 0, exactly; 0 without values."""
    column = target.column
    return counted(column, column.negatives, "numbers below 0")


ENTRY = Entry("negatives", "numbers below 0", measure, kinds=("number",), total=values_of)
