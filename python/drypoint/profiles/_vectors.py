"""What vectors and characters are compared with, and what was found."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite, sqrt
from typing import TYPE_CHECKING, Any, NamedTuple

from drypoint.errors import ParameterError

if TYPE_CHECKING:
    from drypoint.sketches import KllSketch

__all__ = ["DISTANCES", "Distances", "ranges_of", "references_of"]

DISTANCES = ("cosine", "euclidean")
LAST_CODE_POINT = 0x10FFFF


class Distances(NamedTuple):
    """Distances of vectors to one reference.

    Attributes:
        n: vectors that have a distance; of cosine distances, zero vectors have none.
        mean: arithmetic mean; None without vectors.
        std: sample standard deviation, with n - 1; None with fewer than two.
        kll: the sketch of the quantiles.
    """

    n: int
    mean: float | None
    std: float | None
    kll: KllSketch

    @classmethod
    def of(cls, n: int, mean: float, m2: float, kll: KllSketch) -> Distances:
        """From what the core keeps."""
        std = sqrt(m2 / (n - 1)) if n > 1 and m2 >= 0 else None
        return cls(n, mean if n else None, std, kll)


def ranges_of(ranges: Any) -> dict[str, tuple[int, int]] | None:
    """Ranges of code points by name, as pairs of the first and the last.

    Raises:
        ParameterError: one is no such pair.
    """
    if ranges is None:
        return None
    if not isinstance(ranges, Mapping) or not ranges:
        raise ParameterError(f"ranges must be a dict of pairs of code points, got {ranges!r}")
    return {str(name): range_of(name, pair) for name, pair in ranges.items()}


def range_of(name: Any, pair: Any) -> tuple[int, int]:
    """One of them."""
    try:
        first, last = (ord(end) if isinstance(end, str) else int(end) for end in pair)
    except (TypeError, ValueError):
        first, last = 1, 0
    if not 0 <= first <= last <= LAST_CODE_POINT:
        raise ParameterError(
            f"range {name!r} must be two characters or code points that ascend, got {pair!r}; "
            'as in {"digits": ("0", "9")}'
        )
    return first, last


def references_of(references: Any) -> dict[str, tuple[float, ...]]:
    """Vectors by label.

    Raises:
        ParameterError: one is no vector of finite numbers.
    """
    if references is None:
        return {}
    if not isinstance(references, Mapping):
        raise ParameterError(
            f"references must be a dict of vectors by label, got {type(references).__name__}"
        )
    return {str(label): vector_of(label, vector) for label, vector in references.items()}


def vector_of(label: Any, vector: Any) -> tuple[float, ...]:
    """One of them."""
    try:
        numbers = tuple(float(number) for number in vector)
    except (TypeError, ValueError) as error:
        raise ParameterError(f"reference {label!r} is no vector of numbers: {error}") from error
    if not all(map(isfinite, numbers)):
        raise ParameterError(f"reference {label!r} has components that are not finite")
    return numbers
