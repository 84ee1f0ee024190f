"""What whylogs would say of a column: its metrics, from a profile of ours."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, sqrt
from typing import TYPE_CHECKING, Any

from drypoint.checks._forms import is_of_type
from drypoint.checks.whylogs._kept import retained

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from drypoint.profiles import ColumnProfile
    from drypoint.sketches import HllSketch, KllSketch

__all__ = ["TYPES", "Distribution", "distinct", "distribution", "frequent_strings", "type_counts"]

TYPES = {
    "integral": ("integer",),
    "fractional": ("float", "decimal"),
    "boolean": ("boolean",),
    "string": ("string",),
    "object": (),
    "tensor": ("list", "vector"),
}
"""The types that whylogs counts, and ours that are among them; all others are objects."""


@dataclass(frozen=True)
class Distribution:
    """The numbers of a column.

    Attributes:
        min: the least of them, as a double.
        max: the greatest.
        mean: None where infinities have spoiled it.
        std: sample standard deviation; 0 of one number.
        quantile: the number at a rank.
    """

    min: float
    max: float
    mean: float | None
    std: float
    quantile: Callable[[float], float]


def parts_with(column: ColumnProfile, fact: str) -> Iterator[Any]:
    """The fact of the parts that have it: whylogs has one sketch for all types of a column."""
    found = (getattr(part, fact) for part in column.parts)
    return (value for value in found if value is not None)


def distribution(column: ColumnProfile) -> Distribution | None:
    """The numbers; None where there are none, or the column is of no type that has some."""
    kll: KllSketch | None = next(parts_with(column, "kll"), None)
    numeric = [part for part in column.parts if is_of_type(part.type, ("number",))]
    if not numeric or kll is None:
        return of_booleans(column)
    part = numeric[0]
    if part.min is None:
        return None
    ends = float(part.min), float(part.max)
    return Distribution(*ends, part.mean, part.std or 0.0, lambda rank: quantile(kll, rank, *ends))


def of_booleans(column: ColumnProfile) -> Distribution | None:
    """Booleans as numbers, 0 and 1."""
    if not column.trues and not column.falses:
        return None
    zeros, ones = column.falses or 0, column.trues or 0
    n = zeros + ones
    spread = zeros * ones / n / (n - 1) if n > 1 else 0.0
    return Distribution(
        min=float(not zeros),
        max=float(bool(ones)),
        mean=ones / n,
        std=sqrt(spread),
        quantile=lambda rank: float(floor(rank * n) >= zeros and bool(ones)),
    )


def quantile(kll: KllSketch, rank: float, least: float, most: float) -> float:
    """The first kept number before which at least rank * n lie, the ends exactly.

    Ours takes in the number itself, so that the one next to it may be told.
    """
    if not 0 < rank < 1:
        return least if rank == 0 else most
    before, wanted = 0, floor(rank * kll.n)
    for item, weight in sorted(retained(kll.to_bytes())):
        if before >= wanted:
            return item
        before += weight
    return most


def distinct(column: ColumnProfile, std_devs: int = 1) -> tuple[float, float, float] | None:
    """The estimate of the sketch and its bounds; None where whylogs keeps none.

    Without the empty string, which never enters it.
    """
    kinds = ("number", "boolean", "string")
    if not any(is_of_type(part.type, (*kinds, "null")) for part in column.parts):
        return None
    hll: HllSketch | None = next(parts_with(column, "hll"), None)
    if hll is None:
        return 0.0, 0.0, 0.0
    found = hll.estimate(std_devs)
    return found.value, found.lower, found.upper


def frequent_strings(column: ColumnProfile) -> list[str] | None:
    """The frequent values as text, the most frequent first; None where whylogs lists none."""
    kinds = ("integer", "boolean", "string", "null")
    if not any(is_of_type(part.type, kinds) for part in column.parts):
        return None
    items = next(parts_with(column, "items"), None)
    if items is None:
        return []
    booleans = {"0": "False", "1": "True"} if column.type == "bool" else {}
    return [booleans.get(str(one.item), str(one.item)) for one in items.frequent()]


def type_counts(column: ColumnProfile) -> dict[str, int]:
    """How many values are of which type, in the order of `TYPES`."""
    counts = dict.fromkeys(TYPES, 0)
    for name, count in column.types.items():
        known = (theirs for theirs, ours in TYPES.items() if is_of_type(name, ours))
        counts[next(known, "object")] += count
    return counts
