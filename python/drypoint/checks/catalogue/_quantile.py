"""`quantile`: the value at a rank."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.checks._entry import Argument, Entry, Measured
from drypoint.checks._forms import RANK
from drypoint.checks._target import known

if TYPE_CHECKING:
    from drypoint.checks._target import Target

__all__ = ["ENTRY"]


def measure(target: Target, *, q: float) -> Measured:
    """The value at the rank, with bounds at 99 %; exact of few values."""
    column = target.column
    return Measured(known(column, column.quantile(q), "quantile"), column.type)


ENTRY = Entry(
    "quantile",
    "value at rank {q}",
    measure,
    arguments=(Argument("q", RANK, "the rank, from 0 to 1; 0.5 is the median"),),
    unit="value",
    kinds=("number", "temporal"),
)
