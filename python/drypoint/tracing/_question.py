"""What is traced: a metric of something that the profiles hold."""

from __future__ import annotations

import difflib
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from drypoint.errors import ParameterError
from drypoint.sources._select import not_found
from drypoint.tracing._ask import answers_of, parts_of
from drypoint.tracing._metrics import COLUMNS, CONDITIONS, UNTRACEABLE
from drypoint.tracing._tasks import LABELS, MEANS, label_of, mean_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from drypoint.profiles import Profile, ProfileSet
    from drypoint.tracing._side import Figure
    from drypoint.tracing._spread import Spread

__all__ = ["Question", "question_of"]

Sides = tuple["ProfileSet", "ProfileSet"]


class Question(NamedTuple):
    """One metric, ready to be asked.

    Attributes:
        figure: what a segment holds of it; None where it has no such fact.
        spread: how far its figures vary.
        words: what it is.
        lacking: tells why no segment holds it, which all have to be asked for.
    """

    figure: Callable[[Profile], Figure | None]
    spread: Spread
    words: str
    lacking: Callable[[], str]


def question_of(
    sides: Sides, metric: str, column: str | None, value: Any, task: str | None
) -> Question:
    """The question that the arguments of `trace` ask.

    Raises:
        ParameterError: there is no such metric, it cannot be traced, or what it is of is not there.
    """
    if metric in UNTRACEABLE:
        raise ParameterError(f"{metric!r} cannot be traced: {UNTRACEABLE[metric]}")
    if metric in COLUMNS:
        check_arguments(metric, task=(task, False), value=(value, COLUMNS[metric].takes_value))
        return of_column(sides, metric, column, value)
    if metric in CONDITIONS:
        check_arguments(metric, task=(task, False), value=(value, False))
        return of_condition(sides, metric, column)
    if metric in LABELS or metric in MEANS:
        check_arguments(metric, column=(column, False))
        return of_task(sides, metric, value, task)
    known = [*COLUMNS, *CONDITIONS, *LABELS, *MEANS]
    near = difflib.get_close_matches(str(metric), known, 1)
    hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(known)}"
    raise ParameterError(f"there is no metric {metric!r} to trace; {hint}")


def check_arguments(metric: str, **given: tuple[Any, bool]) -> None:
    """Refuses what a metric does not take, and asks for what it takes."""
    for name, (argument, wanted) in given.items():
        if wanted and argument is None:
            raise ParameterError(f"{metric!r} needs {name}=")
        if argument is not None and not wanted:
            raise ParameterError(f"{metric!r} takes no {name}=, got {argument!r}")


def of_column(sides: Sides, metric: str, column: str | None, value: Any) -> Question:
    """A metric of a column."""
    kind = COLUMNS[metric]
    name = named(metric, column, "column", (one.columns for one in profiles(sides)))
    ask = partial(kind.figure, value=value) if kind.takes_value else kind.figure

    def figure(profile: Profile) -> Figure | None:
        parts = parts_of(profile, name)
        return ask(parts) if parts else None

    words = kind.words.format(column=name, value=value)
    return Question(figure, kind.spread, words, lambda: f"{name!r} holds {types(sides, name)}")


def of_condition(sides: Sides, metric: str, column: str | None) -> Question:
    """A metric of a condition."""
    kind = CONDITIONS[metric]
    name = named(metric, column, "condition", (one.conditions for one in profiles(sides)))

    def figure(profile: Profile) -> Figure | None:
        found = profile.conditions.get(name)
        return None if found is None else kind.figure(found)

    return Question(figure, kind.spread, kind.words.format(column=name), str)


def of_task(sides: Sides, metric: str, value: Any, task: str | None) -> Question:
    """A metric of what was predicted."""
    name = task_named(metric, task, profiles(sides))
    first = next(one.performance[name] for one in profiles(sides) if name in one.performance)
    if metric in LABELS and first.kind == "classification":
        kind, label = LABELS[metric], label_of(first, metric, value)
        words = f"{metric} of {label!r} of task {name!r}"
        return question_of_task(name, lambda one: kind.figure(one, label), kind.spread, words)
    if metric not in first.METRICS:
        raise ParameterError(
            f"task {name!r} has no {metric!r} to trace; {first.kind} has {list(first.METRICS)}"
        )
    check_arguments(metric, value=(value, False))
    words = f"{metric} of task {name!r}"
    return question_of_task(name, lambda one: mean_of(one, metric), MEANS[metric], words)


def question_of_task(
    name: str, ask: Callable[[Any], Figure | None], spread: Spread, words: str
) -> Question:
    """The question of the answers of a task."""

    def figure(profile: Profile) -> Figure | None:
        found = answers_of(profile, name)
        return None if found is None else ask(found)

    return Question(figure, spread, words, lambda: "there are no such rows")


def task_named(metric: str, task: str | None, there: Iterable[Profile]) -> str:
    """The name of the task, if any segment has it.

    Raises:
        ParameterError: there is none, there are several, or none is called so.
    """
    # Segments of one set have the same tasks, so the first that has any tells.
    known = next((list(one.performance) for one in there if one.performance), [])
    if not known:
        raise ParameterError(
            f"the profiles hold no predictions to trace {metric!r} of; profile with performance="
        )
    if task is None and len(known) == 1:
        return known[0]
    if task is None:
        raise ParameterError(f"there are several tasks, choose one with task=: {known}")
    if task not in known:
        raise ParameterError(not_found("task", task, known))
    return task


def profiles(sides: Sides) -> Iterable[Profile]:
    """All segments of both sides."""
    for side in sides:
        yield from side
        if side.remainder is not None:
            yield side.remainder


def named(metric: str, name: str | None, kind: str, there: Iterable[Iterable[str]]) -> str:
    """The name of a column or a condition, if any segment has it.

    Raises:
        ParameterError: it is not given, or none has it.
    """
    if name is None:
        raise ParameterError(f"{metric!r} needs column=, the name of a {kind}")
    known: dict[str, None] = {}
    for names in there:
        if name in names:
            return name
        known |= dict.fromkeys(names)
    raise ParameterError(not_found(kind, name, known))


def types(sides: Sides, name: str) -> str:
    """The types of a column, for who wonders."""
    found = (one.columns[name].type for one in profiles(sides) if name in one.columns)
    return " or ".join([*dict.fromkeys(found)][:3])
