"""Columns of text side by side, aligned by what is in them."""

from __future__ import annotations

import os
import shutil
import sys
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from drypoint.profiles._format import width
from drypoint.profiles._ink import Inked, inked, joined

if TYPE_CHECKING:
    from drypoint.profiles._cells import Cell

__all__ = ["GAP", "Block", "beside", "block", "grid", "lines", "room_of", "terminal_width"]

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
    return [inked(head.rstrip(), "head"), inked("─" * room_of(blocks), "faint"), *grid(blocks)]


def grid(blocks: list[Block]) -> list[str]:
    """The rows alone."""
    rows = zip(*([aligned(cell, one) for cell in one.cells] for one in blocks), strict=True)
    return [stripped(joined(GAP, row)) for row in rows]


def beside(left: list[str], right: list[str], gap: int) -> list[str]:
    """Two grids side by side, from the same line on."""
    wide = max(map(width, left), default=0) + gap
    rows = zip_longest(left, right, fillvalue="")
    return [stripped(joined("", [one, " " * (wide - width(one)), other])) for one, other in rows]


def aligned(cell: Cell, within: Block) -> str:
    """A cell as wide as its column."""
    text = cell.inked
    if within.left:
        return padded(text, within)
    after = within.error + (within.part if cell.numeric else 0)
    return padded(joined("", [text, " " * (after - width(cell.part + cell.error))]), within)


def padded(text: str, within: Block) -> str:
    """Text as wide as its column."""
    blank = " " * (within.width - width(text))
    return joined("", [text, blank] if within.left else [blank, text])


def stripped(line: Inked) -> Inked:
    """A line without the blanks at its end."""
    return Inked(line.rstrip(), line.spans)


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
