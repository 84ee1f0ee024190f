"""A lock that raises where others would wait for ever: after a fork, and for oneself."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING, Self
from weakref import WeakSet

from drypoint.errors import BusyError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Lock"]


class Mine(threading.local):
    """What a lock is to one thread.

    Attributes:
        depth: how often it has taken the lock.
    """

    depth = 0


class Lock:
    """A lock around rows that are taken in, which may call functions that come back to it.

    Two waits would never end. A child of a fork has the locks of its parent as they were, but none
    of the threads that held them; what they guard may be half done. And functions of the caller,
    which run behind the lock, may use the very object that it guards. Both raise.

    Args:
        reentrant: whether the thread that holds it may take it again.
        before: locks that are taken after this one, if both are: whoever holds one of them waits
            for itself, or for a thread that waits for it.
    """

    def __init__(self, *, reentrant: bool = False, before: Iterable[Lock] = ()) -> None:
        self._lock = threading.Lock()
        self._reentrant = reentrant
        self._before = tuple(before)
        # Not the number of the thread, which another one has when this one has ended.
        self._mine = Mine()
        self._lost = False
        LOCKS.add(self)

    def acquire(self, *, blocking: bool = True) -> bool:
        """Takes the lock; False if another thread has it and *blocking* is off.

        Raises:
            BusyError: this thread has it, or one that was lost in a fork.
        """
        if self._mine.depth and self._reentrant:
            self._mine.depth += 1
            return True
        self._refuse()
        taken = self._lock.acquire(blocking)
        if taken:
            self._mine.depth = 1
        return taken

    def _refuse(self) -> None:
        """Raises if the wait would never end."""
        if self._mine.depth or any(one._mine.depth for one in self._before):  # noqa: SLF001 # of this class
            raise BusyError(
                "the profiler is used by what it calls while it takes rows in, such as a metric; "
                "use another profiler there"
            )
        if self._lost:
            raise BusyError(
                "a thread of the parent process was feeding this profiler when the process was "
                "forked; make a new one in the child"
            )

    def release(self) -> None:
        """Gives it back, as often as it was taken."""
        self.__exit__()

    def after_fork(self) -> None:
        """Learns, in the child, that its holder is not here."""
        self._lost = self._lost or (self._lock.locked() and not self._mine.depth)

    def __enter__(self) -> Self:
        mine = self._mine
        if mine.depth or self._lost or self._before:
            self.acquire()
        else:
            # Here and not by a call: this is done twice for each batch, however small.
            self._lock.acquire()
            mine.depth = 1
        return self

    def __exit__(self, *_: object) -> None:
        mine = self._mine
        mine.depth -= 1
        if not mine.depth:
            self._lock.release()


LOCKS: WeakSet[Lock] = WeakSet()


def after_fork() -> None:
    """Tells all locks, in the child, before it has other threads."""
    for one in list(LOCKS):
        one.after_fork()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=after_fork)
