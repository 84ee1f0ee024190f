"""`exists`: the column is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.checks._entry import Entry, Finding
from drypoint.checks._verdict import Verdict

if TYPE_CHECKING:
    from drypoint.checks._target import Target

__all__ = ["ENTRY"]


def judge(target: Target) -> Finding:
    """Whether the column is there, with or without rows; certain."""
    return Finding(Verdict.PASS, f"column {target.column.name!r} is there")


ENTRY = Entry("exists", "the column is there", judge=judge)
