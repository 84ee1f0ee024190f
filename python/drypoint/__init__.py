"""Sketches and profiles of data, at the speed of memory, in bytes that others read."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from drypoint import formats, images, sketches
from drypoint.errors import (
    BusyError,
    CapacityError,
    CheckFailedError,
    ClosedError,
    DecodeError,
    DeliveryError,
    DrypointError,
    DrypointWarning,
    InputTypeError,
    InputValueError,
    MergeError,
    MissingExtraError,
    MixedTypesWarning,
    ParameterError,
    SourceError,
    SuiteError,
    UnknownMetricWarning,
)
from drypoint.estimate import Estimate
from drypoint.logger import Logger
from drypoint.profiles import (
    ColumnProfile,
    Condition,
    ConditionCounts,
    Derived,
    DerivedErrors,
    Distances,
    Histogram,
    Lengths,
    Metric,
    Parameters,
    Profile,
    Profiler,
    ProfileSet,
    SegmentedProfiler,
    condition,
    load,
    merge,
    profile,
)

if TYPE_CHECKING:
    from drypoint import checks, performance
    from drypoint.checks import Suite, suggest
    from drypoint.drift import ColumnDrift, DriftTable, drift
    from drypoint.fairness import FairnessTable, fairness
    from drypoint.report import Report, report
    from drypoint.tracing import Contribution, Trace, trace

__all__ = [
    "BusyError",
    "CapacityError",
    "CheckFailedError",
    "ClosedError",
    "ColumnDrift",
    "ColumnProfile",
    "Condition",
    "ConditionCounts",
    "Contribution",
    "DecodeError",
    "DeliveryError",
    "Derived",
    "DerivedErrors",
    "Distances",
    "DriftTable",
    "DrypointError",
    "DrypointWarning",
    "Estimate",
    "FairnessTable",
    "Histogram",
    "InputTypeError",
    "InputValueError",
    "Lengths",
    "Logger",
    "MergeError",
    "Metric",
    "MissingExtraError",
    "MixedTypesWarning",
    "ParameterError",
    "Parameters",
    "Profile",
    "ProfileSet",
    "Profiler",
    "Report",
    "SegmentedProfiler",
    "SourceError",
    "Suite",
    "SuiteError",
    "Trace",
    "UnknownMetricWarning",
    "checks",
    "condition",
    "drift",
    "fairness",
    "formats",
    "images",
    "load",
    "merge",
    "performance",
    "profile",
    "report",
    "sketches",
    "suggest",
    "trace",
]

_LATER = {
    "ColumnDrift": "drift",
    "Contribution": "tracing",
    "DriftTable": "drift",
    "FairnessTable": "fairness",
    "Report": "report",
    "Suite": "checks",
    "Trace": "tracing",
    "checks": "checks",
    "drift": "drift",
    "fairness": "fairness",
    "performance": "performance",
    "report": "report",
    "suggest": "checks",
    "trace": "tracing",
}
"""Names that are loaded when they are first used, and the part that has them."""


def __getattr__(name: str) -> Any:
    """Loads what not everyone needs, so that the import stays quick."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    part = import_module(f"{__name__}.{_LATER[name]}")
    return part if name == _LATER[name] else getattr(part, name)


def __dir__() -> list[str]:
    """What there is, loaded or not."""
    return __all__
