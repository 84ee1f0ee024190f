"""`columns`: how many columns there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.checks._entry import Entry

if TYPE_CHECKING:
    from drypoint.checks._target import Target

__all__ = ["ENTRY"]


def measure(target: Target) -> int:
    """The columns of the table, without those inside others."""
    return sum(not column.nested for column in target.profile)


ENTRY = Entry("columns", "columns", measure, of="table")
