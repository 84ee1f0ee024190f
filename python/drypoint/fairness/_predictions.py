"""The rates of a label out of a confusion matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.fairness._counts import Count

if TYPE_CHECKING:
    from drypoint.performance import Classification

__all__ = ["rate_of"]


def rate_of(answers: Classification, label: str, name: str) -> Count:
    """How often *label* was predicted, or came, or both: a rate of `Counts` by its name.

    What was predicted counts before the truth is known, and the truth where nothing was predicted;
    the other rates are of rows that have both.
    """
    if name in ROLES:
        confusion, role = answers.confusion, ROLES[name]
        place = confusion.labels.index(label) if label in confusion.labels else -1
        there = [(at[role], rows) for at, rows in confusion.cells.items()]
        known = [(at, rows) for at, rows in there if at != confusion.missing]
        return exact(sum(rows for at, rows in known if at == place), sum(rows for _, rows in known))
    _, tp, fp, fn, tn = answers.confusion.counts(label)
    if name == "fpr":
        return exact(fp, fp + tn)
    return exact(tp, tp + (fn if name == "recall" else fp))


ROLES = {"base_rate": 0, "selection_rate": 1}
"""Rates of one side of the matrix: of labels, and of predictions."""


def exact(found: int, size: int) -> Count:
    """What is counted exactly."""
    return Count(found, found, found, size)
