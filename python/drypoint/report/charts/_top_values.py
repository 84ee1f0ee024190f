"""The most frequent values, with what their counts may be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drypoint.estimate import Estimate
from drypoint.profiles._format import apart, clean, count, number, share
from drypoint.profiles._values import as_words
from drypoint.report.charts._bars import bars
from drypoint.report.charts._drawing import Drawing
from drypoint.report.charts._figures import lines_of, name_of
from drypoint.report.charts._words import of_values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drypoint.profiles import ColumnProfile
    from drypoint.sketches import Item

__all__ = ["top_values"]

MOST = 10
NONE = Estimate(0, 0, 0)


def top_values(
    column: ColumnProfile, reference: ColumnProfile | None = None, n: int = MOST
) -> Drawing | None:
    """The *n* most frequent values as shares of all values, with the bounds of each.

    Args:
        column: whose frequent values are known.
        reference: another one; its shares of the same values are marked, and values that are
            frequent there alone come last.
        n: how many values of each.

    Returns:
        None of a column of continuous numbers, or without any value that is frequent.
    """
    own = column.top(n)
    theirs = reference.top(n) if reference is not None and reference.type == column.type else []
    values = list(dict.fromkeys(item.item for item in (*own, *theirs)))
    if not own or (own[0].estimate.upper <= 1 and not theirs):
        return None
    found = counted(column, values, own)
    whole = column.rows - column.nulls
    other = None
    if reference is not None and reference.type == column.type:
        amounts = counted(reference, values, theirs)
        other = (amounts, float(reference.rows - reference.nulls))
    texts = [text_of(column, value) for value in values]
    data, told_of = bars(texts, found, whole, other)
    name = name_of(column.name)
    params: dict[str, Any] = {
        "title": name,
        "subtitle": lines_of(said(column, found, other)),
        "x_title": "share of the values",
    } | told_of
    template = "bars" if other is None else "bars_compared"
    return Drawing(template, data, params, described(column, texts, found))


def counted(
    column: ColumnProfile, values: Sequence[Any], known: Sequence[Item]
) -> list[Estimate[float]]:
    """How often each value came."""
    found: dict[Any, Estimate[float]] = {item.item: item.estimate for item in known}
    sketch = column.items
    if sketch is None or found.keys() >= set(values):
        return [found.get(value, NONE) for value in values]
    if column.type == "string":
        return [found.get(value) or sketch.estimate(value) for value in values]
    # Other values are kept as numbers that stand for them, so that they are found among all.
    found = {item.item: item.estimate for item in column.top(1 << 12)} | found
    least = Estimate(0, 0, 2 * sketch.max_error)
    return [found.get(value, least) for value in values]


def text_of(column: ColumnProfile, value: Any) -> str:
    """A value on one line; an empty or blank string in quotes."""
    text = as_words(column.type, value)
    return number(value) if text is None else clean(text)


def said(
    column: ColumnProfile,
    found: Sequence[Estimate[float]],
    other: tuple[Sequence[Estimate[float]], float] | None,
) -> list[str]:
    """The lines below the title."""
    whole = column.rows - column.nulls
    told = [of_values(column, whole)]
    distinct = column.distinct
    rest = whole - sum(one.value for one in found)
    if distinct is not None and distinct.value > len(found) and rest > 0:
        sign = "~" if round(apart(distinct)) else ""
        told.append(f"All others, of {sign}{count(distinct.value)} distinct: {share(rest, whole)}.")
    off = max(apart(one) for one in found)
    every = [*found, *(other[0] if other else ())]
    if any(not one.is_exact for one in every) and off:
        told.append("Thin lines: where shares lie for certain.")
    return told


def described(column: ColumnProfile, texts: Sequence[str], found: Sequence[Estimate[float]]) -> str:
    """The picture in a sentence."""
    whole = column.rows - column.nulls
    pairs = zip(texts[:3], found, strict=False)
    first = ", ".join(f"{text[:40]} {share(one.value, whole)}" for text, one in pairs)
    return f"Most frequent values of {name_of(column.name)}: {first}."
