"""`columns.missing`: how many columns that the reference has and the profile lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.checks._entry import Entry, Measured
from drypoint.checks._words import several
from drypoint.checks.catalogue._columns_new import names_of

if TYPE_CHECKING:
    from drypoint.checks._target import Target

__all__ = ["ENTRY"]


def measure(target: Target) -> Measured:
    """Columns of the reference, without those inside others, that are not there."""
    there = target.profile
    gone = [name for name in names_of(target.referred.profile) if name not in there]
    return Measured(len(gone), note=several(gone))


ENTRY = Entry(
    "columns.missing",
    "columns of the reference that are missing",
    measure,
    of="table",
    needs_reference=True,
)
