"""Measures, and makes docs/calibration.md and .svg; with --write of the results that are there."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from benches.calibration.cells import Cell, categories, false_alarms, of_merged, power
from benches.calibration.report import write

RESULTS = Path(__file__).parent / "results.csv"
PARTS = {"alarms": false_alarms, "merged": of_merged, "power": power, "categories": categories}


def main() -> None:
    """Measures each part and writes the report."""
    if "--write" not in sys.argv:
        cells = [cell for part in PARTS.values() for cell in part()]
        with RESULTS.open("w", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerows([Cell._fields, *cells])
    with RESULTS.open() as file:
        write(list(csv.DictReader(file)))


if __name__ == "__main__":
    main()
