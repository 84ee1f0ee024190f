"""Lengths, as checks ask for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.checks._target import known

if TYPE_CHECKING:
    from drypoint.profiles import ColumnProfile, Lengths

__all__ = ["LENGTHY", "lengths_of"]

LENGTHY = ("string", "binary", "list", "map")


def lengths_of(column: ColumnProfile) -> Lengths:
    """Lengths of strings in code points, of binary in bytes, of lists and maps in elements.

    Raises:
        NoFactError: they were not measured.
    """
    lengths = column.characters if column.type == "string" else column.lengths
    found: Lengths = known(column, lengths, "lengths")
    return found
