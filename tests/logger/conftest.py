"""What the tests of the logger share."""

from __future__ import annotations

import pytest

# 2013-01-01T12:00:00Z
NOON = 1_357_041_600.0


class Clock:
    """A clock that stands still until it is set.

    Attributes:
        now: seconds since 1970.
    """

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> float:
        """The time."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Noon on a Tuesday."""
    return Clock()
