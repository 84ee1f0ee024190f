"""`missing`: how many rows lack the column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.checks._entry import Entry

if TYPE_CHECKING:
    from drypoint.checks._target import Target

__all__ = ["ENTRY"]


def measure(target: Target) -> int:
    """Rows of the profile in which the column was not there; 0 unless profiles were merged."""
    return target.column.missing


def rows(target: Target) -> int:
    """All rows of the profile."""
    return target.profile.rows


ENTRY = Entry("missing", "rows without the column", measure, total=rows)
