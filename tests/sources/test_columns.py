"""Some of the columns: of files only they are read, of everything only they come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from pyarrow import csv, parquet
from tests.sources.writers import WRITERS

from drypoint import ParameterError
from drypoint.sources import open_source
from drypoint.sources._guess import guess_rows

if TYPE_CHECKING:
    from pathlib import Path

TABLE = pa.table({"a": [1, 2], "b.c": ["x", "y"], "d": [True, False]})


@pytest.mark.parametrize("suffix", [*WRITERS, "memory"])
def test_only_the_columns_that_are_named_come_in_that_order(suffix: str, tmp_path: Path) -> None:
    """Each once, a name with dots being a name."""
    data: object = TABLE
    if suffix in WRITERS:
        WRITERS[suffix](TABLE, tmp_path / f"data.{suffix}")
        data = tmp_path / f"data.{suffix}"
    source = open_source(data, columns=["d", "b.c", "d"])
    assert source.schema.names == ["d", "b.c"]
    assert pa.Table.from_batches(source.batches) == TABLE.select(["d", "b.c"])


def test_what_is_not_named_is_not_read(tmp_path: Path) -> None:
    """The bytes of another column may be damaged."""
    path = tmp_path / "data.parquet"
    parquet.write_table(TABLE, path, compression=None, use_dictionary=False)
    place = parquet.read_metadata(path).row_group(0).column(1).data_page_offset
    data = bytearray(path.read_bytes())
    data[place : place + 8] = b"\xff" * 8
    path.write_bytes(data)
    with pytest.raises(OSError, match="cannot be read"):
        list(open_source(path).batches)
    rows = pa.Table.from_batches(open_source(path, columns=["a", "d"]).batches)
    assert rows == TABLE.select(["a", "d"])


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        (["A"], "column 'A' not found; did you mean 'a'\\?"),
        (["zzz"], "column 'zzz' not found; there are 'a', 'b.c', 'd'"),
        ([], "columns must name at least one column"),
    ],
)
def test_a_column_that_is_not_there_is_an_error_with_the_way_out(
    columns: list[str], message: str, tmp_path: Path
) -> None:
    """In memory and in files alike."""
    parquet.write_table(TABLE, tmp_path / "data.parquet")
    for data in (TABLE, tmp_path / "data.parquet"):
        with pytest.raises(ParameterError, match=message):
            open_source(data, columns=columns)


def test_rows_of_text_are_guessed_from_its_first_lines(tmp_path: Path) -> None:
    """All lines being of one length, to the header."""
    rows = 100_000
    csv.write_csv(pa.table({"x": [1_000_000_000 + i for i in range(rows)]}), tmp_path / "data.csv")
    guess = guess_rows([str(tmp_path / "data.csv")])
    assert guess is not None
    assert abs(guess - rows) <= 3  # the header, and a line cut at the end of the sample
    parquet.write_table(TABLE, tmp_path / "data.parquet")
    assert guess_rows([str(tmp_path / "data.parquet")]) is None
