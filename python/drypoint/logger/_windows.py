"""Windows: half-open ranges of time of one width, one after the other, and lengths of time."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from drypoint.errors import ParameterError
from drypoint.logger._instant import EPOCH, MICROSECOND

__all__ = ["SECOND", "Windows", "duration"]

SECOND = 1_000_000
"""In microseconds, in which all times are counted here."""
UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 7 * 86_400}
WEEK = UNITS["w"] * SECOND
MONDAY = 4 * UNITS["d"] * SECOND
"""The first Monday after 1970 began, which was on a Thursday."""


class Windows(NamedTuple):
    """All windows of one width: aligned to 1970 in UTC, and to Monday if they are whole weeks.

    Attributes:
        width: in microseconds.
    """

    width: int

    @property
    def origin(self) -> int:
        """Where one of them starts."""
        return MONDAY if self.width % WEEK == 0 else 0

    def start(self, instant: int) -> int:
        """The start of the window that an instant is in."""
        return instant - (instant - self.origin) % self.width

    def bounds(self, start: int) -> tuple[dt.datetime, dt.datetime]:
        """Start and end in UTC."""
        return EPOCH + start * MICROSECOND, EPOCH + (start + self.width) * MICROSECOND


def duration(name: str, given: object, *, step: int = 1) -> int:
    """A length of time in microseconds: a timedelta or a text such as 15m, 1h, 1d, 7d, 1w.

    Raises:
        ParameterError: it is neither, is less than *step* or is no multiple of it.
    """
    if isinstance(given, str):
        found = re.fullmatch(r"(\d{1,9})([smhdw])", given)
        length = None if found is None else int(found[1]) * UNITS[found[2]] * SECOND
    else:
        length = given // MICROSECOND if isinstance(given, dt.timedelta) else None
    if length is None or length < 0 or length % step or (step > 1 and not length):
        whole = " of whole seconds" if step > 1 else ""
        raise ParameterError(
            f"{name} must be a timedelta{whole} or a text such as '15m', '1h', '7d', got {given!r}"
        )
    return length
