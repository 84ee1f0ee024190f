"""What happens to open loggers when the process ends or forks."""

from __future__ import annotations

import atexit
import logging
import os
import sys
from typing import Protocol

from drypoint.profiles import Profiler

__all__ = ["forget", "remember"]

report = logging.getLogger("drypoint")


class Open(Protocol):
    """What is told."""

    def at_exit(self) -> None:
        """The interpreter is about to end."""

    def after_fork(self) -> None:
        """This process is the child of the one that opened it."""


OPEN: dict[int, Open] = {}
"""Kept alive until they are closed, so that rows are delivered even if nobody holds the logger."""


def remember(one: Open) -> None:
    """From now on it is told."""
    load_libraries()
    OPEN[id(one)] = one
    finish_with_multiprocessing()


def forget(one: Open) -> None:
    """From now on it is not."""
    OPEN.pop(id(one), None)


def load_libraries() -> None:
    """Imports what is imported at first use, and there is more of it than one sees.

    A fork while another thread imports leaves the child with half of a library and a lock that
    nobody opens: pyarrow, say, imports pandas when it makes its first array of a list.
    """
    import pathlib  # noqa: F401
    import random  # noqa: F401
    import urllib.parse  # noqa: F401
    import uuid  # noqa: F401

    import pyarrow.compute as pc  # noqa: F401

    from drypoint.profiles import _set_file  # noqa: F401

    first = Profiler()
    first.log({"x": 1})
    first.profile().to_arrow()


def at_exit(*_: object) -> None:
    """Tells all of them; those that have nothing left do nothing."""
    for one in list(OPEN.values()):
        try:
            one.at_exit()
        except Exception:  # noqa: BLE001 # the others are to be told all the same
            report.exception("%r was not closed", one)


def after_fork() -> None:
    """Tells all of them, in the child."""
    for one in list(OPEN.values()):
        one.after_fork()
    util = sys.modules.get("multiprocessing.util")
    if util is not None:
        # A child of multiprocessing forgets what was to be done at its end, and then runs this.
        util.register_after_fork(HERE, finish_with_multiprocessing)


def finish_with_multiprocessing(*_: object) -> None:
    """Children of multiprocessing end without running `atexit`, but they run this."""
    util = sys.modules.get("multiprocessing.util")
    if util is not None and PROMISED.get(os.getpid()) is None:
        PROMISED[os.getpid()] = util.Finalize(None, at_exit, exitpriority=0)


class Here:
    """Something that lives as long as this module."""


HERE = Here()
PROMISED: dict[int, object] = {}
"""Of which process multiprocessing has promised to run `at_exit`."""

atexit.register(at_exit)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=after_fork)
