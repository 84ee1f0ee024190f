"""From counts to verdicts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from drypoint.fairness._disparity import Disparity
from drypoint.fairness._measures import MEASURES, compared, size_of
from drypoint.profiles._format import number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from drypoint.estimate import Estimate
    from drypoint.fairness._counts import Counts
    from drypoint.fairness._disparity import Group, Verdict

__all__ = ["Rules", "disparities", "most_favored"]


class Rules(NamedTuple):
    """How groups are judged.

    Attributes:
        limits: by the name of the measure.
        confidence: of all intervals of a measure at once.
        min_rows: fewer are not judged.
        chosen: whether the reference was named, and not found in the data.
    """

    limits: Mapping[str, float]
    confidence: float
    min_rows: int
    chosen: bool


def most_favored(counts: Sequence[Counts], min_rows: int) -> int:
    """The place of the group with the greatest selection rate, of those that are large enough."""
    large = [place for place, one in enumerate(counts) if one.selection_rate.size >= min_rows]
    places = large or range(len(counts))
    return max(places, key=lambda place: counts[place].selection_rate.share or 0.0)


def disparities(
    groups: Sequence[Group], counts: Sequence[Counts], reference: int, rules: Rules
) -> list[Disparity]:
    """A row for each group but the reference, and each measure of which anything is known.

    Intervals are for all groups that are large enough to be judged at once; where the reference was
    found in the data, any two of them might have been compared.
    """
    large = sum(one.selection_rate.size >= rules.min_rows for one in counts)
    tests = large - 1 if rules.chosen else large * (large - 1) // 2
    sure = 1 - (1 - rules.confidence) / max(1, tests)
    known = [name for name, one in MEASURES.items() if has(one.rates, counts)]
    return [
        judged(name, group, one, counts[reference], rules, sure)
        for place, (group, one) in enumerate(zip(groups, counts, strict=True))
        if place != reference
        for name in known
    ]


def has(rates: Sequence[str], counts: Sequence[Counts]) -> bool:
    """Whether there are such rates at all."""
    return all(one.of(name) is not None for one in counts for name in rates)


def judged(  # noqa: PLR0913, PLR0917 # one row of the table
    name: str, group: Group, counts: Counts, reference: Counts, rules: Rules, confidence: float
) -> Disparity:
    """One group beside the reference, by one measure."""
    measure, limit = MEASURES[name], rules.limits[name]
    rows, others = size_of(measure, counts), size_of(measure, reference)
    found = compared(measure, counts, reference, confidence)
    if min(rows, others) < rules.min_rows:
        whose = "the group" if rows <= others else "the reference"
        verdict: Verdict = "undecided"
        reason = f"{whose} has only {min(rows, others):,} such rows, fewer than {rules.min_rows:,}"
    elif found is None:
        verdict, reason = "undecided", "the rate of the reference is 0, or of no rows"
    elif measure.form == "ratio":
        verdict, reason = of_ratio(found, limit)
    else:
        verdict, reason = of_difference(found, limit)
    return Disparity(group, name, found, rows, limit, verdict, reason)


def of_ratio(found: Estimate[float], limit: float) -> tuple[Verdict, str]:
    """Whether a ratio is from the limit up to its inverse."""
    span = f"{number(limit)} to {number(1 / limit)}"
    if found.upper < limit or found.lower > 1 / limit:
        return "fail", f"all of {within(found)} is outside {span}"
    if found.lower >= limit and found.upper <= 1 / limit:
        return "pass", f"all of {within(found)} is in {span}"
    return "undecided", f"{within(found)} is partly outside {span}"


def of_difference(found: Estimate[float], limit: float) -> tuple[Verdict, str]:
    """Whether a difference is at most the limit, in either direction."""
    if found.lower > limit or found.upper < -limit:
        return "fail", f"all of {within(found)} is beyond {number(limit)}"
    if -limit <= found.lower and found.upper <= limit:
        return "pass", f"none of {within(found)} is beyond {number(limit)}"
    return "undecided", f"{within(found)} is partly beyond {number(limit)}"


def within(found: Estimate[float]) -> str:
    """An interval in few digits."""
    return f"{found.lower:.3f} to {found.upper:.3f}"
