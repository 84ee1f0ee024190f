"""Times as seconds, so that columns of different units compare."""

from __future__ import annotations

from drypoint.profiles._values import PER_SECOND, TEMPORAL, UNITS

__all__ = ["seconds_per_tick"]

DAY = 86_400.0


def seconds_per_tick(type_name: str) -> float:
    """How long a tick of a column of times is.

    >>> seconds_per_tick("timestamp[ms, UTC]"), seconds_per_tick("date32")
    (0.001, 86400.0)
    """
    found = TEMPORAL.match(type_name)
    unit = found[2] or UNITS[found[1]] if found else "s"
    return DAY if unit == "D" else 1 / PER_SECOND[unit]
