"""Figures of a classification, each with how much it varies from sample to sample."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.performance._change import EXPECTED, F1, Share
from drypoint.performance._change_labels import macro_of, mcc_of_labels, one_against_others
from drypoint.profiles._table import counted

if TYPE_CHECKING:
    from drypoint.performance._change import Figure
    from drypoint.performance._classification import Classification
    from drypoint.performance._confusion import Confusion, LabelCounts

__all__ = ["figure_of"]


def figure_of(found: Classification, metric: str) -> Figure | None:
    """A number by its name; None where it is not defined."""
    counts, matrix = found.positive_counts, found.confusion
    if metric == "accuracy":
        return share_of(matrix.hits, matrix.n)
    if metric in ("log_loss", "brier", "auroc", "aupr"):
        return of_scores(found, metric)
    if counts is None:
        return mcc_of_labels(matrix) if metric == "mcc" else macro_of(matrix, metric)
    return mcc_of_labels(one_against_others(counts)) if metric == "mcc" else SHARES[metric](counts)


def of_scores(found: Classification, metric: str) -> Figure | None:
    """Likewise, of what scores say."""
    from drypoint.performance._change_scores import ScoreSample

    value = found.value(metric)
    if value is None:
        return None
    facts = found._facts  # noqa: SLF001 # of this part of the house
    scores = ScoreSample(facts["klls"], found._scores)  # noqa: SLF001 # likewise
    if metric in ("log_loss", "brier"):
        return scores.loss(metric, value)
    return scores.auroc() if metric == "auroc" else scores.aupr()


def rare(*sides: Confusion) -> str | None:
    """Which label has too few rows, on one side, for the law of a mean over labels."""
    for label in dict.fromkeys(label for one in sides for label in one.by_label):
        rows = min(one.counts(label).rows for one in sides)
        if rows < EXPECTED:
            what = f"label {label!r} has {counted(rows, 'row')}"
            return f"{what}, too few for the law of chance; {EXPECTED} are enough"
    return None


def share_of(count: int, of: int) -> Share | None:
    """A share; None of nothing."""
    return Share(count, of) if of else None


def f1_of(counts: LabelCounts) -> F1 | None:
    """F1 of a label; None where it neither came nor was predicted."""
    of = counts.tp + counts.fp + counts.fn
    return F1(counts.tp, of) if of else None


SHARES = {
    "precision": lambda one: share_of(one.tp, one.tp + one.fp),
    "recall": lambda one: share_of(one.tp, one.tp + one.fn),
    "fpr": lambda one: share_of(one.fp, one.fp + one.tn),
    "f1": f1_of,
}
"""Of the positive label."""
