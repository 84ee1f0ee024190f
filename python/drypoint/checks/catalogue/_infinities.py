"""`infinities`: how many values are infinite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.checks._entry import Entry
from drypoint.checks._target import counted, values_of

if TYPE_CHECKING:
    from drypoint.checks._target import Target

__all__ = ["ENTRY"]


def measure(target: Target) -> int:
    """Infinities of both signs, exactly; 0 of numbers other than floats, which have none."""
    column = target.column
    if not column.type.startswith("float"):
        return 0
    positive = counted(column, column.positive_infinities, "infinities")
    return positive + counted(column, column.negative_infinities, "infinities")


ENTRY = Entry("infinities", "infinities", measure, kinds=("number",), total=values_of)
