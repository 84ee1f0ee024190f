"""A suite into a file: a new one, or one in which only what has changed is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.checks.files._read import text_of
from drypoint.checks.files._rewrite import rewritten
from drypoint.checks.files._write import as_yaml
from drypoint.profiles._file import named_as, put

if TYPE_CHECKING:
    import os

    from drypoint.checks._suite import Suite

__all__ = ["SUFFIXES", "save_suite"]

SUFFIXES = (".yaml", ".yml")
"""How names of suites end."""


def save_suite(suite: Suite, path: str | os.PathLike[str]) -> None:
    """Writes a suite; see `Suite.save`."""
    target = named_as("a suite", path, SUFFIXES)
    there = text_of(target) if target.exists() else ""
    text = rewritten(there, suite, str(path)) if there.strip() else as_yaml(suite)
    put(target, lambda draft: draft.write_bytes(text.encode()))
