"""Profiles: what a table looks like, column by column, in parts that merge."""

from drypoint.profiles._column import ColumnProfile
from drypoint.profiles._conditions import Condition, ConditionCounts, condition
from drypoint.profiles._derived import Derived
from drypoint.profiles._errors import DerivedErrors
from drypoint.profiles._file import load
from drypoint.profiles._histogram import Histogram
from drypoint.profiles._lengths import Lengths
from drypoint.profiles._merge import merge
from drypoint.profiles._metric import Metric
from drypoint.profiles._parameters import Parameters
from drypoint.profiles._profile import Profile
from drypoint.profiles._profiler import Profiler, profile
from drypoint.profiles._segments import SegmentedProfiler
from drypoint.profiles._set import ProfileSet
from drypoint.profiles._tasks import Performance, Task
from drypoint.profiles._vectors import Distances

__all__ = [
    "ColumnProfile",
    "Condition",
    "ConditionCounts",
    "Derived",
    "DerivedErrors",
    "Distances",
    "Histogram",
    "Lengths",
    "Metric",
    "Parameters",
    "Performance",
    "Profile",
    "ProfileSet",
    "Profiler",
    "SegmentedProfiler",
    "Task",
    "condition",
    "load",
    "merge",
    "profile",
]
