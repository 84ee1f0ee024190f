"""`performance`: a number that says how well predictions are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drypoint.checks._entry import Argument, Entry, Measured, meant
from drypoint.checks._forms import TEXT, Form
from drypoint.checks._target import NoFactError
from drypoint.checks._verdict import Verdict

if TYPE_CHECKING:
    from drypoint.checks._target import Target

__all__ = ["ENTRY"]


def measure(target: Target, *, metric: str, task: str | None) -> Measured:
    """The number, exactly or within bounds, and how many rows it rests on."""
    found = answers(target, task)
    if metric not in found.METRICS:
        near = meant(metric, found.METRICS)
        raise NoFactError(f"task {found.name!r} has no {metric!r}{near}", Verdict.FAIL)
    value, rows = found.value(metric), found.rows_of(metric)
    if value is None:
        raise NoFactError(f"{metric} of task {found.name!r} is not defined: {why(found, rows)}")
    return Measured(value, note=f"of {rows:,} rows")


def answers(target: Target, task: str | None) -> Any:
    """The answers of the task, or of the only one.

    Raises:
        NoFactError: the profile was made without it, or has several of which none is named.
    """
    tasks = target.profile.performance
    if task is None and len(tasks) == 1:
        return tasks.only
    if not tasks:
        raise NoFactError("the profile has no task; profile(performance=) takes them", Verdict.FAIL)
    if task is None:
        raise NoFactError(f"there are several tasks, name one of {list(tasks)}", Verdict.FAIL)
    if task not in tasks:
        raise NoFactError(f"task {task!r} not found{meant(task, tasks)}", Verdict.FAIL)
    return tasks[task]


def why(found: Any, rows: int) -> str:
    """Why a number is not defined."""
    return found.flags[-1] if found.flags else f"the {rows:,} rows leave it open"


def optional_text(value: Any) -> str | None:
    """Text that is not empty, or None."""
    return None if value is None else str(TEXT.read(value))


TASK = Argument(
    "task",
    Form("the name of a task", optional_text, {"type": ["string", "null"]}),
    "the name of the task; null for the only one",
    default=None,
)
METRIC = Argument("metric", TEXT, "accuracy, f1, auroc, rmse, ndcg, … as the task has them")
ENTRY = Entry(
    "performance",
    "{metric}",
    measure,
    arguments=(METRIC, TASK),
    of="table",
    unit="number",
)
