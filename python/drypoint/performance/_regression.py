"""How well numbers were predicted."""

from __future__ import annotations

from functools import cached_property
from math import isfinite, sqrt
from typing import TYPE_CHECKING, Any, ClassVar

from drypoint.performance._answers import Answers, told
from drypoint.performance._change import Sampled, root
from drypoint.performance._confusion import ratio
from drypoint.profiles._plain import measured
from drypoint.sketches import KllSketch

if TYPE_CHECKING:
    from drypoint.estimate import Estimate
    from drypoint.performance._change import Figure

__all__ = ["Regression"]

QUANTILES = (0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0)


class Regression(Answers):
    """How well numbers were predicted; what `Profile.performance` has of such a task.

    The error of a row is its prediction less its label. Numbers rest on the rows that have both,
    both finite; a number that is beyond the range of doubles is None.

    Attributes:
        name: what the task is called.
        rows: how many rows came.
    """

    kind = "regression"
    METRICS: ClassVar[tuple[str, ...]] = (
        "mae",
        "rmse",
        "mse",
        "r2",
        "bias",
        "error_std",
        "mape",
        "smape",
    )

    UNTESTED = ("r2", "mape", "smape")
    TWICE = ("mse",)

    # ---- Counts

    @property
    def n(self) -> int:
        """Rows that have a prediction and a label, both finite."""
        return self._facts["n"]  # type: ignore[no-any-return]

    @property
    def missing_predictions(self) -> int:
        """Rows whose prediction is null or NaN."""
        return self._facts["missing"][0] + self._facts["missing"][2]  # type: ignore[no-any-return]

    @property
    def missing_labels(self) -> int:
        """Rows whose label is null or NaN."""
        return self._facts["missing"][1] + self._facts["missing"][2]  # type: ignore[no-any-return]

    @property
    def infinite(self) -> int:
        """Rows with an infinite prediction, label or error; they are left out."""
        return self._facts["infinite"]  # type: ignore[no-any-return]

    @property
    def zero_labels(self) -> int:
        """Rows whose label is 0, of which MAPE has no share."""
        return self._facts["zero_labels"]  # type: ignore[no-any-return]

    # ---- Errors

    @property
    def mae(self) -> float | None:
        """Mean absolute error; None without rows."""
        return finite(ratio(self._facts["absolute"], self.n))

    @property
    def mse(self) -> float | None:
        """Mean squared error; None without rows."""
        return finite(ratio(self._facts["squares"], self.n))

    @property
    def rmse(self) -> float | None:
        """The root of the mean squared error; None without rows."""
        return None if self.mse is None else sqrt(self.mse)

    @property
    def r2(self) -> float | None:
        """Coefficient of determination: 1 less the squared errors over those of the mean label.

        1 at best, below 0 where the mean would have been better; None where all labels are equal.
        """
        apart = self._facts["label"][1]
        part = finite(self._facts["squares"] / apart) if self.n > 1 and apart > 0 else None
        return None if part is None else 1 - part

    @property
    def bias(self) -> float | None:
        """The mean error: above 0 where predictions are too high; None without rows."""
        return finite(self._facts["error"][0]) if self.n else None

    @property
    def error_std(self) -> float | None:
        """The sample standard deviation of errors, with n - 1; None of fewer than two rows."""
        m2 = self._facts["error"][1]
        return finite(sqrt(m2 / (self.n - 1))) if self.n > 1 and m2 >= 0 else None

    @property
    def mape(self) -> float | None:
        """The mean of |error| / |label|, as a share, of labels that are not 0; None without any."""
        return finite(ratio(self._facts["relative"], self.n - self.zero_labels))

    @property
    def smape(self) -> float | None:
        """The mean of 2 |error| / (|prediction| + |label|), in [0, 2]; 0 where both are 0.

        None without rows.
        """
        return finite(ratio(self._facts["symmetric"], self.n))

    # ---- Their distribution

    @cached_property
    def errors(self) -> KllSketch:
        """The sketch of the errors."""
        return KllSketch.from_bytes(self._facts["klls"][0])

    @cached_property
    def absolute_errors(self) -> KllSketch:
        """The sketch of the sizes of the errors."""
        return KllSketch.from_bytes(self._facts["klls"][1])

    def error_quantile(self, q: float) -> Estimate[float] | None:
        """The error at a rank, within bounds at 99 %; None without rows.

        Args:
            q: in [0, 1].
        """
        return self.errors.quantile(q)

    def absolute_error_quantile(self, q: float) -> Estimate[float] | None:
        """The size of errors at a rank: 0.9 for what nine of ten are within; None without rows.

        Args:
            q: in [0, 1].
        """
        return self.absolute_errors.quantile(q)

    # ---- Beside a reference

    def figure(self, metric: str) -> Figure | None:
        value, n = self.value(metric), self.n
        if value is None:
            return None
        if metric in ("mae", "bias"):
            # E|e|² is E e².
            square = (self._facts["squares"] / n - value * value) * n / max(1, n - 1)
            return Sampled.mean(value, root(square), n)
        squared = self._deviation_of_squares(around_mean=metric == "error_std")
        steep = 1.0 if metric == "mse" else 1 / (2 * value) if value else 0.0
        return Sampled.smooth(value, squared * steep, n)

    def _deviation_of_squares(self, *, around_mean: bool) -> float:
        """The standard deviation of e², or of (e - mean)²."""
        n, (mean, m2, m3, m4) = self.n, self._facts["error"]
        by = 0.0 if around_mean else mean
        # Σ (d + by)⁴ with d = e - mean, of which Σ d is 0.
        fourth = (m4 + 4 * by * m3 + 6 * by * by * m2) / n + by * by * by * by
        square = m2 / n + by * by
        return root(fourth - square * square)

    # ---- As other things

    def rows_of(self, metric: str) -> int:
        self._check(metric)
        return self.n - self.zero_labels if metric == "mape" else self.n

    @property
    def flags(self) -> tuple[str, ...]:
        left_out = told(
            (self.missing_predictions, "row", "without a prediction: left out"),
            (self.missing_labels, "row", "without a label: left out"),
            (self.infinite, "row", "with an infinity: left out"),
            (self.zero_labels, "label", "of 0, of which MAPE has no share"),
        )
        return (*left_out, *([] if self.n else ["no row has a prediction and a label"]))

    def _about(self) -> dict[str, Any]:
        names = ("n", "missing_predictions", "missing_labels", "infinite", "zero_labels")
        quantiles = {f"{q:g}": measured(self.error_quantile(q)) for q in QUANTILES}
        return {name: getattr(self, name) for name in names} | {"error_quantiles": quantiles}


def finite(value: float | None) -> float | None:
    """A number; None if it is beyond the range of doubles."""
    return value if value is not None and isfinite(value) else None
