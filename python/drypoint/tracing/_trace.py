"""The function that users call; what does the work is loaded by the first call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drypoint.errors import ParameterError

if TYPE_CHECKING:
    from drypoint.profiles import ProfileSet
    from drypoint.tracing._trace_table import Trace

__all__ = ["trace"]


def trace(  # noqa: PLR0913 # each is one thing to be said of what is traced
    current: ProfileSet,
    reference: ProfileSet,
    metric: str,
    *,
    column: str | None = None,
    value: Any = None,
    task: str | None = None,
    confidence: float = 0.95,
) -> Trace:
    """Which segments made a number move, by their size and by their own figure.

    The number is a mean over rows, or a share: `R = Σ wₛ rₛ`, with `wₛ` the share of a segment and
    `rₛ` its own figure. Its change is split as Kitagawa (1955) does it: of each segment
    `(rₛ₁ - rₛ₀)(wₛ₀ + wₛ₁) / 2` is the rate effect, and `(wₛ₁ - wₛ₀)(rₛ₀ + rₛ₁ - R₀ - R₁) / 2` the
    mix effect. All of them add up to the change of the whole, to rounding.

    Args:
        current: the segments now.
        reference: segments by the same keys, that they are compared with.
        metric: of a column `mean`, `null_ratio`, `nan_ratio`, `zero_ratio`, `negative_ratio`, or
            `share` of a value; `condition_ratio` of a condition; of predictions `accuracy`,
            `precision`, `recall`, `f1`, `fpr`, `selection_rate`, `base_rate`, `log_loss`, `brier`,
            the means of errors of a regression, and those of a ranking.
        column: the name of the column, or of the condition.
        value: of `share`, whose share; of a metric of a label, which label, instead of the positive
            one.
        task: the name of the task of a performance metric; needed where there are several.
        confidence: of the bounds of changes, in (0, 1).

    Returns:
        The segments, those that moved the number most first. Rows of the remainder are one segment,
        and a segment that one side lacks is new or gone.

    Raises:
        ParameterError: the keys differ, the metric is unknown or no weighted mean of segments (a
            quantile, a distinct count), what it is of is not there, or one side has nothing to
            measure.
        InputTypeError: one side is no profile set.

    Examples:
        >>> import drypoint as dp
        >>> before = {"city": ["Oslo"] * 3 + ["Kyiv"], "fare": [10.0, 10.0, 10.0, 30.0]}
        >>> after = {"city": ["Oslo", "Oslo", "Kyiv", "Kyiv"], "fare": [10.0, 10.0, 30.0, 40.0]}
        >>> sides = [dp.profile(one, segment_by="city") for one in (after, before)]
        >>> found = dp.trace(*sides, "mean", column="fare")
        >>> found.contribution, found.mix_effect, found.rate_effect
        (7.5, 5.625, 1.875)
        >>> [(one.segment["city"], one.contribution) for one in found]
        [('Kyiv', 5.3125), ('Oslo', 2.1875)]
    """
    from drypoint.tracing._run import run

    if not 0 < confidence < 1:
        raise ParameterError(f"confidence must be between 0 and 1, got {confidence!r}")
    return run(current, reference, metric, column, value, task, confidence)
