"""`std`: the standard deviation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.checks._entry import Entry
from drypoint.checks._target import finite

if TYPE_CHECKING:
    from drypoint.checks._target import Target

__all__ = ["ENTRY"]


def measure(target: Target) -> float:
    """The sample standard deviation of the finite numbers, with n - 1; it takes two."""
    column = target.column
    found: float = finite(column, column.std, "standard deviation", least=2)
    return found


ENTRY = Entry("std", "standard deviation", measure, unit="number", kinds=("number",))
