"""No row is lost or counted twice when a process ends or forks."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import drypoint as dp

if TYPE_CHECKING:
    from pathlib import Path

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
HEAD = """
import os, sys, threading
from drypoint import Logger
"""


def run(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """What a process of its own says."""
    command = [sys.executable, "-W", "ignore::DeprecationWarning", "-c", HEAD + code]
    done = subprocess.run(
        [*command, *map(str, arguments)], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return done


def sums(folder: Path) -> list[int]:
    """The sum of x of each profile of a folder, in order."""
    return sorted(int(profile["x"].sum or 0) for profile in loaded(folder))


def loaded(folder: Path) -> list[dp.Profile]:
    """All profiles of a folder."""
    assert not list(folder.rglob("*.part"))
    return [dp.load(path) for path in folder.rglob("*.arrow")]


def test_what_is_open_when_the_interpreter_ends_is_delivered(tmp_path: Path) -> None:
    """Though nobody closed the logger, or holds it."""
    run(
        """
def work():
    logger = Logger("rides", sink=sys.argv[1])
    for number in range(10_000):
        logger.log({"x": number})
work()
""",
        tmp_path,
    )
    (profile,) = loaded(tmp_path)
    assert profile["x"].sum == sum(range(10_000))


def test_what_cannot_be_delivered_at_the_end_is_spilled(tmp_path: Path) -> None:
    """And it is said where."""
    done = run(
        """
def fail(profile):
    raise OSError("the disk is full")
logger = Logger("rides", sink=fail, spill=sys.argv[1], retry="1h", retry_most="1h")
logger.log({"x": 1})
""",
        tmp_path,
    )
    (profile,) = loaded(tmp_path)
    (path,) = tmp_path.rglob("*.arrow")
    assert profile.rows == 1
    assert "the disk is full" in done.stderr
    assert str(path) in done.stderr


def test_without_a_spill_folder_the_loss_is_reported(tmp_path: Path) -> None:
    """With how many rows."""
    done = run(
        """
def fail(profile):
    raise OSError("the disk is full")
logger = Logger("rides", sink=fail, retry="1h", retry_most="1h")
logger.log({"x": 1})
"""
    )
    assert "'rides': 1 rows are lost: no spill folder" in done.stderr
    assert loaded(tmp_path) == []


@needs_fork
def test_a_fork_delivers_what_came_before_it_once(tmp_path: Path) -> None:
    """By the parent; what comes after it is delivered by whoever logged it."""
    run(
        """
logger = Logger("rides", sink=sys.argv[1])
for number in range(5_000):
    logger.log({"x": 1})
child = os.fork()
logger.log({"x": 1_000_000 if child == 0 else 1_000})
if child:
    assert os.waitpid(child, 0)[1] == 0
""",
        tmp_path,
    )
    assert sums(tmp_path) == [6_000, 1_000_000]


@needs_fork
def test_a_child_that_logs_nothing_delivers_nothing(tmp_path: Path) -> None:
    """Nor does it lose what the parent has."""
    run(
        """
logger = Logger("rides", sink=sys.argv[1])
logger.log({"x": 1})
child = os.fork()
if child:
    os.waitpid(child, 0)
""",
        tmp_path,
    )
    assert [profile.rows for profile in loaded(tmp_path)] == [1]


@needs_fork
def test_a_fork_amid_logging_threads_deadlocks_nobody(tmp_path: Path) -> None:
    """Locks that other threads held at the fork are new in the child."""
    run(
        """
logger = Logger("rides", sink=sys.argv[1], window="1s")
stop = threading.Event()
counts = [0] * 4
def work(mine):
    while not stop.is_set():
        logger.log({"x": 1, "child": False})
        counts[mine] += 1
threads = [threading.Thread(target=work, args=(mine,)) for mine in range(4)]
for thread in threads:
    thread.start()
children = []
for _ in range(20):
    child = os.fork()
    if child == 0:
        for _ in range(100):
            logger.log({"x": 1, "child": True})
        logger.close()
        os._exit(0)
    children.append(child)
codes = [os.waitpid(child, 0)[1] for child in children]
stop.set()
for thread in threads:
    thread.join()
assert codes == [0] * 20, codes
logger.close()
assert logger.counts["rows"] == sum(counts)
""",
        tmp_path,
    )
    profiles = loaded(tmp_path)
    assert sum(profile["child"].trues or 0 for profile in profiles) == 2_000


@needs_fork
def test_children_of_multiprocessing_deliver_too(tmp_path: Path) -> None:
    """They end without running what `atexit` was given."""
    run(
        """
import multiprocessing
logger = Logger("rides", sink=sys.argv[1])
def work(number):
    logger.log({"x": number})
logger.log({"x": 1})
context = multiprocessing.get_context("fork")
children = [context.Process(target=work, args=(number,)) for number in (10, 100)]
for child in children:
    child.start()
for child in children:
    child.join(60)
    assert child.exitcode == 0
""",
        tmp_path,
    )
    assert sums(tmp_path) == [1, 10, 100]


@pytest.mark.slow
def test_processes_write_into_one_folder(tmp_path: Path) -> None:
    """None replaces what another one wrote."""
    code = """
logger = Logger("rides", sink=sys.argv[1], window="1d")
logger.log({"x": 1})
"""
    for _ in range(3):
        run(code, tmp_path)
    assert dp.merge(loaded(tmp_path)).rows == 3
