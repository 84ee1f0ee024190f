"""Predictions of every kind, drawn anew: good ones, and as much worse as is asked for."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

import drypoint as dp

__all__ = ["PARAMETERS", "TASKS", "drawn", "profiled"]

PARAMETERS = dp.Parameters(metrics=["moments"])
TASKS: dict[str, Any] = {
    "late": dp.performance.classification(label="y", score="p", positive=True, threshold=0.5),
    "kind": dp.performance.classification(label="a", prediction="b"),
    "minutes": dp.performance.regression(label="t", prediction="g"),
    "list": dp.performance.ranking(label="r", score="s", k=3),
}


def drawn(random: np.random.Generator, n: int, worse: float = 0.0) -> pa.Table:
    """Scores that are calibrated, four labels, errors with heavy tails, lists of six.

    Of what is worse scores are drawn towards 1/2, more labels are guessed, and errors are larger;
    lists stay as they are.
    """
    p = 1 / (1 + np.exp(1 - 1.2 * random.normal(size=n)))
    y = random.random(n) < p + worse * (0.5 - p)
    a = random.choice(4, n, p=[0.5, 0.3, 0.15, 0.05])
    b = np.where(random.random(n) < 0.8 * (1 - worse), a, random.integers(0, 4, n))
    t = random.normal(10, 3, n)
    e = random.exponential(size=n) * random.choice([-1, 1], n) * (1 + worse)
    s, r = random.random((n, 6)), (random.random((n, 6)) < 0.3).astype(np.int8)
    ends = np.arange(0, 6 * n + 1, 6)
    lists = {name: pa.ListArray.from_arrays(ends, of.ravel()) for name, of in (("s", s), ("r", r))}
    return pa.table({"y": y, "p": p, "a": a, "b": b, "t": t, "g": t + e} | lists)


def profiled(random: np.random.Generator, n: int, worse: float = 0.0, **tasks: Any) -> dp.Profile:
    """The profile of such a table, with all tasks or these."""
    rows = drawn(random, n, worse)
    return dp.profile(rows, performance=tasks or TASKS, parameters=PARAMETERS)
