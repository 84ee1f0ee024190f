"""What was found of groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from drypoint.fairness._counts import NAMES
from drypoint.profiles._plain import bounds

if TYPE_CHECKING:
    from drypoint.estimate import Estimate

__all__ = ["Disparity", "Group", "GroupRates", "Verdict"]

Group: TypeAlias = dict[str, "str | None"]
Verdict: TypeAlias = Literal["pass", "fail", "undecided"]


@dataclass(frozen=True, slots=True)
class GroupRates:
    """The rates of one group, with the limits that chance leaves (Wilson 1927).

    A rate that rests on no rows is None, never NaN.

    Attributes:
        group: the keys and values that select it.
        rows: how many it has.
        unknown: rows without an outcome, which are in no rate.
        small: whether it has so few rows with an outcome that it is not judged.
        selection_rate: the share with the favorable outcome: what was predicted, or, where nothing
            was, what came.
        base_rate: the share whose label is favorable; None without predictions.
        recall: the share that was predicted favorable, of rows whose label is; likewise.
        fpr: the share that was predicted favorable, of rows whose label is another; likewise.
        precision: the share whose label is favorable, of rows that were predicted to be; likewise.
        sizes: by the name of the rate, how many rows it rests on.
    """

    group: Group
    rows: int
    unknown: int
    small: bool
    selection_rate: Estimate[float] | None
    base_rate: Estimate[float] | None
    recall: Estimate[float] | None
    fpr: Estimate[float] | None
    precision: Estimate[float] | None
    sizes: dict[str, int]

    def to_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON: rates as value, lower, upper and confidence."""
        made = {name: getattr(self, name) for name in self.__dataclass_fields__}
        rates = {name: bounds(made[name]) for name in NAMES if made[name] is not None}
        return made | rates


@dataclass(frozen=True, slots=True)
class Disparity:
    """How a group fares beside the reference, by one measure, and whether that is accepted.

    Attributes:
        group: the keys and values that select it.
        measure: the name of the measure.
        value: the ratio, or the difference from the reference; None where a rate rests on no rows,
            or the reference has a rate of 0 that nothing can be divided by. The limits hold for all
            groups of a measure at once, so those of one are at a higher confidence.
        rows: how many of the group it rests on: the fewest that one of its rates is of.
        limit: a ratio from this up to its inverse is accepted, and a difference up to this.
        verdict: `"pass"` or `"fail"` where all of the interval is on one side of the limit, else
            `"undecided"`: as it is of small groups.
        reason: why, in a sentence.
    """

    group: Group
    measure: str
    value: Estimate[float] | None
    rows: int
    limit: float
    verdict: Verdict
    reason: str

    def to_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON: the value as value, lower, upper and confidence."""
        made = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return made | {"value": None if self.value is None else bounds(self.value)}
