"""`rows`: how many rows there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.checks._entry import Entry

if TYPE_CHECKING:
    from drypoint.checks._target import Target

__all__ = ["ENTRY"]


def measure(target: Target) -> int:
    """The rows of the profile, exactly; 0 of an empty one."""
    return target.profile.rows


ENTRY = Entry("rows", "rows", measure, of="table")
