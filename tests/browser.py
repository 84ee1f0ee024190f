"""Debian's Chromium, driven by Playwright, and what happens in a page while it is looked at."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

__all__ = ["Look", "chromium", "look_at"]

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
]
PATIENCE = 10_000
"""Milliseconds that something may take that is waited for."""
WATCH = """
window.alarms = [];
window.alert = (text) => window.alarms.push(`alert ${text}`);
document.addEventListener("securitypolicyviolation", (event) =>
  window.alarms.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""
"""What a page does that it must not; before any script of its own."""


class Look(NamedTuple):
    """A page that is open, and what has happened in it.

    Attributes:
        page: of Playwright.
        requests: the addresses that it asked for.
        troubles: errors of scripts, and what the console was told as an error or a warning.
    """

    page: Page
    requests: list[str]
    troubles: list[str]

    def alarms(self) -> list[str]:
        """Calls of `alert`, and what the Content-Security-Policy refused."""
        found: list[str] = self.page.evaluate("window.alarms")
        return found


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser without a window.

    Raises:
        AssertionError: there is none on the path.
    """
    found = next(filter(None, map(shutil.which, NAMES)), None)
    assert found, f"none of {', '.join(NAMES)} is here; apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def look_at(browser: Browser, path: Path, **options: Any) -> Iterator[Look]:
    """A file, opened with the net cut off.

    Args:
        browser: of `chromium`.
        path: the file.
        options: of Playwright's `new_context`: `color_scheme`, `viewport`, ….
    """
    context = browser.new_context(**options)
    try:
        yield opened(context, path)
    finally:
        context.close()


def opened(context: BrowserContext, path: Path) -> Look:
    """The page, with everything that happens in it noted."""
    requests: list[str] = []
    troubles: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            troubles.append(message.text)

    def asked(request: Request) -> None:
        requests.append(request.url)

    context.set_default_timeout(PATIENCE)
    context.set_offline(offline=True)
    context.add_init_script(WATCH)
    context.route(lambda url: not url.startswith("file:"), lambda route: route.abort())
    page = context.new_page()
    page.on("console", heard)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("request", asked)
    page.goto(path.as_uri())
    return Look(page, requests, troubles)
