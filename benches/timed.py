"""What a command costs: `python timed.py COMMAND...` prints seconds, processor seconds and bytes.

A process of its own and a small one, because a process counts as its own memory what the one had
that it was forked from.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from time import perf_counter

KILO = 1024
"""Linux tells memory in KB."""


def main() -> None:
    """Runs the command, whose output goes to standard error, and leaves with its exit code."""
    start = perf_counter()
    process = subprocess.Popen(sys.argv[1:], stdout=sys.stderr)
    _, status, used = os.wait4(process.pid, 0)
    wall = perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    print(json.dumps([wall, used.ru_utime + used.ru_stime, used.ru_maxrss * KILO]))
    sys.exit(process.returncode)


if __name__ == "__main__":
    main()
