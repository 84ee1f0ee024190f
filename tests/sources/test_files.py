"""Files of every format are the same rows; what cannot be read is one error that names the file."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from pyarrow import csv, feather, orc, parquet
from tests.sources.writers import write_json

from drypoint import SourceError
from drypoint.sources import open_source

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TABLE = pa.table({"id": range(1_000), "name": [f"name {i}" for i in range(1_000)]})


def write_csv(table: pa.Table, path: Path) -> None:
    """CSV, unpacked."""
    csv.write_csv(table, path)


def write_tsv(table: pa.Table, path: Path) -> None:
    """Tabs between the fields."""
    csv.write_csv(table, path, csv.WriteOptions(delimiter="\t"))


def write_csv_gz(table: pa.Table, path: Path) -> None:
    """CSV, packed."""
    with gzip.open(path, "wb") as file:
        csv.write_csv(table, file)


def write_stream(table: pa.Table, path: Path) -> None:
    """The file form of Arrow IPC."""
    with pa.ipc.new_file(path, table.schema) as writer:
        writer.write_table(table)


FORMATS: dict[str, Callable[[pa.Table, Path], None]] = {
    "parquet": parquet.write_table,
    "pq": parquet.write_table,
    "csv": write_csv,
    "CSV": write_csv,
    "csv.gz": write_csv_gz,
    "tsv": write_tsv,
    "feather": feather.write_feather,
    "arrow": write_stream,
    "orc": orc.write_table,
    "jsonl": write_json,
    "ndjson": write_json,
}


@pytest.fixture(params=FORMATS)
def suffix(request: pytest.FixtureRequest) -> str:
    """One format after the other."""
    return str(request.param)


def rows_of(*patterns: object) -> pa.Table:
    """All rows of the files."""
    source = open_source([str(pattern) for pattern in patterns])
    return pa.Table.from_batches(source.batches, source.schema)


def test_every_format_gives_the_same_rows(suffix: str, tmp_path: Path) -> None:
    """Told by the name of the file, in either case."""
    path = tmp_path / f"data.{suffix}"
    FORMATS[suffix](TABLE, path)
    assert rows_of(path) == TABLE


def test_several_files_follow_each_other(suffix: str, tmp_path: Path) -> None:
    """Named one by one or by a glob, in the order of their names."""
    for part in range(3):
        FORMATS[suffix](TABLE[part * 300 : (part + 1) * 300], tmp_path / f"{part}.{suffix}")
    expected = TABLE[:900]
    assert rows_of(tmp_path / f"*.{suffix}").combine_chunks() == expected
    assert rows_of(*(tmp_path / f"{part}.{suffix}" for part in range(3))) == expected


@pytest.mark.parametrize("name", ["parquet", "feather", "arrow", "orc"])
def test_rows_are_known_beforehand_where_the_file_says(name: str, tmp_path: Path) -> None:
    """For the progress bar."""
    FORMATS[name](TABLE, tmp_path / f"data.{name}")
    assert open_source([str(tmp_path / f"data.{name}")]).rows == 1_000


@pytest.mark.parametrize("name", ["feather", "parquet"])
def test_large_batches_come_in_parts(name: str, tmp_path: Path) -> None:
    """So that what is computed of a batch takes little memory, however the file was written."""
    rows = 600_000
    path = tmp_path / f"x.{name}"
    if name == "feather":
        feather.write_feather(pa.table({"x": range(rows)}), path, chunksize=rows)
    else:
        parquet.write_table(pa.table({"x": range(rows)}), path)
    sizes = [batch.num_rows for batch in open_source(path).batches]
    assert sum(sizes) == rows
    assert max(sizes) <= 1 << 19


def test_a_name_with_brackets_is_a_name_first(tmp_path: Path) -> None:
    """And a pattern only if there is no such file."""
    parquet.write_table(TABLE, tmp_path / "data[1].parquet")
    assert rows_of(tmp_path / "data[1].parquet") == TABLE


def fail(folder: Path, name: str) -> str:
    """The error of opening and reading, which must be one line that names the file."""
    with pytest.raises(SourceError) as caught:
        rows_of(folder / name)
    assert str(folder / name) in str(caught.value)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    """A file, a pattern."""
    assert fail(tmp_path, "gone.csv").endswith("no such file")
    assert fail(tmp_path, "*.csv").endswith("no file matches")


def test_a_folder_is_refused_with_the_way_out(tmp_path: Path) -> None:
    """Which files are meant is for the user to say."""
    assert "no file in this folder has a known suffix; known are .arrow, " in fail(tmp_path, "")


def test_an_empty_file_is_refused(suffix: str, tmp_path: Path) -> None:
    """Of any format."""
    (tmp_path / f"data.{suffix}").touch()
    assert fail(tmp_path, f"data.{suffix}").endswith(
        "the file is empty; write it again, or leave it out"
    )


def test_an_unknown_format_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    """By the name alone."""
    (tmp_path / "data.xlsx").write_bytes(b"PK")
    assert "unknown format '.xlsx'; known are .arrow, " in fail(tmp_path, "data.xlsx")


def test_files_of_two_formats_are_no_table(tmp_path: Path) -> None:
    """Both are named."""
    write_csv(TABLE, tmp_path / "a.csv")
    parquet.write_table(TABLE, tmp_path / "b.parquet")
    with pytest.raises(SourceError, match=r"several formats .*\['csv', 'parquet'\]"):
        rows_of(tmp_path / "a.csv", tmp_path / "b.parquet")


@pytest.mark.parametrize("kept", [0.3, 0.99])
@pytest.mark.parametrize("name", ["parquet", "feather", "arrow", "orc", "csv.gz"])
def test_a_file_cut_short_is_refused(name: str, kept: float, tmp_path: Path) -> None:
    """Its footer is missing, or the end of what is packed."""
    path = tmp_path / f"data.{name}"
    FORMATS[name](TABLE, path)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * kept)])
    assert "cannot be read" in fail(tmp_path, f"data.{name}")


def test_what_is_not_of_its_format_is_refused(tmp_path: Path) -> None:
    """A text that claims to be Parquet, lines of unequal length, half an object."""
    (tmp_path / "data.parquet").write_text("a,b\n1,2\n" * 10)
    (tmp_path / "data.csv").write_text("a,b\n1,2\n1,2,3\n")
    (tmp_path / "data.jsonl").write_text('{"a": 1}\n{"a": \n')
    for name in ("data.parquet", "data.csv", "data.jsonl"):
        assert "cannot be read" in fail(tmp_path, name)
