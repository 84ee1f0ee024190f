"""Whole tables into profiles, by library. An answer is as `benches.peers.facts` says."""

from __future__ import annotations

from math import sqrt
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa

from benches import data
from benches.peers.facts import QUARTILES
from benches.peers.works import Work

BATCH = 1_000
PARTS = 100
"""Profiles that are merged."""
KEY = "users_1k"
SEGMENTS = 1_000
FIELDS = ["i64", "f64", "users_1k", "users_5m", "time"]
MERGED = FIELDS[:4]


class TableWork(Work):
    """A work on a whole table, on all cores.

    Attributes:
        distinct_error: what a distinct count may be off by. Rivals state no bounds, or loose ones:
            duckdb's HLL has a standard error of about 5 %.
    """

    one_core = False
    distinct_error: ClassVar[float] = 0.25

    def read(self) -> pa.Table:
        """The table."""
        return data.read_table(self.path)

    def prepare(self, column: pa.Table) -> None:
        """Keeps the table, each column in one piece."""
        self.table = column.combine_chunks()


# ---- drypoint


class OurProfile(TableWork):
    """All default metrics."""

    distinct_error = 4 * 1.04 / sqrt(2**12)
    threads: ClassVar[int | None] = None

    def run(self) -> Any:
        """A profile."""
        import drypoint as dp

        return dp.profile(self.table, threads=self.threads)

    def answer(self, found: Any) -> Any:
        """All facts of the profile."""
        return {column.name: facts(column) for column in found}


def facts(column: Any) -> dict[str, Any]:
    """What our profile says of a column."""
    found = {
        "rows": column.rows,
        "nulls": column.nulls,
        "min": plain(column.min),
        "max": plain(column.max),
        "distinct": float(column.distinct),
    }
    quartiles = column.quantile(QUARTILES)
    return found if quartiles is None else found | {"quartiles": [plain(q) for q in quartiles]}


def plain(value: Any) -> Any:
    """A value of our profile as the facts have it."""
    value = getattr(value, "value", value)
    return ticks(value) if isinstance(value, np.datetime64) else value


def ticks(time: Any) -> int:
    """Microseconds since 1970 of a timestamp or its text."""
    return int(np.datetime64(time, "us").astype("int64"))


class OurProfileOneThread(OurProfile):
    """The same on one thread."""

    threads = 1


class OurProfileTwoThreads(OurProfile):
    """The same on two threads."""

    threads = 2


class OurProfileOfFile(OurProfile):
    """From the file, decoding included."""

    def read(self) -> None:
        """Nothing yet."""

    def prepare(self, column: Any) -> None:
        """Nothing: the file is read inside the clock."""

    def run(self) -> Any:
        """A profile."""
        import drypoint as dp

        return dp.profile(self.path)


class OurProfileOfBatches(OurProfile):
    """From a stream of small batches."""

    def prepare(self, column: pa.Table) -> None:
        """Cuts the table."""
        super().prepare(column)
        self.batches = self.table.to_batches(max_chunksize=BATCH)

    def run(self) -> Any:
        """A profile."""
        import drypoint as dp

        return dp.profile(pa.RecordBatchReader.from_batches(self.table.schema, self.batches))


class OurProfileByUpdates(OurProfileOfBatches):
    """A call for each small batch."""

    def run(self) -> Any:
        """A profile."""
        import drypoint as dp

        profiler = dp.Profiler()
        for batch in self.batches:
            profiler.update(batch)
        return profiler.profile()


class OurSegments(OurProfile):
    """A profile of each segment."""

    def run(self) -> Any:
        """A profile set."""
        import drypoint as dp

        return dp.profile(self.table, segment_by=[KEY])

    def answer(self, found: Any) -> Any:
        """The facts of all segments together, if they are as many as there should be."""
        return super().answer(found.overall) if len(found) == SEGMENTS else {}


class OurProfileMerge(OurProfile):
    """Merging profiles."""

    def prepare(self, column: pa.Table) -> None:
        """Makes the profiles."""
        import drypoint as dp

        self.parts = [dp.profile(part) for part in parts(column.select(MERGED))]

    def run(self) -> Any:
        """A profile."""
        import drypoint as dp

        return dp.merge(self.parts)


def parts(table: pa.Table) -> list[pa.Table]:
    """As many parts as there are profiles to merge."""
    size = -(-len(table) // PARTS)
    return [table.slice(start, size) for start in range(0, len(table), size)]


class OurLog(OurProfile):
    """Row by row."""

    def prepare(self, column: pa.Table) -> None:
        """The rows as dicts."""
        self.logged = column.select(FIELDS).to_pylist()

    def run(self) -> Any:
        """A profile."""
        import drypoint as dp

        profiler = dp.Profiler()
        log = profiler.log
        for row in self.logged:
            log(row)
        return profiler.profile()


# ---- rivals


class DuckdbSummarize(TableWork):
    """`SUMMARIZE` of a native table: faster than over Arrow."""

    def prepare(self, column: pa.Table) -> None:
        """As a table of its own."""
        import duckdb

        self.base = duckdb.connect()
        self.base.register("arrow", column)
        self.base.execute("CREATE TABLE t AS SELECT * FROM arrow")

    def run(self) -> Any:
        """A row for each column."""
        return self.base.execute("SUMMARIZE t").fetchall()

    def answer(self, found: Any) -> Any:
        """Its facts, which are text."""
        return {row[0]: summary(row) for row in found}


def summary(row: tuple[Any, ...]) -> dict[str, Any]:
    """The facts in a row of `SUMMARIZE`."""
    read = {"BIGINT": int, "DOUBLE": float, "TIMESTAMP": ticks}.get(row[1], str)
    found = {
        "rows": row[10],
        "nulls": round(row[10] * float(row[11]) / 100),
        "min": read(row[2]),
        "max": read(row[3]),
        "distinct": row[4],
    }
    return found if row[7] is None else found | {"quartiles": [read(q) for q in row[7:10]]}


class PolarsDescribe(TableWork):
    """`DataFrame.describe`."""

    def prepare(self, column: pa.Table) -> None:
        """As a data frame."""
        import polars as pl

        self.frame = pl.DataFrame(column)

    def run(self) -> Any:
        """A data frame of facts."""
        return self.frame.describe()

    def answer(self, found: Any) -> Any:
        """Its facts."""
        names = found["statistic"]
        return {
            column.name: described(dict(zip(names, column, strict=True)))
            for column in found.iter_columns()
            if column.name != "statistic"
        }


def described(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts in a column of `describe`: numbers are floats, all else is text."""
    nulls, quartiles = int(facts["null_count"]), [facts["25%"], facts["50%"], facts["75%"]]
    timed = isinstance(quartiles[0], str)
    read = ticks if timed else lambda value: value
    found = {
        "rows": int(facts["count"]) + nulls,
        "nulls": nulls,
        "min": read(facts["min"]),
        "max": read(facts["max"]),
    }
    return found if quartiles[0] is None else found | {"quartiles": [read(q) for q in quartiles]}


class PyarrowReadTable(OurProfileOfFile):
    """`read_table`, and nothing else."""

    def run(self) -> Any:
        """The table."""
        import pyarrow.parquet as pq

        return pq.read_table(self.path)

    def answer(self, found: Any) -> Any:
        """How many rows were read."""
        return {name: {"rows": len(found)} for name in found.column_names}
