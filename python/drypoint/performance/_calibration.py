"""Whether scores are the probabilities that they claim to be."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["CalibrationBin", "bins_of", "ece_of"]


class CalibrationBin(NamedTuple):
    """Scores of one bin.

    Attributes:
        lower: where it begins.
        upper: where it ends; the last bin holds 1 too, no other holds its end.
        rows: scores in it whose outcome is known.
        score: their mean; None without any.
        rate: the share of them that came true; None without any.
    """

    lower: float
    upper: float
    rows: int
    score: float | None
    rate: float | None


def bins_of(
    rows: Sequence[int], sums: Sequence[float], hits: Sequence[int]
) -> tuple[CalibrationBin, ...]:
    """Bins of equal width in [0, 1]."""
    count = len(rows)
    return tuple(
        CalibrationBin(
            index / count, (index + 1) / count, n, total / n if n else None, hit / n if n else None
        )
        for index, (n, total, hit) in enumerate(zip(rows, sums, hits, strict=True))
    )


def ece_of(bins: Sequence[CalibrationBin]) -> float | None:
    """Expected calibration error (Naeini, Cooper and Hauskrecht 2015), in [0, 1].

    The mean over rows of how far the rate of their bin is from the mean score there; None without
    rows.

    Examples:
        >>> round(ece_of(bins_of([10, 30], [2.0, 24.0], [4, 21])), 3)
        0.125
    """
    total = sum(one.rows for one in bins)
    apart = (one.rows * abs((one.rate or 0.0) - (one.score or 0.0)) for one in bins)
    return sum(apart) / total if total else None
