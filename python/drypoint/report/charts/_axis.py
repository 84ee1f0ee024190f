"""What the axis of a column's values is: of numbers, of times, of times of day, of durations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from drypoint.profiles._format import UNITS
from drypoint.profiles._values import TIMES_OF_DAY, is_temporal, seconds_per_tick
from drypoint.report.charts._figures import LABELS, figure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from drypoint.profiles import ColumnProfile

__all__ = ["Axis", "axis_of"]

LARGE, SMALL = 1e9, 1e-3
"""Numbers of an axis that goes beyond have exponents."""
CLOCK = {"format": {"hours": "%H:%M", "minutes": "%H:%M"}}
"""Hours of times are counted to 24; days, months and years are written as they are anywhere."""
LAST = 8.64e15
"""Milliseconds from 1970 that JavaScript has days for."""
DAY = 86_400


class Axis(NamedTuple):
    """How values of a column lie on an axis.

    Attributes:
        scale: what a value of the sketch is multiplied by.
        type: `"quantitative"` or `"temporal"`.
        style: of a time in words, as d3 writes it; empty of numbers.
        unit: of the values, as the title has it.
        labels: the axis of Vega-Lite.
    """

    scale: float
    type: str
    style: str
    unit: str
    labels: dict[str, Any]

    def place(self, value: float) -> int | float:
        """Where a value of the sketch lies."""
        found = value * self.scale
        if self.type == "temporal":
            return round(max(-LAST, min(found, LAST)))
        return figure(found)

    def places(self, values: Iterable[float]) -> list[int | float]:
        """Where they lie."""
        return [self.place(one) for one in values]

    @property
    def of_scale(self) -> dict[str, Any]:
        """The scale of Vega-Lite."""
        return {"type": "utc"} if self.type == "temporal" else {"zero": False}


def axis_of(column: ColumnProfile, low: float, high: float) -> Axis:
    """The axis of the values of a column from *low* to *high*, as its sketch has them."""
    if not is_temporal(column.type):
        return Axis(
            1.0,
            "quantitative",
            "",
            "",
            numbers(max(abs(low), abs(high)), whole="int" in column.type),
        )
    second = seconds_per_tick(column.type)
    span = (high - low) * second
    if column.type.startswith("duration"):
        size, name = next(
            (one for one in UNITS if max(abs(low), abs(high)) * second >= one[0]), (1.0, "s")
        )
        return Axis(second / size, "quantitative", "", name, {"labelExpr": LABELS})
    if column.type.startswith(TIMES_OF_DAY):
        return Axis(second * 1000, "temporal", "%H:%M:%S", "", {"format": "%H:%M"})
    dates = column.type.startswith("date")
    style = "%Y-%m-%d" if dates or span > 60 * DAY else "%Y-%m-%d %H:%M"
    return Axis(second * 1000, "temporal", style, "" if dates else "UTC", CLOCK)


def numbers(most: float, *, whole: bool = False) -> dict[str, Any]:
    """The labels of numbers up to *most* in size; of *whole* ones no parts."""
    if whole and most < LARGE:
        return {"labelExpr": LABELS, "tickMinStep": 1}
    if SMALL <= most < LARGE or not most:
        return {"labelExpr": LABELS}
    return {"format": "~e", "labelExpr": "datum.value ? replace(datum.label, '+', '') : '0'"}
