"""How far the figures of segments are from what more rows would tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from drypoint._intervals import wilson

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from drypoint.tracing._side import Side

    Floats = npt.NDArray[np.float64]

__all__ = ["Spread", "of_f1", "of_means", "of_shares", "unknown"]

Spread: TypeAlias = "Callable[[Side, float], tuple[Floats, Floats]]"


def of_shares(side: Side, confidence: float) -> tuple[Floats, Floats]:
    """Wilson's, from the least count that it can be to the greatest."""
    lower, _ = wilson(side.lower, side.size, confidence)
    _, upper = wilson(side.upper, side.size, confidence)
    return lower, upper


def of_means(side: Side, confidence: float) -> tuple[Floats, Floats]:
    """Student's, with n - 1 degrees of freedom."""
    from scipy.special import stdtrit

    free = np.where(side.size > 1, side.size - 1, np.nan)
    error = np.sqrt(side.squares / free / side.size)
    apart = stdtrit(free, (1 + confidence) / 2) * error
    return side.value - apart, side.value + apart


def of_f1(side: Side, confidence: float) -> tuple[Floats, Floats]:
    """Of F = 2J / (1 + J), from Wilson's of the share J of what is found among all that could be.

    J is TP / (TP + FP + FN); of F the total is 2 TP and the size 2 TP + FP + FN.
    """
    lower, upper = wilson(side.total / 2, side.size - side.total / 2, confidence)
    return 2 * lower / (1 + lower), 2 * upper / (1 + upper)


def unknown(side: Side, _confidence: float) -> tuple[Floats, Floats]:
    """No limits: the profile keeps a sum, and not how far what was added varies."""
    nothing = np.full_like(side.size, np.nan)
    return nothing, nothing
