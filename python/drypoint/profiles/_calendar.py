"""When things happen: hours of the day and days of the week, as standing bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.profiles._draw import pillars
from drypoint.profiles._format import width
from drypoint.profiles._grid import beside
from drypoint.profiles._ink import inked

if TYPE_CHECKING:
    from drypoint.profiles._column import ColumnProfile

__all__ = ["calendar"]

HEIGHT = 4
"""Lines of bars."""
APART = 4
DAYS = "Mon Tue Wed Thu Fri Sat Sun"
DAY = 3
"""Cells of a day, and one between two."""
TICK = 6
"""Hours from one label to the next."""


def calendar(column: ColumnProfile, room: int) -> list[str]:
    """Both, side by side where there is room."""
    parts = [one for one in (hours(column, room), weekdays(column)) if one]
    if not parts:
        return []
    first, *others = parts
    for other in others:
        wide = max(map(width, first)) + APART + max(map(width, other))
        first = beside(first, other, APART) if wide <= room else [*first, "", *other]
    return first


def hours(column: ColumnProfile, room: int) -> list[str]:
    """The hours of a day, in UTC."""
    counts = column.hours or []
    if not any(counts):
        return []
    wide = 2 if room >= 2 * len(counts) else 1
    ticks = "".join(f"{hour:<{TICK * wide}}" for hour in range(0, len(counts), TICK)).rstrip()
    return chart("by hour, UTC", counts, wide, 0, ticks)


def weekdays(column: ColumnProfile) -> list[str]:
    """The days of a week."""
    counts = column.weekdays or []
    return chart("by weekday", counts, DAY, 1, DAYS) if any(counts) else []


def chart(title: str, counts: list[int], wide: int, gap: int, ticks: str) -> list[str]:
    """Bars between what they are and what stands below them."""
    head = f"{title}, at most {max(counts):,}"
    return [inked(head, "head"), *pillars(counts, HEIGHT, wide, gap), inked(ticks, "faint")]
