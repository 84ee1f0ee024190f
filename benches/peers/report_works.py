"""A table of a file as a page, by library: `python report_works.py WORK DATA PAGE`.

Each runs in a process of its own, which is timed from its start. Libraries that tell the net who
uses them are told not to.
"""

from __future__ import annotations

import os
import sys
from importlib.metadata import version
from typing import Any

os.environ |= {"YDATA_PROFILING_NO_ANALYTICS": "True", "DO_NOT_TRACK": "1"}


def read(path: str) -> Any:
    """As both libraries take it."""
    import pandas as pd

    return pd.read_parquet(path) if path.endswith(".parquet") else pd.read_csv(path)


def full(data: str, page: str, *, minimal: bool = False) -> None:
    """What fg-data-profiling, which was ydata-profiling, tells unless asked otherwise."""
    from data_profiling import ProfileReport

    ProfileReport(read(data), minimal=minimal, progress_bar=False).to_file(page, silent=True)


def minimal(data: str, page: str) -> None:
    """The same without correlations and interactions, which its authors advise for large data."""
    full(data, page, minimal=True)


def evidently(data: str, page: str) -> None:
    """The summary of a table."""
    from evidently import Report
    from evidently.presets import DataSummaryPreset

    Report([DataSummaryPreset()]).run(read(data), None).save_html(page)


WORKS = {"full": full, "minimal": minimal, "evidently": evidently}


def main() -> None:
    """Does the work that the arguments name; or says which versions there are."""
    if sys.argv[1:] == ["versions"]:
        names = ("fg-data-profiling", "evidently", "pandas")
        print(", ".join(f"{name} {version(name)}" for name in names))
        return
    work, data, page = sys.argv[1:]
    WORKS[work](data, page)


if __name__ == "__main__":
    main()
