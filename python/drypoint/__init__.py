"""Sketches and profiles of data, at the speed of memory, in bytes that others read."""

import typing

from drypoint import formats, images, sketches
from drypoint.drift import ColumnDrift, DriftTable
from drypoint.errors import (
    BusyError,
    CapacityError,
    ClosedError,
    DecodeError,
    DeliveryError,
    DrypointError,
    DrypointWarning,
    InputTypeError,
    InputValueError,
    MergeError,
    MixedTypesWarning,
    ParameterError,
    SourceError,
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

if typing.TYPE_CHECKING:
    # To whoever reads types it is the function.
    from drypoint.drift import drift
else:
    from drypoint import drift

__all__ = [
    "BusyError",
    "CapacityError",
    "ClosedError",
    "ColumnDrift",
    "ColumnProfile",
    "Condition",
    "ConditionCounts",
    "DecodeError",
    "DeliveryError",
    "Derived",
    "DerivedErrors",
    "Distances",
    "DriftTable",
    "DrypointError",
    "DrypointWarning",
    "Estimate",
    "Histogram",
    "InputTypeError",
    "InputValueError",
    "Lengths",
    "Logger",
    "MergeError",
    "Metric",
    "MixedTypesWarning",
    "ParameterError",
    "Parameters",
    "Profile",
    "ProfileSet",
    "Profiler",
    "SegmentedProfiler",
    "SourceError",
    "UnknownMetricWarning",
    "condition",
    "drift",
    "formats",
    "images",
    "load",
    "merge",
    "profile",
    "sketches",
]
