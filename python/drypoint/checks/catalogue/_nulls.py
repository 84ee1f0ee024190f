"""`nulls`: how many values are null."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.checks._entry import Entry
from drypoint.checks._target import rows_of

if TYPE_CHECKING:
    from drypoint.checks._target import Target

__all__ = ["ENTRY"]


def measure(target: Target) -> int:
    """Rows of the column that are null, exactly; 0 of an empty column."""
    return target.column.nulls


ENTRY = Entry("nulls", "nulls", measure, total=rows_of)
