"""What is measured, and how finely."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import sqrt
from typing import TYPE_CHECKING, Any, SupportsFloat

from drypoint import _core
from drypoint.errors import ParameterError
from drypoint.profiles._vectors import DISTANCES, ranges_of, references_of
from drypoint.sketches._parameters import integer
from drypoint.sources._select import not_found

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Parameters"]

NANOSECONDS = 1_000_000_000
LEAST_LG_K, MOST_LG_K = 4, 21
LEAST_MAP, MOST_MAP = 3, 26
DEFAULT = (12, 512, 10)
"""lg_k, k and lg_max_map_size without a target."""


@dataclass(frozen=True)
class Parameters:
    """What is measured of a column, and how finely.

    Args:
        error: a target: each of the three sketches is the smallest that is within it, the share of
            distinct values (one standard deviation), of ranks (at 99 %) and of rows (always) that
            an answer may be off; in [0.00072, 1). A size that is given wins over it.
        lg_k, k, lg_max_map_size, seed, clock, ranges, references, distance, metrics: as below.

    Attributes:
        lg_k: of the HLL sketch, 4 to 21: distinct values within 1.04 / sqrt(2**lg_k), one standard
            deviation; 12 without *error*.
        k: of the KLL sketch, 8 to 65,535: ranks within 2.296 / k**0.9723 at 99 %; 512 without
            *error*.
        lg_max_map_size: of the frequent items, 3 to 26: counts within 3.5 / 2**lg_max_map_size of
            the rows, always; 10 without *error*.
        seed: of every random choice, 0 to 2**64 - 1.
        clock: times after this count as future; None counts none.
        ranges: characters of strings are counted by these ranges, and not by their classes: the
            first and the last character or code point by name, as in
            `formats.whylogs.RANGES`; they may
            overlap.
        references: vectors by label that those of a column are compared with, of the same size.
        distance: how: "cosine" (1 less the cosine of the angle, 0 to 2) or "euclidean".
        metrics: the names of the metrics to keep; None keeps all that fit the type, an empty list
            none. Rows, nulls and bytes are always counted.

    Raises:
        ParameterError: one of them is out of its range, or a metric is not known.

    Examples:
        >>> Parameters(error=0.01).k, Parameters(error=0.01, k=100).k
        (269, 100)
    """

    lg_k: int = 12
    k: int = 512
    lg_max_map_size: int = 10
    seed: int = 0
    clock: Any = None
    ranges: dict[str, tuple[int, int]] | None = field(default=None, hash=False)
    references: dict[str, tuple[float, ...]] = field(default_factory=dict, hash=False)
    distance: str = "cosine"
    metrics: frozenset[str] | None = None

    def __init__(  # noqa: PLR0913 # each is a name of its own
        self,
        *,
        error: float | None = None,
        lg_k: int | None = None,
        k: int | None = None,
        lg_max_map_size: int | None = None,
        seed: int = 0,
        clock: Any = None,
        ranges: Mapping[str, tuple[str | int, str | int]] | None = None,
        references: Mapping[str, Iterable[float]] | None = None,
        distance: str = "cosine",
        metrics: Iterable[str] | None = None,
    ) -> None:
        if distance not in DISTANCES:
            raise ParameterError(f"distance must be one of {list(DISTANCES)}, got {distance!r}")
        sizes = DEFAULT if error is None else sizes_within(error)
        given = (lg_k, k, lg_max_map_size)
        lg_k, k, lg_max_map_size = (
            size if one is None else one for size, one in zip(sizes, given, strict=True)
        )
        values = {
            "lg_k": integer("lg_k", lg_k, LEAST_LG_K, MOST_LG_K),
            "k": integer("k", k, 8, 65_535),
            "lg_max_map_size": integer("lg_max_map_size", lg_max_map_size, LEAST_MAP, MOST_MAP),
            "seed": integer("seed", seed, 0, 2**64 - 1),
            "clock": clock,
            "ranges": ranges_of(ranges),
            "references": references_of(references),
            "distance": distance,
            "metrics": None if metrics is None else known(metrics),
        }
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def to_core(self) -> dict[str, Any]:
        """As the core takes them."""
        return {
            "lg_k": self.lg_k,
            "k": self.k,
            "lg_max_map_size": self.lg_max_map_size,
            "seed": self.seed,
            "clock": None if self.clock is None else nanoseconds(self.clock),
            "condition": False,
            "task": None,
            "ranges": None if self.ranges is None else self._ranges(),
            "references": [(label, list(one)) for label, one in self.references.items()],
            "euclidean": self.distance == "euclidean",
            "metrics": None if self.metrics is None else set(self.metrics),
        }

    def _ranges(self) -> list[tuple[str, int, int]]:
        return [(name, first, last) for name, (first, last) in (self.ranges or {}).items()]


def sizes_within(error: Any) -> tuple[int, int, int]:
    """The least lg_k, k and lg_max_map_size whose errors are no more than *error*."""
    is_number = isinstance(error, SupportsFloat)
    if not is_number or not hll_error(MOST_LG_K) <= error < 1:
        raise ParameterError(
            f"error must be in [{hll_error(MOST_LG_K):.5f}, 1), got {error!r}; it is a share, "
            "0.01 for 1 %"
        )
    lg_k = least(hll_error, error, LEAST_LG_K, MOST_LG_K)
    return lg_k, _core.k_for_error(error), least(frequent_error, error, LEAST_MAP, MOST_MAP)


def hll_error(lg_k: int) -> float:
    """One standard deviation of an HLL estimate (Flajolet et al. 2007)."""
    return 1.04 / sqrt(1 << lg_k)


def frequent_error(lg_max_map_size: int) -> float:
    """The most that a count of frequent items is off, as a share of the rows."""
    return 3.5 / (1 << lg_max_map_size)


def least(error_of: Callable[[int], float], error: float, first: int, last: int) -> int:
    """The first size that is within *error*; the last one is."""
    return next(size for size in range(first, last + 1) if error_of(size) <= error)


def known(metrics: Iterable[str]) -> frozenset[str]:
    """The names of metrics, if they are some."""
    if isinstance(metrics, str) or not isinstance(metrics, Iterable):
        raise ParameterError(f"metrics must be a list of names, got {metrics!r}")
    names = frozenset(map(str, metrics))
    for unknown in sorted(names - set(_core.metric_names())):
        raise ParameterError(not_found("metric", unknown, _core.metric_names()))
    return names


def nanoseconds(clock: Any) -> int:
    """Nanoseconds since 1970 in UTC of a `datetime` with a zone, or of a `numpy.datetime64`."""
    import datetime as dt

    import numpy as np

    if isinstance(clock, np.datetime64):
        return int(clock.astype("datetime64[ns]").astype("int64"))
    if isinstance(clock, dt.datetime) and clock.tzinfo is not None:
        since = clock - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
        seconds = since.days * 86_400 + since.seconds
        return seconds * NANOSECONDS + since.microseconds * 1_000
    raise ParameterError(
        f"clock must be a datetime with a zone or a numpy.datetime64, got {clock!r}; "
        "as in datetime.now(UTC)"
    )
