"""Frequent items."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple, Self, TypeAlias

from drypoint import _core
from drypoint.errors import ParameterError
from drypoint.estimate import Estimate
from drypoint.sketches._base import Sketch, as_bytes
from drypoint.sketches._parameters import integer

__all__ = ["FrequentItems", "Item"]

Dtype: TypeAlias = Literal["str", "i64"]
ErrorType: TypeAlias = Literal["no_false_positives", "no_false_negatives"]


class Item(NamedTuple):
    """A value and how often it came.

    Attributes:
        item: the value, an int or a str.
        estimate: its total weight; the truth is always within the bounds.
    """

    item: Any
    estimate: Estimate[int]

    def __repr__(self) -> str:
        found = self.estimate
        return f"Item({self.item!r}, {found.value}, lower={found.lower}, upper={found.upper})"


class FrequentItems(Sketch[_core.FrequentItems]):
    """Which values are frequent, and how often they came: Misra-Gries, as DataSketches has it.

    An estimate is never further off than `max_error`, which is at most 3.5 / 2**lg_max_map_size of
    the total weight (0.34 % at the default), and 0 until more than 3/4 of the slots have been
    needed. This always holds, for every item; it is not a matter of chance.

    It takes strings (and bytes that are UTF-8), or integers (and booleans, dates and times); the
    first value decides which, unless *dtype* does.

    Args:
        lg_max_map_size: log2 of the number of slots, 3 to 26.
        dtype: `"str"`, `"i64"`, or None for what comes first.

    Raises:
        ParameterError: *lg_max_map_size* or *dtype* is none of these.

    Examples:
        >>> items = FrequentItems().update(["ORD", "LAX", "ORD"]).update("ATL", weight=7)
        >>> items
        <FrequentItems lg_max_map_size=10 str: 3 items of weight 10, max error 0>
        >>> items.top(2)
        [Item('ATL', 7, lower=7, upper=7), Item('ORD', 2, lower=2, upper=2)]
        >>> items.estimate("ORD") + 1
        3
    """

    __slots__ = ()

    def __init__(self, lg_max_map_size: int = 10, dtype: Dtype | None = None) -> None:
        size = integer("lg_max_map_size", lg_max_map_size, 3, 26)
        self._core = _core.FrequentItems(size, dtype)

    @classmethod
    def from_bytes(cls, data: bytes | bytearray | memoryview, dtype: Dtype = "str") -> Self:
        """Reads a sketch that any DataSketches library wrote.

        Args:
            data: the bytes.
            dtype: what the items are, since the bytes do not say.

        Raises:
            DecodeError: the bytes are no frequent items of that *dtype*, are cut short or damaged.
        """
        return cls._wrap(_core.FrequentItems.decode(as_bytes(data), dtype))

    def estimate(self, item: str | int) -> Estimate[int]:
        """How often *item* came, by weight; 0 if it is not among the kept ones.

        Raises:
            InputTypeError: *item* is not of the sketch's dtype.
        """
        return Estimate(*self._core.estimate(item))

    def top(self, n: int = 10) -> list[Item]:
        """The *n* kept items with the largest estimates, ties in the order of the items.

        Raises:
            ParameterError: *n* is negative.
        """
        return rows(self._core.top(integer("n", n, 0, 2**63 - 1)))

    def frequent(
        self, threshold: int | None = None, *, error_type: ErrorType = "no_false_positives"
    ) -> list[Item]:
        """The items whose weight exceeds *threshold*, by falling estimate.

        Args:
            threshold: a weight; by default `max_error`, the least that can be told apart.
            error_type: what the list must be free of. `"no_false_positives"`: every item listed
                exceeds the threshold. `"no_false_negatives"`: every item that exceeds it is listed.

        Raises:
            ParameterError: *threshold* is negative, or *error_type* is neither.
        """
        if error_type not in ("no_false_positives", "no_false_negatives"):
            raise ParameterError(
                "error_type must be 'no_false_positives' or 'no_false_negatives', "
                f"got {error_type!r}"
            )
        least = None if threshold is None else integer("threshold", threshold, 0, 2**64 - 1)
        return rows(self._core.frequent(least, error_type == "no_false_negatives"))

    @property
    def total_weight(self) -> int:
        """The sum of all weights; null does not count."""
        return self._core.total_weight

    @property
    def max_error(self) -> int:
        """No estimate is further off than this."""
        return self._core.max_error

    @property
    def lg_max_map_size(self) -> int:
        """Log2 of the number of slots."""
        return self._core.lg_max_map_size

    @property
    def dtype(self) -> str | None:
        """What the items are: str or i64; None while that is open."""
        return self._core.dtype

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been counted yet."""
        return self._core.total_weight == 0

    def __len__(self) -> int:
        return self._core.active

    def __bool__(self) -> bool:
        return True  # a sketch is there, even if empty

    def __reduce__(self) -> tuple[Any, ...]:
        if self.dtype is None:
            return type(self), (self.lg_max_map_size,)
        return type(self).from_bytes, (self.to_bytes(), self.dtype)

    def __repr__(self) -> str:
        head = f"<FrequentItems lg_max_map_size={self.lg_max_map_size} {self.dtype or 'open'}: "
        if self.is_empty:
            return head + "empty>"
        weight = f"{len(self):,} items of weight {self.total_weight:,}"
        return head + f"{weight}, max error {self.max_error:,}>"


def rows(found: list[tuple[Any, tuple[int, int, int, float]]]) -> list[Item]:
    """Items with their estimates."""
    return [Item(item, Estimate(*answer)) for item, answer in found]
