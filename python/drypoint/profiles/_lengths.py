"""Lengths of strings, binary and lists."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, sqrt
from typing import Any, Self

from drypoint.errors import ParameterError
from drypoint.estimate import Estimate

__all__ = ["Lengths"]

EXACT = 128
STEPS = 64
"""Above `EXACT`, as many buckets between a power of two and the next."""


@dataclass(frozen=True)
class Lengths:
    """How long values are: exactly below 128, in buckets of at most 1.6 % above.

    Attributes:
        n: values that are not null.
        sum: of all lengths.
        mean: arithmetic mean; None without values.
        std: sample standard deviation; None with fewer than two values.
        min: the shortest; None without values.
        max: the longest; None without values.
        counts: how many values have which length, or fall into the bucket that begins there.
    """

    n: int
    sum: int
    mean: float | None
    std: float | None
    min: int | None
    max: int | None
    counts: dict[int, int]

    @classmethod
    def from_record(cls, record: dict[str, Any], prefix: str = "") -> Self | None:
        """From the fields of the core whose names begin with *prefix*; None if there are none."""
        n, total = record[f"{prefix}n"], record[f"{prefix}sum"]
        if n is None:
            return None
        mean = total / n if n else None
        spread = record[f"{prefix}squares"] - total * total / n if n else 0.0
        sizes, counts = record[f"{prefix}sizes"], record[f"{prefix}counts"]
        return cls(
            n=n,
            sum=total,
            mean=mean,
            std=sqrt(max(spread, 0.0) / (n - 1)) if n > 1 else None,
            min=record[f"{prefix}min"],
            max=record[f"{prefix}max"],
            counts=dict(zip(sizes, counts, strict=True)),
        )

    def quantile(self, q: float) -> Estimate[int] | None:
        """The length at rank *q*; None without values.

        Raises:
            ParameterError: *q* is not in [0, 1].
        """
        if not 0 <= q <= 1:
            raise ParameterError(f"a rank must be in [0, 1], got {q}")
        seen = 0
        for least, count in self.counts.items():
            seen += count
            if seen >= max(1, ceil(q * self.n)):
                return self._bucket(least)
        return None

    def _bucket(self, least: int) -> Estimate[int]:
        """A length that falls into the bucket from *least* on."""
        assert self.min is not None  # noqa: S101 # there is a bucket, so there are values
        assert self.max is not None  # noqa: S101
        width = 1 if least < EXACT else 1 << (least.bit_length() - STEPS.bit_length())
        lower, upper = max(least, self.min), min(least + width - 1, self.max)
        return Estimate((lower + upper) // 2, lower, upper)
