"""Where files are: globs, folders, keys in paths, URLs, other filesystems; and what they hold."""

from __future__ import annotations

import gzip
import subprocess
import sys
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pyarrow as pa
import pytest
from pyarrow import csv, parquet
from pyarrow.fs import LocalFileSystem, SubTreeFileSystem, _MockFileSystem
from tests.sources.writers import WRITERS, write_json

import drypoint as dp
from drypoint import InputTypeError, SourceError

if TYPE_CHECKING:
    from pathlib import Path

TABLE = pa.table({"id": range(100), "name": [f"name {i % 7}" for i in range(100)]})


def write(path: Path, table: pa.Table = TABLE) -> None:
    """Parquet, in a folder that need not be there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    parquet.write_table(table, path)


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    """Four files of 100 rows at different depths, and what other tools leave beside them."""
    for name in ("a.parquet", "b.parquet", "deep/c.parquet", "deep/er/d.parquet"):
        write(tmp_path / name)
    for name in (".hidden.parquet", "deep/_temporary/0/part.parquet", "_old.parquet"):
        write(tmp_path / name)
    for name in ("_SUCCESS", "deep/.crc", "readme.txt"):
        (tmp_path / name).touch()
    return tmp_path


@pytest.mark.parametrize(
    ("pattern", "files"),
    [
        ("a.parquet", 1),
        ("*.parquet", 2),
        ("?.parquet", 2),
        ("[ab].parquet", 2),
        ("[!a].parquet", 1),
        ("**/*.parquet", 4),
        ("deep/**/*.parquet", 2),
        ("*/*.parquet", 1),
        ("**/d.parquet", 1),
        ("", 4),
        ("deep", 2),
        ("deep/", 2),
        ("d*", 2),
        # What is hidden is read where it is asked for.
        ("_old.parquet", 1),
        ("_*.parquet", 1),
        ("deep/_temporary/**/*.parquet", 1),
    ],
)
@pytest.mark.parametrize("where", ["path", "url", "subtree", "local", "mock"])
def test_globs_and_folders_name_the_same_files_everywhere(
    pattern: str, files: int, where: str, lake: Path
) -> None:
    """On this machine and on any filesystem of pyarrow; without what is hidden."""
    if where == "path":
        found = dp.profile(lake / pattern)
    elif where == "url":
        found = dp.profile(f"file://{lake}/{quote(pattern, safe='/*')}")
    elif where == "local":
        found = dp.profile(f"{lake}/{pattern}", filesystem=LocalFileSystem())
    elif where == "subtree":
        found = dp.profile(
            pattern or ".", filesystem=SubTreeFileSystem(str(lake), LocalFileSystem())
        )
    else:
        found = dp.profile(f"lake/{pattern}", filesystem=copied(lake))
    assert found.rows == 100 * files
    assert found["id"].sum == files * sum(range(100))


def copied(folder: Path) -> Any:
    """A filesystem in memory that holds the folder as `lake`."""
    made = _MockFileSystem()
    made.create_dir("lake")
    for path in sorted(folder.rglob("*")):
        name = f"lake/{path.relative_to(folder).as_posix()}"
        if path.is_dir():
            made.create_dir(name, recursive=True)
            continue
        with made.open_output_stream(name) as file:
            file.write(path.read_bytes())
    return made


def test_a_file_that_is_asked_for_must_not_be_empty(lake: Path) -> None:
    """In a folder, files that hold nothing are passed over."""
    (lake / "e.parquet").touch()
    assert dp.profile(lake).rows == 400
    with pytest.raises(SourceError, match=r"e\.parquet: the file is empty"):
        dp.profile(lake / "*.parquet")


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("gone.parquet", "gone.parquet: no such file"),
        ("gone/*.parquet", "no file matches"),
        ("z*", "no file matches"),
        ("empty", "no file in this folder has a known suffix; known are .arrow, "),
    ],
)
@pytest.mark.parametrize("remote", [False, True])
def test_what_is_not_there_is_named_everywhere(
    pattern: str, message: str, remote: bool, lake: Path
) -> None:
    """The same words on any filesystem."""
    (lake / "empty").mkdir()
    there: Any = {"filesystem": copied(lake)} if remote else {}
    with pytest.raises(SourceError, match=message):
        dp.profile(f"{'lake' if remote else lake}/{pattern}", **there)


def test_a_filesystem_must_be_one(lake: Path) -> None:
    """With the way to make one of what fsspec has."""
    with pytest.raises(InputTypeError, match=r"filesystem must be .*, got str; wrap what fsspec"):
        dp.profile(lake / "a.parquet", filesystem="s3")


@pytest.mark.parametrize("name", ["a b.parquet", "100%25.parquet", "100%.parquet", "é#1.parquet"])
def test_names_of_any_characters_are_names(name: str, tmp_path: Path) -> None:
    """As a path, and percent-encoded in a URL."""
    write(tmp_path / name)
    assert dp.profile(tmp_path / name).rows == 100
    assert dp.profile((tmp_path / name).as_uri()).rows == 100


# ---- Keys in paths


@pytest.mark.parametrize("suffix", WRITERS)
def test_keys_in_paths_are_columns_of_every_format(suffix: str, tmp_path: Path) -> None:
    """Integers where all are, text otherwise; what stands for no value is null."""
    folders = {
        "carrier=UA/month=1": 10,
        "carrier=UA/month=12": 20,
        "carrier=a%20b/month=2": 30,
        "carrier=__HIVE_DEFAULT_PARTITION__/month=2": 40,
    }
    for name, rows in folders.items():
        (tmp_path / name).mkdir(parents=True)
        WRITERS[suffix](TABLE[:rows], tmp_path / name / f"part.{suffix}")
    made = dp.profile(tmp_path)
    assert list(made.columns) == ["id", "name", "carrier", "month"]
    carriers = {item.item: item.estimate.value for item in made["carrier"].top()}
    assert carriers == {"UA": 30, "a b": 30}
    assert (made["carrier"].nulls, made["carrier"].type) == (40, "string")
    assert (made["month"].type, made["month"].min, made["month"].max) == ("int32", 1, 12)
    segments = dp.profile(tmp_path, segment_by=["carrier"])
    assert {one.segment["carrier"]: one.rows for one in segments} == {"UA": 30, "a b": 30, None: 40}
    assert dp.profile(tmp_path / "carrier=UA" / "*" / f"*.{suffix}").rows == 30


@pytest.mark.parametrize("suffix", sorted(WRITERS.keys() - {"orc"}))
def test_files_are_read_without_data_frames(suffix: str, tmp_path: Path) -> None:
    """Also many at once, and with keys in their paths; pyarrow's datasets would load pandas."""
    for day in range(2):
        (tmp_path / f"day={day}").mkdir()
        WRITERS[suffix](TABLE, tmp_path / f"day={day}" / f"x.{suffix}")
    code = "import sys, drypoint as dp; print(dp.profile(sys.argv[1]).rows, *sys.modules)"
    command = [sys.executable, "-c", code, f"{tmp_path}/*/*.{suffix}"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    rows, *modules = done.stdout.split()
    assert rows == "200"
    assert "pandas" not in modules


def test_a_key_in_the_path_goes_before_a_column_of_the_file(tmp_path: Path) -> None:
    """As in other engines; and its place is the same in every format."""
    for suffix, writer in WRITERS.items():
        (tmp_path / suffix / "id=7").mkdir(parents=True)
        writer(TABLE, tmp_path / suffix / "id=7" / f"x.{suffix}")
        made = dp.profile(tmp_path / suffix)
        assert list(made.columns) == ["name", "id"]
        assert (made["id"].min, made["id"].max) == (7, 7)


# ---- What is in the files


def test_columns_that_only_some_files_have_are_kept(tmp_path: Path) -> None:
    """In whichever file they are; the rows of the others are missing, not null."""
    write(tmp_path / "0.parquet", pa.table({"a": [1]}))
    write(tmp_path / "1.parquet", pa.table({"a": [2, 3], "b": ["x", None]}))
    write(tmp_path / "2.parquet", pa.table({"b": ["y"]}))
    made = dp.profile(tmp_path)
    assert made.rows == 4
    found = {one.name: (one.rows, one.missing, one.nulls) for one in made}
    assert found == {"a": (3, 1, 0), "b": (3, 1, 1)}


@pytest.mark.parametrize(
    ("first", "second", "types"),
    [
        ([1], [2.5], {"int64": 1, "float64": 1}),
        ([1], ["x"], {"int64": 1, "string": 1}),
        ([None], [1], {"int64": 1}),
    ],
)
@pytest.mark.parametrize("suffix", ["parquet", "feather", "arrows", "jsonl", "csv"])
def test_types_may_change_from_file_to_file(
    first: list[Any], second: list[Any], types: dict[str, int], suffix: str, tmp_path: Path
) -> None:
    """As profiles of both would merge; nothing is converted."""
    for number, values in enumerate((first, second)):
        WRITERS[suffix](pa.table({"x": values, "y": [0]}), tmp_path / f"{number}.{suffix}")
    column = dp.profile(tmp_path)["x"]
    assert column.types == types
    assert (column.rows, column.nulls) == (2, first.count(None))


def test_a_text_file_whose_types_change_says_so(tmp_path: Path) -> None:
    """Its first megabyte tells them; what to do is told too."""
    rows = 200_000
    lines = "".join(f"{i}\n" for i in range(rows))
    (tmp_path / "x.csv").write_text(f"a\n{lines}later\n")
    objects = "".join(f'{{"a": {i}}}\n' for i in range(rows))
    (tmp_path / "new.jsonl").write_text(objects + '{"a": 1, "b": 2}\n')
    (tmp_path / "other.jsonl").write_text(objects + '{"a": "text"}\n')
    for name in ("x.csv", "new.jsonl", "other.jsonl"):
        with pytest.raises(SourceError, match=f"{name}: cannot be read: .* pass a pyarrow Dataset"):
            dp.profile(tmp_path / name)


def test_files_of_no_rows_have_columns(tmp_path: Path) -> None:
    """Parquet of no rows, CSV of a header only."""
    write(tmp_path / "x.parquet", TABLE[:0])
    (tmp_path / "x.csv").write_text("id,name\n")
    for name in ("x.parquet", "x.csv"):
        made = dp.profile(tmp_path / name)
        assert (made.rows, list(made.columns)) == (0, ["id", "name"])
        assert made["id"].min is None


@pytest.mark.parametrize("suffix", ["csv.gz", "jsonl.gz", "tsv.bz2", "csv.zst"])
def test_packed_text_is_unpacked(suffix: str, tmp_path: Path) -> None:
    """As its name says."""
    path = tmp_path / f"x.{suffix}"
    plain = tmp_path / "plain"
    if "json" in suffix:
        write_json(TABLE, plain)
    else:
        delimiter = "\t" if "tsv" in suffix else ","
        csv.write_csv(TABLE, plain, csv.WriteOptions(delimiter=delimiter))
    codec = {"gz": "gzip", "bz2": "bz2", "zst": "zstd"}[suffix.rpartition(".")[2]]
    with pa.CompressedOutputStream(str(path), codec) as file:
        file.write(plain.read_bytes())
    assert dp.profile(path) == dp.profile(TABLE)


@pytest.mark.parametrize("kept", [0, 3, 8, 0.5, 0.9])
def test_a_file_cut_short_counts_nothing_that_is_wrong(kept: float, tmp_path: Path) -> None:
    """It is refused, and a profiler stays as it was."""
    write(tmp_path / "x.parquet")
    whole = (tmp_path / "x.parquet").read_bytes()
    (tmp_path / "x.parquet").write_bytes(whole[: int(kept * len(whole) if kept < 1 else kept)])
    profiler = dp.Profiler().update(TABLE)
    with pytest.raises(SourceError, match=r"x\.parquet"):
        profiler.update(tmp_path / "x.parquet")
    assert profiler.profile() == dp.profile(TABLE)


def test_packed_text_that_is_cut_short_is_refused(tmp_path: Path) -> None:
    """Also where the rows so far were well."""
    packed = gzip.compress(b"id\n" + b"".join(b"%d\n" % i for i in range(500_000)))
    (tmp_path / "x.csv.gz").write_bytes(packed[:-1_000])
    with pytest.raises(SourceError, match=r"x\.csv\.gz: cannot be read"):
        dp.profile(tmp_path / "x.csv.gz")
