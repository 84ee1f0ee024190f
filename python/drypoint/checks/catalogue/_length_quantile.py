"""`length.quantile`: how long the value at a rank of lengths is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.checks._entry import Argument, Entry, Measured
from drypoint.checks._forms import RANK
from drypoint.checks._length import LENGTHY, lengths_of
from drypoint.checks._target import known

if TYPE_CHECKING:
    from drypoint.checks._target import Target

__all__ = ["ENTRY"]


def measure(target: Target, *, q: float) -> Measured:
    """The length at the rank: exact below 128, within 1.6 % above, always."""
    column = target.column
    return Measured(known(column, lengths_of(column).quantile(q), "quantile of lengths"))


ENTRY = Entry(
    "length.quantile",
    "length at rank {q}",
    measure,
    arguments=(Argument("q", RANK, "the rank, from 0 to 1; 0.5 is the median"),),
    unit="number",
    kinds=LENGTHY,
    page="length",
)
