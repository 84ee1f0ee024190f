"""Sketches and profiles of data, at the speed of memory, in bytes that others read."""

from drypoint import sketches
from drypoint.errors import (
    BusyError,
    CapacityError,
    DecodeError,
    DrypointError,
    InputTypeError,
    InputValueError,
    MergeError,
    MixedTypesWarning,
    ParameterError,
    SourceError,
    UnknownMetricWarning,
)
from drypoint.estimate import Estimate
from drypoint.profiles import (
    ColumnProfile,
    Histogram,
    Lengths,
    Parameters,
    Profile,
    Profiler,
    ProfileSet,
    SegmentedProfiler,
    load,
    merge,
    profile,
)

__all__ = [
    "BusyError",
    "CapacityError",
    "ColumnProfile",
    "DecodeError",
    "DrypointError",
    "Estimate",
    "Histogram",
    "InputTypeError",
    "InputValueError",
    "Lengths",
    "MergeError",
    "MixedTypesWarning",
    "ParameterError",
    "Parameters",
    "Profile",
    "ProfileSet",
    "Profiler",
    "SegmentedProfiler",
    "SourceError",
    "UnknownMetricWarning",
    "load",
    "merge",
    "profile",
    "sketches",
]
