"""Profiles of every format that was ever written are read, to the answers of their time."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.golden import make_profiles
from tests.golden.make_profiles import CASES, PROFILES, RELEASED, Vowels

import drypoint as dp
from drypoint import DecodeError, _core
from drypoint.profiles import _metric
from drypoint.profiles._file import VERSION

if TYPE_CHECKING:
    from pathlib import Path

FILES = sorted(path for kind in ("arrow", "parquet") for path in PROFILES.glob(f"v*/*.{kind}"))
assert FILES, "the scan found nothing: the folder moved"
NOW = [path for path in FILES if path.parent.name == f"v{VERSION}"]
# What says which row is of which profile, column and type; the others are facts.
PLACES = {
    "profile", "dataset", "window_start", "window_end", "segment", "profile_rows",
    "column", "type", "nested", "rows", "nulls", "bytes",
}  # fmt: skip
METRICS = _core.metric_names()

every_file = pytest.mark.parametrize(
    "path", FILES, ids=lambda path: path.relative_to(PROFILES).as_posix()
)
file_of_now = pytest.mark.parametrize("path", NOW, ids=lambda path: path.name)


def table_in(path: Path) -> pa.Table:
    """The table that a file holds."""
    if path.suffix == ".parquet":
        return pq.read_table(path)
    with pa.ipc.open_file(path) as reader:
        return reader.read_all()


def loaded(table: pa.Table, folder: Path) -> Any:
    """The profile out of a file of another table."""
    pq.write_table(table, folder / "p.parquet")
    return dp.load(folder / "p.parquet")


def cells(table: pa.Table) -> str:
    """All values: NaN is the same as NaN, and -0 is not the same as 0."""
    return repr(table.to_pylist())


def answers(profile: Any) -> Any:
    """What a profile answers, as JSON has it."""
    return json.loads(json.dumps(profile.to_dict()))


def check(expected: Any, found: Any, where: str) -> None:
    """Whether all that was answered then is answered now; a later version may say more.

    Floats are within what the mathematics of another C library rounds otherwise.
    """
    if isinstance(expected, dict):
        assert expected.keys() <= found.keys(), where
        for name, value in expected.items():
            check(value, found[name], f"{where}, {name}")
    elif isinstance(expected, list):
        assert len(expected) == len(found), where
        for index, (one, other) in enumerate(zip(expected, found, strict=True)):
            check(one, other, f"{where}, {index}")
    elif isinstance(expected, float):
        assert found == pytest.approx(expected, rel=1e-12, abs=0), where
    else:
        assert (found, type(found)) == (expected, type(expected)), where


@pytest.fixture
def _unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    """The class of the custom metric is not defined."""
    monkeypatch.delitem(_metric.CLASSES, Vowels.name)


@every_file
def test_a_golden_file_reads_to_its_answers(path: Path) -> None:
    """Every fact of every column, condition and segment, and what the profile is of."""
    check(json.loads(path.with_suffix(".json").read_text()), answers(dp.load(path)), path.name)


@pytest.mark.parametrize("folder", sorted(PROFILES.iterdir()), ids=lambda folder: folder.name)
def test_a_profile_is_the_same_from_either_kind_of_file(folder: Path) -> None:
    """To the bit."""
    names = {path.stem for path in folder.iterdir()}
    assert names
    for name in names:
        assert dp.load(folder / f"{name}.arrow") == dp.load(folder / f"{name}.parquet")


@file_of_now
def test_what_was_read_is_written_as_it_was(path: Path, tmp_path: Path) -> None:
    """Columns, types and cells, and the JSON in the schema; again, from what was written."""
    table = table_in(path)
    profile = dp.load(path)
    written = profile.to_arrow()
    assert written.column_names == table.column_names
    assert written.schema.metadata == table.schema.metadata
    assert cells(written) == cells(table)
    profile.save(tmp_path / path.name)
    assert table_in(tmp_path / path.name).schema.equals(table.schema, check_metadata=True)
    assert dp.load(tmp_path / path.name) == profile


@pytest.mark.usefixtures("_unknown")
@file_of_now
def test_a_metric_whose_class_is_not_there_is_kept_as_it_was(path: Path) -> None:
    """Its record is its value, and is written as it came."""
    table = table_in(path)
    written = dp.load(path).to_arrow()
    assert Vowels.name in table.column_names
    assert written.schema.field(Vowels.name).equals(table.schema.field(Vowels.name))
    assert cells(written) == cells(table)


@every_file
def test_what_a_later_version_adds_is_left_alone(path: Path, tmp_path: Path) -> None:
    """A column, a metric, a field of a metric, and an entry of the JSON in the schema."""
    table = table_in(path)
    later = pa.array([{"a": 1, "sketch": b"\x01"}] * table.num_rows)
    index = table.column_names.index("lengths")
    lengths = table["lengths"].combine_chunks()
    more = pa.StructArray.from_arrays(
        [*lengths.flatten(), pa.array(range(table.num_rows))],
        [*(field.name for field in lengths.type), "later"],
        mask=lengths.is_null(),
    )
    about = json.loads(table.schema.metadata[b"drypoint"]) | {"later": {"a": [1]}}
    table = table.set_column(index, "lengths", more)
    table = table.append_column("later_metric", later).append_column("note", later.field("a"))
    table = table.replace_schema_metadata({"drypoint": json.dumps(about), "others": "too"})
    assert loaded(table, tmp_path) == dp.load(path)


@every_file
def test_what_an_earlier_version_did_not_write_is_not_measured(path: Path, tmp_path: Path) -> None:
    """Whichever metric it is; all else is answered as it was."""
    table, whole = table_in(path), dp.load(path).to_arrow()
    metrics = [name for name in table.column_names if name in METRICS]
    assert metrics
    for metric in metrics:
        less = loaded(table.drop_columns([metric]), tmp_path)
        assert answers(less)["rows"] == dp.load(path).rows
        kept = [name for name in whole.column_names if name != metric]
        assert less.to_arrow().column_names == kept
        assert cells(less.to_arrow()) == cells(whole.select(kept))


@file_of_now
def test_a_later_format_is_refused_with_the_way_out(path: Path, tmp_path: Path) -> None:
    """Rather than guessed at."""
    table = table_in(path)
    about = json.loads(table.schema.metadata[b"drypoint"])
    assert about["version"] == VERSION
    newer = json.dumps(about | {"version": VERSION + 1})
    words = f"the profile is of format {VERSION + 1}, this drypoint reads up to {VERSION}; update"
    with pytest.raises(DecodeError, match=words):
        loaded(table.replace_schema_metadata({"drypoint": newer}), tmp_path)


def test_the_golden_files_of_now_hold_every_metric() -> None:
    """And each case is there, in both kinds of file."""
    kinds = ("arrow", "parquet", "json")
    folder = PROFILES / f"v{VERSION}"
    assert {path.name for path in folder.iterdir()} >= {f"{n}.{k}" for n in CASES for k in kinds}
    tables = [table_in(path) for path in NOW]
    held = {
        name
        for table in tables
        for name, column in zip(table.column_names, table.columns, strict=True)
        if column.null_count < table.num_rows
    }
    assert held - PLACES == {*METRICS, Vowels.name}


def test_a_format_that_a_release_has_written_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """The script makes no file of it anew, and the changelog says whether there is a release."""
    changelog = (PROFILES.parents[2] / "CHANGELOG.md").read_text()
    headings = re.findall(r"^## (.*)$", changelog, re.MULTILINE)
    assert headings, "the scan found nothing: the changelog is written otherwise"
    assert bool(RELEASED) == any("unreleased" not in heading for heading in headings)
    monkeypatch.setattr(make_profiles, "RELEASED", {VERSION})
    monkeypatch.setattr(sys, "argv", ["make_profiles.py"])
    before = {path: path.stat().st_mtime_ns for path in FILES}
    with pytest.raises(SystemExit, match="these files are kept; add a case under a new name"):
        make_profiles.main()
    assert before == {path: path.stat().st_mtime_ns for path in FILES}
