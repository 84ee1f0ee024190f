"""Rows that are logged one by one, profiling included, beside the same rows in one batch.

`python -m benches.python.log [--rows N] [--repeats R] [--out FILE]`; FILE is added to. A row has
five fields: an integer, a float, a string of few values, one of many, and a boolean.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import drypoint as dp

if TYPE_CHECKING:
    from collections.abc import Callable

HEAD = """
## Rows one by one

{rows:,} dicts of five fields (int, float, str, str, bool), profiling included; medians. For scale:
whylogs 1.6.4 takes 82,000 ns for such a row in `DatasetProfile.track`.

| work | ns a row | rows a second |
| --- | ---: | ---: |
"""


def rows(count: int) -> list[dict[str, Any]]:
    """Seeded rows, as a service would log them."""
    draw = random.Random(7)
    cities = ["Kyiv", "Lima", "Oslo", "Rome", "Suva"]
    return [
        {
            "id": index,
            "score": draw.random(),
            "city": draw.choice(cities),
            "user": f"user {draw.randrange(10**6)}",
            "ok": draw.random() < 0.9,
        }
        for index in range(count)
    ]


def one_by_one(given: list[dict[str, Any]]) -> dp.Profile:
    """Each row logged."""
    profiler = dp.Profiler()
    for row in given:
        profiler.log(row)
    return profiler.profile()


def with_logger(given: list[dict[str, Any]]) -> dp.Profile:
    """Each row logged into a window by the clock."""
    delivered: list[dp.Profile] = []
    with dp.Logger("bench", sink=delivered.append, window="1d") as logger:
        for row in given:
            logger.log(row)
    return dp.merge(delivered)


def seconds(work: Callable[[Any], dp.Profile], given: list[dict[str, Any]], expected: Any) -> float:
    """How long it takes; the answer is checked."""
    begin = time.perf_counter()
    made = work(given)
    passed = time.perf_counter() - begin
    if not made.core.equals(expected.core):
        raise SystemExit(f"{work.__name__} gave another profile")
    return passed


def main() -> None:
    """Measures and writes."""
    parser = argparse.ArgumentParser(prog="python -m benches.python.log")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--out", type=Path, default=None)
    options = parser.parse_args()
    given = rows(options.rows)
    expected = dp.profile(given)
    works = {"Profiler.log": one_by_one, "Logger.log": with_logger, "profile(rows)": dp.profile}
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(options.repeats):
        for name, work in works.items():
            times[name].append(seconds(work, given, expected))
    text = HEAD.format(rows=options.rows)
    for name, found in times.items():
        middle = statistics.median(found)
        text += f"| {name} | {1e9 * middle / options.rows:,.0f} | {options.rows / middle:,.0f} |\n"
    print(text, end="")
    if options.out is not None:
        with options.out.open("a") as file:
            file.write(text)


if __name__ == "__main__":
    main()
