"""From two profile sets to what each of their segments did."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any

import numpy as np

from drypoint._intervals import difference
from drypoint.errors import InputTypeError, ParameterError
from drypoint.estimate import Estimate
from drypoint.profiles import ProfileSet
from drypoint.tracing._contribution import Contribution
from drypoint.tracing._effects import effects
from drypoint.tracing._question import question_of
from drypoint.tracing._side import NOTHING, side_of, whole_of
from drypoint.tracing._trace_table import Trace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drypoint.profiles import Profile
    from drypoint.tracing._contribution import Presence
    from drypoint.tracing._question import Question
    from drypoint.tracing._side import Figure, Side
    from drypoint.tracing._spread import Spread

__all__ = ["run"]

Place = tuple[str | None, ...] | None
"""The values of the keys of a segment; None for the remainder."""


def run(  # noqa: PLR0913, PLR0917 # those of `trace`
    current: ProfileSet,
    reference: ProfileSet,
    metric: str,
    column: str | None,
    value: Any,
    task: str | None,
    confidence: float,
) -> Trace:
    """See `drypoint.trace`."""
    check(current, reference)
    question = question_of((current, reference), metric, column, value, task)
    sides = segments(current), segments(reference)
    places = [*dict.fromkeys([*sides[0], *sides[1]])]
    found = [figures(question, side, places) for side in sides]
    if all(one is None for side in found for one in side):
        raise ParameterError(f"no segment holds the {question.words}: {question.lacking()}")
    both = [side_of([one or NOTHING for one in side]) for side in found]
    for name, one in zip(("current", "reference"), both, strict=True):
        check_sums(name, one, question.words)
    names = [None if one is None else dict(zip(current.keys, one, strict=True)) for one in places]
    return made(question, names, both[0], both[1], confidence)


def check(current: object, reference: object) -> None:
    """Both are sets by the same keys."""
    for one in (current, reference):
        if not isinstance(one, ProfileSet):
            raise InputTypeError(
                f"trace is between profile sets, got a {type(one).__name__}; "
                "profile with segment_by= to have one"
            )
    if current.keys != reference.keys:  # type: ignore[attr-defined]
        raise ParameterError(
            f"segments by {current.keys} and by {reference.keys} "  # type: ignore[attr-defined]
            "cannot be compared; see ProfileSet.by"
        )


def check_sums(name: str, side: Side, words: str) -> None:
    """Refuses a side that has nothing to measure, or more than a double holds."""
    if not side.size.sum() > 0:
        raise ParameterError(f"the {name} segments have nothing of which to take the {words}")
    with np.errstate(over="ignore"):
        total = np.abs(side.total).sum()
    if not isfinite(total):
        raise ParameterError(f"the {name} segments add up to no finite {words}")


def segments(profiles: ProfileSet) -> dict[Place, Profile]:
    """The profiles by the values of their keys, the remainder by None."""
    made: dict[Place, Profile] = {
        tuple(one.segment[key] for key in profiles.keys): one for one in profiles
    }
    return made if profiles.remainder is None else made | {None: profiles.remainder}


def figures(
    question: Question, side: dict[Place, Profile], places: Sequence[Place]
) -> list[Figure | None]:
    """What each segment holds of the metric; None where it has no such fact."""
    there = (side.get(place) for place in places)
    return [None if one is None else question.figure(one) for one in there]


def made(
    question: Question,
    segments: Sequence[dict[str, str | None] | None],
    current: Side,
    reference: Side,
    confidence: float,
) -> Trace:
    """The table, those that moved the number most first."""
    wholes = whole_of(current), whole_of(reference)
    value, before = (float(one.value[0]) for one in wholes)
    found = effects(current, reference, (value + before) / 2)
    contributions = found.mix + found.rate
    changes = bounded(current, reference, question.spread, confidence)
    columns = zip(
        segments,
        presences(current, reference),
        contributions.tolist(),
        found.mix.tolist(),
        found.rate.tolist(),
        current.size.tolist(),
        reference.size.tolist(),
        found.share.tolist(),
        found.reference_share.tolist(),
        known(current),
        known(reference),
        changes,
        strict=True,
    )
    rows = [Contribution(*row) for row in columns]
    order = np.argsort(-np.abs(contributions), kind="stable")
    whole = bounded(*wholes, question.spread, confidence)[0]
    ordered = [rows[place] for place in order]
    return Trace(ordered, question.words, value, before, whole, confidence)


def known(side: Side) -> list[float | None]:
    """The figures, None where there is nothing."""
    pairs = zip(side.value.tolist(), side.size.tolist(), strict=True)
    return [value if size > 0 else None for value, size in pairs]


def presences(current: Side, reference: Side) -> list[Presence]:
    """On which sides the segments have something."""
    names: tuple[Presence, ...] = ("none", "gone", "new", "both")
    return [names[code] for code in 2 * (current.size > 0) + (reference.size > 0)]


def bounded(
    current: Side, reference: Side, spread: Spread, confidence: float
) -> list[Estimate[float] | None]:
    """The changes with their limits, by Newcombe's method; None where there are none."""
    with np.errstate(invalid="ignore", divide="ignore"):
        sides = [(one.value, *spread(one, confidence)) for one in (current, reference)]
        lower, upper = difference(*sides)
    both = (current.size > 0) & (reference.size > 0)
    change = current.value - reference.value
    rows = zip(both, change.tolist(), lower.tolist(), upper.tolist(), strict=True)
    return [
        Estimate(value, least, most, confidence)
        if there and isfinite(least) and isfinite(most)
        else None
        for there, value, least, most in rows
    ]
