"""What whylogs does. It runs on NumPy 1 alone, so in an interpreter of its own."""

from __future__ import annotations

from functools import reduce
from pathlib import Path
from typing import Any

import pyarrow as pa

from benches.peers.profile_works import FIELDS, MERGED, TableWork, parts

PYTHON = Path(__file__).parents[2] / "build" / "whylogs-venv" / "bin" / "python"


class WhylogsLog(TableWork):
    """`why.log` of a data frame."""

    interpreter = str(PYTHON)

    def prepare(self, column: pa.Table) -> None:
        """As a data frame."""
        self.frame = column.to_pandas()

    def run(self) -> Any:
        """A view."""
        import whylogs as why

        return why.log(self.frame).view()

    def answer(self, found: Any) -> Any:
        """Its facts; of timestamps it counts rows and nulls."""
        return {name: facts(column) for name, column in found.get_columns().items()}


def facts(column: Any) -> dict[str, Any]:
    """The facts in the view of a column."""
    known = column.to_summary_dict()
    found = {"rows": known["counts/n"], "nulls": known["counts/null"]}
    if "cardinality/est" in known:
        found["distinct"] = known["cardinality/est"]
    if known.get("distribution/n"):
        names = ("q_25", "median", "q_75")
        found["quartiles"] = [float(known[f"distribution/{name}"]) for name in names]
        found |= {end: float(known[f"distribution/{end}"]) for end in ("min", "max")}
    return found


class WhylogsMerge(WhylogsLog):
    """Merging views."""

    def prepare(self, column: pa.Table) -> None:
        """Makes the views."""
        import whylogs as why

        frames = [part.to_pandas() for part in parts(column.select(MERGED))]
        self.views = [why.log(frame).view() for frame in frames]

    def run(self) -> Any:
        """A view."""
        return reduce(lambda one, other: one.merge(other), self.views)


class WhylogsTrack(WhylogsLog):
    """`track` row by row."""

    def prepare(self, column: pa.Table) -> None:
        """The rows as dicts."""
        self.tracked = column.select(FIELDS).to_pylist()

    def run(self) -> Any:
        """A view."""
        from whylogs.core import DatasetProfile

        profile = DatasetProfile()
        track = profile.track
        for row in self.tracked:
            track(row)
        return profile.view()


class WhylogsBytes(WhylogsLog):
    """How large a view is."""

    def answer(self, found: Any) -> int:
        """The bytes that it writes."""
        return len(found.serialize())
