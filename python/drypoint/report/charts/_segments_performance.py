"""One figure of each segment, with its interval, beside that of all rows."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any

import numpy as np

from drypoint.errors import ParameterError
from drypoint.estimate import Estimate
from drypoint.profiles._format import clean, count, cut, number
from drypoint.profiles._table import counted, label
from drypoint.report.charts._axis import numbers
from drypoint.report.charts._drawing import Drawing
from drypoint.report.charts._figures import at, figure, lines_of
from drypoint.report.charts._rows import MOST, STEP, rows_of, template

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drypoint.profiles import Profile, ProfileSet

__all__ = ["TEMPLATES", "segments_performance"]

HINTS = (
    ("label", "segment"),
    ("written", "value"),
    ("within", "within"),
    ("rows", "rests on"),
)
TEMPLATES = {"segments": template((("segment", "current", "circle"),), HINTS)}
CONFIDENCE = 0.95
NAME = 38


def segments_performance(  # noqa: PLR0913 # those of `trace`
    profiles: ProfileSet,
    metric: str = "accuracy",
    *,
    column: str | None = None,
    value: Any = None,
    task: str | None = None,
    n: int = MOST,
) -> Drawing | None:
    """A metric of each segment, the least first, with its interval and the figure of all rows.

    Intervals are at 95 %: Wilson's of shares, Student's of means; of areas under curves those that
    sketches leave open. Of other metrics it is not kept how far they vary.

    Args:
        profiles: the segments.
        metric: what `trace` takes, or `auroc` and other numbers of a task.
        column: see `trace`.
        value: see `trace`.
        task: see `trace`.
        n: how many segments are drawn: the largest.

    Returns:
        None where no segment has it.

    Raises:
        ParameterError: there is no such metric, or what it is of is not there.
    """
    # Loaded here, since it loads checks and performance, which few reports need.
    from drypoint.tracing._metrics import UNTRACEABLE

    if metric in UNTRACEABLE:
        words, figures, whole = of_answers(profiles, metric, task)
    else:
        words, figures, whole = of_question(profiles, metric, column, value, task)
    known = [(one, found, size) for one, found, size in figures if found is not None]
    if not known:
        return None
    largest = sorted(known, key=lambda one: -one[2])[:n]
    shown = sorted(largest, key=lambda one: one[1].value)
    return drawn(words, shown, len(known), whole)


Row = tuple["dict[str, str | None]", Any, float]


def of_question(
    profiles: ProfileSet, metric: str, column: str | None, value: Any, task: str | None
) -> tuple[str, list[Row], float | None]:
    """What is a ratio of two sums over rows: figures, and how many each rests on."""
    from drypoint.tracing._question import question_of
    from drypoint.tracing._side import NOTHING, side_of, whole_of

    question = question_of((profiles, profiles), metric, column, value, task)
    side = side_of([question.figure(one) or NOTHING for one in profiles])
    with np.errstate(invalid="ignore", divide="ignore"):
        lower, upper = question.spread(side, CONFIDENCE)
    columns = zip(side.value, lower, upper, side.size, profiles, strict=True)
    rows: list[Row] = []
    for found, least, most, size, one in columns:
        ends = (float(least), float(most)) if isfinite(least + most) else (float(found),) * 2
        made = Estimate(float(found), *ends, CONFIDENCE)
        rows.append((one.segment, made if size else None, float(size)))
    whole = whole_of(side)
    return question.words, rows, float(whole.value[0]) if whole.size[0] else None


def of_answers(
    profiles: ProfileSet, metric: str, task: str | None
) -> tuple[str, list[Row], float | None]:
    """A number of a task that is none, with the bounds that it has."""
    from drypoint.tracing._question import task_named

    name = task_named(metric, task, profiles)
    there = [one for one in profiles if name in one.performance]
    rows: list[Row] = [
        (one.segment, estimated(one, name, metric), one.performance[name].rows_of(metric))
        for one in there
    ]
    overall = profiles.overall
    whole = None if overall is None else estimated(overall, name, metric)
    return f"{metric} of task {name!r}", rows, None if whole is None else whole.value


def estimated(profile: Profile, name: str, metric: str) -> Estimate[float] | None:
    """A number of a task as an estimate.

    Raises:
        ParameterError: the task has no such number.
    """
    answers = profile.performance[name]
    if metric not in answers.METRICS:
        raise ParameterError(
            f"task {name!r} has no {metric!r} to draw; {answers.kind} has {list(answers.METRICS)}"
        )
    found = answers.value(metric)
    if found is None or isinstance(found, Estimate):
        return found
    return Estimate(found, found, found)


def drawn(words: str, shown: Sequence[Row], every: int, whole: float | None) -> Drawing:
    """The picture."""
    found: list[Estimate[float]] = [one for _, one, _ in shown]
    names = [name_of(segment) for segment, _, _ in shown]
    data = rows_of(
        names, found, [f"{number(one.value)}" for one in found], ["segment"] * len(shown)
    )
    data |= {
        "floor": [None] * len(shown),
        "start": [None] * len(shown),
        "within": [
            "exact" if one.is_exact else f"{number(one.lower)} to {number(one.upper)}"
            for one in found
        ],
        "rows": [count(size) for _, _, size in shown],
    }
    most = max(abs(end) for one in found for end in one.bounds)
    sure = max((one.confidence for one in found if not one.is_exact), default=None)
    largest = "" if len(shown) == every else f"; the {len(shown)} largest are drawn"
    told = [f"{counted(every, 'segment')}{largest}."]
    if whole is not None:
        told.append(f"Dashed: all rows together, {number(whole)}.")
    told.append("Exact." if sure is None else f"Lines: intervals, each at {at(sure)}.")
    title = clean(words)
    params = {
        "title": cut(title[:1].upper() + title[1:], 50),
        "height": STEP * len(shown),
        "subtitle": lines_of(told),
        "scale": {"zero": False, "nice": False, "padding": 8},
        "axis": numbers(most) | {"tickCount": 5},
        "x_title": cut(title, 50),
        "lines": []
        if whole is None
        else [{"at": figure(whole), "text": f"all rows: {number(whole)}"}],
    }
    ends = [f"{names[end]} with {number(found[end].value)}" for end in (0, -1)]
    text = f"{title[:1].upper() + title[1:]} by segment, from {' to '.join(ends)}."
    return Drawing("segments", data, params, text)


def name_of(segment: dict[str, str | None]) -> str:
    """The keys and values of a segment."""
    text = ", ".join(f"{clean(key)}={label(value)}" for key, value in segment.items())
    return cut(text, NAME, middle=True)
