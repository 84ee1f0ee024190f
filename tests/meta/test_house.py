"""The house checks itself: files stay small, classes frozen, the rules of CONTRIBUTING true."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
LONGEST = 400
# Tables that a script or another project made; each says so in its first lines.
GENERATED = {"rust/sketches/src/hll/tables.rs"}


def sources(*patterns: str) -> list[Path]:
    """Files of the house, without what was built."""
    found = [
        path
        for pattern in patterns
        for path in ROOT.glob(pattern)
        if not {"target", ".venv", "build"} & set(path.relative_to(ROOT).parts)
    ]
    assert found, "the scan found nothing: the folder moved"
    return sorted(found)


def test_files_of_production_code_stay_short() -> None:
    """A file is one idea; tests at the end of a Rust file do not count."""
    long = {}
    for path in sources("rust/*/src/**/*.rs", "python/**/*.py"):
        name = path.relative_to(ROOT).as_posix()
        lines = path.read_text().split("#[cfg(test)]\nmod tests {")[0].count("\n")
        if lines > LONGEST and name not in GENERATED and path.stem != "tests":
            long[name] = lines
    assert long == {}


def test_every_class_of_the_core_is_frozen() -> None:
    """Python threads reach them at the same time; what changes is behind a lock."""
    classes = [
        line
        for path in sources("rust/python/src/**/*.rs")
        for line in re.findall(r"#\[pyclass\([^]]*\]", path.read_text())
    ]
    assert classes, "the scan found nothing: the macro is written otherwise"
    assert [line for line in classes if "frozen" not in line] == []


def test_unsafe_code_is_in_one_file() -> None:
    """The dispatch by CPU needs it; nothing else does."""
    allowed = {
        path.relative_to(ROOT).as_posix()
        for path in sources("rust/*/src/**/*.rs")
        if "allow(unsafe_code)" in path.read_text()
    }
    assert allowed == {"rust/sketches/src/cpu.rs"}


def test_every_error_of_the_core_is_raised_by_one_file() -> None:
    """An error crosses once: no other file imports exceptions."""
    importers = {
        path.name
        for path in sources("rust/python/src/**/*.rs")
        if "import_exception!" in path.read_text() or "pyo3::exceptions" in path.read_text()
    }
    assert importers == {"errors.rs"}


def test_make_help_lists_every_command_the_readme_names() -> None:
    """The Makefile is the way in, and says what it can do."""
    shown = subprocess.run(
        ["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    for document in ("README.md", "CONTRIBUTING.md"):
        for target in re.findall(r"`make ([a-z-]+)`", (ROOT / document).read_text()):
            assert f"make {target} " in shown, f"{document} names make {target}"


def test_lock_files_name_no_registry_but_the_usual_one() -> None:
    """Whoever clones this can build it."""
    hosts = set(re.findall(r'source = "([^"]+)"', (ROOT / "Cargo.lock").read_text()))
    assert hosts == {"registry+https://github.com/rust-lang/crates.io-index"}
