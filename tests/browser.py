"""A page in Debian's Chromium, and all that it says, asks for and runs."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, ConsoleMessage, Dialog, Error, Page, Request

__all__ = ["Seen", "chromium", "opened", "opened_in"]

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--headless",
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
window.refused = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.refused.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""
"""Written down in the page before any script of its own."""


class Seen(NamedTuple):
    """What a page did.

    Attributes:
        page: to be looked at and used.
        errors: what it complained of: errors of scripts, warnings and errors in its console.
        requests: what it asked for, beside itself.
        dialogs: what it asked whoever looks.
    """

    page: Page
    errors: list[str]
    requests: list[str]
    dialogs: list[str]

    @property
    def is_quiet(self) -> bool:
        """Whether it did none of these."""
        return not (self.errors or self.requests or self.dialogs)

    def refused(self) -> list[str]:
        """What its Content-Security-Policy kept from happening."""
        found: list[str] = self.page.evaluate("window.refused")
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
def opened(path: Path, *, width: int = 800, dark: bool = False) -> Iterator[Seen]:
    """A file, opened without any net, in a browser of its own."""
    scheme = "dark" if dark else "light"
    with (
        chromium() as browser,
        opened_in(
            browser, path, viewport={"width": width, "height": 600}, color_scheme=scheme
        ) as seen,
    ):
        yield seen


@contextmanager
def opened_in(browser: Browser, path: Path, **options: Any) -> Iterator[Seen]:
    """A file, opened without any net.

    Args:
        browser: of `chromium`.
        path: the file.
        options: of Playwright's `new_context`: `color_scheme`, `viewport`, ….
    """
    context = browser.new_context(offline=True, **options)
    try:
        context.set_default_timeout(PATIENCE)
        context.add_init_script(WATCH)
        context.route(lambda url: not url.startswith("file:"), lambda route: route.abort())
        seen = Seen(context.new_page(), [], [], [])
        listen(seen, path.as_uri())
        seen.page.goto(path.as_uri())
        yield seen
    finally:
        context.close()


def listen(seen: Seen, own: str) -> None:
    """Writes down what happens."""

    def said(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            seen.errors.append(message.text)

    def failed(error: Error) -> None:
        seen.errors.append(str(error))

    def asked(request: Request) -> None:
        if request.url != own:
            seen.requests.append(request.url)

    def stopped(dialog: Dialog) -> None:
        seen.dialogs.append(dialog.message)
        dialog.dismiss()

    seen.page.on("console", said)
    seen.page.on("pageerror", failed)
    seen.page.on("request", asked)
    seen.page.on("dialog", stopped)
