"""The table that a terminal shows."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING

from drypoint.checks._shown import MOST, as_text

if TYPE_CHECKING:
    from drypoint.checks._suite_result import SuiteResult

__all__ = ["render"]

COLOURS = {"✓": 32, "✗": 31, "?": 33}
"""Of the marks: green, red and yellow."""
MARKED = re.compile(r"^([✓✗?])(?: (?:pass|fail|undecided|warn)\b)?", re.MULTILINE)


def render(found: SuiteResult) -> str:
    """A line for each result and the reasons of what did not pass; in a pipe all of them."""
    terminal = is_terminal()
    text = as_text(found, most=MOST if terminal else None)
    plain = not terminal or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return text if plain else coloured(text)


def is_terminal() -> bool:
    """Whether someone looks at it."""
    return sys.stdout.isatty()


def coloured(text: str) -> str:
    """The text with its marks, at the beginning of lines, in colour."""
    return MARKED.sub(lambda found: f"\x1b[{COLOURS[found[1]]}m{found[0]}\x1b[0m", text)
