"""Sketches of streams of uniform numbers, made once and kept.

A sketch compares values and does nothing else with them, and its coin is fair whatever they are.
So the sketch of f(x), for a function f that nowhere falls, follows the same law as the sketch of x
with f of its items. One stream of uniform numbers serves all distributions, by the inverse of their
functions.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

import drypoint as dp
from drypoint.profiles import ColumnProfile
from drypoint.profiles._file import from_bytes, to_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

KEPT = Path(__file__).resolve().parents[2] / "build" / "calibration"
RUNS = {1_000: 6_000, 10_000: 6_000, 100_000: 6_000, 1_000_000: 6_000, 10_000_000: 2_400}
AT_ONCE = 40
"""Streams of one generator; each of these is a task for one process."""
SHAPES = {
    "2 × 10,000": [10_000] * 2,
    "7 × 10,000": [10_000] * 7,
    "100 × 10,000": [10_000] * 100,
    "10,000 and 90,000": [10_000, 90_000],
}
"""Of profiles that are merged."""
KS = (200, 512)
PREAMBLE = 20
SEED, FITTED = 1951, (1933, 1939, 1947, 2013)
"""Of the streams that grade, and of those that were looked at while the laws were made."""


def sketches(n: int) -> dict[int, list[bytes]]:
    """By k, the sketches of `RUNS[n]` streams of *n* values, as profiles keep them."""
    KEPT.mkdir(parents=True, exist_ok=True)
    path = KEPT / f"{SEED}-{n}.npz"
    if not path.exists():
        with ProcessPoolExecutor() as processes:
            parts = [*processes.map(made_of, repeat(n), range(RUNS[n] // AT_ONCE))]
        made = {str(k): np.array([one for part in parts for one in part[k]], object) for k in KS}
        np.savez(path, **made)
    with np.load(path, allow_pickle=True) as found:
        return {k: list(found[str(k)]) for k in KS}


def made_of(n: int, part: int) -> dict[int, list[bytes]]:
    """A part of the sketches, made."""
    rng = np.random.default_rng([SEED, n, part])
    values = np.empty(n)
    made: dict[int, list[bytes]] = {k: [] for k in KS}
    for _ in range(AT_ONCE):
        rng.random(out=values)
        for k in KS:
            parameters = dp.Parameters(k=k, metrics=["quantiles"])
            one = dp.profile({"x": values}, parameters=parameters, threads=1)["x"]
            made[k].append(one._fact("quantiles", "kll"))  # noqa: SLF001 # as it is stored
    return made


def merged(shape: str, k: int, part: int) -> list[bytes]:
    """Sketches of profiles of that *shape*, stored and then merged."""
    sizes = SHAPES[shape]
    rng = np.random.default_rng([SEED, len(sizes), sum(sizes), k, part])
    parameters = dp.Parameters(k=k, metrics=["quantiles"])
    made = []
    for _ in range(AT_ONCE):
        parts = [dp.profile({"x": rng.random(n)}, parameters=parameters, threads=1) for n in sizes]
        stored = [from_bytes(to_bytes(one)) for one in parts]
        made.append(dp.merge(stored)["x"]._fact("quantiles", "kll"))  # noqa: SLF001 # as above
    return made


def column(data: bytes, of: Callable[[Any], Any]) -> ColumnProfile:
    """The profile of a column of f(x), from the sketch of x."""
    n = int.from_bytes(data[8:16], "little")
    head = PREAMBLE + 4 * data[18]
    items = np.asarray(of(np.frombuffer(data, "<f8", -1, head)), dtype="<f8")
    return with_metrics("double", n, {"quantiles": {"kll": data[:head] + items.tobytes()}})


def with_metrics(type_name: str, rows: int, metrics: dict[str, Any]) -> ColumnProfile:
    """A column of which only some facts are known."""
    facts = {"name": "x", "type": type_name, "nested": False, "rows": rows, "nulls": 0, "bytes": 0}
    return ColumnProfile([{**facts, "metrics": metrics}])
