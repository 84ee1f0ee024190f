"""KLL in the bytes of whylogs, and in those of every other library.

| | first byte | header | items |
| --- | --- | --- | --- |
| DataSketches, whylogs before 1.1 | 5 | 20 bytes | f64 |
| whylogs from 1.1 on | 6 | 24 bytes, the last four of them zero | f64 |
| whylogs 0.x | 5 | 20 bytes | f32 |

Empty sketches and those of one item are the same in all, but for the item.
"""

from __future__ import annotations

import struct

from drypoint.errors import DecodeError
from drypoint.sketches import KllSketch

__all__ = ["EMPTY", "from_apache", "of_booleans", "to_apache", "widened"]

PLAIN, FORK = 5, 6
HEADER = 20
PADDING = b"\0\0\0\0"
SINGLE = 2
"""The serial version of a sketch of one item, which lies right after eight bytes."""
K = 1024
"""What whylogs takes for columns."""


def to_apache(data: bytes) -> bytes:
    """The bytes of either layout in the one that all libraries read."""
    if data[:1] != bytes([FORK]):
        return data
    if data[HEADER : HEADER + len(PADDING)] != PADDING:
        raise DecodeError("a KLL sketch of whylogs has no zeros at byte 20")
    return bytes([PLAIN]) + data[1:HEADER] + data[HEADER + len(PADDING) :]


def from_apache(data: bytes) -> bytes:
    """The bytes that whylogs reads."""
    if data[0] != PLAIN:
        return data
    return bytes([FORK]) + data[1:HEADER] + PADDING + data[HEADER:]


def widened(data: bytes) -> bytes:
    """A sketch of whylogs 0.x, of f32 or of f64, as one of f64."""
    plain = to_apache(data)
    if not data or data[0] == FORK:
        return plain
    try:
        KllSketch.from_bytes(plain, "f64")
    except DecodeError:
        KllSketch.from_bytes(plain, "f32")
    else:
        return plain
    start = 8 if plain[1] == SINGLE else HEADER + 4 * plain[18]
    items = struct.unpack(f"<{(len(plain) - start) // 4}f", plain[start:])
    return plain[:start] + struct.pack(f"<{len(items)}d", *items)


def of_booleans(falses: int, trues: int) -> KllSketch:
    """The sketch of booleans as 0 and 1, which whylogs counts them as."""
    sketch = KllSketch(K)
    for number, count in ((0.0, falses), (1.0, trues)):
        # Of light items: the quantiles of whylogs skip what is left of an item that they fall into.
        pieces = min(count, K)
        if pieces:
            weight, more = divmod(count, pieces)
            sketch.update([number] * (pieces - more), weight=weight)
            sketch.update([number] * more, weight=weight + 1)
    return sketch


EMPTY = KllSketch(K).to_bytes()
"""Of no value: what a column of strings has there."""
