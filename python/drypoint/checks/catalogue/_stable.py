"""`stable`: the values have not drifted from those of the reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.checks._entry import Entry, Finding
from drypoint.checks._measures import LIMIT, MEASURE, compared_by
from drypoint.checks._verdict import Verdict

if TYPE_CHECKING:
    from drypoint.checks._target import Target

__all__ = ["ENTRY"]

VERDICTS = {"none": Verdict.PASS, "drift": Verdict.FAIL, "undecided": Verdict.UNDECIDED}


def judge(target: Target, *, measure: str | None, limit: float | None) -> Finding:
    """Whether there is no drift: none that is more than chance, and large enough to matter."""
    found = compared_by(target, measure, limit)
    reason = f"column {target.name!r}: {found.reason}"
    return Finding(VERDICTS[found.verdict], reason, found.distance)


ENTRY = Entry(
    "stable",
    "there is no drift from the reference",
    judge=judge,
    arguments=(MEASURE, LIMIT),
    needs_reference=True,
)
