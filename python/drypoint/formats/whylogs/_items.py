"""Frequent items: always text in whylogs; here of integers and booleans they are integers."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from drypoint.sketches import FrequentItems

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["as_boolean", "as_integer", "mapped_to_integers", "mapped_to_text"]

LEAST_LG = 3
LOAD = 0.75
FAMILY = 10
PREAMBLE = struct.Struct("<BBBBBBHIIQQ")
"""Longs, version, family, lg of the most and of the present slots, flags, 0, items, 0, weight and
offset."""


def as_integer(text: str) -> int:
    """The integer that was written so; whylogs before 1.1 wrote it with six zeros for decimals.

    Raises:
        ValueError: it is not how an integer of 64 bits is written.
    """
    digits = text.removesuffix(".000000")
    number = int(digits)
    if str(number) != digits or not -(2**63) <= number < 2**63:
        raise ValueError(text)
    return number


def as_boolean(text: str) -> int:
    """True as 1, False as 0.

    Raises:
        ValueError: it is neither.
    """
    return ("False", "True").index(text)


def mapped_to_integers(sketch: FrequentItems, convert: Callable[[str], int]) -> bytes | None:
    """The bytes of the same sketch over integers; None if an item is none."""
    items = sketch.top(len(sketch))
    try:
        numbers = [struct.pack("<q", convert(item.item)) for item in items]
    except ValueError:
        return None
    if sketch.is_empty:
        return FrequentItems(sketch.lg_max_map_size, "i64").to_bytes()
    return rebuilt(sketch, numbers)


def mapped_to_text(sketch: FrequentItems, convert: Callable[[int], str]) -> bytes:
    """The bytes of the same sketch over text."""
    if sketch.is_empty:
        return FrequentItems(sketch.lg_max_map_size, "str").to_bytes()
    texts = (convert(item.item).encode() for item in sketch.top(len(sketch)))
    return rebuilt(sketch, [struct.pack("<I", len(text)) + text for text in texts])


def rebuilt(sketch: FrequentItems, items: list[bytes]) -> bytes:
    """The bytes of *sketch* with its items, by falling estimate, replaced by *items*."""
    lg = LEAST_LG
    while LOAD * 2**lg < len(items):
        lg += 1
    weights = [item.estimate.lower for item in sketch.top(len(sketch))]
    most = max(lg, sketch.lg_max_map_size)
    head = PREAMBLE.pack(
        4, 1, FAMILY, most, lg, 0, 0, len(items), 0, sketch.total_weight, sketch.max_error
    )
    return head + struct.pack(f"<{len(weights)}Q", *weights) + b"".join(items)
