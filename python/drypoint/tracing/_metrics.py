"""What can be traced of columns and conditions, and what cannot be traced at all."""

from __future__ import annotations

from math import nan
from typing import TYPE_CHECKING, Any, NamedTuple

from drypoint.checks._seen import key_of, seen
from drypoint.checks._target import NoFactError
from drypoint.profiles import ColumnProfile
from drypoint.tracing._side import NOTHING, Figure
from drypoint.tracing._spread import of_means, of_shares

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from drypoint.profiles import ConditionCounts
    from drypoint.tracing._ask import Facts
    from drypoint.tracing._spread import Spread

__all__ = ["COLUMNS", "CONDITIONS", "UNTRACEABLE", "OfColumn", "OfCondition"]


class OfColumn(NamedTuple):
    """A metric of a column.

    Attributes:
        figure: what a segment holds of it, out of what the core says of each type of the column;
            None where it has no such fact.
        spread: how far its figures vary.
        words: what it is, of `{column}`.
        takes_value: whether a value is to be given.
    """

    figure: Callable[..., Figure | None]
    spread: Spread
    words: str
    takes_value: bool = False


class OfCondition(NamedTuple):
    """A metric of a condition, likewise."""

    figure: Callable[[ConditionCounts], Figure]
    spread: Spread
    words: str


def exact(size: float, total: float) -> Figure:
    """What is counted exactly."""
    return Figure(size, total, total, total)


def mean(parts: Sequence[Facts]) -> Figure | None:
    """The mean of the finite numbers, over these."""
    moments = main(parts)["metrics"].get("moments")
    if moments is None or moments["n"] is None:
        return None
    n, found, squares = moments["n"], moments["mean"], moments["m2"]
    if not n or found is None:
        return NOTHING
    total = found * n
    return Figure(n, total, total, total, nan if squares is None else squares)


def null_ratio(parts: Sequence[Facts]) -> Figure:
    """Nulls, over the rows."""
    return exact(sum(one["rows"] for one in parts), sum(one["nulls"] for one in parts))


def of_numbers(name: str) -> Callable[[Sequence[Facts]], Figure | None]:
    """The share of the numbers that are counted under *name*, over those that are not null."""

    def figure(parts: Sequence[Facts]) -> Figure | None:
        one = main(parts)
        found = one["metrics"].get("numbers", {}).get(name)
        return None if found is None else exact(one["rows"] - one["nulls"], found)

    return figure


def share(parts: Sequence[Facts], value: Any) -> Figure | None:
    """The share of the values that are *value*, over those that are not null."""
    column = ColumnProfile([*parts])
    if not column.rows - column.nulls:
        return NOTHING
    try:
        kept = seen(column)
    except NoFactError:
        return None
    found = kept.count(key_of(column.type, value))
    return Figure(kept.values, found.value, found.lower, found.upper)


def main(parts: Sequence[Facts]) -> Facts:
    """The part with most values, as a column profile has it."""
    return max(parts, key=lambda one: one["rows"] - one["nulls"]) if parts[1:] else parts[0]


def condition_ratio(condition: ConditionCounts) -> Figure:
    """Rows that met the condition, over those of which it is known."""
    return exact(condition.matched + condition.failed, condition.matched)


COLUMNS: dict[str, OfColumn] = {
    "mean": OfColumn(mean, of_means, "mean of {column!r}"),
    "null_ratio": OfColumn(null_ratio, of_shares, "share of nulls in {column!r}"),
    "nan_ratio": OfColumn(of_numbers("nans"), of_shares, "share of NaN in {column!r}"),
    "zero_ratio": OfColumn(of_numbers("zeros"), of_shares, "share of zeros in {column!r}"),
    "negative_ratio": OfColumn(of_numbers("negatives"), of_shares, "share below 0 in {column!r}"),
    "share": OfColumn(share, of_shares, "share of {value!r} in {column!r}", takes_value=True),
}
"""By name; each is a weighted mean of its segments."""

CONDITIONS: dict[str, OfCondition] = {
    "condition_ratio": OfCondition(condition_ratio, of_shares, "share of rows that meet {column!r}")
}

ORDER = "that of the whole does not follow from those of its parts; trace a mean or a share instead"
UNTRACEABLE: dict[str, str] = (
    dict.fromkeys(("median", "quantile", "min", "max", "iqr"), f"it is a rank: {ORDER}")
    | dict.fromkeys(("distinct", "unique"), f"segments may share their values: {ORDER}")
    | dict.fromkeys(
        ("std", "variance", "skewness", "kurtosis", "error_std"),
        "it also depends on how far the segments are apart; trace the mean",
    )
    | dict.fromkeys(("rows", "count", "sum"), "it is a total, not a mean: compare it by segment")
    | dict.fromkeys(
        ("auroc", "aupr"), f"rows of one segment are ranked among those of all others: {ORDER}"
    )
    | {
        "rmse": "a root is no weighted mean of its parts; trace 'mse'",
        "r2": "its denominator is no sum over segments; trace 'mse'",
        "mcc": "it is no ratio of two sums over rows; trace 'f1'",
        "ece": "errors of segments cancel out in the whole; trace 'brier' or 'log_loss'",
    }
)
"""Why others cannot be traced."""
