"""Pictures as files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from drypoint.errors import ParameterError
from drypoint.report.charts._extra import vl_convert
from drypoint.report.charts._themes import THEMES

if TYPE_CHECKING:
    import os

    from drypoint.report.charts._drawing import Drawing, Theme

__all__ = ["as_html", "as_pdf", "as_png", "as_svg", "save"]

VERSION = "6.4"
"""Of Vega-Lite: that of the bundle that pages have."""


def on_page(spec: dict[str, Any], theme: Theme) -> str:
    """The specification with the background of its theme, since a picture has no page below it."""
    return json.dumps(spec | {"background": THEMES[theme]["colors"]["page"]})


def as_svg(spec: dict[str, Any], theme: Theme) -> str:
    """As SVG."""
    svg: str = vl_convert().vegalite_to_svg(on_page(spec, theme), vl_version=VERSION)
    return svg


def as_png(spec: dict[str, Any], theme: Theme, scale: float) -> bytes:
    """As PNG."""
    made: bytes = vl_convert().vegalite_to_png(
        on_page(spec, theme), vl_version=VERSION, scale=scale
    )
    return made


def as_pdf(spec: dict[str, Any], theme: Theme) -> bytes:
    """As PDF."""
    made: bytes = vl_convert().vegalite_to_pdf(on_page(spec, theme), vl_version=VERSION)
    return made
