"""A sketch of quantiles as the sample that it is: values, their weights, how far off they are.

Karnin, Lang and Liberty (2016): level h holds items that stand for 2^h values each. Halving a level
of s items moves every other one up; a rank that cuts the level after an odd item is then off by
±2^h. So two ranks share half of the variance of each halving (both odd, the same coin), and the
other half is their own: as a process over ranks the error is a common part and white noise, of
variance τ²/2 each, in shares of n.

Of a sketch of one stream all that was halved, thinned and sampled is known (`_plan`), and with it
τ², and by how much the sampler adds to 1/n: nothing of it is fitted.

A merged sketch does not say of what. Trimming it, to be stored, has added 1 / 6m² at most, m being
the items that are left: a level of weight n/m is made of one of half the weight, which is
(n/2m)²/2, and a quarter of it for each level below. Before that it was off by 0.2 / K² at most, as
measured of 2 to 1,000 parts of one size, 10^5 to 10^7 values and k 100 to 1,024, merged one by one
or all at once (`rust/sketches/src/kll/union.rs`), K being k rounded up to a power of two, as runs
are. It was more, up to 0.3 / K², where a level had just been halved to 1.5 k items: not trimmed
then, but m is as small. Its sampler is taken to be that of one stream. Errors of many parts cancel
out, so these tests are careful.

A sketch of another library has halved every level; its τ is that of the published fit, 2.296 /
k^0.9723 at 99 %.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from drypoint.drift._plan import CELLS, course, telegraph
from drypoint.profiles._values import is_temporal, seconds_per_tick
from drypoint.sketches._items import kll_items

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from drypoint.profiles import ColumnProfile

__all__ = ["CELLS", "Sample", "sample"]

Z_99 = 2.5758293035489004
MERGED, STAYS = 0.2, 0.2
TRIMMED = 10
"""Of k one part in so many, and no more, is below the two highest levels once they are trimmed."""


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
    if len(found.sizes) == 1:
        return Sample(values, found.weights, n, 1 / n, 0.0, 0.0)
    taken = course(k, n)
    sampling = (n + taken.blocks) / n**2
    if tuple(found.sizes) == taken.sizes:
        tau2, white2 = taken.variance / n**2, taken.white / n**2
    else:
        tau2 = of_others(k, found.sizes)
        white2 = STAYS * telegraph(k / CELLS) * tau2
    return Sample(values, found.weights, n, sampling, tau2, white2)


def of_others(k: int, sizes: list[int]) -> float:
    """τ², at most, of a sketch that was merged or another library's, with so many items a level."""
    if sum(sizes[:-2]) > k / TRIMMED:
        return float((2.296 / k**0.9723 / Z_99) ** 2)
    bound = 1 << (k - 1).bit_length()
    return MERGED / bound**2 + 1 / (6 * sum(sizes) ** 2)
