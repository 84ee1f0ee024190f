"""One fact of each of many profiles, without what else they hold.

A profile keeps all that it has unpacked. Of 10,000 these are a million objects, which cost more to
keep than to unpack; so what is asked here is let go.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from drypoint.performance import ANSWERS
from drypoint.profiles._conditions import CORE
from drypoint.profiles._tasks import KINDS

if TYPE_CHECKING:
    from drypoint.profiles import Profile

__all__ = ["Facts", "answers_of", "parts_of"]

Facts: TypeAlias = "dict[str, Any]"

SPECIAL = {CORE, *KINDS}
"""The types of what is no column of the table."""


def parts_of(profile: Profile, column: str) -> list[Facts]:
    """What the core says of a column, a dict for each type; none if it is not there."""
    return [one for one in said(profile) if one["name"] == column and one["type"] not in SPECIAL]


def answers_of(profile: Profile, task: str) -> Any:
    """What a profile says of a task; None if it is not there."""
    for one in said(profile):
        if one["name"] == task and one["type"] in KINDS and one["type"] in one["metrics"]:
            kind: Any = ANSWERS[one["type"]]
            return kind(one)
    return None


def said(profile: Profile) -> list[Facts]:
    """What the core says of all, if it was not asked before."""
    kept: list[Facts] | None = vars(profile).get("_facts")
    return profile.core.columns() if kept is None else kept
