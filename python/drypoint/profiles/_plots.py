"""Charts of columns and of segments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drypoint._drawn import Plots, drawing
from drypoint.errors import InputTypeError, ParameterError

if TYPE_CHECKING:
    import altair as alt

    from drypoint.profiles._column import ColumnProfile

__all__ = ["ColumnPlots", "SegmentPlots"]

DRAWN = {
    "histogram": "histogram",
    "ecdf": "ecdf",
    "top": "top_values",
    "lengths": "lengths",
    "kinds": "kinds",
    "calendar": "calendar",
}
"""What draws the chart of each method."""


class ColumnPlots(Plots):
    """Charts of a column: those that its type has.

    Each returns an Altair chart, which can be restyled, combined and saved; it needs the extra
    `drypoint[report]`. A *reference* is a column that the first one is drawn beside, such as that
    of last week. A column that has no such chart is a `ParameterError`, which tells those it has.

    Examples:
        >>> import drypoint as dp
        >>> delays = dp.profile({"delay": [3, 5, 8, 13, 21]})["delay"]
        >>> delays.plot
        <plots of 'delay': histogram(), ecdf()>
        >>> chart = delays.plot.histogram().properties(width=200)
    """

    __slots__ = ()
    _of: ColumnProfile

    def histogram(self, reference: ColumnProfile | None = None) -> alt.LayerChart:
        """How many values lie where, with the bounds of each count: of numbers and times."""
        return self._drawn("histogram", reference)

    def ecdf(self, reference: ColumnProfile | None = None) -> alt.LayerChart:
        """Which share of the values lies up to which value, with its band at 99 %: likewise."""
        return self._drawn("ecdf", reference)

    def top(self, reference: ColumnProfile | None = None, *, n: int = 10) -> alt.LayerChart:
        """The *n* most frequent values, with the bounds of each share."""
        return self._drawn("top", reference, n=n)

    def lengths(self, reference: ColumnProfile | None = None) -> alt.LayerChart:
        """How long values are: of strings in characters, binary in bytes, lists in elements."""
        return self._drawn("lengths", reference)

    def kinds(self, reference: ColumnProfile | None = None) -> alt.LayerChart:
        """What strings hold, with the bounds of each share at 99 %."""
        return self._drawn("kinds", reference)

    def calendar(self) -> alt.LayerChart:
        """When times lie: by hour of the day and day of the week, in UTC."""
        return self._drawn("calendar")

    def _drawn(
        self, name: str, reference: ColumnProfile | None = None, **options: Any
    ) -> alt.LayerChart:
        others = [] if reference is None else [reference]
        for one in others:
            if not isinstance(one, type(self._of)):
                raise InputTypeError(
                    f"reference= takes a column of a profile, got a {type(one).__name__}"
                )
        found = drawing(DRAWN[name], self._of, *others, **options)
        if found is None:
            raise ParameterError(self._absent(name))
        chart: alt.LayerChart = found.chart()
        return chart

    def _absent(self, name: str) -> str:
        """Why there is no such chart, and which there are."""
        there = ", ".join(f".plot.{one}()" for one in self._there())
        values = self._of.rows - self._of.nulls
        what = f"column {self._of.name!r} is of {self._of.type} with {values:,} values"
        return f"{what}, of which there is no {name}; it has {there or 'no chart at all'}"

    def _there(self) -> list[str]:
        return [name for name, one in DRAWN.items() if drawing(one, self._of) is not None]

    def __repr__(self) -> str:
        there = ", ".join(f"{name}()" for name in self._there())
        return f"<plots of {self._of.name!r}: {there or 'none'}>"


class SegmentPlots(Plots):
    """Charts of the segments of a profile set.

    Each returns an Altair chart, which can be restyled, combined and saved; it needs the extra
    `drypoint[report]`.
    """

    __slots__ = ()

    def segments(
        self,
        metric: str = "accuracy",
        *,
        column: str | None = None,
        value: Any = None,
        task: str | None = None,
        n: int = 30,
    ) -> alt.LayerChart:
        """One figure of each segment with its interval, the least first, beside that of all rows.

        Args:
            metric: what `trace` takes, such as `"mean"`, `"null_ratio"` or `"accuracy"`; or
                `"auroc"` and other numbers of a task.
            column: the column that it is of, if it is of one.
            value: the value or the label that it is of, likewise.
            task: the name of the task, where there are several.
            n: how many segments: the largest.

        Raises:
            ParameterError: there is no such metric, or no segment has it.
        """
        absent = f"no segment has a {metric!r} to draw"
        options = {"column": column, "value": value, "task": task, "n": n}
        return self._chart("segments_performance", absent, metric, **options)
