"""By how much figures of a confusion matrix vary: the delta method.

All of them are functions g of the cells cᵢⱼ (label i, prediction j) that do not change when all
cells are multiplied, so Σ cᵢⱼ·∂g/∂cᵢⱼ = 0, and of n rows g has the variance
Σ cᵢⱼ (∂g/∂cᵢⱼ)². With t the rows of a label and p those of a prediction:

- means over L labels: ∂/∂cᵢⱼ is 1/L of (1{i=j} - Pⱼ) / pⱼ of the precision, of
  (1{i=j} - Rᵢ) / tᵢ of the recall, and of Σ over l of (2·1{i=j=l} - F_l (1{i=l} + 1{j=l})) /
  (t_l + p_l) of F1;
- the correlation of Gorodkin (2004), N / √(A·B) with N = n·hits - Σ tₖpₖ, A = n² - Σ pₖ² and
  B = n² - Σ tₖ²: ∂N = hits + n·1{i=j} - pᵢ - tⱼ, ∂A = 2(n - pⱼ), ∂B = 2(n - tᵢ).
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from drypoint.performance._change import Sampled, correlation_limit, share_limit
from drypoint.performance._confusion import Confusion

if TYPE_CHECKING:
    from collections.abc import Callable

    from drypoint.performance._confusion import LabelCounts

__all__ = ["macro_of", "mcc_of_labels", "one_against_others"]


def macro_of(matrix: Confusion, metric: str) -> Sampled | None:
    """The mean of precision, recall or F1 over labels; None where it is not defined."""
    value = matrix.average(metric, "macro")
    if value is None or not matrix.n:
        return None
    labels = len(matrix.by_label)
    step = STEPS[metric](matrix)
    variance = varying(matrix, lambda i, j: step(i, j) / labels)
    return Sampled(value, variance, share_limit(value), matrix.n)


def mcc_of_labels(matrix: Confusion) -> Sampled | None:
    """Matthews correlation coefficient; None where it is not defined."""
    value, n = matrix.mcc, matrix.n
    if value is None:
        return None
    actual, predicted = matrix.actual, matrix.predicted
    a, b = (n * n - sum(x * x for x in sums.values()) for sums in (predicted, actual))
    root = sqrt(a) * sqrt(b)

    def step(i: int, j: int) -> float:
        over = matrix.hits + n * (i == j) - predicted.get(i, 0) - actual.get(j, 0)
        under = (n - predicted[j]) / a + (n - actual[i]) / b
        return over / root - value * under

    return Sampled(value, varying(matrix, step), correlation_limit(value), n)


def one_against_others(counts: LabelCounts) -> Confusion:
    """The matrix of two labels, the one and all others."""
    cells = {(0, 0): counts.tp, (1, 0): counts.fp, (0, 1): counts.fn, (1, 1): counts.tn}
    kept = {place: rows for place, rows in cells.items() if rows}
    return Confusion((counts.label, "others"), kept, counts.tp + counts.tn)


def varying(matrix: Confusion, step: Callable[[int, int], float]) -> float:
    """Σ c·step² over the cells of rows that have a label and a prediction."""
    missing = matrix.missing
    return sum(
        rows * step(*place) ** 2 for place, rows in matrix.cells.items() if missing not in place
    )


def of_precision(matrix: Confusion) -> Callable[[int, int], float]:
    """What a row of label i and prediction j moves the sum of precisions by."""
    predicted, cells = matrix.predicted, matrix.cells
    return lambda i, j: ((i == j) - cells.get((j, j), 0) / predicted[j]) / predicted[j]


def of_recall(matrix: Confusion) -> Callable[[int, int], float]:
    """The same of recalls."""
    actual, cells = matrix.actual, matrix.cells
    return lambda i, j: ((i == j) - cells.get((i, i), 0) / actual[i]) / actual[i]


def of_f1(matrix: Confusion) -> Callable[[int, int], float]:
    """The same of F1."""
    both = {
        place: matrix.actual.get(place, 0) + matrix.predicted.get(place, 0)
        for place in (*matrix.actual, *matrix.predicted)
    }
    part = {place: 2 * matrix.cells.get((place, place), 0) / both[place] ** 2 for place in both}
    return lambda i, j: (2 / both[i] if i == j else 0.0) - part[i] - part[j]


STEPS = {"precision": of_precision, "recall": of_recall, "f1": of_f1}
