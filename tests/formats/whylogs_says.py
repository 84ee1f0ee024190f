"""What whylogs says of a column, by its own rules, from a profile of ours."""

from __future__ import annotations

import math
import struct
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from drypoint import ColumnProfile
    from drypoint.sketches import KllSketch

__all__ = ["ITEMS", "says"]

RANKS = {"median": 0.5} | {f"q_{rank:02}": rank / 100 for rank in (1, 5, 10, 25, 75, 90, 95, 99)}
ITEMS = "frequent_items/frequent_strings"
# Sums of registers are added up in another order.
HLL_TOLERANCE = 1e-9


def says(column: ColumnProfile) -> dict[str, Any]:
    """All that whylogs says of what the column has, by the names that it has for that."""
    return counts(column) | types(column) | numbers(column) | sketches(column)


def one(column: ColumnProfile, fact: str) -> Any:
    """The fact of the part that has it: whylogs has one sketch for all types of a column."""
    found = (getattr(part, fact) for part in column.parts)
    return next((value for value in found if value is not None), None)


def counts(column: ColumnProfile) -> dict[str, Any]:
    """Rows, nulls and the like, and the ends of integers."""
    made = {"counts/n": column.rows, "counts/null": column.nulls}
    if "float64" in column.types:
        infinities = one(column, "positive_infinities") + one(column, "negative_infinities")
        made |= {"counts/nan": one(column, "nans"), "counts/inf": infinities}
    if column.trues is not None:
        made |= {"counts/true": column.trues}
    if column.type == "int64" and column.min is not None:
        made |= {"ints/min": column.min, "ints/max": column.max}
    return made


def types(column: ColumnProfile) -> dict[str, Any]:
    """Values by type; whylogs counts integers and fractions apart, a profile may not."""
    names = {"string": "string", "struct": "object", "list": "tensor"}
    return {f"types/{theirs}": column.types.get(ours, 0) for ours, theirs in names.items()}


def numbers(column: ColumnProfile) -> dict[str, Any]:
    """Quantiles, mean and spread; the two last only where no infinity has spoiled them there."""
    kll = one(column, "kll")
    if kll is None or kll.is_empty:
        return {}
    facts = {"n": kll.n, "min": kll.min, "max": kll.max}
    facts |= {name: quantile(kll, rank) for name, rank in RANKS.items()}
    if one(column, "mean") is not None:
        facts |= {"mean": one(column, "mean"), "stddev": one(column, "std") or 0.0}
    return {f"distribution/{name}": pytest.approx(fact, rel=1e-12) for name, fact in facts.items()}


def quantile(kll: KllSketch, rank: float) -> float:
    """The first kept item before which at least rank * n values lie, each item of its weight."""
    before, least = 0, math.floor(rank * kll.n)
    for item, weight in sorted(retained(kll.to_bytes())):
        if before >= least:
            return item
        before += weight
    return float(kll.max)


def retained(data: bytes) -> list[tuple[float, int]]:
    """The kept items of a KLL sketch and their weights."""
    if data[0] == 2:  # one item
        return [(*struct.unpack_from("<d", data, 8), 1)]
    levels = struct.unpack_from(f"<{data[18]}I", data, 20)
    start = 20 + 4 * len(levels)
    items = struct.unpack_from(f"<{(len(data) - start) // 8}d", data, start)[2:]
    ends = [*(level - levels[0] for level in levels[1:]), len(items)]
    begins = [level - levels[0] for level in levels]
    return [
        (item, 1 << level)
        for level, (begin, end) in enumerate(zip(begins, ends, strict=True))
        for item in items[begin:end]
    ]


def sketches(column: ColumnProfile) -> dict[str, Any]:
    """Distinct and frequent values."""
    hll, items = one(column, "hll"), one(column, "items")
    made: dict[str, Any] = {}
    if hll is not None:
        found = hll.estimate(1)
        ends = {"est": found.value, "lower_1": found.lower, "upper_1": found.upper}
        made |= {
            f"cardinality/{name}": pytest.approx(end, rel=HLL_TOLERANCE)
            for name, end in ends.items()
        }
    if items is not None:
        booleans = {"0": "False", "1": "True"} if column.type == "bool" else {}
        made[ITEMS] = sorted(
            [booleans.get(str(item), str(item)), found.value, found.lower, found.upper]
            for item, found in items.frequent()
        )
    return made
