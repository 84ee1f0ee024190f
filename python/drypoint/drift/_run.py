"""All columns of profiles, segment by segment."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from drypoint.drift._compare import Question, found_of
from drypoint.drift._fit import measure_called, natural
from drypoint.drift._measure import Pair
from drypoint.drift._result import ColumnDrift
from drypoint.drift._table import DriftTable
from drypoint.drift._tasks import PRESENCE, figure_names, found_of_tasks
from drypoint.drift._verdict import judged
from drypoint.drift.measures import MEASURES
from drypoint.errors import InputTypeError, ParameterError
from drypoint.profiles import Profile, ProfileSet, merge

if TYPE_CHECKING:
    from drypoint.drift._drift import Measures
    from drypoint.drift._measure import Measure

__all__ = ["run"]

BASELINES = ("merged", "leave_one_out")
FEWEST = 3
"""Windows of which one can be left out: of two each would be compared with one other."""
Segment = dict[str, str | None]


def run(  # noqa: PLR0913, PLR0917 # those of `drift`
    current: Profile | ProfileSet,
    reference: Any,
    alpha: float,
    columns: Sequence[str] | None,
    measures: Measures,
    limits: Mapping[str, float],
    baseline: str,
) -> DriftTable:
    """See `drypoint.drift`."""
    if baseline not in BASELINES:
        raise ParameterError(f"baseline must be one of {BASELINES}, got {baseline!r}")
    windows = windows_of(reference)
    for one in (current, *windows):
        check_alike(current, one)
    whole = windows[0] if len(windows) == 1 else merge(windows)
    parts = parts_of([current, whole])
    figures = figure_names(parts)
    for name in limits:
        if name not in figures:
            measure_called(name)
    chosen = chosen_columns(columns, parts)
    by_columns = without(figures, measures)
    found: list[ColumnDrift] = []
    for segment, one, other in segments(current, whole):
        rows = compared(one, other, chosen, (by_columns, measures), limits)
        if baseline == "leave_one_out":
            rows = wobbling(rows, [within(window, segment) for window in windows], limits)
        found += [replace(row, segment=segment) for row in rows] if segment else rows
    return DriftTable(judged(found, alpha), alpha)


def windows_of(reference: Any) -> list[Any]:
    """The profiles of the reference."""
    if isinstance(reference, (Profile, ProfileSet)):
        return [reference]
    if not isinstance(reference, Sequence) or isinstance(reference, (str, bytes)):
        raise InputTypeError(
            f"a reference is a profile, a profile set or a list of these, got {reference!r:.60}"
        )
    if not reference:
        raise ParameterError("the reference has no profiles; give one at least")
    return list(reference)


def check_alike(current: Any, other: Any) -> None:
    """Profiles compare with profiles, and sets with sets by the same keys."""
    for one in (current, other):
        if not isinstance(one, (Profile, ProfileSet)):
            raise InputTypeError(f"drift is between profiles, got a {type(one).__name__}")
    if isinstance(current, ProfileSet) != isinstance(other, ProfileSet):
        raise InputTypeError(
            "a Profile and a ProfileSet cannot be compared; take `overall` or a segment of the set"
        )
    if isinstance(current, ProfileSet) and current.keys != other.keys:
        raise ParameterError(
            f"segments by {current.keys} and by {other.keys} cannot be compared; see ProfileSet.by"
        )


def parts_of(sides: Sequence[Profile | ProfileSet]) -> list[Profile]:
    """The profiles of all segments of both sides."""
    return [part for side in sides for part in ([side] if isinstance(side, Profile) else side)]


def without(figures: frozenset[str], measures: Measures) -> Measures:
    """The measures for columns among those that are given for all."""
    if measures is None or isinstance(measures, Mapping):
        return measures
    given = [measures] if isinstance(measures, str) else measures
    return [name for name in given if name not in figures]


def chosen_columns(columns: Sequence[str] | None, parts: Sequence[Profile]) -> list[str] | None:
    """The columns and tasks that are asked for.

    Raises:
        ParameterError: one is in neither profile.
    """
    if columns is None:
        return None
    wanted = [columns] if isinstance(columns, str) else list(columns)
    there = dict.fromkeys(name for part in parts for name in (*part.columns, *part.performance))
    for name in wanted:
        if name not in there:
            near = difflib.get_close_matches(name, there, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"there are {[*there][:20]}"
            raise ParameterError(f"column {name!r} not found; {hint}")
    return wanted


def segments(current: Any, reference: Any) -> list[tuple[Segment, Profile | None, Profile | None]]:
    """Both sides of each segment, those of the current profile first."""
    if isinstance(current, Profile):
        return [(current.segment, current, reference)]
    places = {tuple(one.segment.items()): one.segment for one in (*current, *reference)}
    return [(one, within(current, one), within(reference, one)) for one in places.values()]


def within(profiles: Profile | ProfileSet, segment: Segment) -> Profile | None:
    """The profile of a segment; None if it is not there."""
    if isinstance(profiles, Profile):
        return profiles
    values = tuple(segment[key] for key in profiles.keys)
    return profiles[values] if values in profiles else None  # noqa: SIM401 # it has no `get`


def compared(
    current: Profile | None,
    reference: Profile | None,
    columns: Sequence[str] | None,
    measures: tuple[Measures, Measures],
    limits: Mapping[str, float],
) -> list[ColumnDrift]:
    """The rows of one segment: by the measures of columns, and by those of tasks."""
    if current is None or reference is None:
        side = "reference" if reference is None else "current"
        there = current or reference
        names = columns or ([*there.columns, *there.performance] if there else [])
        reason = f"the segment is not in the {side} profiles"
        return [ColumnDrift(name, PRESENCE, "undecided", reason) for name in names]
    names = columns or [*dict.fromkeys([*reference.columns, *current.columns])]
    both = [name for name in names if name in current and name in reference]
    questions = [
        Question(name, pair, measure)
        for name in both
        for pair in [Pair(current[name], reference[name])]
        for measure in measures_of(name, pair, measures[0])
    ]
    found = found_of(questions, limits)
    found += [
        ColumnDrift(name, PRESENCE, "drift", f"the column is only in the {side} profile")
        for name in names
        for side, has, lacks in (("current", current, reference), ("reference", reference, current))
        if name in has and name not in lacks
    ]
    return found + found_of_tasks(current, reference, columns, measures[1], limits)


def measures_of(column: str, pair: Pair, measures: Measures) -> list[Measure]:
    """The measures that a column is compared by."""
    asked = measures.get(column) if isinstance(measures, Mapping) else measures
    if asked is not None:
        names = [asked] if isinstance(asked, str) else asked
        return [measure_called(name) for name in names]
    first = natural(pair)
    nulls = measure_called("null_ratio")
    some = any(one.nulls for one in pair) and first is not nulls
    return [first, nulls] if some else [first]


def wobbling(
    rows: Sequence[ColumnDrift], windows: Sequence[Profile | None], limits: Mapping[str, float]
) -> list[ColumnDrift]:
    """The same rows, with how far each window of the reference is from all others."""
    there = [one for one in windows if one is not None]
    if len(there) < FEWEST:
        raise ParameterError(
            f"to leave one out, the reference needs {FEWEST} windows or more, got {len(there)}"
        )
    usual: dict[tuple[str, str], float] = {}
    for place, one in enumerate(there):
        rest = merge([*there[:place], *there[place + 1 :]])
        for row in again(rows, one, rest, limits):
            if row.distance is not None:
                key = row.column, row.measure
                usual[key] = max(usual.get(key, 0.0), row.distance.value)
    return [replace(row, wobble=usual.get((row.column, row.measure))) for row in rows]


def again(
    rows: Sequence[ColumnDrift], one: Profile, rest: Profile, limits: Mapping[str, float]
) -> list[ColumnDrift]:
    """The questions of *rows* about two other profiles."""
    questions = [
        Question(row.column, Pair(one[row.column], rest[row.column]), measure_called(row.measure))
        for row in rows
        if row.distance is not None and row.measure in MEASURES
        if row.column in one and row.column in rest
    ]
    figures = defaultdict(list)
    for row in rows:
        if row.distance is not None and row.column in one.performance:
            figures[row.column].append(row.measure)
    return found_of(questions, limits) + found_of_tasks(one, rest, [*figures], figures, limits)
