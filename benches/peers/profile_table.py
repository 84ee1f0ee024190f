"""The table of works on whole tables."""

from __future__ import annotations

from benches.peers import predecessor as p
from benches.peers import profile_works as w
from benches.peers.table import AtMost, Line, Section

MS = 1_000_000
"""Dividing ns by it makes ms."""


def line(
    name: str, ours: type, rivals: dict[str, tuple[type, float | None]], **more: object
) -> Line:
    """A work on the table of five columns, in ms."""
    return Line(name, "table", "facts", ours, rivals, **{"unit": MS, **more})


# Works on the same rows follow each other: the truth about them is computed once.
LINES = [
    line(
        "profile",
        w.OurProfile,
        {
            "duckdb `SUMMARIZE`": (w.DuckdbSummarize, 10.0),
            "polars `describe`": (w.PolarsDescribe, 3.0),
        },
    ),
    line(
        "profile on two threads",
        w.OurProfileTwoThreads,
        {
            "ours on one": (w.OurProfileOneThread, 1.8),
        },
    ),
    line(
        "profile of a stream of 1,000-row batches",
        w.OurProfileOfBatches,
        {
            "ours of one batch": (w.OurProfile, AtMost(2.0)),
        },
    ),
    line(
        "`update` with each 1,000-row batch",
        w.OurProfileByUpdates,
        {
            "ours of one batch": (w.OurProfile, AtMost(2.0)),
        },
    ),
    line(
        "profiles of 1,000 segments",
        w.OurSegments,
        {
            "ours without segments": (w.OurProfile, AtMost(3.0)),
        },
    ),
    line(
        "profile of a tenth of the rows",
        w.OurProfile,
        {
            "whylogs `why.log`": (p.WhylogsLog, 200.0),
        },
        share=0.1,
    ),
    line(
        "merging 100 profiles of 4 columns",
        w.OurProfileMerge,
        {
            "whylogs `view.merge`": (p.WhylogsMerge, 20.0),
        },
        share=0.1,
    ),
    line(
        "`log` of a row of 5 fields, in ns a row",
        w.OurLog,
        {
            "whylogs `track`": (p.WhylogsTrack, 40.0),
        },
        share=0.002,
        unit=None,
    ),
    line(
        "profile of a Parquet file",
        w.OurProfileOfFile,
        {
            "pyarrow `read_table` alone": (w.PyarrowReadTable, AtMost(1.5)),
        },
        kind="parquet",
    ),
]

PROFILES = Section(
    "## Profiles beside others",
    """Columns of i64, f64, strings of 1,000 values, strings of half as many values as rows, and
timestamps. All default metrics, all cores, the same bytes, one process a library, runs in turn;
what a library tells is checked before it is timed. Medians with quartiles, in ms; the ratio is
theirs to ours, of the medians.""",
    ["drypoint", "polars", "duckdb", "pyarrow"],
    LINES,
)
