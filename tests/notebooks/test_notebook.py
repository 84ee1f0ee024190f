"""A notebook in real Jupyter: what each thing shows, and that none of it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from tests.browser import opened

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"
SETUP = f"""
import random

import pyarrow as pa
import drypoint as dp
from drypoint.checks import Suite, col, rows
from drypoint.report import charts

name = {HOSTILE!r}
random.seed(1)

def table(shift):
    size = 2_000
    score = [random.random() for _ in range(size)]
    return pa.table({{
        name: [name, "<b>bold</b>", "plain", None] * (size // 4),
        "delay": [random.gauss(shift, 12) for _ in range(size)],
        "y": [random.random() < one for one in score],
        "p": score,
        "key": [name, "b"] * (size // 2),
    }})

task = dp.performance.classification(label="y", score="p", positive=True, threshold=0.5)
p, q = (dp.profile(table(shift), performance=task) for shift in (0, 9))
s, t = (dp.profile(table(shift), segment_by="key", performance=task) for shift in (0, 9))
drift = dp.drift(q, p)
found = Suite([col(name).nulls() == 0, rows() > 10]).run(p)
"""
SHOWN = {
    "Profile": "p",
    "ProfileSet": "s",
    "ColumnProfile": "p['delay']",
    "hostile column": "p[name]",
    "Estimate": "p['delay'].median",
    "Estimate of a string": "dp.Estimate(name, name, '<b>')",
    "DriftTable": "drift",
    "ColumnDrift": "drift[0]",
    "SuiteResult": "found",
    "CheckResult": "found[0]",
    "Performance": "p.performance",
    "Classification": "p.performance.only",
    "FairnessTable": "dp.fairness(s, favorable=True)",
    "Trace": "dp.trace(t, s, metric='accuracy')",
}
"""What stands at the end of a cell, by what it is."""
DRAWN = {
    "top values": "charts.top_values(p[name])",
    "histogram": "charts.histogram(p['delay'], q['delay'])",
}
LARGEST = 40_000
"""Characters of what one thing shows."""


@pytest.fixture(scope="module")
def notebook() -> Any:
    """The notebook with its outputs, a cell for each thing."""
    cells = [SETUP, *SHOWN.values(), *DRAWN.values()]
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(one) for one in cells])
    return NotebookClient(made, timeout=120, kernel_name="python3").execute()


@pytest.fixture(scope="module")
def bundles(notebook: Any) -> dict[str, dict[str, str]]:
    """The MIME bundle of each thing by its name."""
    names = [*SHOWN, *DRAWN]
    outputs = [cell.outputs for cell in notebook.cells[1:]]
    assert [len(one) for one in outputs] == [1] * len(names)
    return {name: one[0]["data"] for name, one in zip(names, outputs, strict=True)}


@pytest.mark.parametrize("name", SHOWN)
def test_everything_shows_itself_as_html_and_as_text(
    bundles: dict[str, dict[str, str]], name: str
) -> None:
    """Small, without scripts, without anything of the net, and with the text beside it."""
    bundle = bundles[name]
    assert set(bundle) == {"text/html", "text/plain"}
    html = bundle["text/html"]
    assert len(html) < LARGEST
    for word in ("<script", "<img", "<link", "<iframe", "http://", "https://", "onerror=alert(2)>"):
        assert word not in html.replace("http://www.w3.org/2000/svg", "").replace(
            "&lt;img src=x onerror=alert(2)&gt;", ""
        )


def test_an_estimate_shows_its_value_with_its_bounds(bundles: dict[str, dict[str, str]]) -> None:
    """And how sure they are."""
    html = bundles["Estimate"]["text/html"]
    assert html.startswith("<b><bdi>")
    assert "at 99 %" in html


def test_a_column_shows_its_histogram_without_a_script(bundles: dict[str, dict[str, str]]) -> None:
    """As a small SVG; in a terminal as text."""
    bundle = bundles["ColumnProfile"]
    assert bundle["text/html"].count("<svg") == 1
    assert "quantile" in bundle["text/plain"]
    assert "<svg" not in bundles["hostile column"]["text/html"]


@pytest.mark.parametrize("name", DRAWN)
def test_a_drawing_shows_itself_as_svg(bundles: dict[str, dict[str, str]], name: str) -> None:
    """So that notebooks without a net show it."""
    assert set(bundles[name]) == {"image/svg+xml", "text/plain"}
    assert "<script" not in bundles[name]["image/svg+xml"]


@pytest.mark.parametrize("dark", [False, True])
def test_a_notebook_as_a_page_shows_everything_and_runs_nothing(
    notebook: Any,
    tmp_path: Path,
    dark: bool,
) -> None:
    """As nbconvert makes it, in Chromium, in both colour schemes."""
    html, _ = HTMLExporter(template_name="basic").from_notebook_node(notebook)
    path = tmp_path / "notebook.html"
    style = "<style>:root { color-scheme: light dark }</style>"
    path.write_text(f'<!DOCTYPE html><meta charset="utf-8">{style}{html}', "utf-8")
    with opened(path, width=1000, dark=dark) as seen:
        text = seen.page.inner_text("body")
        tables = seen.page.locator(".drypoint table").count()
        scripts = seen.page.locator(".drypoint script").count()
        pictures = seen.page.locator("svg, img[src^='data:image/svg']").count()
        seen.page.screenshot(path=tmp_path / "notebook.png", full_page=True)
    assert seen.is_quiet
    assert text.count(HOSTILE) > len(SHOWN) // 2
    assert tables > len(SHOWN)
    assert pictures >= len(DRAWN) + 1
    assert scripts == 0
