"""Whether an answer is right: a wrong one is not worth timing."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from benches import data
from benches.peers.facts import Facts
from benches.peers.works import RANKS, SIZES, NumpySum

# Rivals state no bounds, or loose ones: duckdb's HLL has a standard error of about 5 %, and the
# digests of datafusion and pyarrow stay well within 1 % of the rank.
DISTINCT = 0.25
RANK = 0.02


def distinct(column: pa.Array, answer: Any, work: type[Any]) -> bool:
    """Within 25 % of the exact count, over the values that a work sees."""
    if hasattr(work, "kind") and work.kind in SIZES:
        return bool(0 < answer < 2 * len(column))
    exact = pc.count_distinct(column).as_py()
    return bool(abs(answer / exact - 1) < DISTINCT)


def quantiles(column: pa.Array, answer: Any, _: type[Any]) -> bool:
    """Each within 2 % of its rank."""
    rows = len(column)
    below = [pc.sum(pc.less_equal(column, value)).as_py() / rows for value in answer]
    return all(abs(found - q) < RANK for found, q in zip(below, RANKS, strict=True))


def median(column: pa.Array, answer: Any, _: type[Any]) -> bool:
    """Within 2 % of its rank."""
    below = pc.sum(pc.less_equal(column, answer[0])).as_py() / len(column)
    return bool(abs(below - 0.5) < RANK)


def frequent(_: pa.Array, answer: Any, __: type[Any]) -> bool:
    """Zipf: the five most frequent are those of the smallest numbers."""
    return {f"user_{i}" for i in range(5)} <= set(answer)


def first(_: pa.Array, answer: Any, __: type[Any]) -> bool:
    """Zipf: the most frequent is the first."""
    return bool(answer == "user_0")


def anything(_: pa.Array, __: Any, ___: type[Any]) -> bool:
    """Unique values: every answer is as good."""
    return True


@lru_cache(maxsize=1)
def known(check: str, path: str) -> Any:
    """What a check compares with: the column, or the exact facts of a table; kept for the next."""
    return Facts(data.read_table(path)) if check == "facts" else data.read(path)


def is_right(check: str, known: Any, answer: Any, work: type[Any]) -> bool:
    """Whether *answer* stands; a sum has no other answer."""
    if issubclass(work, NumpySum):
        return True
    return bool(CHECKS[check](known, answer, work))


CHECKS = {
    "distinct": distinct,
    "quantiles": quantiles,
    "median": median,
    "frequent": frequent,
    "first": first,
    "anything": anything,
    "facts": Facts.agree,
}
