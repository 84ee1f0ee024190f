"""How far columns are from their reference, beside what chance shows and what matters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drypoint.estimate import Estimate
from drypoint.profiles._format import clean, cut, distance
from drypoint.profiles._table import counted, label
from drypoint.report.charts._drawing import Drawing
from drypoint.report.charts._figures import figure, lines_of
from drypoint.report.charts._rows import MOST, STEP, rows_of, template

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drypoint.drift import ColumnDrift, DriftTable

__all__ = ["TEMPLATES", "drift"]

STATES = (
    ("drift", "bad", "diamond"),
    ("undecided", "unsure", "triangle-up"),
    ("none", "current", "circle"),
)
HINTS = (
    ("label", "column"),
    ("reason", "verdict"),
    ("written", "distance"),
    ("within", "within"),
    ("noise", "noise floor"),
    ("limit", "limit"),
)
TEMPLATES = {"drift": template(STATES, HINTS)}
TICKS = (0, 0.1, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
NAME = 34


def drift(table: DriftTable) -> Drawing | None:
    """The distances of a table as multiples of what matters, the largest first.

    The grey bar of a row is what chance shows in 95 of 100 cases, the thin line what sketches leave
    open; the dashed line is the limit of every measure.

    Args:
        table: of which the first 30 are drawn.

    Returns:
        None of a table without any distance.
    """
    known = [row for row in table if row.distance is not None]
    if not known:
        return None
    shown = sorted(known, key=multiple, reverse=True)[:MOST]
    found = [scaled(row) for row in shown]
    data = rows_of(
        [name_of(row) for row in shown],
        found,
        [figure_of(row.distance) for row in shown],
        [row.verdict for row in shown],
    )
    floors = [
        None if row.noise_floor is None else figure(row.noise_floor / unit(row)) for row in shown
    ]
    data |= {
        "start": [0] * len(shown),
        "floor": floors,
        "reason": [row.reason for row in shown],
        "within": [within(row) for row in shown],
        "noise": [
            "unknown" if row.noise_floor is None else distance(row.noise_floor) for row in shown
        ],
        "limit": ["none" if row.limit is None else distance(row.limit) for row in shown],
    }
    most = max([1.2, *(one.upper for one in found), *(one for one in floors if one is not None)])
    return Drawing("drift", data, params(table, len(shown), most), described(table, shown))


def params(table: DriftTable, shown: int, most: float) -> dict[str, Any]:
    """What the template needs to be told."""
    head = f"{len(table.drifted):,} of {counted(len(table), 'comparison')} drifted"
    open_ = len(table.undecided)
    told = [f"At α = {table.alpha:g}{f'; {open_:,} undecided' if open_ else ''}."]
    if shown < len(table):
        told.append(f"The {shown:,} furthest are drawn.")
    told.append("Grey: what chance shows in 95 of 100 cases.")
    told.append("Thin lines: what sketches leave open.")
    return {
        "title": head,
        "height": STEP * shown,
        "subtitle": lines_of(told),
        "scale": {"type": "sqrt", "domain": [0, figure(1.05 * most)], "nice": False},
        "axis": {"values": [tick for tick in TICKS if tick <= 1.05 * most], "format": "~g"},
        "x_title": "distance, in multiples of what matters",
        "lines": [{"at": 1, "text": "from here on it matters"}],
    }


def unit(row: ColumnDrift) -> float:
    """What the distance of a row is a multiple of: its limit, if there is one."""
    return row.limit or row.noise_floor or 1.0


def multiple(row: ColumnDrift) -> float:
    """The distance of a row in its unit."""
    assert row.distance is not None  # noqa: S101 # those are left out
    return row.distance.value / unit(row)


def scaled(row: ColumnDrift) -> Estimate[float]:
    """The same with its bounds."""
    assert row.distance is not None  # noqa: S101 # those are left out
    found, of = row.distance, unit(row)
    return Estimate(found.value / of, found.lower / of, found.upper / of, found.confidence)


def name_of(row: ColumnDrift) -> str:
    """The column, the measure and the segment."""
    segment = "".join(f", {clean(key)}={label(value)}" for key, value in row.segment.items())
    return f"{cut(clean(row.column) + segment, NAME, middle=True)} · {row.measure}"


def figure_of(found: Estimate[float] | None) -> str:
    """A distance in few digits."""
    if found is None:
        return ""
    return distance(found.value)


def within(row: ColumnDrift) -> str:
    """The bounds of a distance."""
    found = row.distance
    if found is None or found.is_exact:
        return "exact"
    return f"{distance(found.lower)} to {distance(found.upper)}"


def described(table: DriftTable, shown: Sequence[ColumnDrift]) -> str:
    """The picture in a sentence."""
    first = ", ".join(
        f"{name_of(row)} {figure_of(row.distance)} ({row.verdict})" for row in shown[:3]
    )
    return (
        f"{len(table.drifted):,} of {counted(len(table), 'comparison')} drifted; "
        f"furthest from what matters: {first}."
    )
