"""The distances of the WhyLabs platform, by its rules, to compare with alarms of old.

They know no chance: an alarm is a distance above a threshold, 0.7 unless it was set.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from drypoint.errors import ParameterError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from drypoint.profiles import ColumnProfile
    from drypoint.sketches import FrequentItems, KllSketch

    Floats = npt.NDArray[np.float64]

__all__ = ["Algorithm", "platform_distance"]

Algorithm: TypeAlias = Literal["hellinger", "jensen_shannon", "kl", "psi"]
ALGORITHMS = ("hellinger", "jensen_shannon", "kl", "psi")
BUCKETS = 30
LEAST = 1e-7
"""To which shares are clipped before a logarithm is taken of their ratio."""
MOST_ITEMS = 1 << 26


def platform_distance(
    current: ColumnProfile, reference: ColumnProfile, *, algorithm: Algorithm = "hellinger"
) -> float | None:
    """The distance of two columns as the drift analyzer of the WhyLabs platform has it.

    Numbers and times are put into 30 buckets of one width from the least to the greatest value of
    both; other columns are compared by the union of their frequent items. Logarithms are natural;
    KL and PSI clip shares to 1e-7.

    Args:
        current: what is looked at.
        reference: what it is compared with.
        algorithm: `"hellinger"` in [0, 1], `"jensen_shannon"` in [0, 0.8326], `"kl"` or `"psi"`.

    Returns:
        The distance: 1 where one side alone has no values, 0 where both have one value, and the
        same; None where neither has values, or has neither quantiles nor frequent items.

    Raises:
        ParameterError: there is no such algorithm.

    Examples:
        >>> import drypoint as dp
        >>> one, other = (dp.profile({"x": list("aab" * n + "c")})["x"] for n in (1, 3))
        >>> round(platform_distance(one, other), 3)
        0.142
    """
    if algorithm not in ALGORITHMS:
        raise ParameterError(f"algorithm must be one of {ALGORITHMS}, got {algorithm!r}")
    if current.kll is not None and reference.kll is not None:
        if current.kll.is_empty or reference.kll.is_empty:
            return None if current.kll.is_empty and reference.kll.is_empty else 1.0
        return of_shares(*in_buckets(current.kll, reference.kll), algorithm)
    if current.items is None or reference.items is None:
        return None
    if current.items.is_empty or reference.items.is_empty:
        return None if current.items.is_empty and reference.items.is_empty else 1.0
    return of_shares(*of_items(current.items, reference.items), algorithm)


def in_buckets(current: KllSketch, reference: KllSketch) -> tuple[Floats, Floats]:
    """The shares of both in buckets of one width; one bucket where all is one value."""
    import numpy as np

    low, high = min(current.min, reference.min), max(current.max, reference.max)
    inner = [low + (high - low) * step / BUCKETS for step in range(1, BUCKETS)]
    inner = [*dict.fromkeys(int(edge) if current.dtype == "i64" else edge for edge in inner)]
    if low == high or not all(np.isfinite(np.array(inner, dtype=np.float64))):
        return np.ones(1), np.ones(1)
    both = [[float(one) for one in side.cdf(inner) or ()] for side in (current, reference)]
    shares = np.diff(np.array(both), axis=1, prepend=0.0)
    return shares[0], shares[1]


def of_items(current: FrequentItems, reference: FrequentItems) -> tuple[Floats, Floats]:
    """The shares of all frequent items of both."""
    import numpy as np

    sides = [
        {item.item: item.estimate.value / side.total_weight for item in side.top(MOST_ITEMS)}
        for side in (current, reference)
    ]
    union = dict.fromkeys([*sides[0], *sides[1]])
    shares = np.array([[side.get(item, 0.0) for item in union] for side in sides])
    return shares[0], shares[1]


def of_shares(current: Floats, reference: Floats, algorithm: Algorithm) -> float:
    """The distance of two arrays of shares."""
    import numpy as np

    from drypoint.drift.measures._hellinger import hellinger
    from drypoint.drift.measures._kl import kl
    from drypoint.drift.measures._psi import psi

    if algorithm == "hellinger":
        return hellinger(current, reference)
    if algorithm == "jensen_shannon":
        middle = (current + reference) / 2
        parts = [kl(side[side > 0], middle[side > 0]) for side in (current, reference)]
        return float(np.sqrt(max(0.0, sum(parts) / 2)))
    of = {"kl": kl, "psi": psi}[algorithm]
    return of(np.clip(current, LEAST, 1.0), np.clip(reference, LEAST, 1.0))
