"""The table of works: column, ours, rivals, and how much faster we must be."""

from __future__ import annotations

from typing import Any, NamedTuple

from benches.peers import works as w


class AtMost(float):
    """A bar: ours may take so many times the time of theirs."""


class Line(NamedTuple):
    """One work.

    Attributes:
        name: what is done.
        column: the column or table it is done to.
        check: the name of a function of `benches.peers.truth`.
        ours: our work.
        rivals: what others do, and the bar: the least ratio of their time to ours, or what ours may
            take `AtMost`; None only reports.
        share: the part of the rows that is used, for works that take long.
        unit: what the time is divided by: the rows, or the number of merged sketches.
        kind: the format of the file.
    """

    name: str
    column: str
    check: str
    ours: type[Any]
    rivals: dict[str, tuple[type[Any], float | None]]
    share: float = 1.0
    unit: int | None = None
    kind: str = "arrow"


class Section(NamedTuple):
    """A table of `RESULTS.md`: its heading, what it says of itself, who is compared, and works."""

    heading: str
    about: str
    libraries: list[str]
    lines: list[Line]


def merge(ours: type[Any], theirs: type[Any], column: str, check: str) -> Line:
    """Merging 10,000 sketches of a kind."""
    rival = {"datasketches": (theirs, 2.0)}
    return Line(f"merging 10,000 sketches: {ours.kind}", column, check, ours, rival, unit=w.MERGED)


def distinct(name: str, column: str, polars: float, duckdb: float | None) -> Line:
    """Counting distinct values."""
    rivals = {
        "polars": (w.PolarsDistinct, polars),
        "duckdb": (w.DuckdbDistinct, duckdb),
    }
    return Line(f"distinct count of {name}", column, "distinct", w.OurDistinct, rivals)


LINES = [
    distinct("random i64", "i64", 2.0, 2.0),
    distinct("f64", "f64", 2.0, 2.0),
    distinct("short strings, 5 M distinct", "users_5m", 1.5, None),
    distinct("short strings, 1,000 distinct", "users_1k", 2.0, None),
    Line(
        "the same from string views, 5 M distinct",
        "users_5m",
        "distinct",
        w.OurDistinctViews,
        {"polars": (w.PolarsDistinct, None)},
    ),
    Line(
        "the same from string views, 1,000 distinct",
        "users_1k",
        "distinct",
        w.OurDistinctViews,
        {"polars": (w.PolarsDistinct, None)},
    ),
    Line(
        "quantiles of f64, k 200",
        "f64",
        "quantiles",
        w.OurQuantiles,
        {
            "datasketches": (w.DatasketchesQuantiles, 15.0),
            "datafusion": (w.DatafusionQuantiles, 10.0),
            "pyarrow": (w.PyarrowQuantiles, 10.0),
        },
    ),
    Line(
        "quantiles of f64, k 512",
        "f64",
        "quantiles",
        w.OurQuantilesDefault,
        {"numpy": (w.NumpySum, None)},
    ),
    Line(
        "frequent strings, zipf",
        "zipf",
        "frequent",
        w.OurFrequent,
        {"duckdb": (w.DuckdbFrequent, 3.0)},
    ),
    Line(
        "frequent strings, unique",
        "unique",
        "anything",
        w.OurFrequent,
        {"duckdb": (w.DuckdbFrequent, 3.0)},
    ),
    merge(w.OurMergeHll4, w.DatasketchesMergeHll4, "i64", "distinct"),
    merge(w.OurMergeHll8, w.DatasketchesMergeHll8, "i64", "distinct"),
    merge(w.OurMergeKll, w.DatasketchesMergeKll, "f64", "median"),
    merge(w.OurMergeFrequent, w.DatasketchesMergeFrequent, "zipf", "first"),
    Line(
        "distinct count of random i64, beside a sum",
        "i64",
        "distinct",
        w.OurDistinct,
        {"numpy": (w.NumpySum, None)},
    ),
    Line(
        "distinct count of i64, beside a Python loop",
        "i64",
        "distinct",
        w.OurDistinct,
        {"datasketches": (w.DatasketchesLoopHll, None)},
        share=0.1,
    ),
    Line(
        "frequent strings, zipf, beside a Python loop",
        "zipf",
        "frequent",
        w.OurFrequent,
        {"datasketches": (w.DatasketchesLoopFrequent, None)},
        share=0.1,
    ),
]

SKETCHES = Section(
    "# Beside others",
    """The same bytes, one core, one process a library, runs in turn; answers are checked before
they are timed. Medians with quartiles, in ns a value (in ns a sketch where sketches are merged);
the ratio is of the medians. Made by `make bench`.""",
    ["drypoint", "datasketches", "polars", "duckdb", "datafusion", "pyarrow", "numpy"],
    LINES,
)
