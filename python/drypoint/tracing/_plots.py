"""Charts of traces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint._drawn import Plots

if TYPE_CHECKING:
    import altair as alt

__all__ = ["TracePlots"]


class TracePlots(Plots):
    """Charts of a trace.

    Each returns an Altair chart, which can be restyled, combined and saved; it needs the extra
    `drypoint[report]`.
    """

    __slots__ = ()

    def contributions(self) -> alt.LayerChart:
        """By how much each segment moved the number: by its size and by its own figure.

        Raises:
            ParameterError: the trace has no segments.
        """
        return self._chart("contributions", "there is nothing to draw: the trace has no segments")
