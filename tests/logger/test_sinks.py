"""Profiles go to functions, to whatever has `put`, and to folders."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

import drypoint as dp
from drypoint import Logger, ParameterError, SourceError
from drypoint.logger._sinks import Folder

if TYPE_CHECKING:
    from pathlib import Path

NOON = dt.datetime(2013, 1, 1, 12, tzinfo=dt.UTC)
WINDOW = (NOON, NOON + dt.timedelta(hours=1))


def made(dataset: str | None = "rides") -> dp.Profile:
    """A profile of an hour."""
    return dp.profile([{"x": 1}, {"x": None}], dataset=dataset, window=WINDOW)


class Store:
    """What has `put`, and can be called as well."""

    def __init__(self) -> None:
        self.profiles: list[Any] = []

    def put(self, profile: Any) -> None:
        """Keeps it."""
        self.profiles.append(profile)

    def __call__(self, profile: Any) -> None:
        """Is not what is meant."""
        raise AssertionError(profile)


def test_an_object_with_put_is_a_sink(clock: Any) -> None:
    """Also if it can be called."""
    store = Store()
    with Logger("rides", sink=store, clock=clock) as logger:
        logger.log({"x": 1})
    assert [profile.rows for profile in store.profiles] == [1]


def test_a_folder_gets_a_file_for_each_window(tmp_path: Path, clock: Any) -> None:
    """Named by dataset and window, and loaded as it was."""
    with Logger("rides", sink=tmp_path, timestamp="at", clock=clock) as logger:
        logger.log({"at": NOON, "x": 1})
        logger.log({"at": NOON - dt.timedelta(hours=1), "x": 2})
    files = sorted(tmp_path.rglob("*"))
    assert [file.relative_to(tmp_path).as_posix().rpartition("--")[0] for file in files] == [
        "",
        "rides/2013-01-01T11.00.00Z--2013-01-01T12.00.00Z",
        "rides/2013-01-01T12.00.00Z--2013-01-01T13.00.00Z",
    ]
    assert files[2].suffix == ".arrow"
    loaded = dp.load(files[2])
    assert loaded == dp.profile([{"at": NOON, "x": 1}], dataset="rides", window=WINDOW)


def test_a_folder_takes_profile_sets(tmp_path: Path, clock: Any) -> None:
    """Under the same names."""
    with Logger("rides", sink=str(tmp_path), segment_by=["city"], clock=clock) as logger:
        logger.log({"city": "Kyiv", "x": 1})
    (file,) = tmp_path.rglob("*.arrow")
    assert dp.load(file)["Kyiv"].rows == 1
    assert file.name.startswith("2013-01-01T12.00.00Z--")


def test_no_two_profiles_have_one_name(tmp_path: Path) -> None:
    """So that no writer replaces what another one wrote."""
    folder = Folder(tmp_path)
    paths = {folder(made()) for _ in range(5)}
    assert len(paths) == len(list((tmp_path / "rides").iterdir())) == 5


@pytest.mark.parametrize("dataset", ["../up", "a/b", ".", "..", ".hidden", "C:\\x", "données", ""])
def test_a_dataset_is_one_folder_whatever_it_is_called(tmp_path: Path, dataset: str) -> None:
    """It never leads out of the sink's own."""
    inside = tmp_path / "inside"
    path = Folder(inside)(made(dataset))
    assert path.parent.parent == inside
    assert path.resolve().parent.parent == inside.resolve()
    assert dp.load(path).dataset == dataset


def test_a_folder_that_cannot_be_written_says_so_and_leaves_nothing(tmp_path: Path) -> None:
    """A file stands in its place."""
    (tmp_path / "rides").write_text("in the way")
    with pytest.raises(SourceError, match="rides: cannot be made"):
        Folder(tmp_path)(made())
    assert [path.name for path in tmp_path.iterdir()] == ["rides"]


@pytest.mark.parametrize("sink", [None, 5, object()], ids=["None", "5", "object"])
def test_what_takes_no_profiles_is_refused(sink: Any) -> None:
    """The message says what does."""
    with pytest.raises(
        ParameterError, match="sink must be a function of a profile, an object with"
    ):
        Logger("rides", sink=sink)
