"""Tasks of both profiles: how good their predictions are, figure by figure.

Whoever answers for a task compares it too: a later part of the house, which is asked through the
profile (`Profile.performance`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

from drypoint.drift._result import ColumnDrift
from drypoint.profiles._format import number
from drypoint.profiles._table import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from drypoint.drift._drift import Measures
    from drypoint.drift._measure import Found
    from drypoint.profiles import Profile

__all__ = ["PERFORMANCE", "PRESENCE", "figure_names", "found_of_tasks"]

PRESENCE = "presence"
"""Stands for a measure where one side lacks the column, the task or the segment."""
PERFORMANCE = "performance"
"""Stands for all figures of a task where none can be compared."""


class Judged(Protocol):
    """What drift asks of the answers of a task."""

    METRICS: tuple[str, ...]

    @property
    def n(self) -> int:
        """How many rows tell how good it is."""

    @property
    def tested(self) -> tuple[str, ...]:
        """The figures that are compared unless others are asked for."""

    @property
    def flags(self) -> tuple[str, ...]:
        """What is to be known before the figures are believed; if *n* is 0 the last says so."""

    def value(self, metric: str) -> Any:
        """A figure."""

    def rows_of(self, metric: str) -> int:
        """How many rows it rests on."""

    def unlike(self, reference: Any) -> str | None:
        """Why the two cannot be compared."""

    def changed_from(self, reference: Any, metric: str) -> Found:
        """What is found of a figure."""


def figure_names(profiles: Iterable[Profile]) -> frozenset[str]:
    """The names of all figures of their tasks."""
    return frozenset(
        name for one in profiles for task in one.performance.values() for name in task.METRICS
    )


def found_of_tasks(
    current: Profile,
    reference: Profile,
    chosen: Sequence[str] | None,
    measures: Measures,
    limits: Mapping[str, float],
) -> list[ColumnDrift]:
    """The rows of all tasks that are chosen; not judged yet."""
    now, before = current.performance, reference.performance
    names = dict.fromkeys([*before, *now])
    made: list[ColumnDrift] = []
    for name in names if chosen is None else chosen:
        if name in now and name in before:
            made += of_task(name, now[name], before[name], measures, limits)
        elif name in names:
            side = "current" if name in now else "reference"
            reason = f"the task is only in the {side} profile"
            made.append(ColumnDrift(name, PRESENCE, "undecided", reason))
    return made


def of_task(
    name: str, now: Judged, before: Judged, measures: Measures, limits: Mapping[str, float]
) -> list[ColumnDrift]:
    """The rows of one task, or one that says why there are none."""
    asked = asked_of(name, now, measures)
    reason = now.unlike(before) or unjudged(now, before)
    if reason is not None:
        return [ColumnDrift(name, PERFORMANCE, "undecided", reason)] if asked else []
    return [
        told_of(name, metric, (now, before), now.changed_from(before, metric), limits)
        for metric in asked
    ]


def unjudged(now: Judged, before: Judged) -> str | None:
    """Why nothing can be said of a task that is the same on both sides."""
    for side, one in (("current", now), ("reference", before)):
        if not one.n:
            return f"in the {side} profile {one.flags[-1]}"
    return None


def asked_of(name: str, now: Judged, measures: Measures) -> list[str]:
    """The figures of a task that are asked for; of a list for all, those that it has."""
    if isinstance(measures, Mapping) and name in measures:
        given = measures[name]
        return [given] if isinstance(given, str) else [*given]
    if measures is None or isinstance(measures, Mapping):
        return [*now.tested]
    given = [measures] if isinstance(measures, str) else measures
    return [metric for metric in given if metric in now.METRICS]


def told_of(
    name: str,
    metric: str,
    sides: tuple[Judged, Judged],
    found: Found,
    limits: Mapping[str, float],
) -> ColumnDrift:
    """A row, whose reason begins with what the figure was and is."""
    missing = found.distance is None or found.p_value is None
    story = "" if found.distance is None else change_of(metric, *sides)
    return ColumnDrift(
        column=name,
        measure=metric,
        verdict="undecided",
        reason=": ".join(part for part in (story, found.reason if missing else "") if part),
        distance=found.distance,
        noise_floor=found.noise_floor,
        p_value=found.p_value,
        limit=limits.get(metric, found.limit),
    )


def change_of(metric: str, now: Judged, before: Judged) -> str:
    """What a figure was and is, and of how many rows."""
    values = [float(one.value(metric)) for one in (before, now)]
    rows = [one.rows_of(metric) for one in (before, now)]
    if values[0] == values[1]:
        return f"{metric} is still {number(values[1])} ({counted(rows[1], 'row')})"
    went = "fell" if values[1] < values[0] else "rose"
    sides = [
        f"{number(value)} ({counted(of, 'row')})" for value, of in zip(values, rows, strict=True)
    ]
    return f"{metric} {went} from {sides[0]} to {sides[1]}"
