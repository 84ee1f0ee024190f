"""Limits and sizes: `python -m benches.profiles [--rows N] [--repeats R] [--out FILE]`."""

from __future__ import annotations

import argparse
from pathlib import Path

from benches import results
from benches.profiles import limits, sizes


def main() -> None:
    """Measures and writes."""
    parser = argparse.ArgumentParser(prog="python -m benches.profiles")
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--repeats", type=int, default=15)
    parser.add_argument("--out", type=Path, default=None)
    options = parser.parse_args()
    for section in (limits.section(options.repeats), sizes.section(options.rows)):
        print(section)
        if options.out is not None:
            results.put(options.out, section)


if __name__ == "__main__":
    main()
