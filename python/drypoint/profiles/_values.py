"""Values as Python has them, from how the core keeps them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from drypoint.errors import DecodeError, InputTypeError
from drypoint.sketches._parameters import is_many

if TYPE_CHECKING:
    from collections.abc import Callable

    from drypoint.estimate import Estimate

__all__ = [
    "TIMES_OF_DAY",
    "UNITS",
    "as_words",
    "from_number",
    "from_text",
    "from_tick",
    "is_temporal",
    "kept",
    "mapped",
    "seconds_per_tick",
]

UNITS = {"date32": "D", "date64": "ms"}
"""The units of dates, which their names do not tell."""
TIMES_OF_DAY = ("time32", "time64")
DAY = 86_400.0
PER_SECOND = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}
LEAST, MOST = -(2**63) + 1, 2**63 - 1
TEMPORAL = re.compile(r"(date32|date64|timestamp|time32|time64|duration)(?:\[(s|ms|us|ns)[],])?")


def is_temporal(type_name: str) -> bool:
    """Whether values of the type are kept as ticks."""
    return TEMPORAL.match(type_name) is not None


def seconds_per_tick(type_name: str) -> float:
    """How long a tick of a column of times is.

    >>> seconds_per_tick("timestamp[ms, UTC]"), seconds_per_tick("date32")
    (0.001, 86400.0)
    """
    found = TEMPORAL.match(type_name)
    unit = found[2] or UNITS[found[1]] if found else "s"
    return DAY if unit == "D" else 1 / PER_SECOND[unit]


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
    if kind in ("duration", *TIMES_OF_DAY):
        return np.timedelta64(tick, unit)
    if kind == "timestamp":
        return np.datetime64(tick, unit)
    day = np.datetime64(tick, unit).astype("datetime64[D]")
    as_date = day.item()
    return day if as_date is None or isinstance(as_date, int) else as_date


def kept(type_name: str, value: Any) -> Any:
    """What a KLL sketch keeps of a value of a column, or of several.

    Raises:
        InputTypeError: one is no time, and the column is of times.
    """
    if not is_temporal(type_name):
        return value
    if is_many(value):
        return [to_tick(type_name, one) for one in value]
    return to_tick(type_name, value)


def to_tick(type_name: str, value: Any) -> int:
    """The tick of a time, as the core keeps it; of one beyond all ticks, the last of them.

    Raises:
        InputTypeError: *value* is no time of a column of this type.
    """
    import numpy as np

    if isinstance(value, (int, np.integer)) and not isinstance(value, np.timedelta64):
        return int(value)
    found = TEMPORAL.match(type_name)
    assert found is not None  # noqa: S101 # the caller has asked
    kind = "timedelta64" if found[1] in ("duration", *TIMES_OF_DAY) else "datetime64"
    try:
        time = np.asarray(bare(value)).astype(kind)
        return max(LEAST, min(ticks(time, kind, found[2] or UNITS[found[1]]), MOST))
    except (TypeError, ValueError, OverflowError) as error:
        raise InputTypeError(
            f"a column of {type_name} is asked for times, got {value!r}"
        ) from error


def ticks(time: Any, kind: str, unit: str) -> int:
    """A time of NumPy in *unit*, however large; a ValueError if it is none."""
    import numpy as np

    if np.isnat(time):
        raise ValueError(time)
    if unit == "D":
        return int(time.astype(f"{kind}[D]").astype("int64"))
    # NumPy lets a year 9999 in nanoseconds wrap.
    whole = time.astype(f"{kind}[s]")
    part = (time - whole).astype(f"timedelta64[{unit}]")
    return int(whole.astype("int64")) * PER_SECOND[unit] + int(part.astype("int64"))


def bare(value: Any) -> Any:
    """A time as NumPy takes it: without a zone in UTC, a time of day as counted from midnight."""
    import datetime as dt

    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        return value.astimezone(dt.UTC).replace(tzinfo=None)
    if isinstance(value, dt.time):
        midnight = dt.datetime.combine(dt.date.min, dt.time())
        return dt.datetime.combine(dt.date.min, value.replace(tzinfo=None)) - midnight
    if isinstance(value, float):
        # Which NumPy would cut to a whole number.
        raise TypeError(value)
    return value.removesuffix("Z") if isinstance(value, str) else value


def as_words(type_name: str, value: Any) -> str | None:
    """A value that is no number as text, without zeros that say nothing; None for a number.

    Timestamps and dates as ISO 8601, with a Z where the type has a zone; times of day as
    `12:30:00`, durations as ISO 8601 has them, `PT90S`.
    """
    if isinstance(value, (bool, str)):
        return str(value) if isinstance(value, str) else str(value).lower()
    if not is_temporal(type_name):
        return None
    if type_name.startswith("duration"):
        return duration(value)
    if type_name.startswith(TIMES_OF_DAY):
        import numpy as np

        return trimmed(str(np.datetime64(0, "s") + value).partition("T")[2])
    zone = "Z" if type_name.startswith("timestamp") and "," in type_name else ""
    return trimmed(str(value)) + zone


def trimmed(text: str) -> str:
    """A time without a fraction of zeros."""
    return text.rstrip("0").rstrip(".") if "." in text else text


def duration(value: Any) -> str:
    """Seconds as ISO 8601 has them, to the last digit."""
    import numpy as np

    unit, step = np.datetime_data(value)
    digits = {"s": 0, "ms": 3, "us": 6, "ns": 9}[unit]
    ticks = int(value.astype("int64")) * step
    whole, part = divmod(abs(ticks), 10**digits)
    fraction = trimmed(f".{part:0{digits}}") if digits else ""
    return f"{'-' if ticks < 0 else ''}PT{whole}{fraction}S"


def from_text(type_name: str, text: str | None) -> Any:
    """An extreme from the text that the core keeps; None stays None."""
    if text is None or type_name == "string":
        return text
    if is_temporal(type_name):
        return from_tick(type_name, int(text))
    if type_name.startswith("decimal"):
        return as_decimal(text)
    return float(text) if type_name.startswith("float") else int(text)


def as_decimal(text: str) -> Any:
    """A decimal; what a damaged sketch has in its place is a DecodeError."""
    from decimal import Decimal, InvalidOperation

    try:
        found = Decimal(text)
    except InvalidOperation as error:
        raise DecodeError(f"an item of a column of decimals is {text[:40]!r}") from error
    if not found.is_finite():
        raise DecodeError(f"an item of a column of decimals is {text[:40]!r}")
    return found


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
