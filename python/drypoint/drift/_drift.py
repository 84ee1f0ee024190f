"""The two functions that users call; what does the work is loaded by the first call."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Literal, TypeAlias

from drypoint.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from drypoint.drift._result import ColumnDrift
    from drypoint.drift._table import DriftTable
    from drypoint.profiles import ColumnProfile, Profile, ProfileSet

__all__ = ["Measures", "compare", "drift"]

Measures: TypeAlias = "str | Sequence[str] | Mapping[str, str | Sequence[str]] | None"


def compare(
    current: ColumnProfile,
    reference: ColumnProfile,
    *,
    measure: str | None = None,
    alpha: float = 0.05,
    limit: float | None = None,
) -> ColumnDrift:
    """How far one column is from its reference.

    Args:
        current: what is looked at.
        reference: what it is compared with.
        measure: a name in `MEASURES`; None for `ks` of numbers and times, `chi_square` of strings
            and booleans, `null_ratio` of all others.
        alpha: the chance of a false alarm that is accepted, in (0, 1); not corrected, since only
            one column is looked at.
        limit: the distance from which on it matters; None for that of the measure.

    Returns:
        The distance and the verdict. Columns without rows, without values, or without what the
        measure reads are `undecided`, and of another type `drift`, with a reason that says so.

    Raises:
        ParameterError: there is no such measure, or *alpha* or *limit* is out of range.
        InputTypeError: one of both is no column profile.

    Examples:
        >>> import drypoint as dp
        >>> one = dp.profile({"x": [*range(1000)]})["x"]
        >>> other = dp.profile({"x": [*range(150, 1150)]})["x"]
        >>> found = compare(one, other)
        >>> found.verdict, found.measure, round(found.distance, 2)
        ('drift', 'ks', 0.15)
    """
    from drypoint.drift._compare import compare_one

    check(alpha, {} if limit is None else {"limit": limit})
    return compare_one(current, reference, measure=measure, alpha=alpha, limit=limit)


def drift(  # noqa: PLR0913 # each is one thing to be said of a run
    current: Profile | ProfileSet,
    reference: Profile | ProfileSet | Sequence[Profile] | Sequence[ProfileSet],
    *,
    alpha: float = 0.05,
    columns: Sequence[str] | None = None,
    measures: Measures = None,
    limits: Mapping[str, float] | None = None,
    baseline: Literal["merged", "leave_one_out"] = "merged",
) -> DriftTable:
    """How far each column and task of a profile is from its reference, and whether that matters.

    A verdict is `drift` if the change is significant after Benjamini and Hochberg (1995) over all
    columns and segments of the run, and larger than what matters.

    Args:
        current: a profile, or a set whose segments are each compared with their own.
        reference: what it is compared with; several windows are merged.
        alpha: the false discovery rate, in (0, 1).
        columns: these columns and tasks only; None for all of both.
        measures: one or several for all columns, or by the name of the column; None for one that
            fits its type, and `null_ratio` where there are nulls. Of tasks these are figures, such
            as `f1`; None for all whose law is known. Of a list for all, columns are compared by the
            measures in it, and tasks by those of its figures that they have.
        limits: by the name of the measure or figure, the distance from which on it matters.
        baseline: `"leave_one_out"` also compares each window of the reference with all others: what
            is no further than the furthest of these is its usual wobble, and no drift.

    Returns:
        A row for each column and measure, and for each task and figure, segment after segment. A
        column that one side lacks is `drift`, a task or segment that one side lacks `undecided`.

    Raises:
        ParameterError: a column, a measure or a figure is not there, a number is out of range, the
            reference has no windows, or fewer than three to leave one out.
        InputTypeError: something is no profile, or a profile is compared with a set.

    Examples:
        >>> import drypoint as dp
        >>> week = dp.profile({"x": [*range(1000)], "day": ["Mon", "Tue"] * 500})
        >>> today = dp.profile({"x": [*range(1000)], "day": ["Mon", "Mon", "Mon", "Tue"] * 250})
        >>> [(one.column, one.measure, one.verdict) for one in dp.drift(today, week)]
        [('x', 'ks', 'none'), ('day', 'chi_square', 'drift')]
    """
    from drypoint.drift._run import run

    check(alpha, limits or {})
    return run(current, reference, alpha, columns, measures, limits or {}, baseline)


def check(alpha: float, limits: Mapping[str, float]) -> None:
    """Refuses numbers that are out of range."""
    if not 0 < alpha < 1:
        raise ParameterError(f"alpha must be between 0 and 1, got {alpha!r}")
    for name, limit in limits.items():
        if not (isfinite(limit) and limit >= 0):
            raise ParameterError(f"the limit of a distance must be 0 or more, got {name}={limit!r}")
