"""A sketch of quantiles as the sample that it is: values, their weights, how far off they are.

Karnin, Lang and Liberty (2016): level h holds items that stand for 2^h values each. Halving a level
of s items moves every other one up; a rank that cuts the level after an odd item is then off by
±2^h. So two ranks share half of the variance of each halving (both odd, the same coin), and the
other half is their own: as a process over ranks the error is a common part and white noise, of
variance τ²/2 each, in shares of n.

τ² of the sketches of a profile was measured over streams: 0.16 / K² + 0.21 / m², K being k
rounded up to a power of two, as runs are, and m the items that are left.
Trimming alone adds 1 / 6m²: a whole level of weight n/m is halved once, which is (n/2m)²/2,
and a quarter of it for each level below.

White it is because what is halved, or thinned, is a random part of the values, k of them: whether
a rank is odd in it flips k times at random, a telegraph signal (Rice 1944), and of its variance the
mean over x flips keeps R(x) = (1 - (1 - exp(-2x)) / 2x) / x. Of τ²'s first term 0.72 of
R(k/60) stay in the mean over 1/60 of the ranks, as measured. Trimming halves nearly all values,
which are spread evenly, and flips as evenly: a twentieth stays.

From n = 3/4 k·K on a sampler takes the place of the lowest levels. What it keeps is a sample of the
values, as if there were fewer of them: it adds to 1/n, in the long run about half of 1/(k·K).

A sketch of another library has halved every level; its τ is that of the published fit, 2.296 /
k^0.9723 at 99 %. Many merged profiles are less far off than this says: their tests are careful.
"""

from __future__ import annotations

from functools import cache
from math import exp
from typing import TYPE_CHECKING, Any, NamedTuple

from drypoint.drift._times import seconds_per_tick
from drypoint.profiles._values import is_temporal
from drypoint.sketches._items import kll_items

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from drypoint.profiles import ColumnProfile

__all__ = ["CELLS", "Sample", "sample"]

CELLS = 60
"""The mean over so small a part of the ranks is what is compared."""

Z_99 = 2.5758293035489004
OF_OTHERS = 3
"""So many levels of more than one item are not left by trimming."""
BEFORE, TRIMMED = 0.16, 0.21
STAYS_BEFORE, STAYS_TRIMMED = 0.72, 0.05
DOUBLES, EARLY = 0.375, 2
"""In k·K: from twice so many values on blocks are of 2, from 4 times so many of 2^`EARLY`; and from
16 times so many of 8, from 32 times so many of 16, and so on."""


class Sample(NamedTuple):
    """What a sketch keeps of a column.

    Attributes:
        values: as they lie; times in seconds.
        weights: how many values each stands for.
        n: how many values the column has.
        sampling: the variance of a rank p is p·(1 - p) times this, for the sample alone.
        tau2: the variance of a rank, as a share, that comes from the sketch; 0 while exact.
        white2: what stays of the white half of *tau2* in the mean over a cell of values that do not
            tie.
    """

    values: npt.NDArray[Any]
    weights: npt.NDArray[np.float64]
    n: int
    sampling: float
    tau2: float
    white2: float

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
    found = kll_items(data, "<i8" if temporal else "<f8")
    values, n, k = found.values, found.n, found.k
    if not len(values):
        return None
    if temporal:
        values = values * seconds_per_tick(type_name)
    tau2, white2 = variances(k, found.sizes)
    sampling = 1 / n + (sampler(k, n) if tau2 else 0.0)
    return Sample(values, found.weights, n, sampling, tau2, white2)


def variances(k: int, sizes: list[int]) -> tuple[float, float]:
    """τ², the variance of a rank, as a share, of a sketch with so many items a level; what stays.

    What stays is of the white half, in the mean over a cell.
    """
    if len(sizes) == 1:
        return 0.0, 0.0
    if sum(size > 1 for size in sizes) >= OF_OTHERS:
        tau2 = float((2.296 / k**0.9723 / Z_99) ** 2)
        return tau2, tau2 / 2 * telegraph(k / CELLS)
    before = BEFORE / bound(k) ** 2
    trimmed = TRIMMED / sum(sizes) ** 2
    white2 = STAYS_BEFORE * telegraph(k / CELLS) * before + STAYS_TRIMMED * trimmed
    return before + trimmed, white2 / 2


@cache
def telegraph(flips: float) -> float:
    """The variance of the mean of a random signal of ±1 over so many *flips*.

    >>> round(telegraph(1e-6), 3), round(telegraph(10.0), 3)
    (1.0, 0.095)
    """
    return (1 - (1 - exp(-2 * flips)) / (2 * flips)) / flips


def sampler(k: int, n: int) -> float:
    """What the sampler in a sketch adds to 1/n.

    Of each block of b values one is kept, which is as if there were b times fewer: up to n,
    Σ (b - 1) over all values, over n².
    """
    added = 0.0
    for lg_block in range(1, 64):
        start, end = (blocks_from(k, lg) for lg in (lg_block, lg_block + 1))
        if n <= start:
            break
        added += (min(n, end) - start) * ((1 << lg_block) - 1)
    return added / n**2


def blocks_from(k: int, lg_block: int) -> float:
    """Values from which on blocks are of 2^*lg_block*; those of 2 and 4 are early."""
    return DOUBLES * k * bound(k) * (1 << (lg_block if lg_block <= EARLY else lg_block + 1))


def bound(k: int) -> int:
    """The least power of two that is no less than k."""
    return 1 << (k - 1).bit_length()
