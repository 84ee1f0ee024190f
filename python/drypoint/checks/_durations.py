"""Durations as people write them: `26 h`, `90 min`, `2 days`."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from drypoint.errors import ParameterError

__all__ = ["duration", "duration_text", "is_duration_text"]

UNITS = {
    "d": 86_400, "day": 86_400, "days": 86_400, "h": 3_600, "hour": 3_600, "hours": 3_600,
    "min": 60, "minute": 60, "minutes": 60, "s": 1, "second": 1, "seconds": 1,
    "week": 604_800, "weeks": 604_800, "w": 604_800,
}  # fmt: skip
DURATION_TEXT = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*([a-z]+)\s*")


def duration(value: Any) -> dt.timedelta:
    """A timedelta, or text such as `26 h`, `90 min`, `2 days`."""
    if isinstance(value, dt.timedelta):
        return value
    read = DURATION_TEXT.fullmatch(value) if isinstance(value, str) else None
    if read is None or read[2] not in UNITS:
        raise ParameterError(f"a duration is a timedelta or text such as '26 h', got {value!r}")
    return dt.timedelta(seconds=float(read[1]) * UNITS[read[2]])


def duration_text(value: dt.timedelta) -> str:
    """A duration as `duration` reads it, in the largest unit that holds it whole."""
    seconds = value.total_seconds()
    for unit, size in (("days", 86_400), ("h", 3_600), ("min", 60)):
        if seconds and seconds % size == 0:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:g} s" if f"{seconds:g}" == repr(seconds) else f"{seconds!r} s"


def is_duration_text(value: Any) -> bool:
    """Whether it is text that `duration` reads."""
    read = DURATION_TEXT.fullmatch(value) if isinstance(value, str) else None
    return read is not None and read[2] in UNITS
