"""Sketches and profiles of data, at the speed of memory, in bytes that others read."""

from drypoint import sketches
from drypoint.errors import (
    BusyError,
    CapacityError,
    ClosedError,
    DecodeError,
    DeliveryError,
    DrypointError,
    InputTypeError,
    InputValueError,
    MergeError,
    ParameterError,
    SourceError,
)
from drypoint.estimate import Estimate
from drypoint.logger import Logger
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
    "ClosedError",
    "ColumnProfile",
    "DecodeError",
    "DeliveryError",
    "DrypointError",
    "Estimate",
    "Histogram",
    "InputTypeError",
    "InputValueError",
    "Lengths",
    "Logger",
    "MergeError",
    "ParameterError",
    "Parameters",
    "Profile",
    "ProfileSet",
    "Profiler",
    "SegmentedProfiler",
    "SourceError",
    "load",
    "merge",
    "profile",
    "sketches",
]
