"""The page: one file that holds all it needs, and lets nothing else run.

What is not known to us – names, values – is put into the page as escaped text or as JSON, and from
there into the document as text alone. A Content-Security-Policy names by their hashes the only
style and the only scripts that may be used; nothing may be fetched.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from drypoint.report._plain_table import plain_table
from drypoint.report.assets import vega_js

if TYPE_CHECKING:
    from drypoint.report._report import Report

__all__ = ["SCRIPTS", "embedded", "packed", "page", "summary"]

SCRIPTS = (
    "dom.js", "data.js", "charts.js", "table.js", "spark.js", "overview.js", "column.js",
    "sections.js", "page.js",
)  # fmt: skip
"""The parts of the script, in the order in which they stand."""
SLOT = re.compile(r"\{\{(\w+)\}\}")
LEVEL = 6
"""Of compression: higher ones take longer and gain one per cent."""
ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def page(report: Report) -> str:
    """The page of a report."""
    from drypoint.report.charts import THEMES

    style, script = asset("page.css"), application()
    about = report.facts["about"]
    details = {
        "columns": report.details,
        "templates": report.charts,
        "themes": THEMES,
    }
    slots = {
        "title": escape(about["title"]),
        "size": escape(about["size"]),
        "policy": policy(style, digest(script), vega().digest),
        "style": style,
        "facts": embedded(report.facts),
        "details": packed(json.dumps(details, separators=(",", ":"))),
        "vega": vega().packed,
        "script": script,
        "plain": plain_table(report.facts),
    }
    # In one walk, so that nothing that is put in is taken for a slot.
    return SLOT.sub(lambda found: slots[found[1]], asset("page.html"))


@cache
def asset(name: str) -> str:
    """A file of this folder."""
    return files("drypoint.report").joinpath("assets", name).read_text(encoding="utf-8")


@cache
def application() -> str:
    """The script of the page, whose parts see each other and nothing else sees them."""
    parts = "\n".join(asset(name) for name in SCRIPTS)
    return f'(() => {{\n"use strict";\n{parts}\n}})();'


class Vega(NamedTuple):
    """The library that draws the charts.

    Attributes:
        digest: by which a policy names it.
        packed: as the page unpacks it.
    """

    digest: str
    packed: str


@cache
def vega() -> Vega:
    """It takes 50 ms to pack, and is the same in all reports."""
    text = vega_js()
    return Vega(digest(text), packed(text))


def policy(style: str, *scripts: str) -> str:
    """What the page may do: draw itself."""
    return (
        f"default-src 'none'; script-src {' '.join(scripts)}; style-src {digest(style)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def digest(text: str) -> str:
    """The hash by which a policy names a script or a style."""
    found = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{found}'"


def embedded(value: Any) -> str:
    """JSON in which nothing ends the element that it stands in."""
    return json.dumps(value, separators=(",", ":"), allow_nan=False).translate(ESCAPES)


def packed(text: str) -> str:
    """Text as the page unpacks it: deflated, in base64."""
    return base64.b64encode(zlib.compress(text.encode(), LEVEL)).decode()


def summary(report: Report) -> str:
    """What stands for a report in a notebook: what it is of, and what was found."""
    about = report.facts["about"]
    found = "".join(
        f"<li>{escape(one['title'])}: {len(one['found']):,}</li>" for one in report.facts["alerts"]
    )
    return (
        f"<div><b>Report: {escape(about['title'])}</b>, {escape(about['size'])}"
        f"<ul>{found}</ul><p>.save(path) writes it as a page.</p></div>"
    )
