"""Files that cannot be read: which, what is wrong with it, and the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from pyarrow import csv, feather
from pyarrow.fs import LocalFileSystem, SubTreeFileSystem
from tests.sources.writers import WRITERS

import drypoint as dp
from drypoint import InputValueError, SourceError

if TYPE_CHECKING:
    from pathlib import Path

TABLE = pa.table({"id": range(1_000), "name": [f"name {i}" for i in range(1_000)]})


ENDED = ["parquet", "feather", "arrow", "orc"]
BINARY = [*ENDED, "arrows"]
NAMES = {
    "parquet": "Parquet",
    "feather": "Arrow IPC",
    "arrow": "Arrow IPC",
    "arrows": "a stream of Arrow IPC",
    "orc": "ORC",
}


def whole(suffix: str, folder: Path) -> bytes:
    """The bytes of a file that can be read."""
    WRITERS[suffix](TABLE, folder / f"whole.{suffix}")
    return (folder / f"whole.{suffix}").read_bytes()


def fault(*paths: object) -> str:
    """What is said of files of which one cannot be read."""
    with pytest.raises(SourceError) as caught:
        dp.profile([str(path) for path in paths])
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("suffix", ENDED)
@pytest.mark.parametrize("kept", [5, 7, 0.5, -1])
def test_a_file_without_its_end_says_so(suffix: str, kept: float, tmp_path: Path) -> None:
    """It was cut short, or somebody is still writing it."""
    path = tmp_path / f"x.{suffix}"
    data = whole(suffix, tmp_path)
    path.write_bytes(data[: int(len(data) * kept) if 0 < kept < 1 else int(kept)])
    assert fault(path) == (
        f"{path}: cannot be read: its end is missing: it was cut short, or is still being "
        "written; write or copy it again, or wait until it is whole"
    )


@pytest.mark.parametrize("suffix", BINARY)
@pytest.mark.parametrize("data", [b"id,name\n1,x\n" * 9, bytes(5_000), b"a", b"\xff\xff"])
def test_what_a_file_begins_with_is_told(suffix: str, data: bytes, tmp_path: Path) -> None:
    """If it is not what its name says: text, nothing but zeros, a byte."""
    path = tmp_path / f"x.{suffix}"
    path.write_bytes(data)
    said = fault(path)
    assert said.startswith(f"{path}: cannot be read: ")
    if suffix == "arrows" and data == b"\xff\xff":
        assert said.endswith("; if it is damaged, write or copy it again")
    else:
        assert f"it is not {NAMES[suffix]}: it begins with {data[:8]!r}; is it " in said


@pytest.mark.parametrize("suffix", ["feather", "arrows", "orc", "csv", "jsonl", "csv.gz"])
def test_a_file_under_a_name_of_another_format_is_recognised(suffix: str, tmp_path: Path) -> None:
    """The way out is the name that it should have; Parquet is read under any."""
    path = tmp_path / f"x.{suffix}"
    path.write_bytes(whole("parquet", tmp_path))
    assert "its first bytes are those of Parquet; let its name end in .parquet" in fault(path)


def test_other_kinds_of_files_are_recognised(tmp_path: Path) -> None:
    """What is packed, and what an older library wrote."""
    for data, said in {
        b"\x1f\x8b\x08": "those of gzip; unpack it first",
        b"PK\x03\x04": "those of zip; unpack it first",
        b"FEA1": "those of Feather of version 1; pass what pyarrow.feather.read_table makes of it",
    }.items():
        (tmp_path / "x.feather").write_bytes(data + bytes(100))
        assert said in fault(tmp_path / "x.feather")


@pytest.mark.parametrize("suffix", BINARY)
def test_of_many_files_the_one_that_cannot_be_read_is_named(suffix: str, tmp_path: Path) -> None:
    """And no other: by a list, a glob, a folder, a URL, on another filesystem."""
    for name in "abc":
        (tmp_path / "lake" / f"day={name}").mkdir(parents=True)
        (tmp_path / "lake" / f"day={name}" / f"x.{suffix}").write_bytes(whole(suffix, tmp_path))
    broken = tmp_path / "lake" / "day=b" / f"x.{suffix}"
    broken.write_bytes(broken.read_bytes()[:2_000])
    lake = tmp_path / "lake"
    for files in ([*sorted(lake.glob("*/*"))], [lake / "*" / "*"], [lake], [lake.as_uri()]):
        said = fault(*files)
        assert said.startswith(f"{broken}: cannot be read: ")
        assert "day=a" not in said
    there = SubTreeFileSystem(str(tmp_path), LocalFileSystem())
    with pytest.raises(SourceError, match=rf"^lake/day=b/x\.{suffix}: cannot be read: "):
        dp.profile("lake", filesystem=there)


@pytest.mark.parametrize("suffix", ["parquet", "feather", "arrows"])
def test_a_file_that_is_damaged_inside_is_named(suffix: str, tmp_path: Path) -> None:
    """Also where both ends are there."""
    data = whole(suffix, tmp_path)
    (tmp_path / f"x.{suffix}").write_bytes(data[:200] + b"\xff" * 50 + data[250:])
    said = fault(tmp_path / "whole.*", tmp_path / f"x.{suffix}")
    assert said.startswith(f"{tmp_path / 'x'}.{suffix}: cannot be read: ")
    assert said.endswith("; if it is damaged, write or copy it again")


def test_values_that_cannot_be_taken_name_the_files(tmp_path: Path) -> None:
    """Found when they are profiled, long after they were read, so several are named."""
    broken = pa.array([b"\xff"]).cast(pa.string(), safe=False)
    for number in range(5):
        feather.write_feather(pa.table({"x": broken}), tmp_path / f"{number}.feather")
    with pytest.raises(InputValueError, match=r"/0\.feather: string 0 is not valid UTF-8"):
        dp.profile(tmp_path / "0.feather")
    with pytest.raises(InputValueError, match=r"/0\.feather, .*/2\.feather, …: string 0 is not"):
        dp.profile(tmp_path / "*.feather")


def test_text_that_is_cut_short_says_what_pyarrow_says(tmp_path: Path) -> None:
    """Nothing can be told from its ends."""
    csv.write_csv(TABLE, tmp_path / "a.csv")
    (tmp_path / "b.csv").write_text("id,name\n1,x,y\n")
    said = fault(tmp_path / "*.csv")
    assert said.startswith(f"{tmp_path}/b.csv: cannot be read: CSV parse error: ")
    assert said.endswith("Expected 2 columns, got 3: 1,x,y")
