"""`count`: how many values there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.checks._entry import Entry

if TYPE_CHECKING:
    from drypoint.checks._target import Target

__all__ = ["ENTRY"]


def measure(target: Target) -> int:
    """Values that are not null, of all types, exactly."""
    column = target.column
    return column.rows - column.nulls


ENTRY = Entry("count", "values", measure)
