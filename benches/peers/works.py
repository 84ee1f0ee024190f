"""What is measured, by library. A work prepares outside the clock, runs inside, and has an answer.

Each class takes the path of a column or a table and the number of rows; `run` does the work once.
What it returns, or what `answer` makes of that outside the clock, `benches.peers.truth` can check.
"""

from __future__ import annotations

from typing import Any, ClassVar

import pyarrow as pa

from benches import data

RANKS = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]
TOP = 10
MERGED = 10_000


class Work:
    """One work of one library.

    Attributes:
        one_core: whether its process is kept to one core and the library to one thread.
        interpreter: the Python that has the library; None for the one that runs the bench.
    """

    one_core: ClassVar[bool] = True
    interpreter: ClassVar[str | None] = None

    def __init__(self, path: str, rows: int) -> None:
        """Brings the column into the library's own form."""
        self.path, self.rows = path, rows
        self.prepare(self.read())

    def read(self) -> Any:
        """The column."""
        return data.read(self.path)

    def prepare(self, column: Any) -> None:
        """Keeps *column* as it is."""
        self.column = column

    def run(self) -> Any:
        """Does the work."""
        raise NotImplementedError

    def answer(self, found: Any) -> Any:
        """What *found* by `run` says, outside the clock."""
        return found


# ---- drypoint


class OurDistinct(Work):
    """HLL, lg_k 12."""

    def run(self) -> Any:
        """Counts distinct values."""
        from drypoint.sketches import HllSketch

        return float(HllSketch(lg_k=12).update(self.column).estimate())


class OurDistinctViews(OurDistinct):
    """The same from string views."""

    def prepare(self, column: pa.Array) -> None:
        """As a polars Series, which holds views."""
        import polars as pl

        self.column = pl.Series(column)


class OurQuantiles(Work):
    """KLL of the rivals' k."""

    k: ClassVar[int] = 200

    def run(self) -> Any:
        """Seven quantiles."""
        from drypoint.sketches import KllSketch

        sketch = KllSketch(k=self.k).update(self.column)
        return [float(q) for q in sketch.quantile(RANKS) or []]


class OurQuantilesDefault(OurQuantiles):
    """KLL of the default k."""

    k = 512


class OurFrequent(Work):
    """Frequent items, lg_max 10."""

    def run(self) -> Any:
        """The ten most frequent."""
        from drypoint.sketches import FrequentItems

        return [row.item for row in FrequentItems(10, "str").update(self.column).top(TOP)]


class OurMerge(Work):
    """10,000 sketches into one; by kind."""

    kind: ClassVar[str]

    def prepare(self, column: pa.Array) -> None:
        """Makes the sketches."""
        size = SIZES[self.kind]
        step = max((self.rows - size) // MERGED, 1)
        starts = [(i * step) % (self.rows - size) for i in range(MERGED)]
        self.parts = [self.new().update(column.slice(start, size)) for start in starts]

    def new(self) -> Any:
        """An empty sketch."""
        from drypoint.sketches import FrequentItems, HllSketch, KllSketch

        if self.kind == "kll":
            return KllSketch(k=200)
        if self.kind == "frequent":
            return FrequentItems(10, "str")
        return HllSketch(12, type=self.kind)

    def run(self) -> Any:
        """Merges them."""
        merged = self.new()
        for part in self.parts:
            merged.merge(part)
        if self.kind == "kll":
            return [float(merged.quantile(0.5))]
        return merged.top(1)[0].item if self.kind == "frequent" else float(merged.estimate())


# ---- rivals


class PolarsDistinct(Work):
    """`approx_n_unique`."""

    def prepare(self, column: pa.Array) -> None:
        """As a Series."""
        import polars as pl

        self.series = pl.Series(column)

    def run(self) -> Any:
        """Counts distinct values."""
        return self.series.approx_n_unique()


class Duckdb(Work):
    """SQL over a native table: faster than over Arrow."""

    sql: ClassVar[str]

    def prepare(self, column: pa.Array) -> None:
        """As a table of its own."""
        import duckdb

        self.base = duckdb.connect()
        self.base.execute("SET threads = 1")
        arrow = pa.table({"v": column})
        self.base.register("arrow", arrow)
        self.base.execute("CREATE TABLE t AS SELECT v FROM arrow")

    def run(self) -> Any:
        """The one value of the query."""
        return self.base.execute(self.sql).fetchone()[0]


class DuckdbDistinct(Duckdb):
    """`approx_count_distinct`."""

    sql = "SELECT approx_count_distinct(v) FROM t"


class DuckdbFrequent(Duckdb):
    """`approx_top_k`."""

    sql = f"SELECT approx_top_k(v, {TOP}) FROM t"


class DatasketchesQuantiles(Work):
    """`kll_doubles_sketch.update(ndarray)`, k 200."""

    def prepare(self, column: pa.Array) -> None:
        """As an ndarray of its own: it does not take one that is read-only."""
        self.array = column.to_numpy().copy()

    def run(self) -> Any:
        """Seven quantiles."""
        from datasketches import kll_doubles_sketch

        sketch = kll_doubles_sketch(200)
        sketch.update(self.array)
        return sketch.get_quantiles(RANKS)


class DatafusionQuantiles(Work):
    """`approx_percentile_cont`."""

    def prepare(self, column: pa.Array) -> None:
        """As a table in memory, of one partition."""
        from datafusion import SessionConfig, SessionContext

        self.context = SessionContext(SessionConfig().with_target_partitions(1))
        batches = pa.table({"v": column}).to_batches(max_chunksize=8192)
        self.context.register_record_batches("t", [batches])

    def run(self) -> Any:
        """Seven quantiles in one query; it shares one digest among them."""
        asked = ", ".join(f"approx_percentile_cont({q}) WITHIN GROUP (ORDER BY v)" for q in RANKS)
        table = self.context.sql(f"SELECT {asked} FROM t").to_arrow_table()
        return [column[0].as_py() for column in table.columns]


class PyarrowQuantiles(Work):
    """`tdigest`."""

    def run(self) -> Any:
        """Seven quantiles."""
        import pyarrow.compute as pc

        return pc.tdigest(self.column, q=RANKS).to_pylist()


class NumpySum(Work):
    """`numpy.sum`: how fast memory is read."""

    def prepare(self, column: pa.Array) -> None:
        """As an ndarray, without a copy."""
        self.array = column.to_numpy()

    def run(self) -> Any:
        """The sum."""
        return float(self.array.sum())


class DatasketchesLoop(Work):
    """A Python loop, for want of an array update."""

    kind: ClassVar[str]

    def prepare(self, column: pa.Array) -> None:
        """As Python objects."""
        self.values = column.to_pylist()

    def run(self) -> Any:
        """One update after the other."""
        from datasketches import frequent_strings_sketch, hll_sketch

        sketch = hll_sketch(12) if self.kind == "hll" else frequent_strings_sketch(10)
        for value in self.values:
            sketch.update(value)
        if self.kind == "hll":
            return sketch.get_estimate()
        from datasketches import frequent_items_error_type as kinds

        return [row[0] for row in sketch.get_frequent_items(kinds.NO_FALSE_NEGATIVES)[:TOP]]


class DatasketchesMerge(OurMerge):
    """10,000 sketches of datasketches into one; made from our bytes."""

    def prepare(self, column: pa.Array) -> None:
        """The same sketches, through their bytes."""
        import datasketches as ds

        super().prepare(column)
        if self.kind == "kll":
            read: Any = ds.kll_doubles_sketch.deserialize
        elif self.kind == "frequent":
            read = ds.frequent_strings_sketch.deserialize
        else:
            read = ds.hll_sketch.deserialize
        self.parts = [read(part.to_bytes()) for part in self.parts]

    def run(self) -> Any:
        """Merges them."""
        import datasketches as ds

        if self.kind == "kll":
            kll = ds.kll_doubles_sketch(200)
            for part in self.parts:
                kll.merge(part)
            return [kll.get_quantile(0.5)]
        if self.kind == "frequent":
            items = ds.frequent_strings_sketch(10)
            for part in self.parts:
                items.merge(part)
            found = items.get_frequent_items(ds.frequent_items_error_type.NO_FALSE_NEGATIVES)
            return found[0][0]
        union = ds.hll_union(12)
        for part in self.parts:
            union.update(part)
        return union.get_estimate()


class OurMergeHll4(OurMerge):
    """HLL_4."""

    kind = "HLL_4"


class OurMergeHll8(OurMerge):
    """HLL_8."""

    kind = "HLL_8"


class OurMergeKll(OurMerge):
    """KLL of doubles, k 200."""

    kind = "kll"


class OurMergeFrequent(OurMerge):
    """Frequent strings, lg_max 10."""

    kind = "frequent"


class DatasketchesMergeHll4(DatasketchesMerge):
    """HLL_4."""

    kind = "HLL_4"


class DatasketchesMergeHll8(DatasketchesMerge):
    """HLL_8."""

    kind = "HLL_8"


class DatasketchesMergeKll(DatasketchesMerge):
    """KLL of doubles, k 200."""

    kind = "kll"


class DatasketchesMergeFrequent(DatasketchesMerge):
    """Frequent strings, lg_max 10."""

    kind = "frequent"


class DatasketchesLoopHll(DatasketchesLoop):
    """HLL."""

    kind = "hll"


class DatasketchesLoopFrequent(DatasketchesLoop):
    """Frequent strings."""

    kind = "frequent"


SIZES = {"HLL_4": 5_000, "HLL_8": 5_000, "kll": 10_000, "frequent": 3_000}
"""Values in each of the merged sketches."""
