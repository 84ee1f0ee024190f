"""Columns of text side by side, aligned by what is in them."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING, NamedTuple

from drypoint.profiles._format import width

if TYPE_CHECKING:
    from drypoint.profiles._cells import Cell

__all__ = ["GAP", "Block", "block", "grid", "lines", "room_of", "terminal_width"]

GAP = "  "
NARROWEST = 20


class Block(NamedTuple):
    """One column of a grid, measured.

    Attributes:
        title: what stands above.
        cells: from the top.
        left: whether cells stand to the left.
        whole: cells of the terminal before the points of the numbers.
        part: after the points.
        error: for how far off they can be.
        width: of all.
    """

    title: str
    cells: list[Cell]
    left: bool
    whole: int
    part: int
    error: int
    width: int


def block(title: str, cells: list[Cell], *, left: bool = False) -> Block:
    """Measures a column."""
    whole = max((width(cell.text) for cell in cells if cell.numeric), default=0)
    part = max((width(cell.part) for cell in cells if cell.numeric), default=0)
    error = max((width(cell.error) for cell in cells), default=0)
    texts = max((width(cell.text) for cell in cells if not cell.numeric), default=0)
    wide = max(width(title), max(whole + part, texts) + error)
    return Block(title, cells, left, whole, part, error, wide)


def room_of(blocks: list[Block]) -> int:
    """How wide the grid is."""
    return sum(one.width for one in blocks) + len(GAP) * (len(blocks) - 1)


def lines(blocks: list[Block]) -> list[str]:
    """The grid: titles, a rule, rows."""
    head = GAP.join(padded(one.title, one) for one in blocks)
    return [head.rstrip(), "─" * room_of(blocks), *grid(blocks)]


def grid(blocks: list[Block]) -> list[str]:
    """The rows alone."""
    rows = zip(*([aligned(cell, one) for cell in one.cells] for one in blocks), strict=True)
    return [GAP.join(row).rstrip() for row in rows]


def aligned(cell: Cell, within: Block) -> str:
    """A cell as wide as its column."""
    if within.left:
        return padded(str(cell), within)
    after = within.error + (within.part if cell.numeric else 0)
    tail = cell.part + cell.error
    return padded(f"{cell.text}{tail}{' ' * (after - width(tail))}", within)


def padded(text: str, within: Block) -> str:
    """Text as wide as its column."""
    blank = " " * (within.width - width(text))
    return text + blank if within.left else blank + text


def terminal_width() -> int:
    """Cells of the terminal that is looked at, also where standard output is a pipe; or 80."""
    if not os.environ.get("COLUMNS"):
        for stream in (sys.__stdout__, sys.__stderr__, sys.__stdin__):
            try:
                found = os.get_terminal_size(stream.fileno()).columns if stream else 0
            except (OSError, ValueError):
                continue
            if found > 0:
                return max(NARROWEST, found)
    return max(NARROWEST, shutil.get_terminal_size().columns)
