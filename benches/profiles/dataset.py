"""A large data set on disk: `lineitem` of TPC-H, as often as it takes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sysconfig
from itertools import count
from pathlib import Path

SCALE = 10
"""About 2.3 GB of Parquet; the rest are further names of the same files."""
PARTS = 10
ROW_GROUP = "128MB"
"""As engines write them. The generator's own 7 MB would spare the reader."""


def make(folder: Path, size: int, scale: int = SCALE) -> list[Path]:
    """Files of at least *size* bytes together, which are read as often as they are listed."""
    made = sorted(generated(folder / f"scale_{scale}", scale).glob("*.parquet"))
    linked = folder / f"linked_{scale}_{size}"
    shutil.rmtree(linked, ignore_errors=True)
    linked.mkdir()
    files: list[Path] = []
    total = 0
    for index in count():
        if total >= size:
            return files
        source = made[index % len(made)]
        files.append(linked / f"{index:05}.parquet")
        os.link(source, files[-1])
        total += source.stat().st_size
    raise AssertionError


def generated(folder: Path, scale: int) -> Path:
    """The files of the generator, made unless they are there."""
    done = folder / ".done"
    if not done.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        command = [generator(), "parquet", "--quiet", "--tables=lineitem", f"--parts={PARTS}"]
        options = [f"--row-group-bytes={ROW_GROUP}", f"--output-dir={folder}"]
        subprocess.run([*command, *options, f"--scale-factor={scale}"], check=True)
        done.touch()
    return folder / "lineitem"


def generator() -> str:
    """The program that makes the files."""
    found = shutil.which("tpchgen-cli", path=sysconfig.get_path("scripts")) or shutil.which(
        "tpchgen-cli"
    )
    if found is None:
        raise SystemExit("tpchgen-cli is missing; `make bench-memory` installs it")
    return found
