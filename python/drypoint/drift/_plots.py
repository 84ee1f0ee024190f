"""Charts of drift."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint._drawn import Plots

if TYPE_CHECKING:
    import altair as alt

__all__ = ["DriftPlots"]


class DriftPlots(Plots):
    """Charts of a table of drift.

    Each returns an Altair chart, which can be restyled, combined and saved; it needs the extra
    `drypoint[report]`.
    """

    __slots__ = ()

    def distances(self) -> alt.LayerChart:
        """Distances as multiples of what matters, beside what chance shows, the largest first.

        Raises:
            ParameterError: no row has a distance.
        """
        return self._chart("drift", "there is no distance to draw: no row of the table has one")
