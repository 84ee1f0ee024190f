"""Sketches and profiles of data, at the speed of memory, in bytes that others read."""

from drypoint import sketches
from drypoint._profile import Profile, profile
from drypoint.errors import (
    BusyError,
    CapacityError,
    DecodeError,
    DrypointError,
    InputTypeError,
    InputValueError,
    MergeError,
    ParameterError,
    SourceError,
)
from drypoint.estimate import Estimate

__all__ = [
    "BusyError",
    "CapacityError",
    "DecodeError",
    "DrypointError",
    "Estimate",
    "InputTypeError",
    "InputValueError",
    "MergeError",
    "ParameterError",
    "Profile",
    "SourceError",
    "profile",
    "sketches",
]
