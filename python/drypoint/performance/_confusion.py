"""Which labels were predicted where which were true."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from typing import TYPE_CHECKING, Any, NamedTuple

from drypoint.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["AVERAGED", "AVERAGES", "Confusion", "LabelCounts", "mcc_of", "ratio"]

AVERAGED = ("precision", "recall", "f1")
"""What has a mean over labels."""
AVERAGES = ("macro", "micro", "weighted")


def ratio(part: float, whole: float) -> float | None:
    """A share; None of nothing."""
    return part / whole if whole else None


def mcc_of(tp: float, fp: float, fn: float, tn: float) -> float | None:
    """Matthews correlation coefficient (Matthews 1975), in [-1, 1]; None of one class only."""
    product = (tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)
    return (tp * tn - fp * fn) / sqrt(product) if product else None


class LabelCounts(NamedTuple):
    """One label against all others: of the rows that have a prediction and a label.

    Attributes:
        label: as text.
        tp: rows that are of it, and were predicted to be.
        fp: rows that are not of it, but were predicted to be.
        fn: rows that are of it, but were not predicted to be.
        tn: rows that are not of it, and were not predicted to be.

    Examples:
        >>> found = LabelCounts("yes", tp=3, fp=1, fn=2, tn=4)
        >>> found.precision, found.recall, found.f1, found.fpr
        (0.75, 0.6, 0.6666666666666666, 0.2)
    """

    label: str
    tp: int
    fp: int
    fn: int
    tn: int

    @property
    def rows(self) -> int:
        """Rows that are of it: its support."""
        return self.tp + self.fn

    @property
    def precision(self) -> float | None:
        """Of the rows that were predicted to be of it, those that are; None without any."""
        return ratio(self.tp, self.tp + self.fp)

    @property
    def recall(self) -> float | None:
        """Of the rows that are of it, those that were predicted to be; None without any."""
        return ratio(self.tp, self.tp + self.fn)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None where neither is a number."""
        return ratio(2 * self.tp, 2 * self.tp + self.fp + self.fn)

    @property
    def fpr(self) -> float | None:
        """Of the rows that are not of it, those that were predicted to be; None without any."""
        return ratio(self.fp, self.fp + self.tn)

    @property
    def mcc(self) -> float | None:
        """Matthews correlation coefficient; None of one class only."""
        return mcc_of(self.tp, self.fp, self.fn, self.tn)


@dataclass(frozen=True, repr=False)
class Confusion:
    """A confusion matrix over the texts of labels.

    Attributes:
        labels: those that are kept apart, in order. After them stands the place of all others, and
            that of what is missing.
        cells: rows by the places of label and prediction; those of 0 rows are left out.
        hits: rows whose prediction is their label, whichever it is.
    """

    labels: tuple[str, ...]
    cells: dict[tuple[int, int], int]
    hits: int

    @classmethod
    def of(cls, facts: Mapping[str, Any]) -> Confusion:
        """From what the core counted."""
        places = zip(facts["actual"], facts["predicted"], strict=True)
        cells = dict(zip(places, facts["cells"], strict=True))
        return cls(tuple(facts["labels"]), cells, facts["hits"])

    def __repr__(self) -> str:
        from drypoint.performance._shown import confusion_as_text

        return confusion_as_text(self)

    @property
    def missing(self) -> int:
        """The place of what is missing."""
        return len(self.labels) + 1

    @cached_property
    def n(self) -> int:
        """Rows that have a prediction and a label."""
        return sum(self.actual.values())

    @property
    def actual(self) -> dict[int, int]:
        """Rows of each label, of those that have a prediction."""
        return self._sums[0]

    @property
    def predicted(self) -> dict[int, int]:
        """Rows of each prediction, of those that have a label."""
        return self._sums[1]

    @cached_property
    def _sums(self) -> tuple[dict[int, int], dict[int, int]]:
        actual: dict[int, int] = defaultdict(int)
        predicted: dict[int, int] = defaultdict(int)
        missing = self.missing
        for (label, prediction), rows in self.cells.items():
            if missing not in (label, prediction):
                actual[label] += rows
                predicted[prediction] += rows
        return actual, predicted

    @property
    def others(self) -> int:
        """Rows whose label or prediction came when as many as may be were kept apart."""
        rest = len(self.labels)
        return sum(rows for place, rows in self.cells.items() if rest in place)

    def without(self, axis: int) -> int:
        """Rows whose label (axis 0) or prediction (axis 1) is missing."""
        return sum(rows for place, rows in self.cells.items() if place[axis] == self.missing)

    @property
    def rows(self) -> int:
        """All rows."""
        return sum(self.cells.values())

    def counts(self, label: str) -> LabelCounts:
        """One label against all others; a label that never came has no rows."""
        place = self.labels.index(label) if label in self.labels else -1
        tp = self.cells.get((place, place), 0)
        fp = self.predicted.get(place, 0) - tp
        fn = self.actual.get(place, 0) - tp
        return LabelCounts(label, tp, fp, fn, self.n - tp - fp - fn)

    @cached_property
    def by_label(self) -> dict[str, LabelCounts]:
        """Every label that is there or was predicted, against all others."""
        found = {label: self.counts(label) for label in self.labels}
        return {label: one for label, one in found.items() if one.rows or one.tp or one.fp}

    def average(self, metric: str, how: str) -> float | None:
        """Precision, recall or F1 over all labels.

        In an average a label that was never predicted has a precision of 0, and one that never
        came a recall of 0, as in scikit-learn. None without rows, and of macro and weighted means
        where some labels are not kept apart.

        Args:
            metric: "precision", "recall" or "f1".
            how: "macro" is the mean over labels, "weighted" that by their rows, "micro" counts rows
                and is the accuracy.

        Raises:
            ParameterError: it is none of these.
        """
        if how not in AVERAGES:
            raise ParameterError(f"the average must be one of {list(AVERAGES)}, got {how!r}")
        if metric not in AVERAGED:
            raise ParameterError(f"{metric!r} has no average; precision, recall and f1 have one")
        if how == "micro" or not self.n:
            return ratio(self.hits, self.n)
        if self.others:
            return None
        values = [(getattr(one, metric) or 0.0, one.rows) for one in self.by_label.values()]
        if how == "macro":
            return sum(value for value, _ in values) / len(values)
        return sum(value * rows for value, rows in values) / self.n

    @property
    def mcc(self) -> float | None:
        """Matthews correlation coefficient of all labels (Gorodkin 2004), in [-1, 1].

        None of one class only, and where some labels are not kept apart.
        """
        if self.others:
            return None
        squares = self.n * self.n
        both = sum(rows * self.predicted.get(place, 0) for place, rows in self.actual.items())
        apart = [
            squares - sum(rows * rows for rows in sums.values())
            for sums in (self.actual, self.predicted)
        ]
        product = apart[0] * apart[1]
        return (self.hits * self.n - both) / sqrt(product) if product > 0 else None
