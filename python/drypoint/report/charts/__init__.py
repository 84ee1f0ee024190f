"""Pictures of profiles: what they show as plain values, drawn by Vega-Lite."""

from drypoint.report.charts._calendar import calendar
from drypoint.report.charts._calibration import calibration
from drypoint.report.charts._confusion import confusion
from drypoint.report.charts._contributions import contributions
from drypoint.report.charts._disparate_impact import disparate_impact, disparity
from drypoint.report.charts._drawing import Drawing
from drypoint.report.charts._drift import drift
from drypoint.report.charts._ecdf import ecdf
from drypoint.report.charts._histogram import histogram
from drypoint.report.charts._kinds import kinds
from drypoint.report.charts._lengths import lengths
from drypoint.report.charts._roc import roc
from drypoint.report.charts._segments_performance import segments_performance
from drypoint.report.charts._templates import TEMPLATES
from drypoint.report.charts._themes import THEMES
from drypoint.report.charts._top_values import top_values

__all__ = [
    "TEMPLATES",
    "THEMES",
    "Drawing",
    "calendar",
    "calibration",
    "confusion",
    "contributions",
    "disparate_impact",
    "disparity",
    "drift",
    "ecdf",
    "histogram",
    "kinds",
    "lengths",
    "roc",
    "segments_performance",
    "top_values",
]
