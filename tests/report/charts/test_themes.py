"""Pictures can be read: enough contrast on light and on dark, and nothing told by hue alone."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

from drypoint.report.charts import TEMPLATES, THEMES
from drypoint.report.charts._themes import HIGH

TEXT, MARKS = 4.5, 3.0
"""Contrasts that WCAG 2.2 asks of text and of what is to be seen, level AA."""
# Machado, Oliveira and Fernandes (2009): what who lacks a cone sees, in linear RGB.
DEFICIENCIES = {
    "protan": [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
    "deutan": [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],
    "tritan": [[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]],
}


def linear(color: str) -> Any:
    """The red, green and blue of a colour as amounts of light."""
    channels = np.array([int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)])
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def luminance(light: Any) -> float:
    """How bright it is, by the definition of WCAG."""
    return float(np.dot(light, [0.2126, 0.7152, 0.0722]))


def contrast(one: str, other: str) -> float:
    """Of two colours, from 1 to 21."""
    low, high = sorted(luminance(linear(color)) for color in (one, other))
    return (high + 0.05) / (low + 0.05)


def lab(light: Any) -> Any:
    """CIE L*a*b* of linear RGB, in which distances are as they are seen."""
    to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    xyz = np.array(to_xyz) @ np.clip(light, 0, 1) / [0.9505, 1.0, 1.089]
    x, y, z = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", ["ink", "soft"])
def test_text_is_read_on_the_page(theme: str, name: str) -> None:
    """Titles, labels and what is written at bars."""
    colors = THEMES[theme]["colors"]
    assert contrast(colors[name], colors["page"]) >= TEXT


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", ["current", "reference", "muted", "good", "bad", "unsure", "ink"])
def test_marks_are_seen_on_the_page(theme: str, name: str) -> None:
    """Bars, lines and points."""
    colors = THEMES[theme]["colors"]
    assert contrast(colors[name], colors["page"]) >= MARKS


@pytest.mark.parametrize("theme", THEMES)
def test_text_is_read_on_cells_of_every_shade(theme: str) -> None:
    """Up to a part of the way cells are low, from there on high."""
    colors = THEMES[theme]["colors"]
    low, high = linear_srgb(colors["low"]), linear_srgb(colors["high"])
    for part in np.linspace(0, 1, 41):
        shade = "#" + "".join(f"{round(one):02x}" for one in low + part * (high - low))
        text = colors["on_low"] if part < HIGH else colors["on_high"]
        assert contrast(text, shade) >= TEXT


def linear_srgb(color: str) -> Any:
    """Red, green and blue from 0 to 255, between which Vega mixes."""
    return np.array([int(color[place : place + 2], 16) for place in (1, 3, 5)], float)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("lacking", DEFICIENCIES)
def test_sides_are_told_apart_by_who_sees_few_colours(theme: str, lacking: str) -> None:
    """The current side and the reference differ by far more than can just be seen (about 2)."""
    colors = THEMES[theme]["colors"]
    seen = np.array(DEFICIENCIES[lacking])
    one, other = (lab(seen @ linear(colors[name])) for name in ("current", "reference"))
    assert np.linalg.norm(one - other) > 20


@pytest.mark.parametrize("template", ["drift", "disparity"])
def test_verdicts_have_shapes_of_their_own(template: str) -> None:
    """Nobody needs colours to tell what failed."""
    (points,) = [
        layer for layer in TEMPLATES[template]["layer"] if "shape" in layer.get("encoding", {})
    ]
    shapes = points["encoding"]["shape"]["scale"]["range"]
    assert len(set(shapes)) == len(shapes) == 3


def test_the_pairs_of_colours_are_different_in_both_themes() -> None:
    """No two that stand for different things are one."""
    for theme in THEMES.values():
        names = ("current", "reference", "muted", "good", "unsure")
        for one, other in itertools.combinations(names, 2):
            assert theme["colors"][one] != theme["colors"][other]
