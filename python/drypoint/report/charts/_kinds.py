"""What strings hold: integers, dates, addresses, with how many may hold it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drypoint.profiles._format import count, share
from drypoint.report.charts._bars import bars
from drypoint.report.charts._drawing import Drawing
from drypoint.report.charts._figures import at, lines_of, name_of
from drypoint.report.charts._words import of_values

if TYPE_CHECKING:
    from drypoint.profiles import ColumnProfile

__all__ = ["kinds"]


def kinds(column: ColumnProfile, reference: ColumnProfile | None = None) -> Drawing | None:
    """The share of the strings that hold each kind of content, with bounds at 99 %.

    A string may hold several kinds, such as an integer and a number; those that came are drawn.

    Args:
        column: of strings.
        reference: another one.

    Returns:
        None of a column without strings.
    """
    found = column.contents
    if not found:
        return None
    from drypoint.estimate import Estimate

    nothing = Estimate(0.0, 0.0, 0.0)
    theirs = None if reference is None else reference.contents
    names = sorted({**found, **(theirs or {})}, key=lambda name: -found.get(name, nothing).value)
    whole = column.rows - column.nulls
    other = None
    if theirs is not None and reference is not None:
        rows = float(reference.rows - reference.nulls)
        other = ([theirs.get(name, nothing) for name in names], rows)
    amounts = [found.get(name, nothing) for name in names]
    data, told_of = bars(names, amounts, whole, other)
    told = [of_values(column, whole, "string")]
    if any(not one.is_exact for one in amounts):
        told.append(f"Of a sample; thin lines: where shares may lie, each at {at(0.99)}.")
    name = name_of(column.name)
    params: dict[str, Any] = {
        "title": f"What {name} holds",
        "subtitle": lines_of(told),
        "x_title": "share of the strings",
    } | told_of
    first = ", ".join(
        f"{kind} {share(one.value, whole)}" for kind, one in zip(names[:3], amounts, strict=False)
    )
    text = f"Content of {count(whole)} strings of {name}: {first}."
    return Drawing("bars" if other is None else "bars_compared", data, params, text)
