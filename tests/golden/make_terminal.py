"""Makes golden files of what a terminal shows: tables, columns, drift and checks, at three widths.

`terminal/NAME.txt` holds each page at 60, 100 and 160 cells, as plain text. Where they change on
purpose, `make golden-terminal` makes them anew, and the diff is read before it is committed.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pyarrow as pa

import drypoint as dp
from drypoint.checks._shown import as_text as checks_as_text
from drypoint.checks.files import read_text
from drypoint.drift._shown import as_text as drift_as_text
from drypoint.profiles._detail import column_as_text
from drypoint.profiles._table import as_text, set_as_text

TERMINAL = Path(__file__).parent / "terminal"
WIDTHS = (60, 100, 160)
ROWS = 20_000
HOUR = 3_600
START = 1_372_636_800
"""2013-07-01, in UTC."""
CARRIERS = ("UA", "UA", "UA", "B6", "B6", "EV", "DL", "AA")
HOSTILE = "evil\x1b[31m\u202e</script>"
SUITE = """\
suite: of a month
columns:
  delay:
    - nulls.ratio < 0.01
    - quantile(0.95) < 62
    - check: max < 100
      severity: warn
  carrier:
    - values.within: [AA, B6, DL, EV, UA]
"""


def spread(seed: float) -> list[float]:
    """Numbers between 0 and 1 that fill it evenly, in an order that looks like chance."""
    return [(seed + row * (math.sqrt(5) - 1) / 2) % 1.0 for row in range(1, ROWS + 1)]


def table(shift: int = 0) -> pa.Table:
    """Flights that never were, *shift* minutes late on top."""
    delays = [round(-20 * math.log(1 - one)) - 12 + shift for one in spread(0.1)]
    hours = [
        START + HOUR * (int(one * 30) * 24 + 5 + row % 17) for row, one in enumerate(spread(0.5))
    ]
    return pa.table(
        {
            "delay": [None if row % 37 == 0 else one for row, one in enumerate(delays)],
            "fare": [round(80 + 900 * one**3, 2) for one in spread(0.3)],
            "carrier": [CARRIERS[int(one * len(CARRIERS))] for one in spread(0.7)],
            "plane": [f"N{int(one * 3_000)}{'AB'[row % 2]}" for row, one in enumerate(spread(0.9))],
            "at": pa.array(hours, pa.timestamp("s", "UTC")),
            HOSTILE: [f"\x07{row % 3}\n<b>" for row in range(ROWS)],
        }
    )


def pages() -> dict[str, Any]:
    """What each page is called, and what makes it in so many cells."""
    rows = table()
    made, before = dp.profile(rows, dataset="flights"), dp.profile(table(4))
    parts = dp.profile(rows, segment_by=["carrier"])
    drift = dp.drift(made, before)
    checked = read_text(SUITE, "checks.yaml").run(made)
    columns = {
        f"column-{'hostile' if name == HOSTILE else name}": of_column(made[name])
        for name in made.columns
    }
    return {
        "table": lambda width: as_text(made, width=width),
        "segments": lambda width: set_as_text(parts, width=width),
        "drift": lambda width: drift_as_text(drift, width=width),
        "checks": lambda width: checks_as_text(checked, width=width),
        **columns,
    }


def of_column(column: dp.ColumnProfile) -> Any:
    """What makes the page of a column."""
    return lambda width: column_as_text(column, width=width)


def written(page: Any) -> str:
    """A page at every width, as its file has it."""
    return "".join(f"{f' {width} ':=^{width}}\n{page(width)}\n" for width in WIDTHS)


def main() -> None:
    """Makes all of them."""
    TERMINAL.mkdir(exist_ok=True)
    for name, page in pages().items():
        (TERMINAL / f"{name}.txt").write_text(written(page), encoding="utf-8")


if __name__ == "__main__":
    main()
