"""How well tasks were done: numbers, the confusion matrix, curves, and the same by segment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drypoint.profiles._cells import Cell, of_number
from drypoint.profiles._format import clean, count, cut
from drypoint.profiles._grid import block
from drypoint.profiles._table import label
from drypoint.report._blocks import table_of
from drypoint.report._parts import part_of, section

if TYPE_CHECKING:
    from drypoint.performance._answers import Answers
    from drypoint.profiles import ProfileSet
    from drypoint.report._inputs import Inputs

__all__ = ["performance_of"]

LARGEST = 50
"""Segments that are shown."""
SHOWN = 6
"""Numbers that are shown of each."""
FIRST = {"classification": "accuracy", "regression": "mae", "ranking": "ndcg"}
"""The one that is drawn."""


def performance_of(inputs: Inputs) -> dict[str, Any] | None:
    """All tasks; None without any."""
    if not inputs.tasks:
        return None
    parts = [part for task in inputs.tasks for part in parts_of(task, inputs)]
    lead = " · ".join(one.summary for one in inputs.tasks)
    return section("performance", "Performance", lead, parts)


def parts_of(task: Answers, inputs: Inputs) -> list[dict[str, Any] | None]:
    """One task: its numbers, its pictures, and its numbers by segment."""
    from drypoint.performance._shown import blocks, notes

    name = "" if len(inputs.tasks) == 1 else f", {clean(task.name)}"
    numbers = blocks(task)
    found = [
        part_of(f"Numbers{name}", table_of(numbers) if numbers else None, notes=notes(task)),
        *drawn(task, name),
    ]
    return found + [part for one in inputs.sets for part in in_segments(task, one, name)]


def drawn(task: Any, name: str) -> list[dict[str, Any] | None]:
    """The pictures of a classification."""
    from drypoint.report import charts

    if task.kind != "classification":
        return []
    return [
        part_of(f"Confusion matrix{name}", drawing=charts.confusion(task)),
        part_of(f"ROC curve{name}", drawing=charts.roc(task)),
        part_of(f"Calibration{name}", drawing=charts.calibration(task)),
    ]


def in_segments(task: Answers, profiles: ProfileSet, name: str) -> list[dict[str, Any] | None]:
    """The picture of one number by segment, and the table of several."""
    from drypoint.report import charts

    table = by_segment(task, profiles)
    if table is None:
        return []
    metric = FIRST[task.kind]
    drawing = charts.segments_performance(profiles, metric, task=task.name)
    return [
        part_of(f"{metric.capitalize()} by segment{name}", drawing=drawing),
        part_of(f"By segment{name}", table),
    ]


def by_segment(task: Answers, profiles: ProfileSet) -> dict[str, Any] | None:
    """The first numbers of a task in the largest segments; None if none has it."""
    from drypoint.performance._shown import cell

    largest = sorted(profiles, key=lambda one: one.rows, reverse=True)[:LARGEST]
    found = [(one, one.performance[task.name]) for one in largest if task.name in one.performance]
    if not found:
        return None
    names = [name for name in task.asked if task.value(name) is not None][:SHOWN]
    keys = [", ".join(label(one.segment[key]) for key in profiles.keys) for one, _ in found]
    blocks = [
        block(
            ", ".join(map(clean, profiles.keys)), [Cell(cut(key, 60)) for key in keys], left=True
        ),
        block("rows", [of_number(count(one.rows)) for one, _ in found]),
    ]
    for name in names:
        values = [answers.value(name) for _, answers in found]
        cells = [Cell("–") if one is None else cell(one) for one in values]
        blocks.append(block(name, cells))
    return table_of(blocks)
