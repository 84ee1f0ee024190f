"""A sketch of quantiles as the sample that it is: values, their weights, how far off they are.

Karnin, Lang and Liberty (2016): level h holds items that stand for 2^h values each. Halving a level
of s items moves every other one up; a rank that cuts the level after an odd item is then off by
±2^h. So two ranks share half of the variance of each halving (both odd, the same coin), and the
other half is their own: as a process over ranks the error is a common part and white noise, of
variance τ²/2 each, in shares of n.

τ² of the sketches of a profile was measured over streams, in units of 1/k²: 0.125·k/K +
0.21·(k/m)², K being k rounded up to a power of two, as runs are, and m the items that are left.
Trimming alone adds (k/m)² / 6: a whole level of weight n/m is halved once, which is (n/2m)²/2,
and a quarter of it for each level below.

From n = k·K/2 on a sampler takes the place of the lowest levels. What it keeps is a sample of the
values, as if there were fewer of them: it adds to 1/n, in the long run 1/(k·K).

A sketch of another library has halved every level; its τ is that of the published fit, 2.296 /
k^0.9723 at 99 %. Many merged profiles are less far off than this says: their tests are careful.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from drypoint.drift._times import seconds_per_tick
from drypoint.profiles._values import is_temporal

if TYPE_CHECKING:
    import numpy.typing as npt

    from drypoint.profiles import ColumnProfile

__all__ = ["Sample", "sample"]

PREAMBLE = 20
SINGLE = 2
"""Words of the preamble of a sketch of one item, which follows at byte 8."""
Z_99 = 2.5758293035489004
OF_OTHERS = 3
"""So many levels of more than one item are not left by trimming."""
BEFORE, TRIMMED = 0.125, 0.21
SAMPLER, BEGINS = 1.0, 0.65
"""The second as measured, in k·K: what has come before the sampler is not sampled."""


class Sample(NamedTuple):
    """What a sketch keeps of a column.

    Attributes:
        values: as they lie; times in seconds.
        weights: the share of the column that each stands for.
        n: how many values the column has.
        sampling: the variance of a rank p is p·(1 - p) times this, for the sample alone.
        tau2: the variance of a rank, as a share, that comes from the sketch; 0 while exact.
    """

    values: npt.NDArray[Any]
    weights: npt.NDArray[np.float64]
    n: int
    sampling: float
    tau2: float

    @property
    def is_exact(self) -> bool:
        """Whether every value is kept."""
        return not self.tau2


def sample(column: ColumnProfile) -> Sample | None:
    """What the sketch of the quantiles of a column keeps; None without values."""
    data = column._fact("quantiles", "kll")  # noqa: SLF001 # the property decodes what is read here
    return None if data is None else decode(data, column.type)


def decode(data: bytes, type_name: str) -> Sample | None:
    """The items of a KLL sketch that the core has written."""
    temporal = is_temporal(type_name)
    dtype = "<i8" if temporal else "<f8"
    if data[0] == SINGLE:
        values, sizes, n, k = np.frombuffer(data, dtype, -1, 8), np.array([1]), 1, 1
    else:
        n, k = int.from_bytes(data[8:16], "little"), int.from_bytes(data[16:18], "little")
        levels = np.frombuffer(data, "<u4", data[18], PREAMBLE).astype(np.int64)
        # The extremes come before the items.
        values = np.frombuffer(data, dtype, -1, PREAMBLE + 4 * len(levels))[2:]
        sizes = np.append(levels[1:], levels[0] + len(values)) - levels
    if not len(values):
        return None
    if temporal:
        values = values * seconds_per_tick(type_name)
    weights = np.repeat(np.ldexp(1.0, np.arange(len(sizes))) / n, sizes)
    tau2 = variance(k, sizes)
    return Sample(values, weights, n, 1 / n + (sampler(k, n) if tau2 else 0.0), tau2)


def variance(k: int, sizes: npt.NDArray[Any]) -> float:
    """τ²: the variance of a rank, as a share, of a sketch with so many items a level."""
    if len(sizes) == 1:
        return 0.0
    if (sizes > 1).sum() >= OF_OTHERS:
        return float((2.296 / k**0.9723 / Z_99) ** 2)
    return float((BEFORE * k / bound(k) + TRIMMED * (k / sizes.sum()) ** 2) / k**2)


def sampler(k: int, n: int) -> float:
    """What the sampler in a sketch adds to 1/n."""
    return SAMPLER / (k * bound(k)) * max(0.0, 1 - BEGINS * k * bound(k) / n)


def bound(k: int) -> int:
    """The least power of two that is no less than k."""
    return 1 << (k - 1).bit_length()
