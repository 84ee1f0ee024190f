"""`drift`: how far the values are from those of the reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.checks._entry import Entry, Measured
from drypoint.checks._measures import MEASURE, compared_by
from drypoint.checks._target import NoFactError
from drypoint.checks._verdict import Verdict
from drypoint.checks._words import value_words

if TYPE_CHECKING:
    from drypoint.checks._target import Target

__all__ = ["ENTRY"]


def measure(target: Target, *, measure: str | None) -> Measured:
    """The distance by a measure, with bounds that hold that of the two samples."""
    found = compared_by(target, measure)
    if found.distance is None:
        verdict = Verdict.FAIL if found.verdict == "drift" else Verdict.UNDECIDED
        raise NoFactError(found.reason, verdict)
    floor = found.noise_floor
    note = "" if floor is None else f"chance alone makes {value_words(floor, short=True)}"
    return Measured(found.distance, note=note)


ENTRY = Entry(
    "drift",
    "distance from the reference",
    measure,
    arguments=(MEASURE,),
    unit="number",
    needs_reference=True,
)
