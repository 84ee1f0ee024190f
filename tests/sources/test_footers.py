"""The footer of a Parquet file is read once."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet
from pyarrow.fs import FSSpecHandler, PyFileSystem

import drypoint as dp
from drypoint.sources import open_source

SIZE = 50_000
"""Rows of a file, which is then much longer than what is read at its end."""


class Watched(io.BytesIO):
    """A file that notes how often its end is read."""

    def __init__(self, path: str, ends: list[str]) -> None:
        """Of the bytes of a file; *ends* is where the notes go."""
        super().__init__(Path(path).read_bytes())
        self._path = path
        self._size = len(self.getbuffer())
        self._ends = ends

    def read(self, size: int | None = -1, /) -> bytes:
        """The bytes, and a note if they are the last."""
        found = super().read(size)
        if found and self.tell() == self._size:
            self._ends.append(self._path)
        return found


class Watcher:
    """As much of a filesystem of fsspec as is needed to read."""

    protocol = "watched"

    def __init__(self) -> None:
        """Nothing was read."""
        self.ends: list[str] = []

    def open(self, path: str, mode: str = "rb") -> Watched:
        """The file."""
        assert mode == "rb"
        return Watched(path, self.ends)

    def info(self, path: str) -> dict[str, Any]:
        """What it is."""
        found = Path(path)
        kind = "directory" if found.is_dir() else "file"
        return {"name": path, "type": kind, "size": found.stat().st_size}

    def isdir(self, path: str) -> bool:
        """Whether it is a folder."""
        return Path(path).is_dir()

    def isfile(self, path: str) -> bool:
        """Whether it is a file."""
        return Path(path).is_file()

    def find(self, path: str, **_: Any) -> dict[str, dict[str, Any]]:
        """What is below a folder."""
        return {str(one): self.info(str(one)) for one in sorted(Path(path).iterdir())}


@pytest.mark.parametrize("columns", [None, ["y"]])
def test_the_end_of_each_file_is_read_once(tmp_path: Path, columns: list[str] | None) -> None:
    """To know how many rows there are, and then to read these."""
    for number in range(3):
        names = [f"{number} {row * 7919}" for row in range(SIZE)]
        rows = pa.table({"x": range(SIZE), "y": names})
        parquet.write_table(rows, tmp_path / f"{number}.parquet")
    watcher = Watcher()
    source = open_source(
        str(tmp_path), filesystem=PyFileSystem(FSSpecHandler(watcher)), columns=columns
    )
    assert source.rows == 3 * SIZE
    assert dp.profile(source).rows == 3 * SIZE
    assert sorted(watcher.ends) == sorted(map(str, tmp_path.iterdir()))
