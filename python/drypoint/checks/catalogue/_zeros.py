"""`zeros`: how many zeros there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.checks._entry import Entry
from drypoint.checks._target import counted, values_of

if TYPE_CHECKING:
    from drypoint.checks._target import Target

__all__ = ["ENTRY"]


def measure(target: Target) -> int:
    """Zeros, exactly; 0 without values."""
    column = target.column
    return counted(column, column.zeros, "zeros")


ENTRY = Entry("zeros", "zeros", measure, kinds=("number",), total=values_of)
