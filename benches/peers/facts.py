"""The exact facts of a table, and whether what a profile says agrees with them.

An answer is a dict of facts by column: `rows`, `nulls`, `min` and `max` are exact, `distinct` and
`quartiles` are within the error. A library leaves out what it does not tell. Timestamps are
microseconds since 1970.
"""

from __future__ import annotations

from functools import cached_property
from math import floor
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

QUARTILES = [0.25, 0.5, 0.75]
RANK = 0.02
"""Of quartiles: nobody's digest is worse."""


class Exact:
    """The facts of one column, each computed when it is asked for."""

    def __init__(self, column: pa.ChunkedArray) -> None:
        """Of *column*, with ticks for timestamps."""
        timed = pa.types.is_timestamp(column.type)
        self.column = column.cast(pa.int64()) if timed else column

    @cached_property
    def rows(self) -> int:
        """All of them."""
        return len(self.column)

    @cached_property
    def nulls(self) -> int:
        """Those that are null."""
        return self.column.null_count

    @cached_property
    def extremes(self) -> dict[str, Any]:
        """`min` and `max`."""
        return pc.min_max(self.column).as_py()

    @cached_property
    def distinct(self) -> int:
        """Different values."""
        return pc.count_distinct(self.column).as_py()

    def rank(self, value: Any) -> float:
        """The share of the rows that are not above *value*."""
        bound = floor(value) if pa.types.is_integer(self.column.type) else value
        return pc.mean(pc.less_equal(self.column, bound)).as_py()

    def agrees(self, fact: str, found: Any, error: float) -> bool:
        """Whether *found* is right; a distinct count within *error* of the true one."""
        if fact in ("min", "max"):
            true = self.extremes[fact]
            return bool(found == (float(true) if isinstance(found, float) else true))
        if fact == "distinct":
            return bool(abs(found / self.distinct - 1) < error)
        if fact == "quartiles":
            ranks = map(self.rank, found)
            return all(abs(rank - q) < RANK for rank, q in zip(ranks, QUARTILES, strict=True))
        return bool(found == getattr(self, fact))


class Facts:
    """The facts of a table."""

    def __init__(self, table: pa.Table) -> None:
        """Of all columns of *table*."""
        self.columns = {name: Exact(table[name]) for name in table.column_names}

    def agree(self, answer: dict[str, dict[str, Any]], work: type[Any]) -> bool:
        """Whether there is an answer and everything in it is right."""
        return bool(answer) and all(
            self.columns[name].agrees(fact, value, work.distinct_error)
            for name, facts in answer.items()
            for fact, value in facts.items()
        )
