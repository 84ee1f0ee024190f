"""What is saved is what the name of the file says, whoever saves it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
from pyarrow import parquet

import drypoint as dp
from drypoint.report import charts

if TYPE_CHECKING:
    from pathlib import Path

TABLE = pa.table({"x": [1, 2, 3, 4], "city": ["Oslo", "Oslo", "Kyiv", None]})
PROFILE = dp.profile(TABLE)
SAVED: dict[str, tuple[Any, str]] = {
    "a profile": (PROFILE, ".arrow, .feather, .ipc, .parquet or .pq"),
    "a profile set": (dp.profile(TABLE, segment_by="city"), ".arrow, .feather, .ipc, .parquet or "),
    "a suite": (dp.suggest(PROFILE), ".yaml or .yml"),
    "a report": (dp.report(PROFILE), ".html or .htm"),
    "a picture": (charts.histogram(PROFILE["x"]), ".svg, .png, .pdf, .html or .json"),
}


@pytest.mark.parametrize("what", SAVED)
@pytest.mark.parametrize("name", ["x.csv", "x.txt", "x", "x.arrow.gz", ".arrow"])
def test_a_name_that_says_something_else_is_refused(what: str, name: str, tmp_path: Path) -> None:
    """With the names that there are; nothing is written."""
    saved, forms = SAVED[what]
    kind = what.removesuffix(" set")
    with pytest.raises(dp.ParameterError) as caught:
        saved.save(tmp_path / name)
    assert str(caught.value).startswith(f"{tmp_path / name}: {kind} is written as {forms}")
    assert str(caught.value).endswith("; let its name end so")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("what", SAVED)
def test_a_folder_that_is_not_there_is_a_source_error(what: str, tmp_path: Path) -> None:
    """The same for all."""
    saved, forms = SAVED[what]
    path = tmp_path / "gone" / f"x{forms.split(',')[0].split(' or ')[0]}"
    with pytest.raises(dp.SourceError, match=r"x\.\w+: cannot be written: No such file"):
        saved.save(path)


@pytest.mark.parametrize("suffix", [".arrow", ".feather", ".ipc", ".FEATHER", ".parquet", ".pq"])
def test_profiles_are_what_their_names_say(suffix: str, tmp_path: Path) -> None:
    """To others, and to whoever loads them."""
    PROFILE.save(tmp_path / f"x{suffix}")
    assert dp.load(tmp_path / f"x{suffix}") == PROFILE
    if suffix in (".parquet", ".pq"):
        found = parquet.read_table(tmp_path / f"x{suffix}")
    else:
        with pa.ipc.open_file(str(tmp_path / f"x{suffix}")) as file:
            found = file.read_all()
    assert found["column"].to_pylist() == ["x", "city"]
