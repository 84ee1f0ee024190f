"""A number that knows how far off it can be."""

from __future__ import annotations

import operator
from math import ceil, floor, isfinite, trunc
from typing import TYPE_CHECKING, Any, Generic, NoReturn, SupportsIndex, TypeVar

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

__all__ = ["Estimate"]

T_co = TypeVar("T_co", covariant=True)


class Estimate(Generic[T_co]):
    """An approximate answer with its bounds.

    The truth lies in [`lower`, `upper`] with probability `confidence`, however the data looks. An
    exact answer has `lower == value == upper` and a confidence of 1.

    It is used as the number *value*: compared, hashed, computed with, formatted, put into arrays.
    What is computed from it is a plain number, without bounds. Not every estimate is a number: a
    quantile of strings is an estimate of a string.

    Args:
        value: the best single answer.
        lower: the truth is not below this, with *confidence*.
        upper: the truth is not above this, with *confidence*.
        confidence: probability in (0, 1].

    Examples:
        >>> distinct = Estimate(4043.2, 3991.5, 4096.7, confidence=0.9545)
        >>> distinct
        Estimate(value=4043.2, lower=3991.5, upper=4096.7, confidence=0.9545)
        >>> print(distinct)
        4,043.2 (3,991.5–4,096.7)
        >>> distinct > 4000, round(distinct), f"{distinct:.3g}", distinct / 2
        (True, 4043, '4.04e+03', 2021.6)
    """

    __slots__ = ("confidence", "lower", "upper", "value")
    __match_args__ = ("value", "lower", "upper", "confidence")

    value: T_co
    lower: T_co
    upper: T_co
    confidence: float

    def __init__(
        self: Estimate[T_co], value: T_co, lower: T_co, upper: T_co, confidence: float = 1.0
    ) -> None:
        object.__setattr__(self, "value", value)
        object.__setattr__(self, "lower", lower)
        object.__setattr__(self, "upper", upper)
        object.__setattr__(self, "confidence", confidence)

    @property
    def bounds(self) -> tuple[T_co, T_co]:
        """The lower and the upper bound."""
        return self.lower, self.upper

    @property
    def is_exact(self) -> bool:
        """Whether the bounds leave no room."""
        return bool(self.lower == self.upper)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"an estimate cannot be changed: {name} = {value!r}")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"an estimate cannot be changed: del {name}")

    def __reduce__(self) -> tuple[type[Estimate[T_co]], tuple[T_co, T_co, T_co, float]]:
        return type(self), (self.value, self.lower, self.upper, self.confidence)

    # ---- As text

    def __repr__(self) -> str:
        return (
            f"Estimate(value={self.value!r}, lower={self.lower!r}, upper={self.upper!r}, "
            f"confidence={self.confidence:.4g})"
        )

    def __str__(self) -> str:
        if isinstance(self.value, (int, float)):
            return f"{self.value:,} ({self.lower:,}–{self.upper:,})"
        return f"{self.value} ({self.lower}–{self.upper})"

    def __format__(self, spec: str) -> str:
        return format(self.value, spec) if spec else str(self)

    def _repr_html_(self) -> str:
        """What a notebook shows: the value, then its bounds and how sure they are."""
        from html import escape

        value, lower, upper = (
            f"<bdi>{escape(short(one))}</bdi>" for one in (self.value, self.lower, self.upper)
        )
        if self.is_exact:
            return f"<b>{value}</b>"
        return f"<b>{value}</b> ({lower} to {upper} at {100 * self.confidence:.3g} %)"

    # ---- As a number: everything below is done to the value alone

    def __hash__(self) -> int:
        return hash(self.value)

    def __eq__(self, other: object) -> bool:
        return bool(self.value == plain(other))

    def __lt__(self, other: Any) -> bool:
        return bool(self.value < plain(other))

    def __le__(self, other: Any) -> bool:
        return bool(self.value <= plain(other))

    def __gt__(self, other: Any) -> bool:
        return bool(self.value > plain(other))

    def __ge__(self, other: Any) -> bool:
        return bool(self.value >= plain(other))

    def __bool__(self) -> bool:
        return bool(self.value)

    def __int__(self: Estimate[float]) -> int:
        return int(self.value)

    def __float__(self: Estimate[float]) -> float:
        return float(self.value)

    def __complex__(self: Estimate[float]) -> complex:
        return complex(self.value)

    def __index__(self: Estimate[SupportsIndex]) -> int:
        return operator.index(self.value)

    def __round__(self, digits: int | None = None) -> Any:
        return round(self._number, digits)

    def __trunc__(self) -> Any:
        return trunc(self._number)

    def __floor__(self) -> Any:
        return floor(self._number)

    def __ceil__(self) -> Any:
        return ceil(self._number)

    def __neg__(self) -> Any:
        return -self._number

    def __pos__(self) -> Any:
        return +self._number

    def __abs__(self) -> Any:
        return abs(self._number)

    def __add__(self, other: Any) -> Any:
        return self._number + plain(other)

    def __radd__(self, other: Any) -> Any:
        return other + self._number

    def __sub__(self, other: Any) -> Any:
        return self._number - plain(other)

    def __rsub__(self, other: Any) -> Any:
        return other - self._number

    def __mul__(self, other: Any) -> Any:
        return self._number * plain(other)

    def __rmul__(self, other: Any) -> Any:
        return other * self._number

    def __truediv__(self, other: Any) -> Any:
        return self._number / plain(other)

    def __rtruediv__(self, other: Any) -> Any:
        return other / self._number

    def __floordiv__(self, other: Any) -> Any:
        return self._number // plain(other)

    def __rfloordiv__(self, other: Any) -> Any:
        return other // self._number

    def __mod__(self, other: Any) -> Any:
        return self._number % plain(other)

    def __rmod__(self, other: Any) -> Any:
        return other % self._number

    def __divmod__(self, other: Any) -> Any:
        return divmod(self._number, plain(other))

    def __rdivmod__(self, other: Any) -> Any:
        return divmod(other, self._number)

    def __pow__(self, other: Any) -> Any:
        return self._number ** plain(other)

    def __rpow__(self, other: Any) -> Any:
        return other**self._number

    def __array__(
        self,
        dtype: npt.DTypeLike | None = None,
        copy: bool | None = None,  # noqa: FBT001 (NumPy's signature)
    ) -> npt.NDArray[np.generic]:
        """The value as an array of no dimensions; NumPy calls this."""
        import numpy as np

        return np.array(self.value, dtype=dtype, copy=copy is not False)

    @property
    def _number(self) -> Any:
        """The value, to compute with: Python itself refuses what is not a number."""
        return self.value


def short(value: Any) -> str:
    """A number in five digits, a whole one in all it has up to 15; anything else as it is."""
    if isinstance(value, int):
        return f"{value:,}"
    if not isinstance(value, float):
        return str(value)
    if not isfinite(value) or abs(value) >= 1e15:  # noqa: PLR2004
        return f"{value:.5g}"
    whole = value == int(value) or abs(value) >= 10_000  # noqa: PLR2004
    return f"{value:,.0f}" if whole else f"{value:,.5g}"


def plain(other: object) -> Any:
    """The number that *other* is."""
    return other.value if isinstance(other, Estimate) else other
