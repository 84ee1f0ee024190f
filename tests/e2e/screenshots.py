"""The pictures of the README: `make screenshots`.

July beside January, as `make demo` has them: the report, one of its columns, and a terminal.
"""

from __future__ import annotations

import tempfile
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.compute as pc
from PIL import Image
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from tests.browser import chromium, opened_in
from tests.e2e.flights import flights_page
from tests.performance.flights import read_table

import drypoint as dp
from drypoint.cli.paint import as_rich
from drypoint.profiles._detail import column_as_text
from drypoint.profiles._ink import Inked

if TYPE_CHECKING:
    from playwright.sync_api import Browser

IMAGES = Path(__file__).parents[2] / "docs" / "images"
SCALE = 2
"""Pixels of the picture for one of the page, so that it is crisp on every screen."""
COLORS = 128
LARGEST = 200_000
"""Bytes of a picture."""
WIDTH = 1_180
COLUMN = 960
"""How much of a column is shown."""
CELLS = 116
THEME = TerminalTheme(
    (24, 26, 31),
    (222, 225, 230),
    [
        (60, 64, 72), (232, 98, 88), (122, 196, 120), (224, 176, 80), (92, 160, 240),
        (196, 130, 220), (78, 182, 214), (222, 225, 230),
    ],
)  # fmt: skip
WINDOW = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; padding: 0; background: transparent; }}
div {{ display: inline-block; background: #181a1f; border-radius: 10px; padding: 14px 20px 18px; }}
i {{ display: inline-block; width: 11px; height: 11px; border-radius: 6px; margin-right: 7px; }}
i {{ background: #3c4048; }}
pre {{ margin: 12px 0 0; color: #dee1e6; font: 14px "DejaVu Sans Mono"; }}
</style><div><i></i><i></i><i></i><pre>{text}</pre></div>"""


def report(browser: Browser, page: Path) -> bytes:
    """The report from its title to the first columns."""
    size = {"width": WIDTH, "height": 1_260}
    with opened_in(browser, page, viewport=size, device_scale_factor=SCALE) as seen:
        return seen.page.screenshot()


def column(browser: Browser, page: Path) -> bytes:
    """A column that has drifted, open; the upper part of it."""
    size = {"width": WIDTH, "height": 2_000}
    with opened_in(browser, page, viewport=size, device_scale_factor=SCALE) as seen:
        opener = seen.page.locator(".opener", has_text="dep_delay").first
        opener.click()
        article = seen.page.locator(f"#{opener.get_attribute('aria-controls')} article")
        for chart in article.locator(".canvas").all():
            chart.scroll_into_view_if_needed()
            chart.locator("svg").wait_for()
        seen.page.mouse.move(0, 0)
        whole = Image.open(BytesIO(article.screenshot()))
        written = BytesIO()
        whole.crop((0, 0, whole.width, COLUMN * SCALE)).save(written, "png")
        return written.getvalue()


def terminal(browser: Browser, folder: Path) -> bytes:
    """What `drypoint show` draws of a column."""
    rows = read_table()
    july = dp.profile(rows.filter(pc.equal(rows["month"], 7)))
    text = column_as_text(july["dep_delay"], width=CELLS)
    assert isinstance(text, Inked)
    console = Console(record=True, width=CELLS, file=StringIO(), force_terminal=True)
    console.print("$ drypoint show july.arrow --column dep_delay", style="dim", highlight=False)
    console.print(as_rich(text), soft_wrap=True)
    body = console.export_html(theme=THEME, inline_styles=True, code_format="{code}")
    file = folder / "terminal.html"
    file.write_text(WINDOW.format(text=body.rstrip()), encoding="utf-8")
    size = {"width": 1280, "height": 900}
    with opened_in(browser, file, viewport=size, device_scale_factor=SCALE) as seen:
        return seen.page.locator("div").screenshot(omit_background=True)


def save(name: str, picture: bytes) -> None:
    """Writes a picture in few colours, which is what such pictures have."""
    image = Image.open(BytesIO(picture))
    method = Image.Quantize.FASTOCTREE if image.mode == "RGBA" else Image.Quantize.MEDIANCUT
    path = IMAGES / f"{name}.png"
    image.quantize(COLORS, method=method, dither=Image.Dither.NONE).save(path, optimize=True)
    size = path.stat().st_size
    assert size <= LARGEST, f"{path.name} has {size:,} bytes"


def main() -> None:
    """Makes all of them."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name, chromium() as browser:
        folder = Path(name)
        page = flights_page(folder)
        save("report", report(browser, page))
        save("column", column(browser, page))
        save("terminal", terminal(browser, folder))


if __name__ == "__main__":
    main()
