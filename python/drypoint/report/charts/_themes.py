"""Colours and lettering for light and for dark pages.

Marks keep a contrast of 3 to 1 with their page and text one of 4.5 to 1 (WCAG 2.2, AA); hues are
those of Okabe and Ito (2008), which people who see few colours tell apart, and nothing is told by
hue alone.
"""

from __future__ import annotations

from typing import Any

__all__ = ["HIGH", "THEMES"]

HIGH = 0.635
"""From here on between `low` and `high` text is `on_high`; all has a contrast of 4.5."""
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif"

LIGHT = {
    "page": "#ffffff",
    "ink": "#1f2933",
    "soft": "#52606d",
    "line": "#dfe4ea",
    "current": "#0072b2",
    "reference": "#c85200",
    "muted": "#7b8794",
    "good": "#00805d",
    "bad": "#c85200",
    "unsure": "#8f4a86",
    "low": "#eaf2f8",
    "high": "#08306b",
    "on_low": "#000000",
    "on_high": "#ffffff",
}
DARK = {
    "page": "#12161c",
    "ink": "#e6eaef",
    "soft": "#a9b4c0",
    "line": "#2c3540",
    "current": "#56b4e9",
    "reference": "#f0a13c",
    "muted": "#8593a1",
    "good": "#3cc29e",
    "bad": "#ff8a5b",
    "unsure": "#d99fd0",
    "low": "#1c2733",
    "high": "#62aadd",
    "on_low": "#ffffff",
    "on_high": "#000000",
}


def config(colors: dict[str, str]) -> dict[str, Any]:
    """What Vega-Lite draws titles, axes and text with; the page shines through."""
    ink, soft, line = colors["ink"], colors["soft"], colors["line"]
    return {
        "background": "transparent",
        "font": FONT,
        "padding": 4,
        "view": {"stroke": None},
        "title": {
            "anchor": "start",
            "color": ink,
            "fontSize": 14,
            "fontWeight": 600,
            "subtitleColor": soft,
            "subtitleFontSize": 12,
            "subtitlePadding": 4,
            "offset": 10,
        },
        "axis": {
            "labelColor": soft,
            "labelFontSize": 11,
            "labelLimit": 0,
            "labelSeparation": 6,
            "titleColor": soft,
            "titleFontSize": 12,
            "titleFontWeight": "normal",
            "titleLimit": 0,
            "titlePadding": 8,
            "domainColor": line,
            "tickColor": line,
            "gridColor": line,
            "gridOpacity": 0.7,
        },
        "legend": {
            "labelColor": soft,
            "labelFontSize": 11,
            "labelLimit": 0,
            "titleColor": soft,
            "titleFontSize": 11,
            "titleLimit": 0,
            "titleFontWeight": "normal",
            "orient": "top",
            "offset": 4,
        },
        "text": {"color": ink, "fontSize": 11},
    }


THEMES: dict[str, dict[str, Any]] = {
    "light": {"colors": LIGHT, "config": config(LIGHT)},
    "dark": {"colors": DARK, "config": config(DARK)},
}
"""By name: the colours that templates refer to, and the config of Vega-Lite."""
