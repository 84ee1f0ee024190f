"""What "now" is for a profile."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from drypoint.profiles import Profile

__all__ = ["clock_of"]


def clock_of(profile: Profile) -> dt.datetime:
    """The end of the window that the profile covers, in UTC; without a window, now.

    So a profile of last year is judged as it would have been then.
    """
    return dt.datetime.now(dt.UTC) if profile.window is None else profile.window[1]
