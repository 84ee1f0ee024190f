"""One fact of each of many profiles, without what else they hold.

A profile keeps all that it has unpacked. Of 10,000 these are a million objects, which cost more to
keep than to unpack; so what is asked here is let go.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drypoint.performance import ANSWERS
from drypoint.profiles import ColumnProfile
from drypoint.profiles._conditions import CORE
from drypoint.profiles._tasks import KINDS

if TYPE_CHECKING:
    from drypoint.profiles import Profile

__all__ = ["answers_of", "column_of"]

SPECIAL = {CORE, *KINDS}
"""The types of what is no column of the table."""


def column_of(profile: Profile, name: str) -> ColumnProfile | None:
    """A column; None if it is not there."""
    if "columns" in vars(profile):
        return profile.columns.get(name)
    facts = [one for one in called(profile, name) if one["type"] not in SPECIAL]
    return ColumnProfile(facts, profile.rows) if facts else None


def answers_of(profile: Profile, task: str) -> Any:
    """What a profile says of a task; None if it is not there."""
    if "performance" in vars(profile):
        return profile.performance.get(task)
    facts = [one for one in called(profile, task) if one["type"] in one["metrics"]]
    of_task = [one for one in facts if one["type"] in KINDS]
    if not of_task:
        return None
    kind: Any = ANSWERS[of_task[0]["type"]]
    return kind(of_task[0])


def called(profile: Profile, name: str) -> list[dict[str, Any]]:
    """What the core says of what is called so."""
    return [one for one in profile.core.columns() if one["name"] == name]
