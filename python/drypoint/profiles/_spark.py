"""A small histogram as SVG: no script, no style but its own attributes."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from drypoint.profiles._bins import view_of
from drypoint.profiles._format import count
from drypoint.profiles._histogram import histogram

if TYPE_CHECKING:
    from drypoint.estimate import Estimate
    from drypoint.profiles._column import ColumnProfile

__all__ = ["spark"]

WIDTH, HEIGHT = 240, 56
COLOR = "#2f86bd"
"""With a contrast of 3 to 1 on white and on black."""


def spark(column: ColumnProfile) -> str:
    """The histogram, with a line through each bar for what its count may be; empty without values.

    Values far away from all others are not drawn.
    """
    view = view_of([column.kll], column) if column.kll is not None else None
    found = histogram(column.kll, view.edges) if view and column.kll is not None else None
    if view is None or found is None:
        return ""
    most = max(one.upper for one in found.counts)
    first, last = view.edges[0], view.edges[-1]
    sides = [round((edge - first) / (last - first) * WIDTH, 1) for edge in view.edges]
    drawn = zip(pairwise(sides), found.counts, strict=True)
    bars = "".join(bar(*ends, one, most) for ends, one in drawn)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="histogram of {count(column.kll.n if column.kll else 0)} values">'
        f"{bars}</svg>"
    )


def bar(left: float, right: float, found: Estimate[float], most: float) -> str:
    """A bar, and the line from the lower to the upper bound of its count."""
    value, lower, upper = (
        round(HEIGHT * end / most, 1) for end in (found.value, found.lower, found.upper)
    )
    width = max(0.5, round(right - left - 0.6, 1))
    drawn = (
        f'<rect x="{left}" y="{HEIGHT - value:.1f}" width="{width}" height="{value}" '
        f'fill="{COLOR}"/>'
    )
    if lower == upper:
        return drawn
    middle = round((left + right) / 2, 1)
    return (
        f'{drawn}<path d="M{middle} {HEIGHT - lower:.1f}V{HEIGHT - upper:.1f}" '
        'stroke="currentColor"/>'
    )
