"""Warnings point at the line that called drypoint."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest

import drypoint as dp
from drypoint import DrypointWarning, Metric
from drypoint.formats import whylogs
from drypoint.profiles import _metric

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

PACKAGE = Path(dp.__file__).parent
MIXED = Path(__file__).parent / "golden" / "whylogs" / "base_head_8.bin"
TABLE = pa.table({"x": [1, 2, 3], "key": ["a", "b", "c"]})
BROKEN = {"y": lambda batch: [1 // zero for zero in [0] * batch.num_rows]}


class Forgotten(Metric):
    """A metric whose class is not defined when its profiles are merged."""

    name = "forgotten"

    @classmethod
    def takes(cls, data_type: pa.DataType) -> bool:
        """Integers."""
        return bool(pa.types.is_integer(data_type))

    def update(self, values: pa.Array) -> None:
        """Nothing."""

    def merge(self, other: Forgotten) -> None:
        """Nothing."""

    def encode(self) -> dict[str, Any]:
        """One record."""
        return {"n": 0}

    @classmethod
    def decode(cls, record: Mapping[str, Any]) -> Forgotten:  # noqa: ARG003 # it is always the same
        """From the record."""
        return cls()

    @property
    def value(self) -> int:
        """Nothing."""
        return 0


@pytest.fixture
def made(tmp_path: Path) -> Iterator[dict[str, Any]]:
    """Profiles that hold a metric whose class is not there, and others to be warned of."""
    whole = dp.profile(TABLE, metrics=[Forgotten])
    segments = dp.profile(TABLE, metrics=[Forgotten], segment_by=["key", "x"])
    whole.save(tmp_path / "whole.arrow")
    segments.save(tmp_path / "set.arrow")
    with pytest.warns(dp.UnknownMetricWarning):
        unknown = whylogs.read(MIXED.with_name("unknown.bin"))
    known = _metric.CLASSES.pop("forgotten")
    yield {
        "unknown": unknown | unknown,
        "whole": dp.load(tmp_path / "whole.arrow"),
        "set": dp.load(tmp_path / "set.arrow"),
        "rows": dp.Profiler(derive=BROKEN).update(TABLE),
        "segments": dp.SegmentedProfiler("key", max_segments=1).update(TABLE),
    }
    _metric.CLASSES["forgotten"] = known


ASKED: dict[str, Callable[[dict[str, Any]], object]] = {
    "profile": lambda _: dp.profile(TABLE, derive=BROKEN),
    "Profiler.profile": lambda made: made["rows"].profile(),
    "profile of segments": lambda _: dp.profile(TABLE, derive=BROKEN, segment_by="key"),
    "too many segments": lambda _: dp.profile(TABLE, segment_by="key", max_segments=1),
    "SegmentedProfiler.profiles": lambda made: made["segments"].profiles(),
    "|": lambda made: made["whole"] | made["whole"],
    "merge": lambda made: made["whole"].merge(made["whole"]),
    "dp.merge": lambda made: dp.merge([made["whole"], made["whole"]]),
    "sets |": lambda made: made["set"] | made["set"],
    "dp.merge of sets": lambda made: dp.merge([made["set"], made["set"]]),
    "overall": lambda made: made["set"].overall,
    "whylogs.read": lambda _: whylogs.read(MIXED),
    "whylogs.write": lambda made: whylogs.write(made["unknown"]),
}


@pytest.mark.parametrize("what", ASKED)
def test_a_warning_points_at_who_asked(what: str, made: dict[str, Any]) -> None:
    """Not at a line of the house: that is where the filters of warnings look, and the reader."""
    ask = ASKED[what]
    with pytest.warns(DrypointWarning) as told:
        ask(made)
    first = ask.__code__.co_firstlineno
    assert {one.filename for one in told} == {__file__}
    assert all(first <= one.lineno <= first + 2 for one in told)


def test_nobody_counts_levels() -> None:
    """Which is right only until one function of ours is called by another."""
    calls = {
        path.name
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr == "warn"
    }
    assert calls == {"_warn.py"}
