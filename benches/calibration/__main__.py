"""Measures, and makes docs/calibration.md and .svg; with --write of the results that are there."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from benches.calibration.cells import Cell, categories, false_alarms, of_merged, power
from benches.calibration.report import write

RESULTS = Path(__file__).parent / "results.csv"
PARTS = {"alarms": false_alarms, "power": power, "categories": categories, "merged": of_merged}


def main() -> None:
    """Measures each part and writes the report."""
    if "--write" not in sys.argv:
        measure()
    with RESULTS.open() as file:
        write(list(csv.DictReader(file)))


def measure() -> None:
    """Measures; a row is written when it is known, so that nothing is lost."""
    with RESULTS.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(Cell._fields)
        for part in PARTS.values():
            for cell in part():
                writer.writerow(cell)
                file.flush()


if __name__ == "__main__":
    main()
