"""Pictures as files."""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING, Any

from drypoint._extra import vl_convert
from drypoint.profiles._file import named_as, put
from drypoint.report.assets import VEGA_LITE, vega_js
from drypoint.report.charts._themes import THEMES

if TYPE_CHECKING:
    import os

    from drypoint.report.charts._drawing import Drawing, Theme

__all__ = ["as_html", "as_pdf", "as_png", "as_svg", "save"]

SUFFIXES = (".svg", ".png", ".pdf", ".html", ".json")
"""How names of pictures end."""


def on_page(spec: dict[str, Any], theme: Theme) -> str:
    """The specification with the background of its theme, since a picture has no page below it."""
    return json.dumps(spec | {"background": THEMES[theme]["colors"]["page"]})


def as_svg(spec: dict[str, Any], theme: Theme) -> str:
    """As SVG."""
    svg: str = vl_convert().vegalite_to_svg(on_page(spec, theme), vl_version=VEGA_LITE)
    return svg


def as_png(spec: dict[str, Any], theme: Theme, scale: float) -> bytes:
    """As PNG."""
    made: bytes = vl_convert().vegalite_to_png(
        on_page(spec, theme), vl_version=VEGA_LITE, scale=scale
    )
    return made


def as_pdf(spec: dict[str, Any], theme: Theme) -> bytes:
    """As PDF."""
    made: bytes = vl_convert().vegalite_to_pdf(on_page(spec, theme), vl_version=VEGA_LITE)
    return made


PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src {hashes}; \
style-src 'unsafe-inline'; img-src data:">
<title>{title}</title>
<style>
body {{ margin: 1rem; background: {page} }}
#chart {{ width: 100%; max-width: {width}px }}
</style>
</head>
<body>
<main id="chart"></main>
<script>{bundle}</script>
<script>{run}</script>
</body>
</html>
"""


def as_html(spec: dict[str, Any], theme: Theme, width: int) -> str:
    """One page that needs no net, and in which only these two scripts may run."""
    plain = json.dumps(spec).replace("<", "\\u003c")
    options = "{ast: true, actions: false, renderer: 'svg', logLevel: 1}"
    run = f"vegaEmbed('#chart', {plain}, {options});"
    bundle = vega_js()
    return PAGE.format(
        hashes=" ".join(map(allowed, (bundle, run))),
        title=escape(" ".join(spec["title"]["text"].split())),
        page=THEMES[theme]["colors"]["page"],
        width=width,
        bundle=bundle,
        run=run,
    )


def allowed(script: str) -> str:
    """The script as a Content-Security-Policy names it."""
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def save(drawing: Drawing, path: str | os.PathLike[str], theme: Theme, width: int) -> None:
    """Writes a drawing as what *path* ends in."""
    target = named_as("a picture", path, SUFFIXES)
    spec = drawing.spec(theme, width=width)
    match target.suffix.lower():
        case ".svg":
            made: str | bytes = as_svg(spec, theme)
        case ".png":
            made = as_png(spec, theme, 2)
        case ".pdf":
            made = as_pdf(spec, theme)
        case ".html":
            made = as_html(drawing.spec(theme), theme, width)
        case _:
            made = json.dumps(drawing.spec(theme), indent=1)
    data = made.encode() if isinstance(made, str) else made
    put(target, lambda draft: draft.write_bytes(data))
