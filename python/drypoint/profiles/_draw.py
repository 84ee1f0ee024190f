"""Pictures made of characters, each with what bounds leave open.

Blocks are the eighths of Unicode (U+2581 to U+258F), so that a cell shows more than all or nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from drypoint.profiles._ink import inked, joined

if TYPE_CHECKING:
    from drypoint.estimate import Estimate
    from drypoint.profiles._ink import Inked

__all__ = ["Axis", "bar", "pillars", "whisker"]

EIGHTHS = 8
LYING = " ▏▎▍▌▋▊▉"
STANDING = " ▁▂▃▄▅▆▇█"
FULL, OPEN = "█", "░"


class Axis(NamedTuple):
    """Numbers as cells.

    Attributes:
        low: the number of the first cell.
        high: of the last.
        cells: how many there are.
    """

    low: float
    high: float
    cells: int

    def cell(self, number: float) -> int:
        """Where *number* is; the nearest one if it is beyond the ends."""
        # Halves, so that the widest range there is does not overflow.
        wide = self.high / 2 - self.low / 2
        part = (number / 2 - self.low / 2) / wide if wide > 0 else 0.0
        return min(max(round(part * (self.cells - 1)), 0), self.cells - 1)


def bar(found: Estimate[float], most: float, room: int) -> Inked:
    """A count as `█████░░`: as long as its value, then as far as its upper bound.

    Args:
        found: the count; what is above its lower bound is open.
        most: the count that takes all of the room.
        room: cells.
    """
    scale = room / most if most > 0 else 0.0
    lower, value, upper = (round(one * scale) for one in (found.lower, found.value, found.upper))
    eighths = max(round(found.value * scale * EIGHTHS), 1 if found.value else 0)
    text = FULL * (eighths // EIGHTHS) + LYING[eighths % EIGHTHS].strip()
    if upper > value:
        # Of whole cells: after a part of one there would be a gap.
        text = FULL * value or text[:1]
    sure = len(text) if found.is_exact else min(lower, len(text))
    beyond = OPEN * (upper - len(text))
    return joined("", [inked(text[:sure], "sure"), inked(text[sure:] + beyond, "open")])


def whisker(value: float, lower: float, upper: float, axis: Axis) -> Inked:
    """A number with its bounds on an axis, as `  ├──●─┤`."""
    first, place, last = (axis.cell(one) for one in (lower, value, upper))
    left = f"├{'─' * (place - first - 1)}" if place > first else ""
    right = f"{'─' * (last - place - 1)}┤" if last > place else ""
    parts = [" " * first, inked(left, "open"), inked("●", "sure"), inked(right, "open")]
    return joined("", parts)


def pillars(counts: list[int], height: int, wide: int, gap: int = 0) -> list[Inked]:
    """Counts as standing bars from a common ground, the highest of *height* lines.

    Args:
        counts: from the left to the right; what is there but small is a low one, not none.
        height: lines.
        wide: cells of a bar.
        gap: cells between two.
    """
    most = max(counts, default=0) or 1
    steps = [max(round(EIGHTHS * height * one / most), bool(one)) for one in counts]
    rows = []
    for row in reversed(range(height)):
        levels = (min(max(step - EIGHTHS * row, 0), EIGHTHS) for step in steps)
        drawn = (" " * gap).join(STANDING[level] * wide for level in levels)
        rows.append(inked(drawn.rstrip(), "shape"))
    return rows
