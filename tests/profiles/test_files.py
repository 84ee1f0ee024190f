"""Profiles are files that others read, and bytes from outside are not trusted."""

from __future__ import annotations

import copy
import datetime as dt
import json
import pickle
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

import drypoint as dp
from drypoint import DecodeError, SourceError
from drypoint.profiles._file import from_bytes, to_bytes

if TYPE_CHECKING:
    from pathlib import Path

RANDOM = np.random.default_rng(3)
TABLE = pa.table(
    {
        "id": range(2_000),
        "price": pa.array(RANDOM.normal(size=2_000), mask=RANDOM.random(2_000) < 0.1),
        "city": RANDOM.choice(["Oslo", "北京", ""], 2_000),
        "at": pa.array(range(2_000), pa.timestamp("s")),
        "ok": RANDOM.random(2_000) < 0.5,
        "list": [[1.0] * (i % 4) for i in range(2_000)],
        "vector": pa.array([[1.0, float(i)] for i in range(2_000)], pa.list_(pa.float32(), 2)),
        "long": ["x" * (i % 300) for i in range(2_000)],
    }
)
DAY = dt.datetime(2013, 1, 1, tzinfo=dt.UTC)
PROFILE = dp.profile(
    TABLE,
    dataset="flüge",
    window=(DAY, DAY + dt.timedelta(days=1)),
    segment={"carrier": "UA", "origin": None},
    tags={"run": "7"},
)
BYTES = to_bytes(PROFILE)


@pytest.mark.parametrize("name", ["p.arrow", "p.parquet"])
def test_what_is_saved_is_loaded(name: str, tmp_path: Path) -> None:
    """Everything, to the bit; the folder holds nothing else."""
    PROFILE.save(tmp_path / name)
    assert dp.load(tmp_path / name) == PROFILE
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", ["p.arrow", "p.parquet"])
def test_threads_may_save_to_one_path(name: str, tmp_path: Path) -> None:
    """The file is whole at any time, and is that of one of them."""
    with ThreadPoolExecutor(4) as threads:
        saved = [threads.submit(PROFILE.save, tmp_path / name) for _ in range(40)]
    assert [one.result() for one in saved] == [None] * 40
    assert dp.load(tmp_path / name) == PROFILE
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("rows", [0, 3])
def test_a_table_without_columns_has_a_profile_like_any_other(rows: int, tmp_path: Path) -> None:
    """Which is saved, copied, merged, shown, and a table to others."""
    made = dp.profile(pa.RecordBatch.from_struct_array(pa.array([{}] * rows, pa.struct([]))))
    assert (made.rows, (made | made).rows, list(made)) == (rows, 2 * rows, [])
    for name in ("p.arrow", "p.parquet"):
        made.save(tmp_path / name)
        assert dp.load(tmp_path / name) == copy.deepcopy(made) == made
    assert len(made.to_pandas()) == len(made.to_polars()) == made.to_arrow().num_rows == 0
    assert repr(made) == f"{rows} rows, 0 columns"


def test_what_is_loaded_merges_and_is_copied() -> None:
    """As what was made here."""
    loaded = from_bytes(BYTES)
    merged: Any = loaded | loaded
    assert (merged.rows, merged["id"].sum) == (4_000, 2 * sum(range(2_000)))
    assert abs(merged["id"].median.value - 1_000) <= 2 * 2_000 * merged["id"].kll.rank_error
    assert pickle.loads(pickle.dumps(loaded)) == copy.deepcopy(loaded) == PROFILE


def test_a_profile_is_a_table_to_others(tmp_path: Path) -> None:
    """A row for each column; metrics are structs that DuckDB and polars ask by name."""
    PROFILE.save(tmp_path / "p.parquet")
    path = str(tmp_path / "p.parquet")
    query = f"""select numbers.negatives, nulls from '{path}' where "column" = 'price'"""  # noqa: S608
    asked = duckdb.sql(query)
    price = PROFILE["price"]
    assert asked.fetchall() == [(price.negatives, price.nulls)]
    assert pl.read_parquet(path)["column"].to_list() == list(PROFILE.columns)
    assert PROFILE.to_arrow().num_rows == len(PROFILE)


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    """And is named."""
    with pytest.raises(SourceError, match=r"missing/p\.arrow: cannot be written"):
        PROFILE.save(tmp_path / "missing" / "p.arrow")
    (tmp_path / "p.arrow").mkdir()
    (tmp_path / "p.arrow" / "kept").touch()
    with pytest.raises(SourceError):
        PROFILE.save(tmp_path / "p.arrow")
    assert [path.name for path in tmp_path.rglob("*")] == ["p.arrow", "kept"]


def test_a_file_that_is_none_is_named(tmp_path: Path) -> None:
    """With what is wrong."""
    with pytest.raises(SourceError, match="cannot be read: No such file"):
        dp.load(tmp_path / "missing.arrow")
    (tmp_path / "x.arrow").write_text("no profile")
    with pytest.raises(DecodeError, match=r"x\.arrow: not a drypoint profile: it is not Arrow IPC"):
        dp.load(tmp_path / "x.arrow")
    for suffix in ("arrow", "parquet"):
        PROFILE.save(tmp_path / f"x.{suffix}")
        whole = (tmp_path / f"x.{suffix}").read_bytes()
        (tmp_path / f"x.{suffix}").write_bytes(whole[:-100])
        with pytest.raises(DecodeError, match=rf"x\.{suffix}: .*its end is missing: .* again, or"):
            dp.load(tmp_path / f"x.{suffix}")
    pq.write_table(TABLE.select(["id"]), tmp_path / "x.parquet")
    with pytest.raises(DecodeError, match="its schema has no sound 'drypoint' metadata"):
        dp.load(tmp_path / "x.parquet")


def test_a_newer_format_says_that_an_update_is_needed(tmp_path: Path) -> None:
    """Rather than guess."""
    table = PROFILE.to_arrow()
    about = json.loads(table.schema.metadata[b"drypoint"]) | {"version": 99}
    pq.write_table(
        table.replace_schema_metadata({"drypoint": json.dumps(about)}), tmp_path / "p.parquet"
    )
    with pytest.raises(DecodeError, match=r"of format 99, .* update drypoint"):
        dp.load(tmp_path / "p.parquet")


def test_columns_of_later_versions_are_passed_over(tmp_path: Path) -> None:
    """And those that an older one did not write are not measured."""
    table = PROFILE.to_arrow()
    more = table.append_column("later", pa.array([{"a": 1}] * table.num_rows))
    pq.write_table(more, tmp_path / "more.parquet")
    assert dp.load(tmp_path / "more.parquet") == PROFILE
    pq.write_table(table.drop_columns(["quantiles", "contents"]), tmp_path / "less.parquet")
    less = dp.load(tmp_path / "less.parquet")
    assert (less["id"].max, less["id"].median, less["city"].contents) == (1_999, None, None)


@given(st.data())
def test_damaged_bytes_are_a_profile_or_a_decode_error(data: st.DataObject) -> None:
    """Nothing else, wherever the damage is; and a profile can be asked anything."""
    damaged = bytearray(BYTES)
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.none() | st.integers(0, len(damaged)))
    try:
        found = from_bytes(bytes(damaged[:cut]))
    except DecodeError:
        return
    found.to_dict()
    repr(found)
    found.merge(PROFILE)


def test_the_size_of_a_profile_does_not_grow_with_the_rows() -> None:
    """Ten times the rows, as many distinct values as fit the sketches anyway."""
    small, large = (
        len(to_bytes(dp.profile(pa.table({"x": RANDOM.normal(size=size)}))))
        for size in (100_000, 1_000_000)
    )
    assert large <= 1.25 * small
