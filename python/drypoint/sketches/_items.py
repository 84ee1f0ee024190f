"""What a KLL sketch keeps, out of its bytes: items, and how many values each stands for."""

from __future__ import annotations

from itertools import pairwise
from struct import unpack
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["KllItems", "kll_items"]

PREAMBLE = 20
SINGLE = 2
"""Words of the preamble of a sketch of one item, which follows at byte 8."""
POWERS = np.ldexp(1.0, np.arange(64))


class KllItems(NamedTuple):
    """The items of a sketch by level: those of level h stand for 2^h values each.

    Attributes:
        values: the items, level by level.
        sizes: how many each level has.
        n: how many values the sketch has seen.
        k: its parameter; 1 of a single item, whose bytes need none.
    """

    values: npt.NDArray[Any]
    sizes: list[int]
    n: int
    k: int

    @property
    def weights(self) -> npt.NDArray[np.float64]:
        """How many values each item stands for."""
        return POWERS[: len(self.sizes)].repeat(self.sizes)


def kll_items(data: bytes, dtype: str = "<f8") -> KllItems:
    """The items of a sketch that the core has written; *dtype* is how NumPy calls their type."""
    if data[0] == SINGLE:
        return KllItems(np.frombuffer(data, dtype, -1, 8), [1], 1, 1)
    n, k = int.from_bytes(data[8:16], "little"), int.from_bytes(data[16:18], "little")
    head = PREAMBLE + 4 * data[18]
    # The extremes come before the items.
    values = np.frombuffer(data, dtype, -1, head)[2:]
    first = unpack(f"<{data[18]}I", data[PREAMBLE:head])
    sizes = [stop - start for start, stop in pairwise((*first, first[0] + len(values)))]
    return KllItems(values, sizes, n, k)
