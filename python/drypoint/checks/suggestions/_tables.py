"""What is proposed for the whole table."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Any

from drypoint.checks._check import Check
from drypoint.checks._limit import Limit
from drypoint.checks.suggestions._margin import ENOUGH, SIGMAS, Range, outward, range_of
from drypoint.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from drypoint.checks.suggestions._history import History

__all__ = ["TABLES"]


def schema(history: History) -> Iterator[tuple[Check, str]]:
    """The columns that are always there, with every type that they have had."""
    found = {name: types_of(history, name) for name in history.names}
    if found:
        yield Check("schema", None, {"types": found}), history.said("as it is")


def types_of(history: History, name: str) -> Any:
    """The types that a column has had; None where it had none that checks can name."""
    seen = dict.fromkeys(
        kind
        for column in history.columns(name)
        for kind, count in column.types.items()
        if kind != "null" and (count or column.type == kind)
    )
    try:
        Check("type", name, {"type": list(seen)})
    except ParameterError:
        return None
    return list(seen)


def rows(history: History) -> Iterator[tuple[Check, str]]:
    """How many rows there are; from half to twice of what there were, where windows are few."""
    counts = [one.rows for one in history.profiles]
    least, most = min(counts), max(counts)
    lower, upper = range_of(counts, 0)
    # Counts that were always the same may still differ by chance (Poisson).
    lower, upper = min(lower, least - SIGMAS * sqrt(least)), max(upper, most + SIGMAS * sqrt(most))
    found = outward(Range(lower, upper), whole=True)
    if len(counts) < ENOUGH:
        found = Range(least // 2, 2 * most)
    lower = max(found.lower, 1)
    said = f"{least:,}" if least == most else f"{least:,} to {most:,}"
    yield Check("rows", limit=Limit("between", lower, found.upper)), history.said(said)


TABLES: tuple[Callable[[History], Iterator[tuple[Check, str]]], ...] = (schema, rows)
"""What is asked of the table, in the order in which it is written."""
