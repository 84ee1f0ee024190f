"""Pictures of what a layer holds, which a layer above it draws: `plot`, wherever it is found."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from drypoint.errors import ParameterError

if TYPE_CHECKING:
    import altair as alt

__all__ = ["Plots", "drawing"]

CHARTS = "drypoint.report.charts"
"""What draws; it is loaded when the first picture is asked for."""


def drawing(name: str, *of: Any, **options: Any) -> Any:
    """The drawing that the function *name* of the charts makes; None if there is none."""
    return getattr(import_module(CHARTS), name)(*of, **options)


class Plots:
    """Charts of one thing, as methods.

    Each returns an Altair chart (`altair.LayerChart`), which can be restyled, combined and saved;
    it needs the extra `drypoint[report]`.
    """

    __slots__ = ("_of",)

    def __init__(self, of: Any) -> None:
        self._of = of

    def _chart(self, name: str, absent: str, *others: Any, **options: Any) -> alt.LayerChart:
        """The chart of a drawing; where there is none, a ParameterError with *absent*."""
        found = drawing(name, self._of, *others, **options)
        if found is None:
            raise ParameterError(absent)
        chart: alt.LayerChart = found.chart()
        return chart

    def __repr__(self) -> str:
        names = [name for name in dir(type(self)) if not name.startswith("_")]
        return f"<plots: {', '.join(f'{name}()' for name in names)}>"
