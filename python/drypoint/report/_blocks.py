"""Tables of the page out of the blocks that terminals and notebooks show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drypoint.profiles._html import FIGURE, POINT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drypoint.profiles._cells import Cell
    from drypoint.profiles._grid import Block

__all__ = ["WIDE", "cell_of", "table_of"]

WIDE = 1_000
"""Cells of a terminal so wide that every fact finds room."""


def table_of(
    blocks: Sequence[Block],
    *,
    columns: Sequence[int | None] | None = None,
    verdicts: Sequence[str] | None = None,
) -> dict[str, Any]:
    """A table as plain values.

    Args:
        blocks: its columns.
        columns: of each row, the place of the column of the profile that it is about.
        verdicts: of each row, how it is to be looked at.
    """
    rows = [list(row) for row in zip(*(cells_of(one) for one in blocks), strict=True)]
    made: dict[str, Any] = {
        "heads": [[one.title, int(one.left), int(bool(one.error))] for one in blocks],
        "rows": rows,
    }
    if columns is not None:
        made["columns"] = list(columns)
    if verdicts is not None:
        made["verdicts"] = [str(one) for one in verdicts]
    return made


def cells_of(within: Block) -> list[Any]:
    """The cells of a block: text, and how far off it can be if it can."""
    return [cell_of(cell, within.part) for cell in within.cells]


def cell_of(cell: Cell, part: int = 0) -> Any:
    """A cell as plain values, with its number padded to *part* places from its point on."""
    tail = cell.part
    if cell.numeric and part:
        tail = tail or POINT
        tail += FIGURE * (part - len(tail))
    text = cell.text + tail
    return [text, cell.error.strip()] if cell.error else text
