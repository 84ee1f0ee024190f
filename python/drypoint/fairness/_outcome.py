"""What is judged: predictions of a task, or the outcomes of a column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from drypoint.checks._seen import key_of, seen
from drypoint.checks._target import NoFactError
from drypoint.errors import ParameterError
from drypoint.fairness._counts import NAMES, Count, Counts
from drypoint.fairness._predictions import rate_of
from drypoint.performance._classification_task import text_of
from drypoint.sources._select import not_found

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from drypoint.profiles import Profile

__all__ = ["Outcome", "outcome_of"]

SHOWN = 5
"""Values that an error tells."""


class Outcome(NamedTuple):
    """What people got, and what was to be.

    Attributes:
        counts: what a group holds of it.
        words: what it is.
    """

    counts: Callable[[Profile], Counts]
    words: str


def outcome_of(
    profiles: Sequence[Profile], favorable: Any, label: str | None, task: str | None
) -> Outcome:
    """The outcome that the arguments of `fairness` name.

    Raises:
        ParameterError: it is not there.
    """
    if label is not None:
        if task is not None:
            raise ParameterError(f"give either label= or task=, got {label!r} and {task!r}")
        return of_column(profiles, label, favorable)
    return of_task(profiles, task_named(profiles, task), favorable)


def task_named(profiles: Sequence[Profile], task: str | None) -> str:
    """The name of the task whose predictions are judged."""
    known = dict.fromkeys(
        name
        for one in profiles
        for name, answers in one.performance.items()
        if answers.kind == "classification"
    )
    if not known:
        raise ParameterError(
            "the profiles hold no predictions of labels: profile with performance=, or name a "
            "column of outcomes with label="
        )
    if task is None and len(known) > 1:
        raise ParameterError(f"there are several tasks, choose one with task=: {list(known)}")
    if task is not None and task not in known:
        raise ParameterError(not_found("task", task, known))
    return task or next(iter(known))


def of_task(profiles: Sequence[Profile], task: str, favorable: Any) -> Outcome:
    """What was predicted, beside the labels where they are known."""
    label = text_of(favorable)
    there = [one.performance[task] for one in profiles if task in one.performance]
    labels = dict.fromkeys(name for one in there for name in one.labels)
    if label not in labels:
        raise ParameterError(not_found("label", label, labels))
    others = sum(one.other_labels for one in there)
    if others:
        raise ParameterError(
            f"task {task!r} has {others:,} rows of labels that were too many to be kept apart, "
            f"some of which may be {label!r}; raise max_labels"
        )

    def counts(profile: Profile) -> Counts:
        if task not in profile.performance:
            return Counts(profile.rows, profile.rows, *(Count(0, 0, 0, 0) for _ in NAMES))
        answers = profile.performance[task]
        rates = [rate_of(answers, label, name) for name in NAMES]
        return Counts(profile.rows, profile.rows - int(rates[0].size), *rates)

    return Outcome(counts, f"task {task!r} predicts {label!r}")


def of_column(profiles: Sequence[Profile], label: str, favorable: Any) -> Outcome:
    """The outcomes of a column, of which nothing was predicted."""
    if not any(label in one for one in profiles):
        names = dict.fromkeys(name for one in profiles for name in one.columns)
        raise ParameterError(not_found("column", label, names))

    def counts(profile: Profile) -> Counts:
        column = profile.columns.get(label)
        if column is None or not column.rows - column.nulls:
            return Counts(profile.rows, profile.rows, Count(0, 0, 0, 0))
        try:
            kept = seen(column)
        except NoFactError as error:
            raise ParameterError(f"the outcome cannot be counted: {error}") from None
        found = kept.count(key_of(column.type, favorable))
        selected = Count(found.value, found.lower, found.upper, kept.values)
        return Counts(profile.rows, profile.rows - kept.values, selected)

    check_came(profiles, label, favorable, counts)
    return Outcome(counts, f"{label!r} is {favorable!r}")


def check_came(
    profiles: Sequence[Profile], label: str, favorable: Any, counts: Callable[[Profile], Counts]
) -> None:
    """Refuses an outcome that nobody had: it is rather misspelt than unfair."""
    if any(counts(one).selection_rate.upper for one in profiles):
        return
    there = [item.item for one in profiles if label in one for item in one[label].top(SHOWN)]
    values = ", ".join(map(repr, [*dict.fromkeys(there)][:SHOWN]))
    raise ParameterError(
        f"no row of column {label!r} is {favorable!r}; there are {values or 'no values'}"
    )
