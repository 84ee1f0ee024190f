"""Limits that are times, without a rival: a wide table, and `import drypoint`."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

from benches import data, results
from benches.peers.facts import Facts
from benches.peers.profile_works import OurProfile
from benches.peers.runner import Runner

COLUMNS, ROWS = 10_000, 1_000
WIDE_SECONDS = 2.0
IMPORT_SECONDS = 0.05
HEAVY = ["pandas", "polars", "pyarrow", "scipy"]
"""What `import drypoint` must not load."""

IMPORT = f"""
import json, sys, time
start = time.perf_counter()
import drypoint
seconds = time.perf_counter() - start
print(json.dumps([seconds, [name for name in {HEAVY} if name in sys.modules]]))
"""


class OurWideProfile(OurProfile):
    """A profile of many columns."""

    def read(self) -> object:
        """The table, which is made anew."""
        return data.wide(COLUMNS, ROWS)


def section(repeats: int) -> str:
    """Measures, and writes the table."""
    rows = [wide_row(repeats), import_row(repeats)]
    head = f"""## Limits

Medians with the worst of {repeats} runs, in processes of their own.

- {results.where()}

| what | measured | required | met |
| --- | ---: | ---: | --- |
"""
    return head + "\n".join(rows) + "\n"


def wide_row(repeats: int) -> str:
    """The wide table, profile included."""
    runner = Runner("drypoint", OurWideProfile, Path(), ROWS)
    if not Facts(data.wide(COLUMNS, ROWS)).agree(runner.once(), OurWideProfile):
        raise SystemExit("the profile of the wide table is wrong")
    runner.times.clear()
    for _ in range(repeats):
        runner.once()
    runner.stop()
    name = f"profile of {COLUMNS:,} columns × {ROWS:,} rows, five types in turn"
    return limit(name, runner.times, WIDE_SECONDS)


def import_row(repeats: int) -> str:
    """The import; the first one of all only warms the disk."""
    times = [imported() for _ in range(repeats + 1)][1:]
    return limit(f"`import drypoint`, loading none of {', '.join(HEAVY)}", times, IMPORT_SECONDS)


def imported() -> float:
    """How long an import takes in a new interpreter."""
    command = [sys.executable, "-c", IMPORT]
    # Compiled, as an installer leaves it: the first run writes what the others read.
    env = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    found = subprocess.run(command, capture_output=True, text=True, check=True, env=env).stdout
    seconds, loaded = json.loads(found)
    if loaded:
        raise SystemExit(f"import drypoint loads {loaded}")
    return float(seconds)


def limit(name: str, times: list[float], most: float) -> str:
    """A row of the table, in ms."""
    middle, worst = 1e3 * statistics.median(times), 1e3 * max(times)
    so = middle <= 1e3 * most
    return results.row(
        name,
        f"{middle:,.0f} ({worst:,.0f}) ms",
        f"{1e3 * most:,.0f} ms at most",
        results.met(so=so),
    )
