"""How groups fare beside the reference, and the four-fifths line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drypoint.fairness._measures import MEASURES
from drypoint.fairness._shown import name_of
from drypoint.profiles._format import count, cut, number
from drypoint.profiles._table import counted
from drypoint.report.charts._drawing import Drawing
from drypoint.report.charts._figures import at, figure, lines_of
from drypoint.report.charts._rows import MOST, STEP, rows_of, template

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drypoint.fairness import FairnessTable
    from drypoint.fairness._disparity import Disparity

__all__ = ["TEMPLATES", "disparate_impact", "disparity"]

STATES = (
    ("fail", "bad", "diamond"),
    ("undecided", "unsure", "triangle-up"),
    ("pass", "good", "circle"),
)
HINTS = (
    ("label", "group"),
    ("reason", "verdict"),
    ("written", "value"),
    ("within", "within"),
    ("rows", "rows"),
)
TEMPLATES = {"disparity": template(STATES, HINTS)}
NAME = 38
FIFTHS = 0.8
RATIOS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 5, 10, 20, 50, 100)
LEAST, GREATEST = 0.01, 100.0
"""Ratios that are drawn."""


def disparate_impact(fairness: FairnessTable) -> Drawing | None:
    """Selection rates as ratios to that of the reference, with intervals and the accepted range.

    None of a table without any.
    """
    return disparity(fairness, "disparate_impact")


def disparity(fairness: FairnessTable, measure: str = "disparate_impact") -> Drawing | None:
    """Groups by one measure, those that fare worst first, with intervals and limits.

    Args:
        fairness: of which the first 30 rows of the measure are drawn.
        measure: one of `MEASURES`.

    Returns:
        None of a table without any such value.
    """
    rows = [row for row in fairness.measure(measure) if row.value is not None]
    if not rows:
        return None
    ratio = MEASURES[measure].form == "ratio"
    shown = sorted(rows, key=lambda row: place(row, ratio=ratio))[:MOST]
    data = rows_of(
        [cut(name_of(row.group), NAME, middle=True) for row in shown],
        [row.value for row in shown],
        [f"{row.value.value:.2f}" for row in shown if row.value is not None],
        [row.verdict for row in shown],
    )
    if ratio:
        for field in ("value", "lower", "upper"):
            data[field] = [min(max(one, LEAST), GREATEST) for one in data[field]]
    data |= {
        "floor": [None] * len(shown),
        "start": [None] * len(shown),
        "reason": [row.reason for row in shown],
        "within": [
            f"{row.value.lower:.3f} to {row.value.upper:.3f}"
            for row in shown
            if row.value is not None
        ],
        "rows": [count(row.rows) for row in shown],
    }
    told = params(fairness, measure, shown, data)
    return Drawing("disparity", data, told, described(fairness, measure, shown))


def place(row: Disparity, *, ratio: bool) -> float:
    """Where a row comes: the least ratio first, or the largest difference."""
    assert row.value is not None  # noqa: S101 # those are left out
    return row.value.value if ratio else -abs(row.value.value)


def params(
    fairness: FairnessTable, measure: str, shown: Sequence[Disparity], data: dict[str, list[Any]]
) -> dict[str, Any]:
    """What the template needs to be told."""
    ratio = MEASURES[measure].form == "ratio"
    limit = shown[0].limit
    ends = [limit, 1 / limit] if ratio else [-limit, limit]
    middle = 1.0 if ratio else 0.0
    if MEASURES[measure].form == "largest":
        ends = [limit]
    low = min(*data["lower"], *ends, middle)
    high = max(*data["upper"], *ends, middle)
    rule = "the four-fifths rule" if ratio and limit == FIFTHS else "the limit"
    reference = cut(name_of(fairness.reference), NAME, middle=True)
    told = [
        f"{fairness.outcome[:1].upper()}{fairness.outcome[1:]}; reference: {reference}.",
        f"Accepted {'up to' if len(ends) == 1 else 'between'} the dashed lines: {rule}.",
        f"Lines: intervals at {at(fairness.confidence)}, all at once.",
    ]
    scale: dict[str, Any] = {"type": "linear", "nice": True, "zero": False}
    axis: dict[str, Any] = {"tickCount": 5}
    if ratio:
        scale = {"type": "log", "domain": [figure(low / 1.1), figure(high * 1.1)], "nice": False}
        axis = {"values": [one for one in RATIOS if low / 1.1 <= one <= high * 1.1], "format": "~g"}
    words = (
        ("accepted up to", "accepted from") if not ratio else ("accepted from", "accepted up to")
    )
    lines = [{"at": middle, "text": f"like the reference: {middle:g}"}]
    lines += [
        {"at": figure(end), "text": f"{words[0] if end < middle else words[1]} {number(end)}"}
        for end in ends
    ]
    return {
        "title": measure.replace("_", " ").capitalize(),
        "height": STEP * len(shown),
        "subtitle": lines_of(told),
        "scale": scale,
        "axis": axis,
        "x_title": x_title(measure),
        "lines": lines,
    }


def x_title(measure: str) -> str:
    """What the axis has."""
    rates = " and ".join(name.replace("_", " ") for name in MEASURES[measure].rates)
    forms = {
        "ratio": f"{rates} as a ratio to the reference (log)",
        "difference": f"{rates} less that of the reference",
        "largest": f"largest difference in {rates}",
    }
    return forms[MEASURES[measure].form]


def described(fairness: FairnessTable, measure: str, shown: Sequence[Disparity]) -> str:
    """The picture in a sentence."""
    rows = fairness.measure(measure)
    failed, open_ = len(rows.failed), len(rows.undecided)
    first = shown[0]
    assert first.value is not None  # noqa: S101 # those are left out
    return (
        f"{measure.replace('_', ' ').capitalize()} of {counted(len(rows), 'group')} beside "
        f"{name_of(fairness.reference)}: {failed} fail, {open_} undecided; "
        f"{name_of(first.group)} has {first.value.value:.2f} "
        f"({first.value.lower:.2f} to {first.value.upper:.2f})."
    )
