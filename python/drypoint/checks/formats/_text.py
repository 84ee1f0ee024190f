"""The table that a terminal shows."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from drypoint.checks._shown import MOST, as_text

if TYPE_CHECKING:
    from drypoint.checks._suite_result import SuiteResult

__all__ = ["render"]


def render(found: SuiteResult) -> str:
    """A line for each result and the reasons of what did not pass; in a pipe all of them."""
    return as_text(found, most=MOST if sys.stdout.isatty() else None)
