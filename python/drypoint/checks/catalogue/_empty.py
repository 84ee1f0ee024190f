"""`empty`: how many empty strings there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.checks._entry import Entry
from drypoint.checks._target import counted, values_of

if TYPE_CHECKING:
    from drypoint.checks._target import Target

__all__ = ["ENTRY"]


def measure(target: Target) -> int:
    """Empty strings, exactly; 0 without values."""
    column = target.column
    return counted(column, column.empty, "empty strings")


ENTRY = Entry("empty", "empty strings", measure, kinds=("string",), total=values_of)
