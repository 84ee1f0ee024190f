"""What is written as a whylogs profile is read back the same, and restores what was kept."""

from __future__ import annotations

import datetime as dt
import io
import math
import zipfile
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats.whylogs_says import says

import drypoint as dp
from drypoint.formats import whylogs
from drypoint.formats.whylogs._component import INTEGER, KNOWN, same, value
from drypoint.formats.whylogs._file import decode
from drypoint.formats.whylogs._kept import kept

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DAY = dt.datetime(2021, 1, 2, tzinfo=dt.UTC)

VALUES: dict[str, tuple[pa.DataType, st.SearchStrategy[Any]]] = {
    "i": (pa.int64(), st.integers(-(2**63), 2**63 - 1)),
    "u": (pa.uint64(), st.integers(0, 2**64 - 1)),
    "f": (pa.float64(), st.floats(-1e9, 1e9) | st.just(math.nan)),
    "s": (pa.string(), st.text(max_size=10)),
    "b": (pa.bool_(), st.booleans()),
    "d": (pa.decimal128(9, 2), st.decimals(-1000, 1000, places=2)),
    "t": (pa.timestamp("us", "UTC"), st.datetimes(timezones=st.just(dt.UTC))),
    "l": (pa.list_(pa.int64()), st.lists(st.integers(0, 9), max_size=3)),
}


@st.composite
def tables(draw: Any) -> pa.Table:
    """A few rows of every type, nulls among them."""
    size = draw(st.integers(0, 12))
    columns = {
        name: pa.array(draw(st.lists(st.none() | one, min_size=size, max_size=size)), data_type)
        for name, (data_type, one) in VALUES.items()
    }
    return pa.table(columns)


def written_and_read(profile: dp.Profile) -> dp.Profile:
    """What comes back."""
    found = whylogs.read(whylogs.write(profile))
    assert isinstance(found, dp.Profile)
    return found


@given(table=tables())
def test_what_whylogs_has_a_place_for_comes_back(table: pa.Table) -> None:
    """Of every type: rows, nulls, mean, quantiles, distinct and frequent values, to the bit."""
    profile = dp.profile(table)
    back = written_and_read(profile)
    assert back.rows == profile.rows
    for column in profile:
        if column.name == "l[]":
            assert column.name not in back
            continue
        found = back[column.name]
        assert (found.rows, found.nulls) == (column.rows, column.nulls)
        if column.type in ("timestamp[us, UTC]", "list", "uint64") or column.rows == column.nulls:
            continue
        for fact in ("n", "mean", "std", "median", "trues", "falses", "hll"):
            assert getattr(found, fact) == getattr(column, fact), f"{column.name}: {fact}"
        if column.type in ("int64", "string", "bool"):
            assert found.top(100) == column.top(100)
        if column.type == "float64":
            assert found.nans == column.nans
        if column.type == "int64":
            assert (found.min, found.max) == (column.min, column.max)


@given(table=tables())
def test_what_was_read_is_written_the_same(table: pa.Table) -> None:
    """Reading and writing lose nothing more the second time; the same gives the same bytes."""
    data = whylogs.write(dp.profile(table, dataset="d", tags={"a": "b"}))
    once = whylogs.read(data)
    assert whylogs.write(once) == whylogs.write(once)
    assert whylogs.read(whylogs.write(once)) == once
    again = decode(whylogs.write(once))
    for name, components in decode(data).columns.items():
        for path, component in components.items():
            assert same(again.columns[name][path], component), f"{name}: {path}"


@given(left=tables(), right=tables())
def test_parts_that_were_written_merge_as_parts_do(left: pa.Table, right: pa.Table) -> None:
    """Counts and distinct values exactly, means to rounding; without values types may differ."""
    a, b = dp.profile(left), dp.profile(right)
    merged, back = a | b, written_and_read(a) | written_and_read(b)
    assert back.rows == merged.rows
    for name in ("i", "f", "s", "b"):
        ours, theirs = merged[name], back[name]
        assert (theirs.rows, theirs.nulls) == (ours.rows, ours.nulls)
        if all(one[name].rows > one[name].nulls for one in (a, b)):
            assert (theirs.type, theirs.n, theirs.hll) == (ours.type, ours.n, ours.hll)
            assert (theirs.mean or 0.0) == pytest.approx(ours.mean or 0.0)


def test_a_column_of_several_types_is_one_there() -> None:
    """Its distinct and frequent values are of all types, its distribution of the numbers."""
    parts: list[dict[str, list[Any]]] = [
        {"x": [1, 2, 2]}, {"x": ["a", "2"]}, {"x": [0.5]}, {"x": [True]}
    ]  # fmt: skip
    profile = dp.merge(map(dp.profile, parts))
    with pytest.warns(dp.MixedTypesWarning, match=r"columns \['x'\] hold values of several types"):
        back = whylogs.read(whylogs.write(profile))["x"]
    assert back.types == {"float64": 5, "string": 2}
    assert (back.n, back.mean, back.min, back.max) == (5, 6.5 / 5, 0.5, 2.0)
    assert back.std == pytest.approx(math.sqrt((1 + 4 + 4 + 0.25 + 1 - 6.5**2 / 5) / 4))
    assert round(back.distinct) == 5
    assert {item.item: item.estimate.value for item in back.parts[1].items.top()} == {
        "1": 1, "2": 3, "a": 1, "True": 1
    }  # fmt: skip


# ---- What it is of


def test_dataset_segment_tags_and_times_come_back() -> None:
    """The time is the begin of the window."""
    window = (DAY, DAY + dt.timedelta(days=1))
    about: dict[str, Any] = {"dataset": "flights", "window": window, "segment": {"to": "ORD"}}
    profile = dp.profile({"x": [1]}, tags={"run": "7", "whylogs.tag.team": "a"}, **about)
    back = whylogs.read(whylogs.write(profile), window=dt.timedelta(days=1))
    assert (back.dataset, back.window, back.segment) == ("flights", window, {"to": "ORD"})
    assert (back.tags["run"], back.tags["whylogs.tag.team"]) == ("7", "a")
    assert back.tags["whylogs.dataset_timestamp"] == DAY.isoformat()
    assert written_and_read(back).tags == back.tags


def test_a_tag_that_should_be_a_time_is_refused() -> None:
    """It would be lost, or be another time."""
    for text in ("yesterday", "2021-01-02"):
        profile = dp.profile({"x": [1]}, tags={"whylogs.dataset_timestamp": text})
        with pytest.raises(dp.ParameterError, match="must be a time with a zone"):
            whylogs.write(profile)


# ---- Sets


def test_a_set_is_a_zip_of_its_segments(tmp_path: Path) -> None:
    """With the remainder beside them; the same set gives the same bytes."""
    rows = {"k": ["a", "b", None, "c", "c"], "g": [1, 1, 2, 2, 2], "x": [1, 2, 3, 4, 5]}
    with pytest.warns(UserWarning, match="more than 3 segments"):
        found = dp.profile(rows, segment_by=["k", "g"], max_segments=3)
    path = tmp_path / "segments.zip"
    data = whylogs.write(found, path)
    assert path.read_bytes() == data == whylogs.write(found)
    assert zipfile.is_zipfile(path)
    back = whylogs.read(path)
    assert (back.keys, back.rows, back.remainder.rows) == (("k", "g"), 5, 2)
    assert back["a", "1"]["x"].mean == 1.0
    # whylogs has no null among its keys.
    assert back["None", "2"]["x"].mean == 3.0


def test_a_zip_of_one_file_is_a_profile() -> None:
    """Whether packed or not; folders in it do not matter."""
    profile = dp.profile({"x": [1, 2]})
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.mkdir("inside")
        archive.writestr("inside/profile.bin", whylogs.write(profile))
    assert whylogs.read(sink.getvalue()) == written_and_read(profile)


# ---- What has no place


@pytest.mark.filterwarnings("ignore::drypoint.errors.UnknownMetricWarning")
def test_unknown_metrics_are_restored_to_the_byte(golden: Callable[[str], Path]) -> None:
    """Also when the profile was saved here in between."""
    data = golden("unknown").read_bytes()
    before, after = decode(data).columns, decode(whylogs.write(whylogs.read(data))).columns
    unknown = {path for path in before["s"] if path.split("/")[0] not in KNOWN}
    assert len(unknown) > 100
    assert {path: after["s"][path] for path in unknown} == {p: before["s"][p] for p in unknown}


def test_unknown_metrics_are_told_of_skipped_or_refused(golden: Callable[[str], Path]) -> None:
    """As was asked."""
    path = golden("unknown")
    names = r"unknown metrics \['condition_count', 'unicode_range'\]"
    with pytest.warns(dp.UnknownMetricWarning, match=rf"unknown\.bin: {names} are kept"):
        held = whylogs.read(path)
    with pytest.warns(dp.UnknownMetricWarning, match=rf"unknown\.bin: {names} are left out"):
        skipped = whylogs.read(path, unknown="skip")
    assert len(whylogs.write(skipped)) < len(whylogs.write(held)) / 2
    with pytest.raises(dp.DecodeError, match=names):
        whylogs.read(path, unknown="raise")
    with pytest.raises(dp.ParameterError, match="unknown must be"):
        whylogs.read(path, unknown="drop")  # type: ignore[arg-type] # that is what is asked here


@pytest.mark.filterwarnings("ignore:.*are kept for writing")
def test_what_was_kept_is_not_said_of_other_rows(golden: Callable[[str], Path]) -> None:
    """Two equal profiles have equal tags, and so has their merge, whose rows are twice as many."""
    profile = whylogs.read(golden("unknown"))
    merged = profile | profile
    assert merged.tags == profile.tags
    with pytest.warns(dp.UnknownMetricWarning, match="not of these rows"):
        columns = decode(whylogs.write(merged)).columns
    assert {path.split("/")[0] for path in columns["s"]} <= KNOWN
    assert value(columns["s"]["counts/n"], INTEGER) == 80


def test_a_damaged_tag_is_refused() -> None:
    """It says which, and what to do."""
    for text in ("%", "V0hZMQ", "V0hZMQ=="):
        profile = dp.profile({"x": [1]}, tags={"whylogs.kept": text})
        with pytest.raises(dp.DecodeError, match=r"tag 'whylogs\.kept' is damaged.*remove it"):
            whylogs.write(profile)


def test_counts_that_have_no_place_elsewhere_are_kept(column: Callable[..., bytes]) -> None:
    """Such as NaN among strings, which pandas has for a missing one."""
    data = column(counts__n=3, counts__null=1, counts__nan=1, types__string=2)
    profile = whylogs.read(data)
    assert list(kept(profile)["x"]) == ["counts/nan"]  # type: ignore[index] # it is there
    assert value(decode(whylogs.write(profile)).columns["x"]["counts/nan"], INTEGER) == 1


# ---- Files


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    """And its bytes are returned."""
    profile = dp.profile({"x": [1]})
    path = tmp_path / "x.bin"
    assert whylogs.write(profile, path) == path.read_bytes()
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(dp.SourceError, match=r"no/x\.bin: cannot be written"):
        whylogs.write(profile, tmp_path / "no" / "x.bin")


def test_only_profiles_are_written() -> None:
    """Anything else is named."""
    with pytest.raises(dp.InputTypeError, match="got int"):
        whylogs.write(3)  # type: ignore[arg-type] # that is what is asked here


def test_a_large_profile_says_there_what_it_says_here() -> None:
    """Above k values, and with more items than are kept."""
    rows = range(50_000)
    profile = dp.profile({"i": [row * row % 9973 for row in rows], "f": [row / 7 for row in rows]})
    back = written_and_read(profile)
    for column in profile:
        assert says(back[column.name]) == says(column)
