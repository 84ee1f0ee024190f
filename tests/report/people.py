"""A table with a column of each kind, and predictions."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

import drypoint as dp

__all__ = ["TASK", "people"]

ROWS = 400


def people(seed: int, *, shift: float = 0.0) -> pa.Table:
    """A table with a column of each kind."""
    random = np.random.default_rng(seed)
    seconds = random.integers(1_400_000_000, 1_500_000_000, ROWS).astype("datetime64[s]")
    return pa.table(
        {
            "id": [f"p{number}" for number in range(ROWS)],
            "age": pa.array(random.normal(40 + shift, 10, ROWS)),
            "children": pa.array(random.integers(0, 5, ROWS)),
            "city": pa.array([["Rome", "Oslo", "Bern"][n] for n in random.integers(0, 3, ROWS)]),
            "seen": pa.array(seconds),
            "member": pa.array(random.random(ROWS) < 0.3),
            "note": pa.nulls(ROWS, pa.string()),
            "yes": pa.array(random.random(ROWS) < 0.5),
            "guess": pa.array(random.random(ROWS)),
        }
    )


TASK = dp.performance.classification(label="yes", score="guess", positive=True, threshold=0.5)
