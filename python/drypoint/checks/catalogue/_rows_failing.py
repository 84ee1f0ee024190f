"""`rows.failing`: how many rows that fail a condition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.checks._conditions import CONDITION, counts_of, said_of, with_rows
from drypoint.checks._entry import Entry

if TYPE_CHECKING:
    from drypoint.checks._entry import Measured
    from drypoint.checks._target import Target

__all__ = ["ENTRY"]


def measure(target: Target, *, condition: str) -> Measured:
    """Rows that fail a condition, exactly."""
    found = counts_of(target, condition)
    return with_rows(found, found.failed)


ENTRY = Entry(
    "rows.failing",
    "rows that fail {condition!r}",
    measure,
    arguments=(CONDITION,),
    of="table",
    total=said_of,
)
