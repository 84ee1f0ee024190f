"""Profiles: what a table looks like, column by column, in parts that merge."""

from drypoint.profiles._column import ColumnProfile
from drypoint.profiles._file import load
from drypoint.profiles._histogram import Histogram
from drypoint.profiles._lengths import Lengths
from drypoint.profiles._merge import merge
from drypoint.profiles._parameters import Parameters
from drypoint.profiles._profile import Profile
from drypoint.profiles._profiler import Profiler, profile
from drypoint.profiles._segments import SegmentedProfiler
from drypoint.profiles._set import ProfileSet

__all__ = [
    "ColumnProfile",
    "Histogram",
    "Lengths",
    "Parameters",
    "Profile",
    "ProfileSet",
    "Profiler",
    "SegmentedProfiler",
    "load",
    "merge",
    "profile",
]
