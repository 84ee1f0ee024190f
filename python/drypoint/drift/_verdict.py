"""From distances and p-values to verdicts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from drypoint.drift._result import ColumnDrift
from drypoint.profiles._format import number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from drypoint.drift._measure import Found, Measure
    from drypoint.drift._result import Verdict

__all__ = ["adjusted", "judged", "told"]


def adjusted(p_values: Sequence[float]) -> list[float]:
    """P-values of which those up to α have a false discovery rate of at most α.

    Benjamini and Hochberg (1995): the least of p(j)·n / j over all j ≥ i, p(i) the i-th least of n.

    >>> adjusted([0.01, 0.04, 0.03])
    [0.03, 0.04, 0.04]
    """
    order = sorted(range(len(p_values)), key=p_values.__getitem__, reverse=True)
    made, least, n = [1.0] * len(p_values), 1.0, len(p_values)
    for place, index in enumerate(order):
        least = min(least, p_values[index] * n / (n - place))
        made[index] = least
    return made


def told(column: str, measure: Measure, found: Found, limits: Mapping[str, float]) -> ColumnDrift:
    """What was found, before it is judged."""
    own = measure.limit if found.limit is None else found.limit
    missing = found.distance is None or found.p_value is None
    return ColumnDrift(
        column=column,
        measure=measure.name,
        verdict="undecided",
        reason=found.reason if missing else "",
        distance=found.distance,
        noise_floor=found.noise_floor,
        p_value=found.p_value,
        limit=limits.get(measure.name, own),
    )


def judged(found: Sequence[ColumnDrift], alpha: float) -> list[ColumnDrift]:
    """Every one with its verdict, the p-values being adjusted over all of them."""
    known = [one.p_value for one in found if one.p_value is not None]
    corrected = iter(adjusted(known))
    return [one if one.p_value is None else judge(one, next(corrected), alpha) for one in found]


def judge(one: ColumnDrift, p_value: float, alpha: float) -> ColumnDrift:
    """Drift is what chance does not explain and what is larger than what matters."""
    verdict, reason = decide(one, p_value, alpha)
    whole = f"{one.reason}: {reason}" if one.reason else reason
    return replace(one, adjusted_p_value=p_value, verdict=verdict, reason=whole)


def decide(one: ColumnDrift, p_value: float, alpha: float) -> tuple[Verdict, str]:
    """The verdict and the reason."""
    distance, limit = one.distance, one.limit
    assert distance is not None and limit is not None  # noqa: S101, PT018 # told
    size = number(distance.value)
    if p_value > alpha:
        return "none", f"{size} is within what chance shows, {chance(p_value)}"
    matters, by = limit, f"the limit of {number(limit)}"
    if one.wobble is not None and one.wobble > limit:
        matters, by = one.wobble, f"{number(one.wobble)}, the usual wobble of the reference"
    sure = f"{size} is no chance, {chance(p_value)}"
    if distance.lower > matters:
        return "drift", f"{sure}, and above {by}"
    if distance.upper <= matters:
        return "none", f"{sure}, but not above {by}"
    return "undecided", (
        f"{sure}, but between {number(distance.lower)} and {number(distance.upper)} "
        f"it may be on either side of {by}"
    )


def chance(p_value: float) -> str:
    """A p-value in few characters."""
    return f"p = {p_value:.2g}" if p_value >= 1e-4 else "p < 0.0001"  # noqa: PLR2004
