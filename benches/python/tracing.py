"""Traces of many segments: `python -m benches.python.tracing [--segments N] [--out FILE]`.

Each time the two profile sets are as they were made, or loaded: nothing of them has been asked
before. What is timed is the one call.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from math import isclose
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

import drypoint as dp
from benches import results

BAR = 1.0
"""Seconds that 10,000 segments may take."""
ROWS = 100
"""Of each segment, in the mean."""
HEAD = """
## Segments that moved a number

{where}. `dp.trace` of two profile sets with {segments:,} segments each, {rows:,} rows in all,
{repeats} times: the median, and the least. At most {bar:g} s is required of 10,000 segments.
Profiles are of default parameters; asked of one column, they unpack what they hold of all.

| number | columns of the profiles | seconds, median | least | at most {bar:g} s |
| --- | --- | ---: | ---: | --- |
"""


def table(segments: int, seed: int) -> pa.Table:
    """Rows of a key, a number, and a prediction beside its label."""
    random = np.random.default_rng(seed)
    keys = np.concatenate(
        [np.arange(segments), random.integers(0, segments, (ROWS - 1) * segments)]
    )
    truth = random.random(len(keys)) < 0.5
    guess = truth ^ (random.random(len(keys)) < 0.1)
    number = random.normal(keys % 7 + seed, 1.0)
    return pa.table({"key": keys.astype(str), "x": number, "truth": truth, "guess": guess})


def profiled(rows: pa.Table, columns: list[str], **options: Any) -> dp.ProfileSet:
    """The segments of some columns."""
    left_out = {name: None for name in rows.column_names if name not in columns}
    return dp.profile(rows, segment_by="key", max_segments=10**6, columns=left_out, **options)


def anew(profiles: dp.ProfileSet) -> dp.ProfileSet:
    """The same profiles, of which nothing has been asked."""
    return replace(profiles, profiles=tuple(replace(one) for one in profiles))


def seconds(sides: list[dp.ProfileSet], ask: Callable[..., dp.Trace], change: float) -> float:
    """How long a trace takes; the answer is checked."""
    fresh = [anew(one) for one in sides]
    begin = time.perf_counter()
    found = ask(*fresh)
    passed = time.perf_counter() - begin
    if len(found) != len(sides[0]) or not isclose(found.contribution, change, rel_tol=1e-9):
        raise SystemExit(f"the parts add up to {found.contribution}, and not to {change}")
    return passed


class Work(NamedTuple):
    """What is measured.

    Attributes:
        name: of the number.
        holds: what the profiles are of.
        ask: the question.
        columns: that are profiled.
        performance: whether predictions are counted.
        truth: the number, as NumPy has it.
    """

    name: str
    holds: str
    ask: Callable[[dp.ProfileSet, dp.ProfileSet], dp.Trace]
    columns: list[str]
    performance: bool
    truth: Callable[[pa.Table], float]

    def sides(self, tables: list[pa.Table]) -> list[dp.ProfileSet]:
        """The profiles, and nothing else, since what is in memory slows a collection down."""
        task = dp.performance.classification(label="truth", prediction="guess", positive=True)
        options = {"performance": task} if self.performance else {}
        return [profiled(one, self.columns, **options) for one in tables]


def mean(current: dp.ProfileSet, reference: dp.ProfileSet) -> dp.Trace:
    """Of the number."""
    return dp.trace(current, reference, "mean", column="x")


def harmonic(current: dp.ProfileSet, reference: dp.ProfileSet) -> dp.Trace:
    """Of the predictions."""
    return dp.trace(current, reference, "f1")


def f1_of(rows: pa.Table) -> float:
    """F1 as NumPy has it."""
    truth, guess = rows["truth"].to_numpy(), rows["guess"].to_numpy()
    return float(2 * (truth & guess).sum() / (truth.sum() + guess.sum()))


def mean_of(rows: pa.Table) -> float:
    """The mean as NumPy has it."""
    return float(rows["x"].to_numpy().mean())


ALL = ["x", "truth", "guess"]
WORKS = [
    Work("mean", "a float", mean, ["x"], performance=False, truth=mean_of),
    Work("f1", "a classification", harmonic, [], performance=True, truth=f1_of),
    Work("mean", "these, and two booleans", mean, ALL, performance=True, truth=mean_of),
    Work("f1", "the same", harmonic, ALL, performance=True, truth=f1_of),
]


def section(segments: int, repeats: int) -> str:
    """Measures."""
    tables = [table(segments, seed) for seed in (1, 2)]
    head = {"where": results.where(), "segments": segments, "rows": 2 * len(tables[0])}
    text = HEAD.format(**head, repeats=repeats, bar=BAR)
    for one in WORKS:
        sides = one.sides(tables)
        change = one.truth(tables[0]) - one.truth(tables[1])
        found = [seconds(sides, one.ask, change) for _ in range(repeats)]
        middle, least = statistics.median(found), min(found)
        cells = [f"`{one.name}`", one.holds, f"{middle:.2f}", f"{least:.2f}"]
        text += results.row(*cells, results.met(so=middle <= BAR)) + "\n"
        del sides
    return text


def main() -> None:
    """Measures and writes."""
    parser = argparse.ArgumentParser(prog="python -m benches.python.tracing")
    parser.add_argument("--segments", type=int, default=10_000)
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--out", type=Path, default=None)
    options = parser.parse_args()
    text = section(options.segments, options.repeats)
    print(text, end="")
    if options.out is not None:
        results.put(options.out, text)


if __name__ == "__main__":
    main()
