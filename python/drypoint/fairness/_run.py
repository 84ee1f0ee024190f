"""From segments to groups, and from their counts to a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drypoint.errors import InputTypeError, ParameterError
from drypoint.fairness._counts import NAMES
from drypoint.fairness._disparity import GroupRates
from drypoint.fairness._fairness_table import FairnessTable
from drypoint.fairness._judge import Rules, disparities, most_favored
from drypoint.fairness._measures import MEASURES, between, size_of
from drypoint.fairness._outcome import outcome_of
from drypoint.profiles import ProfileSet
from drypoint.sketches._parameters import integer
from drypoint.sources._select import not_found

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from drypoint.estimate import Estimate
    from drypoint.fairness._counts import Counts
    from drypoint.fairness._disparity import Group

__all__ = ["run"]

FEWEST = 2
"""Groups that can be compared."""


def run(  # noqa: PLR0913, PLR0917 # those of `fairness`
    profiles: ProfileSet,
    favorable: Any,
    group: str | Sequence[str] | None,
    label: str | None,
    task: str | None,
    reference: str | tuple[str | None, ...] | None,
    limits: Mapping[str, float] | None,
    confidence: float,
    min_rows: int,
) -> FairnessTable:
    """See `drypoint.fairness`."""
    whole = grouped(profiles, group)
    if not 0 < confidence < 1:
        raise ParameterError(f"confidence must be between 0 and 1, got {confidence!r}")
    least = integer("min_rows", min_rows, 0, 2**63 - 1)
    rules = Rules(limits_of(limits), confidence, least, chosen=reference is not None)
    outcome = outcome_of(whole.profiles, favorable, label, task)
    groups = [one.segment for one in whole]
    counts = [outcome.counts(one) for one in whole]
    place = place_of(whole, reference, counts, rules)
    return FairnessTable(
        tuple(disparities(groups, counts, place, rules)),
        groups=tuple(rates(*pair, rules) for pair in zip(groups, counts, strict=True)),
        reference=groups[place],
        reference_is_chosen=rules.chosen,
        outcome=outcome.words,
        between_groups=furthest(counts, rules),
        confidence=confidence,
        min_rows=min_rows,
        ungrouped=0 if whole.remainder is None else whole.remainder.rows,
    )


def grouped(profiles: ProfileSet, group: str | Sequence[str] | None) -> ProfileSet:
    """The groups as segments.

    Raises:
        InputTypeError: it is no profile set.
        ParameterError: a key is not there, or there are less than two groups.
    """
    if not isinstance(profiles, ProfileSet):
        raise InputTypeError(
            f"fairness is between segments, got a {type(profiles).__name__}; "
            "profile with segment_by= to have a profile set"
        )
    keys = profiles.keys if group is None else (group,) if isinstance(group, str) else tuple(group)
    for key in keys:
        if key not in profiles.keys:
            raise ParameterError(not_found("key", key, profiles.keys))
    made = profiles if keys == profiles.keys else profiles.by(*keys)
    if len(made) < FEWEST:
        raise ParameterError(f"by {keys} there are {len(made)} groups; two can be compared")
    return made


def limits_of(given: Mapping[str, float] | None) -> dict[str, float]:
    """The limits of all measures."""
    for name, limit in (given or {}).items():
        if name not in MEASURES:
            raise ParameterError(not_found("measure", name, MEASURES))
        if not 0 <= limit <= 1 or (not limit and MEASURES[name].form == "ratio"):
            raise ParameterError(
                f"the limit of {name} must be in [0, 1], that of a ratio above 0, got {limit!r}"
            )
    return {name: one.limit for name, one in MEASURES.items()} | dict(given or {})


def place_of(
    groups: ProfileSet,
    reference: str | tuple[str | None, ...] | None,
    counts: Sequence[Counts],
    rules: Rules,
) -> int:
    """Where the reference is among the groups."""
    if reference is None:
        return most_favored(counts, rules.min_rows)
    wanted = reference if isinstance(reference, tuple) else (reference,)
    places = [tuple(one.segment[key] for key in groups.keys) for one in groups]
    if wanted not in places:
        names = [", ".join(map(str, one)) for one in places]
        raise ParameterError(not_found("group", ", ".join(map(str, wanted)), names))
    return places.index(wanted)


def rates(group: Group, counts: Counts, rules: Rules) -> GroupRates:
    """The rates of one group."""
    found = {name: counts.of(name) for name in NAMES}
    sizes = {name: int(one.size) for name, one in found.items() if one is not None}
    known = {
        name: None if one is None else one.rate(rules.confidence) for name, one in found.items()
    }
    small = counts.selection_rate.size < rules.min_rows
    return GroupRates(group, counts.rows, counts.unknown, small, **known, sizes=sizes)


def furthest(counts: Sequence[Counts], rules: Rules) -> dict[str, Estimate[float]]:
    """By measure, how far those groups are apart that are furthest, of those with enough rows."""
    found = {
        name: between(
            measure,
            [one for one in counts if size_of(measure, one) >= rules.min_rows],
            rules.confidence,
        )
        for name, measure in MEASURES.items()
    }
    return {name: one for name, one in found.items() if one is not None}
