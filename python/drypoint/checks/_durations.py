"""Durations as people write them: `26 h`, `90 min`, `2 days`."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from drypoint.errors import ParameterError

__all__ = ["duration", "duration_text", "is_duration_text"]

SECOND = 1_000_000
UNITS = {
    "week": 604_800 * SECOND, "weeks": 604_800 * SECOND, "w": 604_800 * SECOND,
    "day": 86_400 * SECOND, "days": 86_400 * SECOND, "d": 86_400 * SECOND,
    "hour": 3_600 * SECOND, "hours": 3_600 * SECOND, "h": 3_600 * SECOND,
    "minute": 60 * SECOND, "minutes": 60 * SECOND, "min": 60 * SECOND,
    "second": SECOND, "seconds": SECOND, "s": SECOND,
    "ms": 1_000, "us": 1,
}  # fmt: skip
"""In microseconds."""
SHOWN = ("days", "h", "min", "s", "ms", "us")
DURATION_TEXT = re.compile(r"\s*(-?\d{1,20}(?:\.\d{1,20})?)\s*([a-z]+)\s*")


def duration(value: Any) -> dt.timedelta:
    """A timedelta, or text such as `26 h`, `90 min`, `2 days`; to the microsecond.

    Raises:
        ParameterError: it is neither, or longer than any duration.
    """
    if isinstance(value, dt.timedelta):
        return value
    read = DURATION_TEXT.fullmatch(value) if isinstance(value, str) else None
    if read is None or read[2] not in UNITS:
        raise ParameterError(f"a duration is a timedelta or text such as '26 h', got {value!r}")
    try:
        return int(Decimal(read[1]) * UNITS[read[2]]) * dt.timedelta(microseconds=1)
    except OverflowError as error:
        raise ParameterError(f"{value} is longer than any duration") from error


def duration_text(value: dt.timedelta) -> str:
    """A duration as `duration` reads it, in the largest unit that holds it whole."""
    count = value // dt.timedelta(microseconds=1)
    unit = next(unit for unit in SHOWN if count % UNITS[unit] == 0) if count else "s"
    return f"{count // UNITS[unit]} {unit}"


def is_duration_text(value: Any) -> bool:
    """Whether it is text that `duration` reads."""
    read = DURATION_TEXT.fullmatch(value) if isinstance(value, str) else None
    return read is not None and read[2] in UNITS
