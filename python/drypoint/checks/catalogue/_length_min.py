"""`length.min`: how long the shortest value is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.checks._entry import Entry
from drypoint.checks._length import LENGTHY, lengths_of
from drypoint.checks._target import known

if TYPE_CHECKING:
    from drypoint.checks._target import Target

__all__ = ["ENTRY"]


def measure(target: Target) -> int:
    """The least length: of strings in code points, of binary in bytes, else in elements."""
    column = target.column
    lengths = lengths_of(column)
    found: int = known(column, lengths.min, "minimum length")
    return found


ENTRY = Entry(
    "length.min",
    "minimum length",
    measure,
    unit="number",
    kinds=LENGTHY,
    page="length",
)
