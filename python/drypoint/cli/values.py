"""Values that come as text, as the columns that they are looked for in have them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from drypoint.profiles import Profile

__all__ = ["as_in"]

BOOLEANS = {"true": True, "false": False}


def as_in(column: str | None, text: str | None, profiles: Iterable[Profile]) -> Any:
    """*text* as a number or a boolean if *column* holds such; else as it is."""
    there = [one[column].type for one in profiles if column is not None and column in one]
    types = [one for one in there if one != "null"]
    if text is None or not types:
        return text
    if types[0] == "bool":
        return BOOLEANS.get(text.lower(), text)
    read = int if "int" in types[0] else float if types[0].startswith("float") else str
    try:
        return read(text)
    except ValueError:
        return text
