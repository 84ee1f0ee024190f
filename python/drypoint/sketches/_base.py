"""What all sketches do alike."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, Generic, Protocol, Self, TypeVar

from drypoint.errors import InputTypeError, MergeError
from drypoint.sketches._input import column

if TYPE_CHECKING:
    from drypoint.sketches._input import Column

__all__ = ["Sketch", "as_bytes"]


class Core(Protocol):
    """A sketch of the core."""

    def update(self, column: Any, weights: Any, /) -> None:
        """Folds a column in."""

    def merge(self, other: Self, /) -> None:
        """Folds another sketch in."""

    def encode(self) -> bytes:
        """The sketch in DataSketches bytes."""

    def copy(self) -> Self:
        """A sketch of its own with the same contents."""

    def equals(self, other: Self, /) -> bool:
        """Whether two sketches are in the same state."""


CoreT = TypeVar("CoreT", bound=Core)


class Sketch(ABC, Generic[CoreT]):
    """A one-pass summary whose parts can be merged. Threads may share one: updates take turns."""

    __slots__ = ("_core",)
    _core: CoreT

    @classmethod
    def _wrap(cls, core: CoreT) -> Self:
        """The Python side of *core*."""
        sketch = cls.__new__(cls)
        sketch._core = core  # noqa: SLF001 (its own class)
        return sketch

    def update(self, data: Any, *, weight: Any = 1) -> Self:
        """Folds data in: all of it, or nothing if it raises.

        Arrow data and contiguous NumPy arrays are read where they lie, without a copy, and other
        Python threads run meanwhile; they must not change the data until this returns.

        Args:
            data: a scalar (int, float, str, bytes, bool, date, time, datetime, timedelta, Decimal,
                a NumPy scalar), an iterable of scalars, a one-dimensional NumPy array, or one
                column of whatever has `__arrow_c_array__` or `__arrow_c_stream__`: pyarrow, polars,
                pandas 3, duckdb, arro3, nanoarrow. None, NaT, pandas.NA and Arrow nulls are
                skipped.
            weight: how often each value counts: an integer from 0 for all of them alike, or one
                for each value in any form that *data* can have. A null weighs nothing.

        Returns:
            The sketch itself.

        Raises:
            InputTypeError: a value is of a type that this sketch does not take.
            InputValueError: integers beyond 64 bits, text that is not UTF-8, Arrow buffers that
                contradict each other, weights that are negative or not as many as the values.
            CapacityError: the total weight exceeds what it can count, 2**62 or more.
        """
        self._core.update(column(data), weights(weight))
        return self

    def merge(self, other: Self) -> Self:
        """Folds *other* in, as if its values had been seen here. `a | b` makes a new sketch.

        Returns:
            The sketch itself.

        Raises:
            MergeError: the two cannot be united; the sketch is then as it was.
        """
        if not isinstance(other, type(self)):
            raise MergeError(
                f"cannot merge: a {type(other).__name__} into a {type(self).__name__}; "
                "both must be of one kind"
            )
        self._core.merge(other._core)
        return self

    def to_bytes(self) -> bytes:
        """The sketch in Apache DataSketches bytes, compact form."""
        return self._core.encode()

    def copy(self) -> Self:
        """A sketch of its own with the same contents."""
        return self._wrap(self._core.copy())

    @property
    @abstractmethod
    def is_empty(self) -> bool:
        """Whether nothing has been counted yet."""

    @abstractmethod
    def __reduce__(self) -> tuple[Any, ...]:
        """How pickle rebuilds it: from its bytes and what the bytes do not say."""

    def __or__(self, other: Self) -> Self:
        return self.copy().merge(other) if isinstance(other, type(self)) else NotImplemented

    def __ior__(self, other: Self) -> Self:
        return self.merge(other) if isinstance(other, type(self)) else NotImplemented

    def __eq__(self, other: object) -> bool:
        return self._core.equals(other._core) if isinstance(other, type(self)) else NotImplemented

    __hash__ = None  # type: ignore[assignment] # it changes

    def __copy__(self) -> Self:
        return self.copy()

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self.copy()


def weights(weight: Any) -> int | Column:
    """One integer for all values, or a column of them."""
    return weight if isinstance(weight, int) else column(weight)


def as_bytes(data: object) -> bytes:
    """The bytes of an object that holds bytes."""
    if isinstance(data, bytes):
        return data
    if isinstance(data, bytearray | memoryview):
        return bytes(data)
    raise InputTypeError(
        f"a sketch is read from bytes, bytearray or memoryview, got {type(data).__qualname__}"
    )
