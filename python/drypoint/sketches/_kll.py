"""Quantiles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Self, TypeAlias, TypeVar, overload

from drypoint import _core
from drypoint.errors import ParameterError
from drypoint.estimate import Estimate
from drypoint.sketches._base import Sketch, as_bytes
from drypoint.sketches._parameters import integer, is_many

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

__all__ = ["KllSketch"]

T = TypeVar("T")
Dtype: TypeAlias = Literal["f64", "f32", "i64", "str"]


class KllSketch(Sketch[_core.KllSketch]):
    """Which value stands at which rank: KLL, as Apache DataSketches writes it.

    A rank is a share of the values, in [0, 1]. With 99 % confidence the rank of an answer is within
    `rank_error` = 2.296 / k**0.9723 of the rank that was asked for (Karnin, Lang and Liberty 2016;
    the fit is DataSketches'): 0.53 % at the default k, whatever the values and their order. While
    few values have been seen the answers are exact.

    NaN is skipped, as null is; infinities are values. The coin that the sketch tosses is seeded:
    the same values in the same pieces give the same sketch.

    Args:
        k: accuracy, 8 to 65,535. The sketch keeps about 3 k items.
        dtype: what the items are: `"f64"`, `"f32"`, `"i64"` (integers, dates, times: exact) or
            `"str"` (in the order of code points).
        seed: of the coin, 0 to 2**64 - 1.

    Raises:
        ParameterError: one of them is out of its range.

    Examples:
        >>> sketch = KllSketch().update(range(101))
        >>> sketch
        <KllSketch k=512 f64: 101 values from 0.0 to 100.0, exact>
        >>> sketch.quantile(0.5)
        Estimate(value=50.0, lower=50.0, upper=50.0, confidence=1)
        >>> [float(q) for q in sketch.quantile([0.25, 0.75])]
        [25.0, 75.0]
        >>> round(float(sketch.rank(10, inclusive=False)), 3)
        0.099
    """

    __slots__ = ("_seed",)
    _seed: int

    def __init__(self, k: int = 512, dtype: Dtype = "f64", *, seed: int = 0) -> None:
        self._seed = integer("seed", seed, 0, 2**64 - 1)
        self._core = _core.KllSketch(integer("k", k, 8, 65_535), dtype, self._seed)

    @classmethod
    def for_error(cls, error: float, dtype: Dtype = "f64", *, seed: int = 0) -> Self:
        """The smallest sketch whose rank error is at most *error* with 99 % confidence.

        Args:
            error: in ranks, such as 0.005; k grows as 1 / *error*.
            dtype: see the class.
            seed: see the class.

        Raises:
            ParameterError: no k up to 65,535 gives that *error*.

        Examples:
            >>> KllSketch.for_error(0.005).k
            548
        """
        return cls(_core.k_for_error(error), dtype, seed=seed)

    @classmethod
    def from_bytes(cls, data: bytes | bytearray | memoryview, dtype: Dtype = "f64") -> Self:
        """Reads a sketch that any DataSketches library wrote.

        Args:
            data: the bytes.
            dtype: what the items are, since the bytes do not say.

        Raises:
            DecodeError: the bytes are not a KLL sketch of that *dtype*, are cut short or damaged.
        """
        return cls._wrap(_core.KllSketch.decode(as_bytes(data), dtype))

    @overload
    def quantile(
        self, q: Sequence[float] | npt.NDArray[Any], *, inclusive: bool = True
    ) -> list[Estimate[Any]] | None: ...
    @overload
    def quantile(self, q: float, *, inclusive: bool = True) -> Estimate[Any] | None: ...

    def quantile(self, q: Any, *, inclusive: bool = True) -> Any:
        """The value at rank *q*; its bounds are the values one rank error below and above.

        Args:
            q: a rank in [0, 1], or several.
            inclusive: whether a value counts towards its own rank.

        Returns:
            An `Estimate`, or a list of them where *q* is several. None while the sketch is empty.

        Raises:
            ParameterError: a rank is outside [0, 1] or NaN.
        """
        found = several(self._core.quantiles(ranks(q), inclusive))
        return found if is_many(q) else alone(found)

    @overload
    def rank(
        self, x: list[Any] | tuple[Any, ...] | npt.NDArray[Any], *, inclusive: bool = True
    ) -> list[Estimate[float]] | None: ...
    @overload
    def rank(self, x: Any, *, inclusive: bool = True) -> Estimate[float] | None: ...

    def rank(self, x: Any, *, inclusive: bool = True) -> Any:
        """The share of values up to *x*.

        Args:
            x: an item, or several.
            inclusive: whether values equal to *x* count.

        Returns:
            An `Estimate`, or a list of them where *x* is several. None while the sketch is empty.

        Raises:
            InputTypeError: *x* is not of the sketch's dtype.
            ParameterError: *x* is NaN, which has no rank.
        """
        if is_many(x):
            return several(self._core.ranks(list(x), inclusive))
        return alone(several(self._core.ranks([x], inclusive)))

    def cdf(self, splits: Sequence[Any], *, inclusive: bool = True) -> list[Estimate[float]] | None:
        """The rank of each split, then 1: `len(splits) + 1` estimates. None while empty.

        Args:
            splits: items that increase strictly.
            inclusive: whether values equal to a split count.

        Raises:
            InputTypeError: a split is not of the sketch's dtype.
            ParameterError: the splits do not increase, or one is NaN.
        """
        return several(self._core.cdf(list(splits), inclusive))

    def pmf(self, splits: Sequence[Any], *, inclusive: bool = True) -> list[Estimate[float]] | None:
        """The share of values in each interval that the splits make: `len(splits) + 1` estimates.

        The error is 2.446 / k**0.9433 for each interval. None while empty.

        Args:
            splits: items that increase strictly.
            inclusive: whether values equal to a split belong below it.

        Raises:
            InputTypeError: a split is not of the sketch's dtype.
            ParameterError: the splits do not increase, or one is NaN.
        """
        return several(self._core.pmf(list(splits), inclusive))

    @property
    def n(self) -> int:
        """How many values have been seen, by weight; null and NaN do not count."""
        return self._core.n

    @property
    def min(self) -> Any:
        """The smallest value, exactly; None while empty."""
        return self._core.min

    @property
    def max(self) -> Any:
        """The largest value, exactly; None while empty."""
        return self._core.max

    @property
    def k(self) -> int:
        """The accuracy parameter."""
        return self._core.k

    @property
    def dtype(self) -> str:
        """What the items are: f64, f32, i64 or str."""
        return self._core.dtype

    @property
    def rank_error(self) -> float:
        """The largest error of a rank, with 99 % confidence; 0 while all values are still kept."""
        return self._core.rank_error

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been counted yet."""
        return self._core.n == 0

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self).from_bytes, (self.to_bytes(), self.dtype)

    def __repr__(self) -> str:
        head = f"<KllSketch k={self.k} {self.dtype}: "
        if self.is_empty:
            return head + "empty>"
        error = f"rank error {self.rank_error:.2%}" if self.rank_error else "exact"
        return head + f"{self.n:,} values from {self.min!r} to {self.max!r}, {error}>"


def ranks(q: Any) -> list[float]:
    """The ranks that are asked for."""
    try:
        return [float(rank) for rank in q] if is_many(q) else [float(q)]
    except (TypeError, ValueError) as error:
        raise ParameterError(f"a rank must be a number in 0..=1, got {q!r}") from error


def several(answers: list[tuple[T, T, T, float]] | None) -> list[Estimate[T]] | None:
    """Estimates; None while the sketch is empty."""
    return None if answers is None else [Estimate(*answer) for answer in answers]


def alone(estimates: list[Estimate[T]] | None) -> Estimate[T] | None:
    """The answer to the one thing that was asked."""
    return estimates[0] if estimates else None
