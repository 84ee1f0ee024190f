"""`completeness`: which share of all rows has a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.checks._entry import Entry
from drypoint.checks._target import NoFactError

if TYPE_CHECKING:
    from drypoint.checks._target import Target

__all__ = ["ENTRY"]


def measure(target: Target) -> float:
    """Values as a share of the rows of the profile, exactly; rows without the column have none."""
    column = target.column
    rows = column.rows + column.missing
    if not rows:
        raise NoFactError(f"column {column.name!r} has no rows, so there is no share of them")
    return (column.rows - column.nulls) / rows


ENTRY = Entry("completeness", "share of rows with a value", measure, unit="ratio")
