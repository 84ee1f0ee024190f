"""What drift was found in a column."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from drypoint.profiles._plain import bounds

if TYPE_CHECKING:
    from drypoint.estimate import Estimate

__all__ = ["ColumnDrift", "Verdict"]

Verdict: TypeAlias = Literal["drift", "none", "undecided"]


@dataclass(frozen=True, slots=True)
class ColumnDrift:
    """How far a column or a task is from its reference, by one measure, and whether that matters.

    A number that is not known is None, never NaN.

    Attributes:
        column: its name, or that of a task.
        segment: what selected its rows; empty for everything.
        measure: the name of the measure, or of a figure of the task, such as `"f1"`; `"presence"`
            where one side lacks the column, task or segment, and `"performance"` where none of the
            figures of a task can be compared.
        distance: in the unit of the measure. The bounds hold the distance of the two samples
            themselves, however rough their sketches are; chance between samples is not in them,
            but in *noise_floor* and *p_value*.
        noise_floor: the distance below which 95 of 100 pairs of samples of these sizes stay, seen
            through these sketches, when nothing has changed.
        p_value: the chance of a distance like this, or a larger one, when nothing has changed.
        adjusted_p_value: the same after Benjamini and Hochberg (1995), over all of the run.
        limit: the distance from which on it matters, in the same unit.
        wobble: the largest distance of a reference window to all others; None unless asked for.
        verdict: `"drift"`, `"none"`, or `"undecided"` where bounds straddle the limit or facts are
            missing.
        reason: why, in a sentence.
    """

    column: str
    measure: str
    verdict: Verdict
    reason: str
    distance: Estimate[float] | None = None
    noise_floor: float | None = None
    p_value: float | None = None
    adjusted_p_value: float | None = None
    limit: float | None = None
    wobble: float | None = None
    segment: dict[str, str | None] = field(default_factory=dict)

    def _repr_html_(self) -> str:
        from drypoint.drift._shown import row_as_html

        return row_as_html(self)

    def to_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON: the distance as value, lower, upper and confidence."""
        return {
            "column": self.column,
            "segment": self.segment,
            "measure": self.measure,
            "distance": None if self.distance is None else bounds(self.distance),
            "noise_floor": self.noise_floor,
            "p_value": self.p_value,
            "adjusted_p_value": self.adjusted_p_value,
            "limit": self.limit,
            "wobble": self.wobble,
            "verdict": self.verdict,
            "reason": self.reason,
        }
