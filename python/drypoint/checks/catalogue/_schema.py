"""`schema`: columns are there, in their order, and of their types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drypoint.checks._entry import Argument, Entry, Finding, meant
from drypoint.checks._forms import FLAG, TYPES, is_of_type
from drypoint.checks._verdict import Verdict
from drypoint.checks._words import several

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from drypoint.checks._target import Target
    from drypoint.profiles import ColumnProfile, Profile

__all__ = ["ENTRY", "type_wrong"]


def judge(target: Target, *, types: Any, ordered: bool, exact: bool) -> Finding:
    """Whether the columns are as they should be; always certain."""
    wanted = dict(types)
    wrong = [*each_wrong(target.profile, wanted)]
    wrong += unordered(target.profile, wanted) if ordered else []
    wrong += unasked(target.profile, wanted) if exact else []
    verdict = Verdict.of(holds=not wrong, breaks=bool(wrong))
    count = f"{len(wanted)} column{'' if len(wanted) == 1 else 's'}"
    return Finding(verdict, "; ".join(wrong) or f"{count} are there, of the types that are asked")


def each_wrong(profile: Profile, wanted: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with single columns."""
    for name, types in wanted.items():
        column = profile.columns.get(name)
        if column is None:
            yield f"column {name!r} not found{meant(name, profile.columns)}"
        elif types is not None:
            wrong = type_wrong(column, types)
            if wrong:
                yield wrong


def type_wrong(column: ColumnProfile, wanted: tuple[str, ...]) -> str:
    """What is wrong with the types of a column; "" if nothing.

    Every type that has values counts; a column that has none is of the type it came with, and one
    of nulls without a type is of any.
    """
    held = [name for name, count in column.types.items() if count] or [column.type]
    wrong = [name for name in held if name != "null" and not is_of_type(name, wanted)]
    if not wrong:
        return ""
    return f"column {column.name!r} is {' and '.join(wrong)}, not {' or '.join(wanted)}"


def unordered(profile: Profile, wanted: Mapping[str, Any]) -> list[str]:
    """What stands in another order."""
    there = [name for name in profile.columns if name in wanted]
    asked = [name for name in wanted if name in profile.columns]
    return [] if there == asked else [f"columns come as {several(there)}, not {several(asked)}"]


def unasked(profile: Profile, wanted: Mapping[str, Any]) -> list[str]:
    """What is there without being asked for."""
    more = [one.name for one in profile if not one.nested and one.name not in wanted]
    return [f"there are other columns: {several(more)}"] if more else []


ENTRY = Entry(
    "schema",
    "columns are there and of their types",
    judge=judge,
    arguments=(
        Argument("types", TYPES, "the type of each column, or null for any"),
        Argument("ordered", FLAG, "whether columns are to be in this order", default=False),
        Argument("exact", FLAG, "whether there are to be no others", default=False),
    ),
    of="table",
)
