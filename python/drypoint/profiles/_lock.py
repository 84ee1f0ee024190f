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
        self._mine = threading.local()
        self._lost = False
        LOCKS.add(self)

    def acquire(self, *, blocking: bool = True) -> bool:
        """Takes the lock; False if another thread has it and *blocking* is off.

        Raises:
            BusyError: this thread has it, or one that was lost in a fork.
        """
        if self.depth and self._reentrant:
            self._mine.depth += 1
            return True
        if self.depth or any(one.depth for one in self._before):
            raise BusyError(
                "the profiler is used by what it calls while it takes rows in, such as a metric; "
                "use another profiler there"
            )
        if self._lost:
            raise BusyError(
                "a thread of the parent process was feeding this profiler when the process was "
                "forked; make a new one in the child"
            )
        taken = self._lock.acquire(blocking=blocking)
        if taken:
            self._mine.depth = 1
        return taken

    def release(self) -> None:
        """Gives it back, as often as it was taken."""
        self._mine.depth -= 1
        if not self._mine.depth:
            self._lock.release()

    @property
    def depth(self) -> int:
        """How often this thread has taken it."""
        taken: int = getattr(self._mine, "depth", 0)
        return taken

    def after_fork(self) -> None:
        """Learns, in the child, that its holder is not here."""
        self._lost = self._lost or (self._lock.locked() and not self.depth)

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


LOCKS: WeakSet[Lock] = WeakSet()


def after_fork() -> None:
    """Tells all locks, in the child, before it has other threads."""
    for one in list(LOCKS):
        one.after_fork()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=after_fork)
