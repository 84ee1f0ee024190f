"""About how many rows text files have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.sources._files import FORMATS
from drypoint.sources._find import find, packing, suffix

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["guess_rows"]

TEXTS = ("csv", "tsv", "json")
SAMPLE = 1 << 18
"""Bytes of the first file whose lines are counted."""


def guess_rows(patterns: Sequence[str]) -> int | None:
    """About how many lines the files have: their bytes by those of the first lines.

    None for files that are packed or are no text.
    """
    found = find(patterns, FORMATS)
    if any(FORMATS[suffix(path)] not in TEXTS or packing(path) for path in found.paths):
        return None
    size = sum(info.size for info in found.filesystem.get_file_info(found.paths))
    with found.filesystem.open_input_stream(found.paths[0], compression=None) as file:
        head = file.read(SAMPLE)
    lines = head.count(b"\n")
    return round(size * lines / len(head)) if lines else None
