"""`columns.new`: how many columns that the reference lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.checks._entry import Entry, Measured
from drypoint.checks._words import several

if TYPE_CHECKING:
    from drypoint.checks._target import Target
    from drypoint.profiles import Profile

__all__ = ["ENTRY", "names_of"]


def measure(target: Target) -> Measured:
    """Columns, without those inside others, that the reference does not have."""
    new = [name for name in names_of(target.profile) if name not in target.referred.profile]
    return Measured(len(new), note=several(new))


def names_of(profile: Profile) -> list[str]:
    """The columns of the table."""
    return [column.name for column in profile if not column.nested]


ENTRY = Entry(
    "columns.new",
    "columns that the reference lacks",
    measure,
    of="table",
    needs_reference=True,
)
