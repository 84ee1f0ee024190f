"""All templates by name."""

from __future__ import annotations

from typing import Any

from drypoint.report.charts import (
    _bars,
    _calendar,
    _calibration,
    _confusion,
    _contributions,
    _disparate_impact,
    _drift,
    _ecdf,
    _histogram,
    _roc,
    _segments_performance,
)

__all__ = ["TEMPLATES"]

PARTS: tuple[Any, ...] = (
    _bars,
    _calendar,
    _calibration,
    _confusion,
    _contributions,
    _disparate_impact,
    _drift,
    _ecdf,
    _histogram,
    _roc,
    _segments_performance,
)
TEMPLATES: dict[str, dict[str, Any]] = {
    name: template for part in PARTS for name, template in part.TEMPLATES.items()
}
"""Vega-Lite specifications without data; `_drawing` says how they are filled."""
