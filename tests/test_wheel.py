"""The wheel works where nothing else is installed, and the source distribution can be built."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MEGABYTE = 10**6


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a wheel and an sdist, built from the sources as they are."""
    folder = tmp_path_factory.mktemp("dist")
    maturin = [sys.executable, "-m", "maturin"]
    # As the Makefile builds it, so that what is compiled already is used. With `build --sdist` the
    # wheel would be made from the sdist, which compiles everything anew.
    environment = os.environ | {"PYO3_BUILD_EXTENSION_MODULE": "1"}
    for command in (["build", "--release", "--quiet"], ["sdist"]):
        arguments = [*maturin, *command, "--out", str(folder)]
        subprocess.run(arguments, cwd=ROOT, env=environment, check=True)
    return folder


def only(folder: Path, pattern: str) -> Path:
    """The one file of that name."""
    (found,) = folder.glob(pattern)
    return found


def locked(path: Path) -> set[tuple[str, str]]:
    """The crates of a lock file and their versions."""
    packages = tomllib.loads(path.read_text())["package"]
    return {(package["name"], package["version"]) for package in packages}


@pytest.mark.slow
def test_the_wheel_is_small_and_serves_every_cpython_from_3_11(dist: Path) -> None:
    """At most 8 MB, with the licences, the type stub and what pages of the report are drawn by."""
    wheel = only(dist, "*.whl")
    assert wheel.stat().st_size <= 8 * MEGABYTE
    assert "cp311-abi3" in wheel.name
    names = zipfile.ZipFile(wheel).namelist()
    for name in ("_core.pyi", "py.typed", "sketches/__init__.py", "report/assets/vega.js"):
        assert f"drypoint/{name}" in names
    for licence in ("LICENSE", "LICENSES.txt"):
        assert any(name.endswith(licence) for name in names)


@pytest.mark.slow
def test_the_sdist_holds_what_a_build_needs_and_nothing_of_the_workplace(dist: Path) -> None:
    """Sources, lock file and licence; no test data, no build products."""
    with tarfile.open(only(dist, "*.tar.gz")) as archive:
        names = {name.split("/", 1)[-1] for name in archive.getnames()}
    needed = {"Cargo.lock", "LICENSE", "pyproject.toml", "python/drypoint/__init__.py"}
    # It is made by what a build from the sdist need not have.
    assert needed | {"python/drypoint/report/assets/vega.js"} <= names
    assert not [name for name in names if name.endswith(".so") or name.startswith("target/")]


@pytest.mark.slow
def test_the_sdist_can_be_built(dist: Path, tmp_path: Path) -> None:
    """Cargo finds every crate and file in it, at the versions that were tested.

    A check stands for the build, which takes minutes.
    """
    with tarfile.open(only(dist, "*.tar.gz")) as archive:
        archive.extractall(tmp_path, filter="data")
    manifest = only(tmp_path, "*/rust/python/Cargo.toml")
    environment = os.environ | {
        "CARGO_TARGET_DIR": str(ROOT / "target" / "sdist"),
        "PYO3_BUILD_EXTENSION_MODULE": "1",
    }
    lock = manifest.parents[2] / "Cargo.lock"
    pinned = locked(lock)
    check = ["cargo", "check", "--quiet", "--manifest-path", str(manifest)]
    subprocess.run(check, env=environment, check=True)
    # What only the benches need is dropped from the lock; nothing is added, nothing is newer.
    assert locked(lock) <= pinned


@pytest.mark.slow
def test_the_wheel_profiles_a_file_in_an_empty_environment(dist: Path, tmp_path: Path) -> None:
    """Only the wheel and what it asks for are installed; the command is there and works."""
    venv.create(tmp_path / "venv", with_pip=True)
    binaries = tmp_path / "venv" / "bin"
    pip = [str(binaries / "python"), "-m", "pip", "install", "--quiet"]
    subprocess.run([*pip, str(only(dist, "*.whl"))], check=True)
    data = tmp_path / "cities.csv"
    data.write_text("city,people\nOslo,717710\nRome,2746984\nOslo,717710\n")
    done = subprocess.run(
        [str(binaries / "drypoint"), "profile", str(data)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "city" in done.stdout
    assert "people" in done.stdout
