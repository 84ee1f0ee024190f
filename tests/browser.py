"""A page in Debian's Chromium, and all that it says, asks for and runs."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import ConsoleMessage, Dialog, Error, Page, Request

__all__ = ["Seen", "opened"]

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Seen(NamedTuple):
    """What a page did.

    Attributes:
        page: to be looked at and used.
        errors: what it complained of.
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


@contextmanager
def opened(path: Path, *, width: int = 800, dark: bool = False) -> Iterator[Seen]:
    """A file, opened without any net."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        context = browser.new_context(
            viewport={"width": width, "height": 600},
            color_scheme="dark" if dark else "light",
            offline=True,
        )
        seen = Seen(context.new_page(), [], [], [])
        listen(seen, path.as_uri())
        seen.page.goto(path.as_uri())
        yield seen
        browser.close()


def listen(seen: Seen, own: str) -> None:
    """Writes down what happens."""

    def said(message: ConsoleMessage) -> None:
        if message.type == "error":
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
