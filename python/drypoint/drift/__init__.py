"""Drift: how far a column is from its reference, and whether that matters.

`dp.drift(current, reference)` is the function; `from drypoint.drift import compare` and whatever
else is here comes from this module, which is called as the function.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drypoint._callable import make_callable
from drypoint.drift._drift import compare, drift
from drypoint.drift._measure import Measure
from drypoint.drift._platform import platform_distance
from drypoint.drift._result import ColumnDrift
from drypoint.drift._table import DriftTable

if TYPE_CHECKING:
    from drypoint.drift.measures import MEASURES

__all__ = [
    "MEASURES",
    "ColumnDrift",
    "DriftTable",
    "Measure",
    "compare",
    "drift",
    "platform_distance",
]

make_callable(__name__, drift)


def __getattr__(name: str) -> Any:
    """The measures, which need NumPy, when they are asked for."""
    if name != "MEASURES":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from drypoint.drift import measures

    return measures.MEASURES
