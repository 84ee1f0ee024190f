"""What a row says of when it happened, as microseconds since 1970 in UTC."""

from __future__ import annotations

import datetime as dt
from math import isfinite
from typing import Any

__all__ = ["EPOCH", "MICROSECOND", "instant"]

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
MICROSECOND = dt.timedelta(microseconds=1)


def instant(value: Any) -> int | None:
    """When that is; None if *value* does not tell.

    Args:
        value: a datetime, in UTC if it has no zone; a date, which is its midnight; a
            `numpy.datetime64`; text in ISO 8601; a number of seconds since 1970.
    """
    try:
        found = read(value)
        # What pandas has for no time is a datetime, and computes to NaN.
        return found if isinstance(found, int) else None
    except Exception:  # noqa: BLE001 # foreign code runs in it, and no row may be lost to it
        return None


def read(value: Any) -> int | None:
    """The same, where whatever does not tell may also raise."""
    if isinstance(value, str):
        value = dt.datetime.fromisoformat(value)
    if isinstance(value, dt.datetime):
        return ((value if value.tzinfo else value.replace(tzinfo=dt.UTC)) - EPOCH) // MICROSECOND
    if isinstance(value, dt.date):
        return (value - EPOCH.date()) // MICROSECOND
    if isinstance(value, bool) or value is None:
        return None
    if hasattr(value, "astype"):
        return of_numpy(value)
    return int(value * 1_000_000) if isfinite(value) else None


def of_numpy(value: Any) -> int | None:
    """Of a scalar of NumPy."""
    import numpy as np

    if not isinstance(value, np.datetime64):
        return read(value.item())
    return None if np.isnat(value) else int(value.astype("datetime64[us]").astype("int64"))
