"""Each layer imports only from those before it."""

from __future__ import annotations

import ast
import json
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "python" / "drypoint"

# The layers of the Rust crates, and of the Python modules by the first part of their name.
CRATES = ["drypoint-sketches", "drypoint-profile", "drypoint-python"]
LAYERS = [
    ["errors", "_types", "_warn", "_callable"],
    ["_core", "_extra"],
    ["estimate", "_intervals", "_drawn"],
    ["_frames"],
    ["sketches"],
    ["sources"],
    ["profiles"],
    ["logger", "formats"],
    ["drift"],
    ["checks", "performance", "images"],
    ["fairness"],
    ["tracing"],
    ["report"],
    ["store"],
    ["monitor", "alerts"],
    ["server", "engines"],
    ["cli"],
]
FOREIGN_TO_SKETCHES = {"arrow", "pyo3", "chrono", "numpy"}


def layer(module: str) -> int:
    """The number of the layer of `drypoint.<module>`."""
    (found,) = [number for number, names in enumerate(LAYERS) if module in names]
    return found


def imports(path: Path) -> set[str]:
    """The parts of drypoint that a file imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        found |= {name.split(".")[1] for name in names if name.startswith("drypoint.")}
    return found


def python_files() -> dict[Path, str]:
    """Every file of the package, and the part it belongs to."""
    files = {
        path: path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        for path in PACKAGE.rglob("*.py")
        if path != PACKAGE / "__init__.py"
    }
    assert files, "the scan found nothing: the folder moved"
    return files


def test_python_modules_import_only_from_earlier_layers() -> None:
    """Or from their own part; `drypoint.__init__` gathers them all and is imported by none."""
    wrong = [
        f"{path.relative_to(ROOT)} imports {other}"
        for path, part in python_files().items()
        for other in imports(path) - {part}
        if layer(other) >= layer(part)
    ]
    assert wrong == []


def test_relative_imports_are_not_used() -> None:
    """The name of a part shows in every import."""
    relative = [
        path.relative_to(ROOT)
        for path in python_files()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert relative == []


def test_rust_crates_depend_only_on_earlier_layers() -> None:
    """The sketches stand alone, without Arrow and without Python."""
    command = ["cargo", "metadata", "--format-version=1", "--no-deps", "--offline"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    packages = {package["name"]: package for package in json.loads(done.stdout)["packages"]}
    assert set(CRATES) <= set(packages)
    for number, crate in enumerate(CRATES):
        normal = [d["name"] for d in packages[crate]["dependencies"] if d["kind"] is None]
        ours = [name for name in normal if name.startswith("drypoint-")]
        assert set(ours) <= set(CRATES[:number]), crate
        if crate == "drypoint-sketches":
            assert not [name for name in normal if name.split("-")[0] in FOREIGN_TO_SKETCHES]
