"""Predictions of labels: what is compared, and how."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Real
from typing import TYPE_CHECKING, Any, ClassVar, SupportsFloat

from drypoint.errors import ParameterError
from drypoint.performance._columns import (
    as_booleans,
    as_numbers,
    check_labels,
    check_numbers,
    is_boolean,
)
from drypoint.profiles import Parameters, Task
from drypoint.sketches._parameters import integer

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["ClassificationTask", "classification", "text_of"]

MOST_LABELS = 4_096


@dataclass(frozen=True)
class ClassificationTask(Task):
    """What is compared; made by `classification`.

    Attributes:
        label: the column of the truth.
        prediction: that of what was predicted; None if it follows from the score.
        score: that of the probability of *positive*.
        confidence: that of the probability of the prediction.
        positive: the label that is looked for.
        threshold: the score from which on the positive label was predicted.
        max_labels: so many labels are kept apart.
        k: of the sketches of scores.
    """

    kind: ClassVar[str] = "classification"
    label: Any
    prediction: Any = None
    score: Any = None
    confidence: Any = None
    positive: Any = None
    threshold: float | None = None
    max_labels: int = 256
    k: int = 512

    @property
    def columns(self) -> dict[str, Any]:
        scores = self.score if self.confidence is None else self.confidence
        found = {"prediction": self.prediction, "label": self.label, "score": scores}
        return {role: what for role, what in found.items() if what is not None}

    @property
    def options(self) -> dict[str, Any]:
        of_prediction = "nothing" if self.confidence is None else "prediction"
        return {
            "positive": None if self.positive is None else text_of(self.positive),
            "scored": of_prediction if self.score is None else "positive",
            "threshold": self.threshold,
            "most": self.max_labels,
        }

    @property
    def parameters(self) -> Parameters:
        return Parameters(k=self.k)

    def prepared(self, name: str, columns: dict[str, pa.Array]) -> dict[str, pa.Array]:
        scores = {role: array for role, array in columns.items() if role == "score"}
        labels = {role: array for role, array in columns.items() if role != "score"}
        check_labels(name, labels)
        check_numbers(name, scores)
        labels = self._of_one_kind(labels)
        if self.prediction is None:
            labels = self._predicted(labels["label"], scores["score"])
        return labels | scores

    def _of_one_kind(self, labels: dict[str, pa.Array]) -> dict[str, pa.Array]:
        """True and 1 are one label, the one that the positive label is."""
        if isinstance(self.positive, bool):
            return {role: as_booleans(array) for role, array in labels.items()}
        mixed = not all(map(is_boolean, labels.values()))
        if mixed or isinstance(self.positive, Real):
            return {role: as_numbers(array) for role, array in labels.items()}
        return labels

    def _predicted(self, label: pa.Array, score: pa.Array) -> dict[str, pa.Array]:
        """Two labels: the positive one, and one for all others."""
        import pyarrow as pa
        import pyarrow.compute as pc

        positive, negative = text_of(self.positive), negative_of(self.positive)
        numbers = score.cast(pa.float64())
        known = pc.if_else(pc.is_nan(numbers), None, numbers)
        is_predicted = pc.greater_equal(known, pa.scalar(self.threshold, pa.float64()))
        return {
            "prediction": pc.if_else(is_predicted, positive, negative),
            "label": pc.if_else(self._is_positive(label), positive, negative),
        }

    def _is_positive(self, label: pa.Array) -> pa.Array:
        """Which labels are the positive one; null where there is none."""
        import pyarrow as pa
        import pyarrow.compute as pc

        if pa.types.is_null(label.type):
            return pa.nulls(len(label), pa.bool_())
        if pa.types.is_dictionary(label.type) or pa.types.is_run_end_encoded(label.type):
            label = label.cast(label.type.value_type)
        if pa.types.is_floating(label.type):
            label = pc.if_else(pc.is_nan(label), None, label)
        positive = self.positive if is_comparable(label, self.positive) else text_of(self.positive)
        wanted = pa.scalar(positive)
        return pc.equal(label.cast(wanted.type), wanted)


def is_comparable(label: pa.Array, positive: Any) -> bool:
    """Whether a label is compared as the number or the boolean that it is."""
    import pyarrow as pa

    of = label.type
    numeric = pa.types.is_integer(of) or pa.types.is_floating(of)
    return (
        is_boolean(label)
        if isinstance(positive, bool)
        else numeric and not isinstance(positive, str)
    )


def classification(  # noqa: PLR0913 # each is a name of its own
    *,
    label: Any,
    prediction: Any = None,
    score: Any = None,
    confidence: Any = None,
    positive: Any = None,
    threshold: float | None = None,
    max_labels: int = 256,
    k: int = 512,
) -> ClassificationTask:
    """A task for `profile(performance=)`: one of some labels is predicted.

    Columns are names, `pyarrow.compute` expressions, or functions of a record batch. Labels are
    text, numbers, booleans or times, and compared by their text: 1, 1.0 and "1" are one label. A
    null or NaN is missing; rows with one are counted apart.

    Args:
        label: the column of the truth; null where it is not known yet.
        prediction: the column of what was predicted; None if it follows from *score* and
            *threshold*: there are two labels then, *positive* and all others.
        score: the column of the probability of *positive*, in [0, 1]; others are counted apart.
        confidence: of many labels: the column of the probability of what was predicted.
        positive: the label that is looked for. Precision, recall and F1 are of it; without it they
            are the means over all labels (macro).
        threshold: the score from which on *positive* was predicted, in [0, 1].
        max_labels: so many labels are kept apart, 1 to 4,096; those that come later share a row and
            a column of the confusion matrix.
        k: accuracy of the sketches of scores, 8 to 65,535: ranks within 2.296 / k**0.9723.

    Raises:
        ParameterError: an option is out of range, or they do not fit each other.

    Examples:
        >>> import pyarrow as pa
        >>> import drypoint as dp
        >>> rows = pa.table({"y": [1, 0, 1, 1], "p": [0.9, 0.2, 0.4, 0.8], "guess": [1, 0, 0, 1]})
        >>> task = dp.performance.classification(
        ...     label="y", prediction="guess", score="p", positive=1
        ... )
        >>> found = dp.profile(rows, performance=task).performance
        >>> found.accuracy, found.precision, found.recall, found.auroc.value
        (0.75, 1.0, 0.6666666666666666, 1.0)
    """
    check(prediction, score, confidence, positive, threshold)
    integer("max_labels", max_labels, 1, MOST_LABELS)
    Parameters(k=k)
    threshold = None if threshold is None else float(threshold)
    return ClassificationTask(
        label, prediction, score, confidence, positive, threshold, max_labels, k
    )


def check(prediction: Any, score: Any, confidence: Any, positive: Any, threshold: Any) -> None:
    """Refuses options that do not fit each other."""
    if score is not None and confidence is not None:
        raise ParameterError(
            "score= is the probability of the positive label and confidence= that of the "
            "prediction; give one of them"
        )
    if score is not None and positive is None:
        raise ParameterError(
            "score= is the probability of a label; say of which, as in positive=True, or give "
            "confidence= if it is that of the prediction"
        )
    is_share = isinstance(threshold, SupportsFloat) and 0 <= float(threshold) <= 1
    if threshold is not None and not is_share:
        raise ParameterError(f"threshold must be in [0, 1], got {threshold!r}")
    if prediction is None and (score is None or threshold is None):
        raise ParameterError(
            "prediction= names the column of what was predicted; without it score= and threshold= "
            "are needed"
        )


def text_of(label: Any) -> str:
    """A label as the core calls it."""
    if isinstance(label, bool):
        return "true" if label else "false"
    if isinstance(label, float) and label.is_integer():
        return str(int(label))
    return str(label)


def negative_of(positive: Any) -> str:
    """What all other labels are called."""
    if isinstance(positive, bool):
        return text_of(not positive)
    return "0" if text_of(positive) == "1" else f"not {text_of(positive)}"
