"""Every kind of drawing, of made-up people, planes and predictions."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

import drypoint as dp
from drypoint.report import charts

if TYPE_CHECKING:
    from drypoint.report.charts import Drawing

__all__ = ["COLUMNS", "every_drawing", "rows", "scored"]

COLUMNS = (
    charts.histogram,
    charts.ecdf,
    charts.top_values,
    charts.lengths,
    charts.kinds,
)
"""What draws columns, with a reference or without; `calendar` has none."""
START = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
TASK = dp.performance.classification(label="y", prediction="guess", score="p", positive=True)


@cache
def rows(seed: int, size: int = 3_000) -> pa.Table:
    """A table with columns of the kinds that there are pictures of."""
    rng = np.random.default_rng(seed)
    score = rng.random(size)
    label = rng.random(size) < score
    return pa.table(
        {
            "delay": rng.gamma(2, 20, size) - 10,
            "count": pa.array(rng.poisson(3, size), mask=rng.random(size) < 0.1),
            "at": pa.array(
                [START + dt.timedelta(minutes=int(m)) for m in rng.integers(0, 400_000, size)],
                pa.timestamp("us", tz="UTC"),
            ),
            "day": pa.array(
                [START.date() + dt.timedelta(days=int(d)) for d in rng.integers(0, 90, size)]
            ),
            "took": pa.array(rng.integers(0, 10**10, size), pa.duration("us")),
            "clock": pa.array(rng.integers(0, 86_399, size).astype("int32"), pa.time32("s")),
            "carrier": rng.choice(
                ["UA", "B6", "AA", "long, long name of a carrier"], size
            ).tolist(),
            "note": ["x" * int(n) for n in rng.geometric(0.01, size)],
            "tags": [[1] * int(n) for n in rng.integers(0, 9, size)],
            "ok": label,
            "y": label,
            "guess": score > 0.5,
            "p": score,
            "key": rng.choice(["a", "b", "c"], size).tolist(),
        }
    )


@cache
def profiled(seed: int) -> dp.Profile:
    """The profile of such a table."""
    return dp.profile(rows(seed), performance=TASK)


@cache
def segmented(seed: int) -> dp.ProfileSet:
    """The profiles of its segments."""
    return dp.profile(rows(seed), segment_by="key", performance=TASK)


def scored(seed: int) -> Any:
    """The answers of its classification."""
    return profiled(seed).performance.only


def fairness(seed: int) -> dp.FairnessTable:
    """How the segments fare."""
    return dp.fairness(segmented(seed), favorable=True)


@cache
def every_drawing() -> dict[str, Drawing]:
    """Each by a name; two of each that a reference may be given to."""
    mine, theirs = profiled(1), profiled(2)
    found: dict[str, Drawing | None] = {}
    for draw in COLUMNS:
        for column in mine:
            found[f"{draw.__name__} {column.name}"] = draw(column)
            both = draw(column, theirs[column.name])
            found[f"{draw.__name__} {column.name} compared"] = both
    found |= {f"calendar {column.name}": charts.calendar(column) for column in mine}
    found |= {
        "drift": charts.drift(dp.drift(mine, theirs)),
        "confusion": charts.confusion(scored(1)),
        "roc": charts.roc(scored(1)),
        "calibration": charts.calibration(scored(1)),
        "contributions": charts.contributions(
            dp.trace(segmented(1), segmented(2), metric="accuracy")
        ),
    }
    found |= {
        f"segments {metric}": charts.segments_performance(segmented(1), metric)
        for metric in ("accuracy", "auroc")
    }
    found |= {
        f"disparity {name}": charts.disparity(fairness(1), name)
        for name in ("disparate_impact", "statistical_parity", "equalized_odds")
    }
    return {name: one for name, one in found.items() if one is not None}
