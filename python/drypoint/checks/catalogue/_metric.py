"""`metric`: a metric of one's own."""

from __future__ import annotations

from numbers import Real
from typing import TYPE_CHECKING

from drypoint.checks._entry import Argument, Entry, Measured, meant
from drypoint.checks._forms import TEXT
from drypoint.checks._target import NoFactError, known
from drypoint.estimate import Estimate

if TYPE_CHECKING:
    from drypoint.checks._target import Target

__all__ = ["ENTRY"]


def measure(target: Target, *, name: str) -> Measured:
    """The value of a metric that is written in Python: a number or an estimate of one."""
    column = target.column
    if name not in column.metrics:
        near = meant(name, column.metrics)
        raise NoFactError(f"column {column.name!r} has no metric {name!r}{near}")
    found = known(column, getattr(column.metric(name), "value", None), f"metric {name!r}")
    if not isinstance(found, (Real, Estimate)):
        raise NoFactError(f"metric {name!r} of column {column.name!r} is no number")
    return Measured(found)


ENTRY = Entry(
    "metric",
    "metric {name!r}",
    measure,
    arguments=(Argument("name", TEXT, "the name of the metric"),),
    unit="number",
)
