"""The public face: what is there, documented, and quick to import."""

from __future__ import annotations

import datetime as dt
import inspect
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

import drypoint
from drypoint import checks, errors, sketches
from drypoint.checks import whylogs

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

# To read profiles the command needs pyarrow, and with it NumPy; and rich to measure text.
FRAMES = ("duckdb", "pandas", "polars", "scipy")
HEAVY = (*FRAMES, "numpy", "pyarrow", "rich", "typer")


def public_names(module: ModuleType) -> set[str]:
    """What a user of the module sees."""
    return {name for name in {*vars(module), *dir(module)} if not name.startswith("_")}


def test_every_public_name_is_listed() -> None:
    """`__all__` is the namespace, in alphabetical order; modules are parts of it where listed."""
    imported = {"Any", "annotations", "import_module", "TYPE_CHECKING"}
    names = {
        name
        for name in public_names(drypoint) - imported
        if not inspect.ismodule(getattr(drypoint, name)) or name in drypoint.__all__
    }
    assert names, "the scan found nothing"
    assert set(drypoint.__all__) == names
    assert list(drypoint.__all__) == sorted(drypoint.__all__)


def test_every_error_is_public() -> None:
    """Users catch errors by the flat namespace."""
    assert set(errors.__all__) <= set(drypoint.__all__)


@pytest.mark.parametrize("module", [drypoint, sketches, checks, whylogs])
def test_every_public_thing_is_documented(module: ModuleType) -> None:
    """Classes, functions, methods and properties, in words of their own."""
    things = {name: getattr(module, name) for name in module.__all__}
    assert things, "the scan found nothing"
    members: dict[str, Any] = {
        f"{name}.{member}": value
        for name, thing in things.items()
        if inspect.isclass(thing) and not issubclass(thing, tuple)
        for member, value in inspect.getmembers(thing)
        if not member.startswith("_")
        and (callable(value) or isinstance(value, property))
        and not issubclass(thing, BaseException)
    }
    undocumented = [n for n, thing in (things | members).items() if not inspect.getdoc(thing)]
    assert undocumented == []


def test_public_classes_say_where_they_are_imported_from() -> None:
    """Reprs and pickles name the public module."""
    for name in sketches.__all__:
        assert vars(sketches)[name].__module__ == "drypoint.sketches"


def test_importing_drypoint_imports_no_heavy_library() -> None:
    """They are imported where they are used."""
    code = "import sys, drypoint; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    modules = set(done.stdout.split())
    assert "drypoint" in modules
    assert modules.isdisjoint(HEAVY)


def test_lists_and_arrays_are_read_without_importing_numpy() -> None:
    """Nor is pyarrow needed for Python values."""
    code = (
        "import sys, datetime; from drypoint.sketches import *; "
        "HllSketch().update([1, 'a', 2.5, datetime.date(2013, 1, 1), None]); "
        "KllSketch().update(range(10)).quantile([0.5]); FrequentItems().update('a').top(); "
        "print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()).isdisjoint(HEAVY)


def modules_after(*words: str) -> set[str]:
    """What is loaded when the command has run."""
    code = (
        "import atexit, sys; from drypoint.cli import main; "
        "atexit.register(lambda: print('\\n' + ' '.join(sys.modules), file=sys.stderr)); main()"
    )
    command = [sys.executable, "-c", code, *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout, "the command printed nothing"
    modules = set(done.stderr.splitlines()[-1].split())
    assert "drypoint.cli.app" in modules
    return modules


@pytest.mark.parametrize("words", [["--help"], ["show", "--help"], ["--version"]])
def test_help_comes_without_the_libraries_that_read(words: list[str]) -> None:
    """Only what makes the help."""
    assert modules_after(*words).isdisjoint({*HEAVY} - {"rich", "typer"})


@pytest.mark.parametrize("words", [[], ["--json"], ["--column", "x"]])
def test_a_profile_is_shown_without_data_frames(words: list[str], tmp_path: Path) -> None:
    """Whatever is in it: lists and times are what pyarrow likes to ask pandas about."""
    day = dt.datetime(2013, 1, 1, tzinfo=dt.UTC)
    rows = {"x": [1, 2], "text": ["a", None], "at": [day, day], "list": [[1.5], []]}
    path = tmp_path / "p.arrow"
    drypoint.profile(rows, window=(day, day)).save(path)
    assert modules_after("show", str(path), *words).isdisjoint(FRAMES)
