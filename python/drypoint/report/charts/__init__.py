"""Pictures of profiles: what they show as plain values, drawn by Vega-Lite."""

from drypoint.report.charts._drawing import Drawing
from drypoint.report.charts._ecdf import ecdf
from drypoint.report.charts._histogram import histogram
from drypoint.report.charts._kinds import kinds
from drypoint.report.charts._templates import TEMPLATES
from drypoint.report.charts._themes import THEMES
from drypoint.report.charts._top_values import top_values

__all__ = [
    "TEMPLATES",
    "THEMES",
    "Drawing",
    "ecdf",
    "histogram",
    "kinds",
    "top_values",
]
