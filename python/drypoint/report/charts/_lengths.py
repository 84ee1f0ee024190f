"""How long values are."""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING, Any

from drypoint.estimate import Estimate
from drypoint.profiles._bins import BINS, LONG, TAILS, rounded
from drypoint.profiles._format import count, number
from drypoint.profiles._lengths import EXACT, STEPS
from drypoint.report.charts._axis import numbers
from drypoint.report.charts._drawing import Drawing
from drypoint.report.charts._figures import figures, lines_of, name_of, words_in
from drypoint.report.charts._histogram import ends, hint
from drypoint.report.charts._parts import SIDES
from drypoint.report.charts._words import of_values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drypoint.profiles import ColumnProfile, Lengths

__all__ = ["lengths"]


def lengths(column: ColumnProfile, reference: ColumnProfile | None = None) -> Drawing | None:
    """How many values are how long: strings in characters, binary in bytes, lists in elements.

    Lengths from 128 on are known within 1.6 %; bars then have thin lines.

    Args:
        column: of strings, binary or lists.
        reference: another one of the same type.

    Returns:
        None of a column of another type, and of one without values.
    """
    found, unit = measured(column)
    if found is None or not found.n:
        return None
    beside = measured(reference)[0] if reference is not None else None
    other = beside if beside is not None and beside.n and same(column, reference) else None
    both = [one for one in (found, other) if one is not None]
    edges, is_cut = edges_of(both)
    counts = [counted(one, edges) for one in both]
    data: dict[str, list[Any]] = {"from": figures(edges[:-1]), "to": figures(edges[1:])}
    if other is None:
        data |= {"count": figures(one.value for one in counts[0])} | ends(counts[0], "")
        tooltip = [("bin", unit), ("count", "values")]
        style = ",.0f"
    else:
        tooltip, style = [("bin", unit)], ".2~%"
        for side, each, whole in zip(SIDES, counts, both, strict=True):
            data |= {side: figures(one.value / whole.n for one in each)}
            data |= ends(each, f"{side}_", whole.n)
            tooltip.append((side, side))
    name = name_of(column.name)
    told = [of_values(column, found.n)]
    if is_cut:
        told.append(
            f"Not drawn: some beyond {number(floor(edges[-1]))}, up to {number(most(both))}."
        )
    if any(not one.is_exact for each in counts for one in each):
        told.append("Thin lines: where counts lie for certain.")
    params = {
        "title": f"Length of {name}",
        "subtitle": lines_of(told),
        "x_title": unit,
        "y_title": "values" if other is None else "share of the values",
        "type": "quantitative",
        "scale": {"zero": False, "nice": False},
        "axis": numbers(edges[-1], whole=True),
        "bin_words": f"{words_in('ceil(datum.from)', '')} + ' to ' + "
        f"{words_in('floor(datum.to)', '')}",
        "tooltip": [hint(field, title, style) for field, title in tooltip],
    }
    template = "histogram" if other is None else "histogram_compared"
    return Drawing(template, data, params, described(name, found, unit))


def measured(column: ColumnProfile) -> tuple[Lengths | None, str]:
    """The lengths that are drawn, and their unit."""
    if column.characters is not None:
        return column.characters, "characters"
    return column.lengths, "bytes" if column.type in ("string", "binary") else "elements"


def same(column: ColumnProfile, reference: ColumnProfile | None) -> bool:
    """Whether both are measured alike."""
    return reference is not None and measured(column)[1] == measured(reference)[1]


def most(both: Sequence[Lengths]) -> int:
    """The longest of all."""
    return max(one.max or 0 for one in both)


def edges_of(both: Sequence[Lengths]) -> tuple[list[float], bool]:
    """Edges half-way between two lengths, and whether some are longer than the last."""
    low, high = min(one.min or 0 for one in both), most(both)
    tails = [one.quantile(TAILS[1]) for one in both]
    last = max(one.upper for one in tails if one is not None)
    stop = last if high - last > LONG * max(last - low, 1) else high
    step = max(1.0, rounded(max(stop - low, 1) / BINS))
    first, end = floor(low / step), floor(stop / step) + 1
    edges = [place * step - 0.5 for place in range(first, end + 1)]
    return edges, edges[-1] < high


def counted(found: Lengths, edges: Sequence[float]) -> list[Estimate[float]]:
    """How many are in each bin; of a bucket that an edge divides it is not known where they are."""
    value, lower, upper = ([0.0] * (len(edges) - 1) for _ in range(3))
    step = edges[1] - edges[0]
    for least, amount in found.counts.items():
        width = 1 if least < EXACT else 1 << (least.bit_length() - STEPS.bit_length())
        places = [floor((one - edges[0]) / step) for one in (least, least + width - 1)]
        middle = floor((least + (width - 1) / 2 - edges[0]) / step)
        for place in range(places[0], places[1] + 1):
            if 0 <= place < len(value):
                value[place] += amount if place == middle else 0
                lower[place] += amount if places[0] == places[1] else 0
                upper[place] += amount
    rows = zip(value, lower, upper, strict=True)
    return [Estimate(one, least, greatest) for one, least, greatest in rows]


def described(name: str, found: Lengths, unit: str) -> str:
    """The picture in a sentence."""
    middle = found.quantile(0.5)
    half = "" if middle is None else f", half of them up to {number(ceil(middle.value))}"
    return (
        f"Length of {name}: {count(found.n)} values of {number(found.min)} to "
        f"{number(found.max)} {unit}{half}."
    )
