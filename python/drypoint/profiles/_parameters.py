"""What is measured, and how finely."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from drypoint import _core
from drypoint.errors import ParameterError
from drypoint.sketches._parameters import integer

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Parameters"]

NANOSECONDS = 1_000_000_000


@dataclass(frozen=True)
class Parameters:
    """What is measured of a column, and how finely.

    Attributes:
        lg_k: of the HLL sketch, 4 to 21: distinct values within 1.04 / sqrt(2**lg_k), one standard
            deviation.
        k: of the KLL sketch, 8 to 65,535: ranks within 2.296 / k**0.9723 at 99 %.
        lg_max_map_size: of the frequent items, 3 to 26: counts within 3.5 / 2**lg_max_map_size of
            the rows, always.
        seed: of every random choice, 0 to 2**64 - 1.
        clock: times after this count as future; None counts none.
        metrics: the names of the metrics to keep; None keeps all that fit the type. Rows, nulls and
            bytes are always counted.

    Raises:
        ParameterError: one of them is out of its range, or a metric is not known.
    """

    lg_k: int = 12
    k: int = 512
    lg_max_map_size: int = 10
    seed: int = 0
    clock: Any = None
    metrics: frozenset[str] | None = None

    def __init__(  # noqa: PLR0913 # each is a name of its own
        self,
        *,
        lg_k: int = 12,
        k: int = 512,
        lg_max_map_size: int = 10,
        seed: int = 0,
        clock: Any = None,
        metrics: Iterable[str] | None = None,
    ) -> None:
        values = {
            "lg_k": integer("lg_k", lg_k, 4, 21),
            "k": integer("k", k, 8, 65_535),
            "lg_max_map_size": integer("lg_max_map_size", lg_max_map_size, 3, 26),
            "seed": integer("seed", seed, 0, 2**64 - 1),
            "clock": clock,
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
            "ranges": None,
            "references": [],
            "euclidean": False,
            "metrics": None if self.metrics is None else set(self.metrics),
        }


def known(metrics: Iterable[str]) -> frozenset[str]:
    """The names of metrics, if they are some."""
    if isinstance(metrics, str):
        raise ParameterError(f"metrics must be a list of names, got {metrics!r}")
    names = frozenset(metrics)
    unknown = sorted(names - set(_core.metric_names()))
    if unknown:
        raise ParameterError(f"no metric is called {unknown}; there are {_core.metric_names()}")
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
