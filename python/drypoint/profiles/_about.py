"""What a profile is of: checked when it is given, and again when it is read from a file."""

from __future__ import annotations

import datetime as dt
from typing import Any

from drypoint.errors import ParameterError

__all__ = ["count_of", "text_of", "texts_of", "window_of"]


def text_of(what: str, value: Any) -> str | None:
    """Text or nothing."""
    if value is None or isinstance(value, str):
        return value
    raise ParameterError(f"{what} must be text, got {value!r}; write it as str({value!r})")


def texts_of(what: str, found: Any) -> dict[str, Any]:
    """Text by name: of *what* a null may stand for no value."""
    try:
        pairs = dict(found or {})
    except (TypeError, ValueError) as error:
        raise ParameterError(f"{what} must be text by name, got {found!r}") from error
    for name, value in pairs.items():
        if not isinstance(name, str):
            raise ParameterError(f"{what} must be text by name, got the name {name!r}")
        text_of(f"{what}[{name!r}]", value)
    return pairs


def window_of(window: Any) -> tuple[dt.datetime, dt.datetime] | None:
    """A range of time in UTC, or nothing."""
    if window is None:
        return None
    try:
        start, end = (in_utc(time) for time in window)
    except (TypeError, ValueError, AttributeError, OverflowError) as error:
        raise ParameterError(
            f"window must be two datetimes with a zone, got {window!r}; write "
            "datetime(2013, 1, 1, tzinfo=UTC)"
        ) from error
    if start > end:
        raise ParameterError(f"window must not end before it starts, got {start} to {end}")
    return start, end


def in_utc(time: dt.datetime) -> dt.datetime:
    """The time in UTC; a TypeError if it has no zone."""
    if time.tzinfo is None:
        raise TypeError(time)
    return time.astimezone(dt.UTC)


def count_of(rows: Any) -> int:
    """A count of rows."""
    if not isinstance(rows, int) or isinstance(rows, bool) or not 0 <= rows < 2**64:
        raise ParameterError(f"{rows!r} is no count of rows")
    return rows
