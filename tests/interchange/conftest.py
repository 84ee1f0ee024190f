"""Sketches that the Rust crate wrote, with its answers, for other libraries to read."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).parents[2]
# The tests read with what makes the golden files.
sys.path.insert(0, str(PROJECT))

# They run in an environment of their own.
collect_ignore = ["whylogs_constraints_worker.py", "whylogs_worker.py"]

# Doubles are added up in another order.
HLL_TOLERANCE = 1e-12


@dataclass(frozen=True)
class Written:
    """A folder of sketches, and the kind and answers of each by its file name."""

    folder: Path
    about: dict[str, dict[str, Any]]

    def raw(self, file: str) -> bytes:
        """The bytes of one sketch."""
        return (self.folder / file).read_bytes()

    def check(self, file: str, theirs: dict[str, Any], rank_tolerance: float = 0.0) -> None:
        """Compares another library's answers with ours: ranks within a tolerance times 1/n."""
        ours = self.about[file]["answers"]
        assert theirs.keys() <= ours.keys(), f"{file}: not all answers are ours too"
        for name, answer in theirs.items():
            expected = ours[name]
            if self.about[file]["kind"] == "hll" or name in {"rank_error", "pmf_error"}:
                expected = pytest.approx(expected, rel=HLL_TOLERANCE)
            elif name.startswith(("ranks", "cdf", "pmf")):
                # A share between two items has the error of both ranks.
                ranks = 2 if name.startswith("pmf") else 1
                expected = pytest.approx(
                    expected, rel=HLL_TOLERANCE, abs=ranks * rank_tolerance / ours["n"]
                )
            assert answer == expected, f"{file}: {name}"


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """What the example of the crate wrote."""
    folder = tmp_path_factory.mktemp("sketches")
    example = ["-p", "drypoint-sketches", "--example", "write_sketches", "--", str(folder)]
    subprocess.run(["cargo", "run", "--release", "-q", *example], check=True, cwd=PROJECT)
    about = json.loads((folder / "answers.json").read_text())
    assert len(about) > 100
    return Written(folder, about)
