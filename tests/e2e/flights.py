"""The pages that are looked at: flights, strangers' names and values, and very many columns."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from tests.performance.flights import read_table

import drypoint as dp
from drypoint.checks import Suite

__all__ = ["ATTACK", "COLUMNS", "flights_page", "hostile_page", "wide_page"]

SUITE = Path(__file__).parents[2] / "docs" / "examples" / "flights.yaml"
ATTACK = "</script><script>alert(1)</script>"
ATTACKS = [
    ATTACK,
    "<img src=x onerror=alert(2)>",
    "'\"><svg/onload=alert(3)>",
    "{{title}}",
    "javascript:alert(4)",
    "<!--<script>",
    "]]>\u2028\u2029\x1b[31m\u202eabc",
    "__proto__",
    "constructor",
    "datum['x'] = alert(5)",
    "%s%n$& `${alert(6)}`",
]
COLUMNS = 2_000
TASK = dp.performance.classification(label="late", prediction="guess", score="p", positive=True)
LATE = 15
"""Minutes."""


def flights() -> pa.Table:
    """All flights of the year; with a guess at departure whether the arrival will be late."""
    table = read_table()
    late = pc.greater(table["arr_delay"], LATE)
    delay = pc.cast(table["dep_delay"], pa.float64())
    p = pc.divide(1.0, pc.add(1.0, pc.exp(pc.divide(pc.subtract(14.0, delay), 9.0))))
    guess = pc.greater(p, 0.5)
    return table.append_column("late", late).append_column("p", p).append_column("guess", guess)


def flights_page(folder: Path) -> Path:
    """July with January as its reference, by carrier, with all there is to a report."""
    table = flights()
    january, july = (
        dp.profile(
            table.filter(pc.equal(table["month"], month)),
            dataset="flights of July" if month == 7 else "flights of January",
            segment_by=["carrier"],
            performance=TASK,
        )
        for month in (1, 7)
    )
    trace = dp.trace(july, january, "mean", column="dep_delay")
    fair = dp.fairness(july, group="carrier", reference="UA", favorable=False, label="late")
    made = dp.report(july, january, checks=Suite.load(SUITE), segments=[july, trace, fair])
    return saved(made, folder / "flights.html")


def hostile_page(folder: Path) -> Path:
    """Names and values that would do harm if they were taken for anything but text."""
    rows = 500
    random = np.random.default_rng(3)
    values = [ATTACKS[i % len(ATTACKS)] for i in range(rows)]
    columns = {
        name: values if i % 2 else random.normal(size=rows) for i, name in enumerate(ATTACKS)
    }
    sides = [
        dp.profile(pa.table(columns), dataset=ATTACK, segment_by=[ATTACKS[1]], performance=None)
        for _ in range(2)
    ]
    made = dp.report(sides[0], sides[1], title=ATTACK)
    return saved(made, folder / "hostile.html")


def wide_page(folder: Path) -> Path:
    """A table of very many columns of every kind."""
    random = np.random.default_rng(5)
    table = {
        f"sensor {number:04}": random.normal(number, 1 + number % 7, 300)
        if number % 3
        else random.choice(["on", "off", "idle"], 300)
        for number in range(COLUMNS)
    }
    made = dp.report(dp.profile(pa.table(table), dataset="sensors"))
    return saved(made, folder / "wide.html")


def saved(made: dp.report.Report, path: Path) -> Path:
    """The report as a file."""
    made.save(path)
    return path
