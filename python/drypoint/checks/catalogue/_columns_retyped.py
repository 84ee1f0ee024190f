"""`columns.retyped`: how many columns of which the type has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.checks._entry import Entry, Measured

if TYPE_CHECKING:
    from drypoint.checks._target import Target
    from drypoint.profiles import ColumnProfile

__all__ = ["ENTRY"]


def measure(target: Target) -> Measured:
    """Columns that hold a type that they did not hold in the reference; nulls are of every type."""
    before = target.referred.profile.columns
    pairs = [(one, before[one.name]) for one in target.profile if one.name in before]
    changed = [(now, then) for now, then in pairs if new_types(now, then)]
    told = [f"{now.name!r} was {then.type}, is {now.type}" for now, then in changed]
    return Measured(len(changed), note="; ".join(told))


def new_types(now: ColumnProfile, then: ColumnProfile) -> set[str]:
    """The types that it did not have; nulls alone were of every type, and are of any."""
    before = types_of(then)
    return set() if before == {"null"} else types_of(now) - before - {"null"}


def types_of(column: ColumnProfile) -> set[str]:
    """The types that it has values of, or without values the one it came with."""
    return {name for name, count in column.types.items() if count} or {column.type}


ENTRY = Entry(
    "columns.retyped",
    "columns of which the type has changed",
    measure,
    of="table",
    needs_reference=True,
)
