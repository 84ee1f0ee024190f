"""Rows that are logged one by one: checked, copied, and kept until there are enough of them."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Mapping
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from drypoint.errors import InputTypeError, InputValueError
from drypoint.profiles._lock import Lock
from drypoint.sources._memory import is_of, unfit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from drypoint import _core

__all__ = ["Rows", "as_row", "copied", "values_of"]

BUFFER = 4_096
"""Rows at a time: 1.1 µs a row of five fields; 1.4 with 512, 2.5 with 16,384, for lack of cache."""
BUFFERED_VALUES = 1 << 18
"""Of rows with very many fields, so many values at a time."""
CROWD = 8
"""Whoever logs waits once so many buffers are full, so that memory stays bounded."""
LEAST, MOST = -(2**63), 2**64 - 1
PLAIN = frozenset(
    {type(None), bool, float, str, bytes, int, dt.date, dt.datetime, dt.time},
)
"""Types that never change, and whose values Arrow takes."""


class Rows(ABC):
    """A buffer of rows that any thread may add to.

    Args:
        behind: locks that are taken while rows are taken out.

    Attributes:
        lock: held while rows are taken out of the buffer.
    """

    def __init__(self, behind: Iterable[Lock] = ()) -> None:
        # Appended to and cut without a lock around: both are atomic, the list is never replaced.
        self._waiting: list[dict[str, Any]] = []
        # Reentrant, since what takes rows in may call functions that log.
        self.lock = Lock(reentrant=True, before=behind)
        self._limit = BUFFER
        self._names: set[str] = set()

    def log(self, row: Mapping[str, Any]) -> None:
        """Takes a copy of a row."""
        own = copied(row)
        if not self._names.issuperset(own):
            self._meet(own)
        waiting = self._waiting
        waiting.append(own)
        if len(waiting) >= self._limit:
            self._drain_if_free()

    def _meet(self, row: Mapping[Any, Any]) -> None:
        """Learns the names of new fields."""
        for name in row:
            if not isinstance(name, str):
                raise InputTypeError(
                    f"the fields of a row are named by text, got {name!r}; pass {str(name)!r}"
                )
        self._names.update(row)
        self._limit = max(1, min(BUFFER, BUFFERED_VALUES // len(self._names or "x")))

    def _drain_if_free(self) -> None:
        """Empties full buffers, unless another thread is at it and memory is no worry."""
        if self.lock.acquire(blocking=len(self._waiting) >= CROWD * self._limit):
            try:
                while len(self._waiting) >= self._limit:
                    self._take(self._limit)
            finally:
                self.lock.release()

    def drain(self) -> None:
        """Empties the buffer."""
        with self.lock:
            self._take(len(self._waiting))

    def drain_waiting(self) -> None:
        """Empties the buffer; does not wait for another thread that is emptying it."""
        if self._waiting:
            self.drain()

    @property
    def rows(self) -> int:
        """How many rows came and were not handed on."""
        with self.lock:
            return len(self._waiting)

    @abstractmethod
    def _take(self, most: int) -> None:
        """Takes in the first rows of the buffer; the caller holds the lock."""

    @abstractmethod
    def profile(self) -> _core.Profile | None:
        """The profile of the rows that were not handed on; None if there are none."""


def copied(row: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of a row, whose values Arrow takes and nobody else can change."""
    own = row.copy() if type(row) is dict else dict(as_row(row))
    for value in own.values():
        kind = type(value)
        # Integers first: most rows have some, and their range is what can be wrong.
        if kind is int:
            if not LEAST <= value <= MOST:
                refuse_integers(own)
        elif kind not in PLAIN:
            return settled(own)
    return own


def as_row(row: Any) -> Mapping[str, Any]:
    """The row, if it is one."""
    if isinstance(row, Mapping):
        return row
    raise InputTypeError(
        f"a row is a mapping of names to values, got {type(row).__qualname__}; "
        "pass a dict to log, or a table to update"
    )


def refuse_integers(row: Mapping[str, Any]) -> None:
    """Names the first integer that is too large."""
    for name, value in row.items():
        if type(value) is int and not LEAST <= value <= MOST:
            raise InputValueError(
                f"column {name!r}: 64 bits do not hold {value}; pass it as a float"
            )


def settled(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row with copies of whatever in it may change; refused if Arrow does not take a value."""
    refuse_integers(row)
    return {name: taken(name, value) for name, value in row.items()}


def taken(name: str, value: Any) -> Any:
    """A copy of a value that nobody else holds; what pandas has for a missing one is None."""
    import pyarrow as pa

    if type(value) in PLAIN:
        return value
    if is_of("pandas", "NaTType", value) or is_of("pandas", "NAType", value):
        return None
    try:
        pa.array([value])
    except OverflowError as error:
        raise InputValueError(f"column {name!r}: 64 bits do not hold all of {value!r}") from error
    except Exception as error:  # what its own methods may raise
        raise unfit(name, type(value).__qualname__, error) from error
    return frozen(value)


def frozen(value: Any) -> Any:
    """A copy that nobody else holds."""
    from copy import deepcopy

    kind = type(value)
    if kind in PLAIN:
        return value
    if kind in (list, tuple):
        return value[:] if PLAIN.issuperset(map(type, value)) else [frozen(one) for one in value]
    return deepcopy(value)


def values_of(rows: list[dict[str, Any]], name: str) -> list[Any]:
    """The values of a field, None where a row lacks it."""
    try:
        return list(map(itemgetter(name), rows))
    except KeyError:
        return [row.get(name) for row in rows]
