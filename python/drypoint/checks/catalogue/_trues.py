"""`trues`: how many values that are true there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.checks._entry import Entry
from drypoint.checks._target import counted, values_of

if TYPE_CHECKING:
    from drypoint.checks._target import Target

__all__ = ["ENTRY"]


def measure(target: Target) -> int:
    """Values that are true, exactly; 0 without values."""
    column = target.column
    return counted(column, column.trues, "values that are true")


ENTRY = Entry("trues", "values that are true", measure, kinds=("boolean",), total=values_of)
