"""Charts of predictions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint._drawn import Plots

if TYPE_CHECKING:
    import altair as alt

    from drypoint.performance._classification import Classification

__all__ = ["ClassificationPlots"]


class ClassificationPlots(Plots):
    """Charts of a classification.

    Each returns an Altair chart, which can be restyled, combined and saved; it needs the extra
    `drypoint[report]`. A `ParameterError` says what is missing for one.
    """

    __slots__ = ()
    _of: Classification

    def confusion(self) -> alt.LayerChart:
        """The confusion matrix, each row as shares of its label."""
        return self._chart("confusion", f"task {self._of.name!r} has no rows to draw")

    def roc(self) -> alt.LayerChart:
        """The ROC curve, with its band at 95 %."""
        return self._chart("roc", self._unscored("a positive label, in rows of both classes"))

    def calibration(self) -> alt.LayerChart:
        """Mean scores beside what came true, with intervals at 95 %."""
        return self._chart("calibration", self._unscored("what was predicted"))

    def _unscored(self, of: str) -> str:
        return f"task {self._of.name!r} has no scores of {of}; classification(score=) takes them"
