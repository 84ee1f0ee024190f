"""What one segment did to the whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from drypoint.profiles._plain import bounds

if TYPE_CHECKING:
    from drypoint.estimate import Estimate

__all__ = ["Contribution", "Presence"]

Presence: TypeAlias = Literal["both", "new", "gone", "none"]


@dataclass(frozen=True, slots=True)
class Contribution:
    """By how much a segment moved the figure of the whole.

    `mix_effect` + `rate_effect` = `contribution`, and the contributions of all segments add up to
    the change of the whole. What is not known is None, never NaN.

    Attributes:
        segment: the keys and values that select it; None for the remainder, whose rows were of
            segments too many to keep apart.
        presence: `"both"`, or `"new"` or `"gone"` where only one side has something to measure,
            `"none"` where neither has.
        contribution: in the unit of the figure.
        mix_effect: of its share of the whole, which became larger or smaller.
        rate_effect: of its own figure, which went up or down; 0 if it is new or gone.
        size: how much of it there is now: rows that are measured, or whatever the figure is a share
            of, such as predicted positives.
        reference_size: the same in the reference.
        share: *size* as a part of that of all, in [0, 1].
        reference_share: likewise.
        value: its own figure now; None without anything to measure.
        reference_value: the same in the reference.
        change: *value* less *reference_value*, with the bounds that sampling and sketches leave;
            None where one of both is missing, or the profile does not tell how far it varies.
    """

    segment: dict[str, str | None] | None
    presence: Presence
    contribution: float
    mix_effect: float
    rate_effect: float
    size: float
    reference_size: float
    share: float
    reference_share: float
    value: float | None
    reference_value: float | None
    change: Estimate[float] | None

    def to_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON: the change as value, lower, upper and confidence."""
        made = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return made | {"change": None if self.change is None else bounds(self.change)}
