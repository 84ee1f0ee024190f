"""What whylogs itself does, in an environment of its own: reads, merges and writes; prints JSON.

whylogs_worker.py read FILE ...     what it says of each file, or of each file in a zip
whylogs_worker.py merge FILE FILE   what it says of the two merged
whylogs_worker.py write FOLDER      profiles of its own, and what it says of them
"""

from __future__ import annotations

import io
import json
import logging
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[2]))
logging.disable(logging.WARNING)

import pandas as pd  # noqa: E402 # the path and the silence come first
import whylogs  # noqa: E402
from tests.golden.whylogs.make_whylogs import DAY, columns, frame, plain, unknown  # noqa: E402
from whylogs.core import DatasetProfileView  # noqa: E402
from whylogs.core.metrics.metrics import CustomMetricBase, register_metric  # noqa: E402
from whylogs.core.resolvers import STANDARD_RESOLVER, MetricSpec, ResolverSpec  # noqa: E402
from whylogs.core.schema import DatasetSchema, DeclarativeSchema  # noqa: E402
from whylogs.core.segmentation_partition import (  # noqa: E402
    ColumnMapperFunction,
    SegmentationPartition,
)

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass
class Longest(CustomMetricBase):  # type: ignore[misc] # of a library without types
    """The length of the longest string: a metric of a user."""

    length: int = 0

    @classmethod
    def get_namespace(cls) -> str:
        """Its name."""
        return "longest"

    @property
    def namespace(self) -> str:
        """Its name."""
        return "longest"

    def merge(self, other: Longest) -> Longest:
        """The longer one."""
        return Longest(max(self.length, other.length))

    def columnar_update(self, view: Any) -> Any:
        """Looks at a column."""
        from whylogs.core.metrics.metrics import OperationResult

        values = view.pandas.strings if view.pandas.strings is not None else view.list.strings
        self.length = max([self.length, *(len(text) for text in values)])
        return OperationResult.ok(len(values))

    def to_summary_dict(self, cfg: Any = None) -> dict[str, Any]:  # noqa: ARG002 # what is asked for
        """What it says."""
        return {"length": int(self.length)}

    @classmethod
    def zero(cls, config: Any = None) -> Longest:  # noqa: ARG003 # likewise
        """Of nothing."""
        return cls()


register_metric(Longest)


def says(view: Any) -> dict[str, Any]:
    """What whylogs says of a profile."""
    return {
        "columns": {
            name: {key: plain(fact) for key, fact in column.to_summary_dict().items()}
            for name, column in view.get_columns().items()
        },
        "metadata": dict(view.metadata or {}),
        "timestamp": view.dataset_timestamp and view.dataset_timestamp.isoformat(),
    }


def read(*paths: str) -> dict[str, Any]:
    """What it says of each profile by the name of the file."""
    return {name: one for path in paths for name, one in read_one(path).items()}


def read_one(path: str) -> dict[str, Any]:
    """The profile of a file, or those of a zip."""
    data = Path(path).read_bytes()
    if not data.startswith(b"PK"):
        return {path: says(DatasetProfileView.deserialize(data))}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {
            name: says(DatasetProfileView.deserialize(archive.read(name)))
            for name in archive.namelist()
        }


def merge(*paths: str) -> dict[str, Any]:
    """What it says of all of them merged."""
    first, *rest = [DatasetProfileView.deserialize(Path(path).read_bytes()) for path in paths]
    for other in rest:
        first = first.merge(other)
    return says(first)


def write(folder: str) -> dict[str, Any]:
    """Profiles of its own."""
    custom = ResolverSpec(column_name="s", metrics=[MetricSpec(Longest)])
    schema = DeclarativeSchema([*STANDARD_RESOLVER, custom])
    odd = pd.DataFrame(
        {
            "infinite": [1.0, float("inf"), -2.0, None],
            "mixed": ["a", 1, 2.5, True],
            "times": pd.to_datetime(["2021-01-01", "2021-01-02", None, "2021-01-03"]),
            "nothing": [None] * 4,
            "lists": [[1, 2], [3], [], None],
            "big": [2**62, -(2**62), 0, 1],
            "日本": ["語", "語", "", "é"],
        }
    )
    views = {
        "plain": whylogs.log(frame(0, 5000), dataset_timestamp=DAY, name="rows").view(),
        "merged": whylogs.log(frame(0, 3000)).view().merge(whylogs.log(frame(2000, 5000)).view()),
        "unknown": unknown(),
        "custom": whylogs.log(frame(0, 50), schema=schema).view(),
        "odd": whylogs.log(odd).view(),
        "rows": by_rows(),
    }
    segmented(folder)
    return {name: said(view, Path(folder) / f"{name}.bin") for name, view in views.items()}


def said(view: Any, path: Path) -> dict[str, Any]:
    """Writes a profile, and what it says when it is read again."""
    path.write_bytes(view.serialize())
    return says(DatasetProfileView.deserialize(path.read_bytes()))


def by_rows() -> Any:
    """A profile of single rows, NaN among them, which it then counts as a number."""
    profile = whylogs.log({"x": 1.5, "y": "a"}).profile()
    for x in (2.5, float("nan"), None):
        profile.track({"x": x, "y": "b"})
    return profile.view()


def segmented(folder: str) -> None:
    """A zip of segments by two columns, written as it does by itself."""
    mapper = ColumnMapperFunction(col_names=["b", "k"])
    partition = SegmentationPartition(name="b and k", mapper=mapper)
    data = pd.DataFrame(columns(0, 600)).assign(k=[f"k {row % 2}" for row in range(600)])
    schema = DatasetSchema(segments={partition.name: partition})
    results = whylogs.log(data, schema=schema)
    results.writer("local").option(base_dir=folder).write(zip=True, zip_name="segmented.zip")


if __name__ == "__main__":
    command, *arguments = sys.argv[1:]
    commands: dict[str, Callable[..., Any]] = {"read": read, "merge": merge, "write": write}
    json.dump(commands[command](*arguments), sys.stdout)
