"""The measures of drift, as arguments of checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drypoint.checks._entry import Argument, meant
from drypoint.checks._forms import Form
from drypoint.errors import ParameterError

if TYPE_CHECKING:
    from drypoint.checks._target import Target
    from drypoint.drift import ColumnDrift

__all__ = ["LIMIT", "MEASURE", "compared_by"]


def read_measure(value: Any) -> str | None:
    """The name of a measure, or None for that which fits the column."""
    from drypoint.drift import MEASURES

    if value is None:
        return None
    if value not in MEASURES:
        raise ParameterError(f"there is no measure {value!r}{meant(value, MEASURES)}")
    return str(value)


def read_limit(value: Any) -> float | None:
    """A distance, or None for that of the measure."""
    if value is None:
        return None
    if isinstance(value, bool) or not float(value) >= 0:
        raise ValueError(value)
    return float(value)


MEASURE = Argument(
    "measure",
    Form("the name of a measure of drift", read_measure, {"type": ["string", "null"]}),
    "how to measure; null for ks of numbers and times, chi_square of strings and booleans",
    default=None,
)
LIMIT = Argument(
    "limit",
    Form("a distance from 0", read_limit, {"type": ["number", "null"], "minimum": 0}),
    "the distance from which on it matters; null for that of the measure",
    default=None,
)


def compared_by(target: Target, measure: str | None, limit: float | None = None) -> ColumnDrift:
    """How far the column is from that of the reference."""
    from drypoint.drift import compare

    return compare(target.column, target.referred.column, measure=measure, limit=limit)
