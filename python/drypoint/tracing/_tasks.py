"""What can be traced of predictions: whatever is a ratio of two sums over rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from drypoint.errors import ParameterError
from drypoint.fairness._predictions import rate_of
from drypoint.performance._classification_task import text_of
from drypoint.tracing._side import NOTHING, Figure
from drypoint.tracing._spread import of_f1, of_means, of_shares, unknown

if TYPE_CHECKING:
    from collections.abc import Callable

    from drypoint.performance import Classification
    from drypoint.tracing._spread import Spread

__all__ = ["LABELS", "MEANS", "OfLabel", "label_of", "mean_of"]


class OfLabel(NamedTuple):
    """A metric of one label, against all others.

    Attributes:
        figure: what a segment holds of it.
        spread: how far its figures vary.
    """

    figure: Callable[[Classification, str], Figure]
    spread: Spread


def rate(name: str) -> Callable[[Classification, str], Figure]:
    """One of the rates that groups are compared by."""

    def figure(answers: Classification, label: str) -> Figure:
        found = rate_of(answers, label, name)
        return Figure(found.size, found.found, found.lower, found.upper)

    return figure


def f1(answers: Classification, label: str) -> Figure:
    """2 TP / (2 TP + FP + FN)."""
    _, tp, fp, fn, _ = answers.confusion.counts(label)
    return Figure(2 * tp + fp + fn, 2 * tp, 2 * tp, 2 * tp)


LABELS: dict[str, OfLabel] = {
    name: OfLabel(rate(name), of_shares)
    for name in ("precision", "recall", "fpr", "selection_rate", "base_rate")
} | {"f1": OfLabel(f1, of_f1)}
"""By name; of the positive label, or of the one that is given."""

SUMS = ("log_loss", "brier", "mae", "mse", "mape", "smape")
RANKS = ("precision", "recall", "average_precision", "ndcg", "reciprocal_rank")
MEANS: dict[str, Spread] = dict.fromkeys((*SUMS, *RANKS), unknown) | {
    "accuracy": of_shares,
    "bias": of_means,
}
"""Means over rows, of whatever task; of most it is not kept how far they vary."""


def mean_of(answers: Any, metric: str) -> Figure:
    """A mean over rows: its sum is the mean times how many it rests on."""
    found, rows = answers.value(metric), answers.rows_of(metric)
    if found is None or not rows:
        return NOTHING
    total = float(found) * rows
    std = answers.error_std if metric == "bias" else None
    return Figure(rows, total, total, total, 0.0 if std is None else std**2 * (rows - 1))


def label_of(answers: Classification, metric: str, value: Any) -> str:
    """The label that a metric is of, as text.

    Raises:
        ParameterError: there is none, so that the metric is a mean over labels.
    """
    if value is not None:
        return text_of(value)
    if answers.positive is None:
        raise ParameterError(
            f"{metric!r} over all labels cannot be traced, since it is no ratio of two sums over "
            f"rows; give value=, one of {list(answers.labels)[:10]}"
        )
    return answers.positive
