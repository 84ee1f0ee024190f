"""All templates by name."""

from __future__ import annotations

from importlib import import_module
from typing import Any

__all__ = ["TEMPLATES"]

PARTS = (
    "bars",
    "calendar",
    "calibration",
    "confusion",
    "contributions",
    "disparate_impact",
    "drift",
    "ecdf",
    "histogram",
    "roc",
    "segments_performance",
)
TEMPLATES: dict[str, dict[str, Any]] = {
    name: template
    for part in PARTS
    for name, template in import_module(f"drypoint.report.charts._{part}").TEMPLATES.items()
}
"""Vega-Lite specifications without data; `_drawing` says how they are filled."""
