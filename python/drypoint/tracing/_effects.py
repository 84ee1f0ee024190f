"""What each segment did: Kitagawa's decomposition.

The whole is R = Σ wₛ rₛ, with wₛ the share of a segment and rₛ its own figure. From the reference
(0) to the current side (1), Kitagawa (1955) splits the change of R into

    rate effect  Σ (rₛ₁ - rₛ₀) (wₛ₀ + wₛ₁) / 2
    mix effect   Σ (wₛ₁ - wₛ₀) ((rₛ₀ + rₛ₁) / 2 - c)

which add up to R₁ - R₀ for every c, since shares add up to 1 on both sides. With c = (R₀ + R₁) / 2
a segment has a mix effect above 0 where it has grown and is above the average, or has shrunk and is
below: a segment that is like all others moves nothing by growing. One that is new or gone has a
figure on one side only, which then stands for both: all of its contribution is mix.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from drypoint.tracing._side import Side

    Floats = npt.NDArray[np.float64]

__all__ = ["Effects", "effects"]


class Effects(NamedTuple):
    """What each segment did.

    Attributes:
        mix: by its share.
        rate: by its own figure.
        share: of the current side.
        reference_share: of the reference.
    """

    mix: Floats
    rate: Floats
    share: Floats
    reference_share: Floats


def effects(current: Side, reference: Side, average: float) -> Effects:
    """The effects of each segment, *average* being c above; both sides have something to measure.

    >>> from drypoint.tracing._side import Figure, side_of
    >>> now = side_of([Figure(50, 10, 10, 10), Figure(50, 30, 30, 30)])
    >>> before = side_of([Figure(75, 15, 15, 15), Figure(25, 10, 10, 10)])
    >>> found = effects(now, before, (0.4 + 0.25) / 2)
    >>> found.mix.round(5).tolist(), found.rate.round(5).tolist()
    ([0.03125, 0.04375], [0.0, 0.075])
    """
    now, then = current.size / current.size.sum(), reference.size / reference.size.sum()
    here, there = current.size > 0, reference.size > 0
    after = np.where(here, current.value, reference.value)
    before = np.where(there, reference.value, current.value)
    rate = (after - before) * (now + then) / 2
    mix = (now - then) * ((after + before) / 2 - average)
    # Where there is nothing on both sides, nothing stands for a figure.
    some = here | there
    return Effects(np.where(some, mix, 0.0), np.where(some, rate, 0.0), now, then)
