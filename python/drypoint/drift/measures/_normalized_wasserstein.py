"""Wasserstein-1 in spreads of the reference, so that columns compare."""

from collections.abc import Sequence

from drypoint.drift._measure import Found, Measure, Pair
from drypoint.drift._spread import spread
from drypoint.drift.measures._wasserstein import LIMIT, wasserstein
from drypoint.estimate import Estimate

__all__ = ["MEASURE", "normalized_wasserstein"]

SAME = "the reference holds one value, so there is no spread to measure in; ask for wasserstein"


def normalized_wasserstein(pairs: Sequence[Pair]) -> list[Found]:
    """The distance of each pair; None where the reference holds a single value."""
    units = [spread(pair.reference) for pair in pairs]
    return [divided(one, unit) for one, unit in zip(wasserstein(pairs), units, strict=True)]


def divided(found: Found, unit: float | None) -> Found:
    """The same in spreads."""
    if unit is None or found.distance is None or found.noise_floor is None:
        return Found(None, reason=SAME)
    one = found.distance
    estimate = Estimate(one.value / unit, one.lower / unit, one.upper / unit, one.confidence)
    return Found(estimate, found.noise_floor / unit, found.p_value)


MEASURE = Measure(
    "normalized_wasserstein",
    "numbers",
    LIMIT,
    "the default of Evidently: values have moved by a tenth of their spread",
    normalized_wasserstein,
)
