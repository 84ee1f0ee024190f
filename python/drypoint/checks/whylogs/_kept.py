"""The numbers that a KLL sketch keeps, with what each stands for."""

from __future__ import annotations

import struct

__all__ = ["retained"]

ONE_ITEM = 2
"""First byte of a sketch of one item, which has no header beyond eight bytes."""
HEADER = 20


def retained(data: bytes) -> list[tuple[float, int]]:
    """The kept doubles of a sketch that was encoded here, and their weights.

    The layout is that of Apache DataSketches: the starts of the levels, then the least and the
    greatest item, then all items from level 0 on.
    """
    if data[0] == ONE_ITEM:
        return [(*struct.unpack_from("<d", data, 8), 1)]
    levels = struct.unpack_from(f"<{data[18]}I", data, HEADER)
    start = HEADER + 4 * len(levels)
    items = struct.unpack_from(f"<{(len(data) - start) // 8}d", data, start)[2:]
    begins = [level - levels[0] for level in levels]
    ends = [*begins[1:], len(items)]
    return [
        (item, 1 << level)
        for level, (begin, end) in enumerate(zip(begins, ends, strict=True))
        for item in items[begin:end]
    ]
