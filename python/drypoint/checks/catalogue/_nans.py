"""`nans`: how many values are NaN."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.checks._entry import Entry
from drypoint.checks._target import counted, values_of

if TYPE_CHECKING:
    from drypoint.checks._target import Target

__all__ = ["ENTRY"]


def measure(target: Target) -> int:
    """NaN among floats, exactly; 0 of other numbers, which have none."""
    column = target.column
    if not column.type.startswith("float"):
        return 0
    return counted(column, column.nans, "NaN")


ENTRY = Entry("nans", "NaN", measure, kinds=("number",), total=values_of)
