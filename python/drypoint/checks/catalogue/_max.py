"""`max`: the greatest value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.checks._entry import Entry, Measured
from drypoint.checks._target import known

if TYPE_CHECKING:
    from drypoint.checks._target import Target

__all__ = ["ENTRY"]


def measure(target: Target) -> Measured:
    """The greatest value, exactly, without NaN; of strings the first 256 bytes of it."""
    column = target.column
    return Measured(known(column, column.max, "maximum"), column.type)


ENTRY = Entry("max", "maximum", measure, unit="value", kinds=("number", "string", "temporal"))
