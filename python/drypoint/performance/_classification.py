"""How well labels were predicted."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from drypoint.errors import ParameterError
from drypoint.performance._answers import Answers, told
from drypoint.performance._calibration import bins_of, ece_of
from drypoint.performance._classification_task import text_of
from drypoint.performance._confusion import AVERAGED, Confusion, ratio
from drypoint.performance._threshold import counted_at

if TYPE_CHECKING:
    from drypoint.estimate import Estimate
    from drypoint.performance._calibration import CalibrationBin
    from drypoint.performance._change import Figure
    from drypoint.performance._confusion import LabelCounts
    from drypoint.performance._curves import Curve, Scores
    from drypoint.performance._plots import ClassificationPlots
    from drypoint.performance._threshold import ThresholdCounts

__all__ = ["Classification"]

OF_SCORES = ("log_loss", "brier", "auroc", "aupr", "ece")
"""Numbers that scores are needed for; the last is there for the confidence of a prediction too."""


class Classification(Answers):
    """How well labels were predicted; what `Profile.performance` has of such a task.

    With a positive label, precision, recall, F1, FPR and MCC are of it against all others; without
    one, precision, recall and F1 are means over all labels (macro), MCC is of all labels, and there
    is no FPR. They rest on the rows that have a prediction and a label.

    Attributes:
        name: what the task is called.
        rows: how many rows came.

    Examples:
        >>> import pyarrow as pa
        >>> import drypoint as dp
        >>> rows = pa.table({"y": ["a", "b", "b", None], "guess": ["a", "b", "a", "a"]})
        >>> task = dp.performance.classification(label="y", prediction="guess")
        >>> found = dp.profile(rows, performance=task).performance.only
        >>> found.accuracy, found.n, found.missing_labels
        (0.6666666666666666, 3, 1)
        >>> found.by_label["b"].recall, found.average("recall", "macro")
        (0.5, 0.75)
    """

    kind = "classification"
    METRICS: ClassVar[tuple[str, ...]] = (
        "accuracy",
        "precision",
        "recall",
        "f1",
        "fpr",
        "mcc",
        "log_loss",
        "brier",
        "auroc",
        "aupr",
        "ece",
    )

    UNTESTED = ("ece",)
    SAME = ("positive", "scored")

    # ---- Counts

    @cached_property
    def confusion(self) -> Confusion:
        """The confusion matrix."""
        return Confusion.of(self._facts)

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that are kept apart, as text, in order."""
        return self.confusion.labels

    @property
    def positive(self) -> str | None:
        """The label that is looked for, as text; None if all are alike."""
        return self._facts["positive"]  # type: ignore[no-any-return]

    @property
    def threshold(self) -> float | None:
        """The score from which on the positive label was predicted; None if it was not told."""
        return self._facts["threshold"]  # type: ignore[no-any-return]

    @property
    def scored(self) -> str:
        """Of what scores are the probability: "positive", "prediction" or "nothing"."""
        return self._facts["scored"]  # type: ignore[no-any-return]

    @property
    def n(self) -> int:
        """Rows that have a prediction and a label."""
        return self.confusion.n

    @property
    def missing_labels(self) -> int:
        """Rows whose label is null or NaN."""
        return self.confusion.without(0)

    @property
    def missing_predictions(self) -> int:
        """Rows whose prediction is null or NaN."""
        return self.confusion.without(1)

    @property
    def missing_scores(self) -> int:
        """Rows whose score is null or NaN; 0 without scores."""
        return self._facts["unscored"]  # type: ignore[no-any-return]

    @property
    def scores_outside(self) -> int:
        """Rows whose score is outside [0, 1], which is no probability; they are left out."""
        return self._facts["outside"]  # type: ignore[no-any-return]

    @property
    def other_labels(self) -> int:
        """Rows with labels that came when as many as may be were kept apart."""
        return self.confusion.others

    @property
    def scored_rows(self) -> int:
        """Rows whose score is in [0, 1] and whose outcome is known."""
        return sum(self._facts["bin_rows"])

    @property
    def by_label(self) -> dict[str, LabelCounts]:
        """Every label that is there or was predicted, against all others."""
        return self.confusion.by_label

    @cached_property
    def positive_counts(self) -> LabelCounts | None:
        """The positive label against all others; None without one."""
        return None if self.positive is None else self.confusion.counts(self.positive)

    def counts(self, label: Any) -> LabelCounts:
        """One label against all others; a label that never came has no rows."""
        return self.confusion.counts(text_of(label))

    # ---- Of predictions

    @property
    def accuracy(self) -> float | None:
        """The share of the rows whose prediction is their label; None without rows."""
        return ratio(self.confusion.hits, self.n)

    @property
    def precision(self) -> float | None:
        """Of the rows that were predicted to be positive, those that are; None without any."""
        return self._of_labels("precision")

    @property
    def recall(self) -> float | None:
        """Of the rows that are positive, those that were predicted to be; None without any."""
        return self._of_labels("recall")

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None where neither is a number."""
        return self._of_labels("f1")

    @property
    def fpr(self) -> float | None:
        """Of the rows that are not positive, those that were predicted to be; None without any."""
        found = self.positive_counts
        return None if found is None else found.fpr

    @property
    def mcc(self) -> float | None:
        """Matthews correlation coefficient, in [-1, 1]; None of one class only."""
        found = self.positive_counts
        return self.confusion.mcc if found is None else found.mcc

    def _of_labels(self, metric: str) -> float | None:
        """Of the positive label; without one, the mean over all labels."""
        found = self.positive_counts
        if found is None:
            return self.average(metric, "macro")
        return getattr(found, metric)  # type: ignore[no-any-return]

    def average(self, metric: str, how: str) -> float | None:
        """Precision, recall or F1 over all labels, as `Confusion.average` has it."""
        return self.confusion.average(metric, how)

    # ---- Of scores

    @property
    def log_loss(self) -> float | None:
        """The mean of -ln of the probability that was given to the truth; None without scores.

        Probabilities are kept 2.2e-16 away from 0 and 1, as in scikit-learn.
        """
        return self._of_scores("log_loss")

    @property
    def brier(self) -> float | None:
        """The mean squared error of the scores (Brier 1950), in [0, 1]; None without scores."""
        return self._of_scores("brier")

    def _of_scores(self, name: str) -> float | None:
        if self.scored != "positive":
            return None
        return ratio(self._facts[name], self.scored_rows)

    @cached_property
    def _scores(self) -> Scores | None:
        """The sketches of the scores; None without scores of both classes."""
        from drypoint.performance._curves import Scores

        if self.scored != "positive":
            return None
        facts = self._facts
        return Scores.of(facts["klls"], facts["bin_rows"], facts["bin_hits"])

    @property
    def auroc(self) -> Estimate[float] | None:
        """The area under the ROC curve: how likely a positive row has a higher score than another.

        Within bounds at 98 %, exact up to k scores of each class; None of one class only.
        """
        return None if self._scores is None else self._scores.auroc

    @property
    def aupr(self) -> Estimate[float] | None:
        """Average precision, which is the area under the curve of precision by recall.

        Within bounds at 98 %, exact up to k scores of each class; None of one class only.
        """
        return None if self._scores is None else self._scores.aupr

    def roc(self) -> Curve | None:
        """The ROC curve, a point for each score that the sketches keep; None of one class only."""
        return None if self._scores is None else self._scores.roc()

    def precision_recall(self) -> Curve | None:
        """Precision by recall, likewise; None of one class only."""
        return None if self._scores is None else self._scores.precision_recall()

    def at_threshold(self, threshold: float) -> ThresholdCounts:
        """What would be if the positive label were predicted from another score on.

        Args:
            threshold: in [0, 1].

        Raises:
            ParameterError: there are no scores of a positive label, or *threshold* is out of range.
        """
        if self.scored != "positive":
            raise ParameterError(
                f"task {self.name!r} has no scores of a positive label, so its threshold cannot be "
                "moved; classification(score=, positive=) takes them"
            )
        return counted_at(threshold, self._facts["klls"])

    def calibration(self) -> tuple[CalibrationBin, ...]:
        """Mean scores beside what came true, in 20 bins of equal width; empty without scores.

        Of a confidence what comes true is that the prediction is right.
        """
        if self.scored == "nothing":
            return ()
        return bins_of(*(self._facts[f"bin_{what}"] for what in ("rows", "sums", "hits")))

    @property
    def ece(self) -> float | None:
        """Expected calibration error over 20 bins, in [0, 1]; None without scores."""
        return ece_of(self.calibration())

    @property
    def plot(self) -> ClassificationPlots:
        """Its charts, such as `plot.roc()`; they need the extra `drypoint[report]`."""
        from drypoint.performance._plots import ClassificationPlots

        return ClassificationPlots(self)

    # ---- Beside a reference

    def figure(self, metric: str) -> Figure | None:
        from drypoint.performance._figures import figure_of

        return figure_of(self, metric)

    def lawless(self, reference: Answers, metric: str) -> str | None:
        from drypoint.performance._figures import rare

        if isinstance(reference, Classification) and self.positive is None and metric in AVERAGED:
            return rare(self.confusion, reference.confusion)
        return super().lawless(reference, metric)

    # ---- As other things

    @property
    def about(self) -> tuple[str, ...]:
        if self.positive is not None:
            return (f"positive: {self.positive}",)
        return (f"means over {len(self.labels):,} labels",)

    @property
    def asked(self) -> tuple[str, ...]:
        absent = {"nothing": OF_SCORES, "prediction": OF_SCORES[:-1], "positive": ()}[self.scored]
        bare = ("fpr",) if self.positive is None else ()
        return tuple(name for name in self.METRICS if name not in (*absent, *bare))

    def rows_of(self, metric: str) -> int:
        self._check(metric)
        return self.scored_rows if metric in OF_SCORES else self.n

    @property
    def flags(self) -> tuple[str, ...]:
        left_out = told(
            (self.missing_predictions, "row", "without a prediction: left out"),
            (self.missing_labels, "row", "without a label: left out"),
            (self.missing_scores, "row", "without a score: left out of what scores say"),
            (self.scores_outside, "score", "outside [0, 1]: no probability, left out"),
            (self.other_labels, "row", f"with labels beyond the first {len(self.labels):,}"),
        )
        return (*left_out, *self._one_sided())

    def _one_sided(self) -> list[str]:
        """What is missing for a judgement at all."""
        if not self.n:
            return ["no row has a prediction and a label"]
        if self.positive is not None and self.positive not in self.labels:
            return [f"the positive label {self.positive!r} never came"]
        present = [place for place, rows in self.confusion.actual.items() if rows]
        return ["all rows are of one label"] if len(present) == 1 and not self.other_labels else []

    def _about(self) -> dict[str, Any]:
        names = (
            "positive",
            "threshold",
            "n",
            "missing_predictions",
            "missing_labels",
            "missing_scores",
            "scores_outside",
            "other_labels",
        )
        by_label = {
            label: one._asdict() | {"precision": one.precision, "recall": one.recall, "f1": one.f1}
            for label, one in self.by_label.items()
        }
        return {name: getattr(self, name) for name in names} | {
            "labels": list(by_label.values()),
            "calibration": [one._asdict() for one in self.calibration() if one.rows],
        }
