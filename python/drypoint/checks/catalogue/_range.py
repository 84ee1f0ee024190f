"""`range`: the greatest value less the least."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.checks._entry import Entry, Measured
from drypoint.checks._target import known
from drypoint.profiles._format import of_one_kind
from drypoint.profiles._values import is_temporal

if TYPE_CHECKING:
    from drypoint.checks._target import Target

__all__ = ["ENTRY"]


def measure(target: Target) -> Measured:
    """The distance of the extremes, exactly; of times a duration."""
    column = target.column
    least, most = (known(column, one, "range") for one in (column.min, column.max))
    first, last = of_one_kind([least, most])
    return Measured(last - first, "duration[ns]" if is_temporal(column.type) else "")


ENTRY = Entry("range", "range", measure, unit="number", kinds=("number", "temporal"))
