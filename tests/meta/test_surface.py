"""The public face: what is there, documented, and quick to import."""

from __future__ import annotations

import inspect
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

import drypoint
from drypoint import errors, sketches

if TYPE_CHECKING:
    from types import ModuleType

HEAVY = ("numpy", "pandas", "polars", "pyarrow", "scipy", "rich", "typer")


def public_names(module: ModuleType) -> set[str]:
    """What a user of the module sees."""
    return {name for name in vars(module) if not name.startswith("_")}


def test_every_public_name_is_listed() -> None:
    """`__all__` is the namespace, in alphabetical order; modules are parts of it where listed."""
    names = {
        name
        for name in public_names(drypoint)
        if not inspect.ismodule(vars(drypoint)[name]) or name in drypoint.__all__
    }
    assert names, "the scan found nothing"
    assert set(drypoint.__all__) == names
    assert list(drypoint.__all__) == sorted(drypoint.__all__)


def test_every_error_is_public() -> None:
    """Users catch errors by the flat namespace."""
    assert set(errors.__all__) <= set(drypoint.__all__)


@pytest.mark.parametrize("module", [drypoint, sketches])
def test_every_public_thing_is_documented(module: ModuleType) -> None:
    """Classes, functions, methods and properties, in words of their own."""
    things = {name: vars(module)[name] for name in module.__all__}
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
