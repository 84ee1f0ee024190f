"""Pictures as files: for mail, for pull requests, for pages without a net."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from tests.browser import opened
from tests.report.charts.drawings import every_drawing

import drypoint as dp
from drypoint.report import assets
from drypoint.report.charts import THEMES

if TYPE_CHECKING:
    from pathlib import Path

    from drypoint.report.charts import Drawing


@pytest.fixture
def drawing() -> Drawing:
    """A histogram with a reference."""
    return every_drawing()["histogram delay compared"]


@pytest.mark.parametrize(
    ("suffix", "begins"),
    [(".svg", b"<svg"), (".png", b"\x89PNG"), (".pdf", b"%PDF"), (".html", b"<!DOCTYPE html>")],
)
def test_a_picture_is_written_as_what_the_file_is_called(
    drawing: Drawing, suffix: str, begins: bytes, tmp_path: Path
) -> None:
    """In small letters or in large ones."""
    for name in (f"a{suffix}", f"b{suffix.upper()}"):
        drawing.save(tmp_path / name)
        assert (tmp_path / name).read_bytes().startswith(begins)


def test_a_json_is_the_whole_specification(drawing: Drawing, tmp_path: Path) -> None:
    """Which other programs of Vega-Lite read."""
    drawing.save(tmp_path / "a.json", "dark")
    assert json.loads((tmp_path / "a.json").read_text()) == drawing.spec("dark")


def test_a_file_of_another_kind_is_refused(drawing: Drawing, tmp_path: Path) -> None:
    """With the kinds that there are; nothing is written."""
    with pytest.raises(dp.ParameterError, match=r"\.svg, \.png, \.pdf, \.html or \.json"):
        drawing.save(tmp_path / "a.jpeg")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("scale", [1, 3])
def test_a_png_is_as_wide_as_is_asked_for(drawing: Drawing, scale: int) -> None:
    """Its width is that of the picture by the scale."""
    head = drawing.png(scale, width=400)[16:24]
    assert struct.unpack(">II", head)[0] == 400 * scale


def test_pictures_have_the_background_of_their_theme(drawing: Drawing) -> None:
    """There is no page below them; specifications of pages are transparent."""
    for theme in THEMES:
        page = THEMES[theme]["colors"]["page"]
        assert f'fill="{page}"' in drawing.svg(theme)  # type: ignore[arg-type]
    assert drawing.spec()["config"]["background"] == "transparent"


def test_a_page_draws_itself_without_the_net_and_without_eval(
    drawing: Drawing, tmp_path: Path
) -> None:
    """In Chromium with the net cut off, under a policy that lets nothing in but its own scripts."""
    drawing.save(tmp_path / "a.html", "dark")
    text = (tmp_path / "a.html").read_text()
    assert "default-src 'none'" in text
    assert "unsafe-eval" not in text
    with opened(tmp_path / "a.html", width=360) as seen:
        seen.page.wait_for_selector("svg")
        wide = seen.page.evaluate("document.querySelector('svg').getBoundingClientRect().width")
    assert seen.is_quiet
    assert wide <= 360


def test_a_notebook_shows_a_drawing_as_svg(drawing: Drawing) -> None:
    """Without scripts, with its description where there are no pictures."""
    bundle = drawing._repr_mimebundle_()
    assert bundle["image/svg+xml"].startswith("<svg")
    assert "<script" not in bundle["image/svg+xml"]
    assert bundle["text/plain"] == drawing.description


# ---- The script


def test_the_script_may_stand_inside_a_page() -> None:
    """Nothing in it ends a script or begins a comment, and it is less than a megabyte."""
    script = assets.vega_js()
    assert "</script" not in script.lower()
    assert "<!--" not in script
    assert 500_000 < len(script) < 1_000_000
    assert "window.vegaEmbed" in script


def test_the_script_is_made_where_it_was_not_built(monkeypatch: pytest.MonkeyPatch) -> None:
    """By vl-convert, and the same."""
    built = assets.vega_js()
    monkeypatch.setattr(assets, "files", lambda _: Nowhere())
    made = assets.vega_js.__wrapped__()
    assert len(made) == len(built)
    assert "window.vegaEmbed" in made


class Nowhere:
    """A folder without files."""

    def __truediv__(self, name: str) -> Nowhere:
        return self

    def is_file(self) -> bool:
        """Never."""
        return False


def test_whoever_has_no_vl_convert_is_told_how_to_get_it(
    drawing: Drawing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For the script, and for pictures."""
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(dp.MissingExtraError, match=r"drypoint\[report\]"):
        drawing.svg()
    assert drawing._repr_mimebundle_() == {"text/plain": drawing.description}
    monkeypatch.setattr(assets, "files", lambda _: Nowhere())
    with pytest.raises(ImportError, match=r"drypoint\[report\]"):
        assets.vega_js.__wrapped__()


def test_whoever_has_no_altair_is_told_how_to_get_it(
    drawing: Drawing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page needs none."""
    monkeypatch.setitem(sys.modules, "altair", None)
    with pytest.raises(dp.MissingExtraError, match=r"altair.*drypoint\[report\]"):
        drawing.chart()
    assert drawing.spec()["layer"]


def test_a_report_loads_neither_altair_nor_vl_convert() -> None:
    """Which take longer than all of it; only charts and pictures do."""
    code = (
        "import sys, drypoint as dp; from drypoint.report import charts, assets; "
        "p = dp.profile({'x': [1, 2, 3]}); charts.histogram(p['x']).spec(); assets.vega_js(); "
        "print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    modules: Any = set(done.stdout.split())
    assert "drypoint.report.charts" in modules
    assert modules.isdisjoint({"altair", "vl_convert"})
