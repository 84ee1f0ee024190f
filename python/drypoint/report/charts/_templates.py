"""All templates by name."""

from __future__ import annotations

from typing import Any

from drypoint.report.charts import _bars, _ecdf, _histogram

__all__ = ["TEMPLATES"]

PARTS = (_histogram, _ecdf, _bars)
TEMPLATES: dict[str, dict[str, Any]] = {
    name: template for part in PARTS for name, template in part.TEMPLATES.items()
}
"""Vega-Lite specifications without data; `_drawing` says how they are filled."""
