"""What a command costs: `python timed.py COMMAND...` prints seconds, processor seconds and MB.

A process of its own and a small one, because a process counts as its own memory what the one had
that it was forked from.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

MB_A_KB = 1024 / 1_000_000
"""Linux tells memory in KB of 1,024 bytes."""


class Cost(NamedTuple):
    """What a run took.

    Attributes:
        wall: seconds from the start of the process to its end.
        processor: seconds of all cores.
        memory: MB at its peak.
        page: MB of the page.
    """

    wall: float
    processor: float
    memory: float
    page: float


def timed(words: list[str], page: Path) -> Cost:
    """Runs a command that writes *page*, in the folder of the page."""
    page.unlink(missing_ok=True)
    command = [sys.executable, __file__, *words]
    done = subprocess.run(command, cwd=page.parent, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(words)} failed:\n{done.stderr}")
    wall, processor, memory = json.loads(done.stdout)
    return Cost(wall, processor, memory, page.stat().st_size / 1_000_000)


def median(costs: list[Cost]) -> Cost:
    """Of each of the four."""
    return Cost(*map(statistics.median, zip(*costs, strict=True)))


def main() -> None:
    """Runs the command, whose output goes to standard error, and leaves with its exit code."""
    start = perf_counter()
    process = subprocess.Popen(sys.argv[1:], stdout=sys.stderr)
    _, status, used = os.wait4(process.pid, 0)
    wall = perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    print(json.dumps([wall, used.ru_utime + used.ru_stime, used.ru_maxrss * MB_A_KB]))
    sys.exit(process.returncode)


if __name__ == "__main__":
    main()
