"""What is asked for by a name that is not there is told, with what was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from pyarrow import feather, parquet

import drypoint as dp
from drypoint import ParameterError, Parameters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

TABLE = pa.table({"type": [1, 2], "tags": [["a"], []], "place": [{"city": "Kyiv"}, None]})
COUNTS = Parameters(metrics=())


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: dp.profile(TABLE, thread=2), "dp.profile has no option 'thread'; did you mean"),
        (lambda: dp.profile(TABLE, file_system=1), "no option 'file_system'; did you mean 'file"),
        (
            lambda: dp.profile(TABLE, segment_by="type", segment={"a": "b"}),
            "dp.profile has no option 'segment'; did you mean 'segment_by'",
        ),
        (lambda: dp.Profiler(thread=2), "dp.Profiler has no option 'thread'; did you mean"),
        (lambda: dp.SegmentedProfiler("type", segments=2), "dp.SegmentedProfiler has no option"),
        (lambda: dp.Logger("d", sink=print, windows="1h"), "dp.Logger has no option 'windows'"),
        (lambda: dp.Logger("d", sink=print, max_segments=9), "dp.Logger has no option 'max_seg"),
        (lambda: dp.profile(TABLE, max_segments=2), "max_segments says nothing without segment"),
        (
            lambda: dp.profile(TABLE, conditions=dp.condition("c", pc.field("type") > 1)),
            "conditions must be a list of conditions",
        ),
    ],
)
def test_an_option_that_is_not_there_is_told_by_who_was_asked(
    ask: Callable[[], object], message: str
) -> None:
    """And not by a class that nobody has heard of."""
    with pytest.raises(ParameterError, match=message):
        ask()


@pytest.mark.parametrize("segments", [{}, {"segment_by": "type"}])
@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("typ", "columns: column 'typ' not found; did you mean 'type'"),
        ("tag[]", r"column 'tag\[\]' not found; did you mean 'tags\[\]'"),
        (
            "place.town",
            "column 'place.town' not found; did you mean 'place.city'",
        ),
        ("double.y", "column 'double.y' not found"),
    ],
)
@pytest.mark.parametrize("own", [None, COUNTS])
def test_a_column_that_is_chosen_and_not_there_is_told(
    name: str, message: str, own: Parameters | None, segments: dict[str, Any]
) -> None:
    """Whether it is to be left out or measured otherwise."""
    derive = {"double": lambda batch: {"x": pc.multiply(batch["type"], 2)}}
    with pytest.raises(ParameterError, match=message):
        dp.profile(TABLE, columns={name: own}, derive=derive, **segments)


@pytest.mark.parametrize("name", ["type", "tags", "tags[]", "place.city", "double", "both.x"])
def test_a_column_that_is_there_is_chosen(name: str) -> None:
    """By its name or path; columns that are derived are there too."""
    derive = {
        "double": pc.field("type") * 2,
        "both": lambda batch: {"x": batch["type"], "y": batch["type"]},
    }
    found = dp.profile(TABLE, columns={name: COUNTS}, derive=derive)
    assert found[name].mean is None
    assert found[name].distinct is None


def parts(read: list[int]) -> Iterator[pa.Table]:
    """Tables of different columns; the number of each that is read is noted."""
    for number, name in enumerate(["a", "b"]):
        read.append(number)
        yield pa.table({name: [1.0, 2.0]})


def test_columns_may_be_those_of_later_rows() -> None:
    """What nobody has is known at the end only, if columns are known when rows come."""
    found = dp.profile(parts([]), columns={"a": COUNTS, "b": COUNTS})
    assert [one.mean for one in found] == [None, None]
    read: list[int] = []
    with pytest.raises(ParameterError, match="column 'c' not found; there are 'a', 'b'"):
        dp.profile(parts(read), columns={"b": None, "c": None})
    assert read == [0, 1]
    profiler = dp.Profiler(columns={"c": None})
    assert list(profiler.update(pa.table({"a": [1]})).update(pa.table({"c": [1]})).profile()) != []


@pytest.mark.parametrize("write", [parquet.write_table, feather.write_feather])
def test_columns_may_be_those_of_later_files(write: Callable[..., None], tmp_path: Path) -> None:
    """Parquet files tell them all before rows are read."""
    for number, table in enumerate(parts([])):
        name = "parquet" if write is parquet.write_table else "arrow"
        write(table, tmp_path / f"{number}.{name}")
    assert list(dp.profile(tmp_path, columns={"b": None}).columns) == ["a"]
    with pytest.raises(ParameterError, match="column 'c' not found; there are 'a', 'b'"):
        dp.profile(tmp_path, columns={"c": None})


def test_nothing_is_read_for_columns_that_are_known_not_to_be_there() -> None:
    """The producer of a stream is not asked for rows."""
    read: list[int] = []

    def batches() -> Iterator[pa.RecordBatch]:
        read.append(1)
        yield pa.record_batch({"a": [1]})

    reader = pa.RecordBatchReader.from_batches(pa.schema([("a", pa.int64())]), batches())
    with pytest.raises(ParameterError, match="column 'b' not found; there are 'a'"):
        dp.profile(reader, columns={"b": None})
    assert read == []


def test_an_expression_of_a_column_that_is_not_there_tells_what_was_meant() -> None:
    """And not the whole schema."""
    with pytest.raises(ParameterError, match=r"'y' cannot be computed: column 'typ' not found"):
        dp.profile(TABLE, derive={"y": pc.field("typ") * 2})


def test_a_column_that_is_asked_by_number_is_not_found() -> None:
    """Columns have names; an index is what they are asked by in other libraries."""
    with pytest.raises(KeyError, match="column 0 not found; there are 'type'"):
        dp.profile(TABLE)[0]  # type: ignore[index] # that is what is asked here
