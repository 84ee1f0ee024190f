"""`length.mean`: how long values are on average."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.checks._entry import Entry
from drypoint.checks._length import LENGTHY, lengths_of
from drypoint.checks._target import known

if TYPE_CHECKING:
    from drypoint.checks._target import Target

__all__ = ["ENTRY"]


def measure(target: Target) -> float:
    """The mean length: of strings in code points, of binary in bytes, else in elements."""
    column = target.column
    found: float = known(column, lengths_of(column).mean, "mean length")
    return found


ENTRY = Entry(
    "length.mean",
    "mean length",
    measure,
    unit="number",
    kinds=LENGTHY,
    page="length",
)
