"""The Java library reads what we write, and gives the same answers."""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING

import pytest
from tests.golden import make_golden

if TYPE_CHECKING:
    from tests.interchange.conftest import Written

# The Java library puts the extremes among the kept items, with the weight of one of a neighbour.
RANK_TOLERANCE = 1 + 1e-9


@pytest.mark.skipif(
    not os.environ.get("CI") and not (shutil.which("javac") and shutil.which("mvn")),
    reason="needs a JDK and Maven: apt-get install default-jdk-headless maven",
)
def test_it_reads_every_sketch_and_gives_the_same_answers(written: Written) -> None:
    """Every family, type and mode."""
    arguments = [
        part
        for file, about in written.about.items()
        for part in (about["kind"], str(written.folder / file))
    ]
    answers = json.loads(make_golden.java("Read", *arguments))
    for file in written.about:
        written.check(file, answers[str(written.folder / file)], RANK_TOLERANCE)
