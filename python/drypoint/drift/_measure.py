"""What a measure is, and what it finds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from drypoint.estimate import Estimate
    from drypoint.profiles import ColumnProfile

__all__ = ["CONFIDENCE", "Found", "Measure", "Of", "Pair"]

CONFIDENCE = 0.99
"""Of the bounds of distances between sketches of quantiles."""
Of: TypeAlias = Literal["numbers", "categories", "shares", "columns"]


class Pair(NamedTuple):
    """One column on both sides."""

    current: ColumnProfile
    reference: ColumnProfile


class Found(NamedTuple):
    """What a measure says of a pair.

    Attributes:
        distance: with its bounds; None where facts are missing.
        noise_floor: what chance shows in 95 of 100 cases; None where that is not known.
        p_value: of nothing having changed; None likewise.
        limit: from which on a distance matters, if not what the measure says.
        reason: why something is missing.
    """

    distance: Estimate[float] | None
    noise_floor: float | None = None
    p_value: float | None = None
    limit: float | None = None
    reason: str = ""


class Measure(NamedTuple):
    """A distance between two profiles of a column, with the law that chance gives it.

    Attributes:
        name: under which it is chosen.
        of: what it reads: `"numbers"` (sketches of quantiles), `"categories"` (frequent items and
            booleans), `"shares"` (either, numbers in 10 bins) or `"columns"` (plain facts).
        limit: the distance from which on a change matters, unless another is given.
        source: where the limit comes from.
        compare: what it finds of each of many pairs.
    """

    name: str
    of: Of
    limit: float
    source: str
    compare: Callable[[Sequence[Pair]], list[Found]]
