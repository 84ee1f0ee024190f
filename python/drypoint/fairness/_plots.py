"""Charts of how groups fare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint._drawn import Plots

if TYPE_CHECKING:
    import altair as alt

__all__ = ["FairnessPlots"]


class FairnessPlots(Plots):
    """Charts of a table of fairness.

    Each returns an Altair chart, which can be restyled, combined and saved; it needs the extra
    `drypoint[report]`.
    """

    __slots__ = ()

    def disparate_impact(self) -> alt.LayerChart:
        """Selection rates as ratios to the reference, with intervals and the four-fifths line.

        Raises:
            ParameterError: no row has any.
        """
        return self.disparity("disparate_impact")

    def disparity(self, measure: str) -> alt.LayerChart:
        """Groups by one measure, with intervals and limits.

        Args:
            measure: such as `"equal_opportunity"`.

        Raises:
            ParameterError: no row has any.
        """
        there = list(dict.fromkeys(row.measure for row in self._of if row.value is not None))
        absent = f"no row has a {measure!r} to draw; there are {there}"
        return self._chart("disparity", absent, measure)
