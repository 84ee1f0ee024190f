"""The example of the page for Spark is run as it stands, in an interpreter of its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "performance.md"
SPARK = "--master local[1] --conf spark.ui.enabled=false --conf spark.sql.shuffle.partitions=2"


@pytest.mark.slow
@pytest.mark.skipif(
    not os.environ.get("CI") and shutil.which("java") is None, reason="Spark needs a JDK"
)
def test_the_example_prints_what_the_page_says(tmp_path: Path) -> None:
    """Labels that came within a week are joined, profiled in Spark's workers, and merged."""
    blocks = re.findall(r"^```\w*\n(.*?)^```$", PAGE.read_text(), re.DOTALL | re.MULTILINE)
    ((script, expected),) = [
        (block, blocks[place + 1])
        for place, block in enumerate(blocks)
        if "from pyspark.sql import SparkSession" in block
    ]
    file = tmp_path / "example.py"
    file.write_text(script)
    environment = os.environ | {
        "PYSPARK_PYTHON": sys.executable,
        "PYSPARK_SUBMIT_ARGS": f"{SPARK} pyspark-shell",
        "SPARK_LOCAL_IP": "127.0.0.1",
    }
    done = subprocess.run(
        [sys.executable, file],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == expected
