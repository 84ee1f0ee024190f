"""Values as Python has them, from how the core keeps them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from drypoint.estimate import Estimate

__all__ = ["from_number", "from_text", "from_tick", "is_temporal", "mapped"]

UNITS = {"date32": "D", "date64": "ms"}
TEMPORAL = re.compile(r"(date32|date64|timestamp|time32|time64|duration)(?:\[(s|ms|us|ns)[],])?")


def is_temporal(type_name: str) -> bool:
    """Whether values of the type are kept as ticks."""
    return TEMPORAL.match(type_name) is not None


def from_tick(type_name: str, tick: int) -> Any:
    """A date, timestamp or duration from its tick.

    Timestamps are `numpy.datetime64` in UTC and in the unit of their type, so that none is rounded;
    dates are `datetime.date`, or `numpy.datetime64` where that is out of its range; durations and
    times of day, counted from midnight, are `numpy.timedelta64`.
    """
    import numpy as np

    found = TEMPORAL.match(type_name)
    if found is None:
        return tick
    unit: Any  # numpy's stubs want to see it written out
    kind, unit = found[1], found[2] or UNITS[found[1]]
    if kind in ("duration", "time32", "time64"):
        return np.timedelta64(tick, unit)
    if kind == "timestamp":
        return np.datetime64(tick, unit)
    day = np.datetime64(tick, unit).astype("datetime64[D]")
    as_date = day.item()
    return day if as_date is None or isinstance(as_date, int) else as_date


def from_text(type_name: str, text: str | None) -> Any:
    """An extreme from the text that the core keeps; None stays None."""
    if text is None or type_name == "string":
        return text
    if is_temporal(type_name):
        return from_tick(type_name, int(text))
    if type_name.startswith("decimal"):
        from decimal import Decimal

        return Decimal(text)
    return float(text) if type_name.startswith("float") else int(text)


def from_number(type_name: str, number: int) -> Any:
    """A frequent item from the integer that the core counts."""
    if type_name == "bool":
        return bool(number)
    if type_name == "uint64":
        return number % 2**64
    if type_name.startswith("float"):
        return float(number)
    return from_tick(type_name, number)


def mapped(estimate: Estimate[Any], f: Callable[[Any], Any]) -> Estimate[Any]:
    """*estimate* with *f* applied to its value and its bounds; *f* keeps the order."""
    from drypoint.estimate import Estimate

    return Estimate(f(estimate.value), f(estimate.lower), f(estimate.upper), estimate.confidence)
