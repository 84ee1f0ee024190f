"""What two groups are compared by: one line each.

The four-fifths rule of disparate impact is that of the Uniform Guidelines on Employee Selection
Procedures (29 CFR 1607.4 D, 1978), statistical parity that of Dwork et al. (2012), equal
opportunity and equalized odds those of Hardt, Price and Srebro (2016), predictive parity that of
Chouldechova (2017).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from drypoint._intervals import difference, ratio
from drypoint.estimate import Estimate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drypoint.fairness._counts import Counts

__all__ = ["MEASURES", "Measure", "between", "compared", "size_of"]

Form: TypeAlias = Literal["ratio", "difference", "largest"]


class Measure(NamedTuple):
    """One way to compare a group with another.

    Attributes:
        rates: the names of the rates that are compared.
        form: `"ratio"`, `"difference"`, or `"largest"`: the largest absolute difference of several.
        limit: a ratio from this up to its inverse is accepted, and a difference up to this.
    """

    rates: tuple[str, ...]
    form: Form
    limit: float


MEASURES: dict[str, Measure] = {
    "disparate_impact": Measure(("selection_rate",), "ratio", 0.8),
    "statistical_parity": Measure(("selection_rate",), "difference", 0.1),
    "equal_opportunity": Measure(("recall",), "difference", 0.1),
    "equalized_odds": Measure(("recall", "fpr"), "largest", 0.1),
    "predictive_parity": Measure(("precision",), "difference", 0.1),
}
"""By name, in the order of the table."""


def size_of(measure: Measure, counts: Counts) -> int:
    """How many rows of a group a measure rests on: the fewest of those of its rates."""
    found = [counts.of(name) for name in measure.rates]
    return int(min((0 if one is None else one.size) for one in found))


def compared(
    measure: Measure, group: Counts, reference: Counts, confidence: float
) -> Estimate[float] | None:
    """A group beside the reference: value and limits; None where a rate is of no rows.

    The limits of the largest of several differences hold all of them at once (Bonferroni).
    """
    sure = 1 - (1 - confidence) / len(measure.rates)
    pairs = []
    for name in measure.rates:
        counts = group.of(name), reference.of(name)
        first, second = (None if one is None else one.rate(sure) for one in counts)
        if first is None or second is None:
            return None
        pairs.append((first, second))
    if measure.form == "ratio":
        return ratio_of(*pairs[0], confidence)
    differences = [difference_of(*pair, confidence) for pair in pairs]
    return differences[0] if measure.form == "difference" else largest(differences, confidence)


def ratio_of(
    group: Estimate[float], reference: Estimate[float], confidence: float
) -> Estimate[float] | None:
    """One rate over another; None if that is 0."""
    if not reference.value or not reference.lower:
        return None
    lower, upper = ratio(facts(group), facts(reference))
    return Estimate(group.value / reference.value, float(lower), float(upper), confidence)


def difference_of(
    group: Estimate[float], reference: Estimate[float], confidence: float
) -> Estimate[float]:
    """One rate less another."""
    lower, upper = difference(facts(group), facts(reference))
    return Estimate(group.value - reference.value, float(lower), float(upper), confidence)


def facts(found: Estimate[float]) -> tuple[float, float, float]:
    """A value and its limits."""
    return found.value, found.lower, found.upper


def largest(differences: Sequence[Estimate[float]], confidence: float) -> Estimate[float]:
    """The largest absolute value of several differences."""
    return Estimate(
        max(abs(one.value) for one in differences),
        max(0.0, *(max(one.lower, -one.upper) for one in differences)),
        max(max(-one.lower, one.upper) for one in differences),
        confidence,
    )


def between(
    measure: Measure, groups: Sequence[Counts], confidence: float
) -> Estimate[float] | None:
    """The two groups that are furthest apart: the least ratio, or the greatest difference.

    The limits of all rates hold at once (Bonferroni), so that those of the extremes do, whichever
    groups they are. None with less than two groups that have such rows, or if nobody is selected.
    """
    there = [one for one in groups if size_of(measure, one)]
    if len(there) < 2:  # noqa: PLR2004
        return None
    sure = 1 - (1 - confidence) / (len(there) * len(measure.rates))
    pairs = [ends(name, there, sure) for name in measure.rates]
    if measure.form != "ratio":
        return largest([apart(*pair, confidence) for pair in pairs], confidence)
    ((least, most),) = pairs
    if not most.value:
        return None
    upper = min(1.0, least.upper / most.lower) if most.lower else 1.0
    return Estimate(least.value / most.value, least.lower / most.upper, upper, confidence)


def ends(
    name: str, groups: Sequence[Counts], confidence: float
) -> tuple[Estimate[float], Estimate[float]]:
    """The least and the greatest of a rate of groups that have it, with limits."""
    counts = [group.of(name) for group in groups]
    rates = [None if one is None else one.rate(confidence) for one in counts]
    values, lowers, uppers = zip(*(facts(one) for one in rates if one is not None), strict=True)
    least = Estimate(min(values), min(lowers), min(uppers), confidence)
    return least, Estimate(max(values), max(lowers), max(uppers), confidence)


def apart(least: Estimate[float], most: Estimate[float], confidence: float) -> Estimate[float]:
    """How far the extremes are apart."""
    lower, upper = max(0.0, most.lower - least.upper), most.upper - least.lower
    return Estimate(most.value - least.value, lower, upper, confidence)
