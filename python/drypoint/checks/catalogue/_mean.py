"""`mean`: the arithmetic mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.checks._entry import Entry
from drypoint.checks._target import finite

if TYPE_CHECKING:
    from drypoint.checks._target import Target

__all__ = ["ENTRY"]


def measure(target: Target) -> float:
    """The mean of the finite numbers, to the rounding of doubles."""
    column = target.column
    found: float = finite(column, column.mean, "mean")
    return found


ENTRY = Entry("mean", "mean", measure, unit="value", kinds=("number",))
