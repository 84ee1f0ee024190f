"""Many columns at once, and one."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from drypoint.drift._fit import measure_called, natural, unfit
from drypoint.drift._measure import Pair
from drypoint.drift._result import ColumnDrift
from drypoint.drift._verdict import judged, told
from drypoint.errors import InputTypeError
from drypoint.profiles import ColumnProfile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from drypoint.drift._measure import Measure

__all__ = ["Question", "compare_one", "found_of"]


class Question(NamedTuple):
    """A column to be compared by a measure."""

    column: str
    pair: Pair
    measure: Measure


def found_of(questions: Sequence[Question], limits: Mapping[str, float]) -> list[ColumnDrift]:
    """What is found of each question, in their order; not judged yet.

    All pairs of a measure are compared at once.
    """
    made: dict[int, ColumnDrift] = {}
    asked: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(questions):
        reason = unfit(one.pair, one.measure)
        if reason is None:
            asked[one.measure.name].append(place)
        else:
            made[place] = ColumnDrift(one.column, one.measure.name, *reason)
    for places in asked.values():
        measure = questions[places[0]].measure
        answers = measure.compare([questions[place].pair for place in places])
        for place, found in zip(places, answers, strict=True):
            made[place] = told(questions[place].column, measure, found, limits)
    return [made[place] for place in range(len(questions))]


def compare_one(
    current: ColumnProfile,
    reference: ColumnProfile,
    *,
    measure: str | None,
    alpha: float,
    limit: float | None,
) -> ColumnDrift:
    """One pair, judged alone."""
    for side, one in (("current", current), ("reference", reference)):
        if not isinstance(one, ColumnProfile):
            raise InputTypeError(f"{side} must be a ColumnProfile, got a {type(one).__name__}")
    pair = Pair(current, reference)
    by = natural(pair) if measure is None else measure_called(measure)
    limits = {} if limit is None else {by.name: limit}
    return judged(found_of([Question(current.name, pair, by)], limits), alpha)[0]
