"""Text in the colours of the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

if TYPE_CHECKING:
    from drypoint.profiles._ink import Inked, Role

__all__ = ["STYLES", "as_rich", "paint"]

STYLES: dict[Role, str] = {
    "title": "bold",
    "head": "bold",
    "faint": "dim",
    "shape": "cyan",
    "sure": "cyan",
    "open": "dim cyan",
    "pass": "green",
    "fail": "bold red",
    "undecided": "yellow",
}
"""The sixteen colours that every terminal has, as its owner has set them for dark or for light."""


def as_rich(text: Inked) -> Text:
    """*text* as rich has it; nothing in it is markup."""
    made = Text(str(text), no_wrap=True)
    for span in text.spans:
        made.stylize(STYLES[span.role], span.start, span.end)
    return made


def paint(text: Inked) -> None:
    """Writes it to standard output, a terminal, each line as it is."""
    Console(highlight=False, force_terminal=True).print(as_rich(text), soft_wrap=True)
