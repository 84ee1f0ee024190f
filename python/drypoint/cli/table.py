"""A profile as a table that fits the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from drypoint._profile import Column, Profile
    from drypoint.estimate import Estimate

__all__ = ["show"]

WIDE = 120
"""Columns of terminal from which on there is room for everything."""


class Heading(NamedTuple):
    """One column of the table.

    Attributes:
        title: what stands above.
        cell: what stands in the row of a column.
        justify: to which side.
        wide: whether it is left out of a narrow table.
        shrinks: whether its text may end in an ellipsis where room is short.
    """

    title: str
    cell: Callable[[Column], str]
    justify: str = "right"
    wide: bool = False
    shrinks: bool = False


def show(profile: Profile) -> None:
    """Prints *profile*."""
    console = Console(highlight=False)
    wide = console.width >= WIDE
    headings = [heading for heading in HEADINGS if wide or not heading.wide]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), show_edge=False)
    for heading in headings:
        table.add_column(
            heading.title,
            justify=heading.justify,  # type: ignore[arg-type] # one of rich's words
            no_wrap=not heading.shrinks,  # what may wrap is what rich makes narrower
            style="bold" if heading.title == "column" else "",
        )
    for column in profile.columns:
        table.add_row(*(cell(heading, column) for heading in headings))
    console.print(f"{profile.rows:,} rows, {len(profile.columns)} columns")
    console.print()
    console.print(table)
    console.print()
    console.print(NOTE_WIDE if wide else NOTE, style="dim")


def cell(heading: Heading, column: Column) -> Text:
    """A cell on one line, whatever its width."""
    return Text(heading.cell(column), no_wrap=True, overflow="ellipsis")


NOTE = "distinct ± at 95 %. --json, or a wider terminal, shows more."
NOTE_WIDE = (
    "distinct ± at 95 %, median and quantiles within 0.53 % of the ranks at 99 %, "
    "top counts within 0.34 % of the rows."
)


def nulls(column: Column) -> str:
    """Nulls, as a share of the rows."""
    if not column.nulls:
        return "–"
    share = 100 * column.nulls / column.rows
    return "<0.1 %" if share < 0.1 else f"{share:.1f} %"  # noqa: PLR2004


def distinct(column: Column) -> str:
    """How many values, with the larger of the two bounds."""
    found = column.distinct
    if found is None:
        return ""
    apart = max(found.upper - found.value, found.value - found.lower)
    off = f" ±{apart:,.0f}" if round(apart) else ""
    return f"{found.value:,.0f}{off}"


def shown(column: Column, value: Any) -> str:
    """A value of *column*; times to the minute, which is what there is room for."""
    if value is not None and column.type.startswith("Timestamp"):
        return str(value)[:16].replace("T", " ")
    return number(value)


def number(value: Any) -> str:
    """A value in few characters, without losing what matters of it."""
    if value is None:
        return ""
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return real(value)
    return clean(value)


def real(value: float) -> str:
    """A float with about five digits."""
    if value == 0 or value != value:  # noqa: PLR0124 # only NaN differs from itself
        return f"{value:g}"
    size = abs(value)
    if size >= 1e12 or size < 1e-4:  # noqa: PLR2004
        return f"{value:.3e}"
    if value == int(value):
        return f"{value:,.0f}"
    if size >= 100:  # noqa: PLR2004
        return f"{value:,.1f}"
    return f"{value:,.4g}" if size < 1 else f"{value:,.2f}"


def clean(text: str) -> str:
    """Text on one line: what is not printed is shown as an escape."""
    shown = "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)
    return shown if shown.strip() else repr(text)


def quantile(rank: float) -> Callable[[Column], str]:
    """The cell of the value at a rank."""

    def cell(column: Column) -> str:
        found = column.quantiles.get(rank)
        return "" if found is None else shown(column, found.value)

    return cell


def top(count: int, width: int) -> Callable[[Column], str]:
    """The cell of the most frequent values."""

    def cell(column: Column) -> str:
        frequent = [(value, times) for value, times in column.top[:count] if times.lower > 1]
        return ", ".join(item(shown(column, value), times) for value, times in frequent)

    def item(text: str, times: Estimate[int]) -> str:
        text = text if len(text) <= width else text[: width - 1] + "…"
        return f"{text} ×{times.value:,}"

    return cell


def short_type(column: Column) -> str:
    """The Arrow type in few characters."""
    name = column.type.lower()
    if name.startswith("timestamp"):
        return "timestamp"
    for long, short in SHORT.items():
        name = name.replace(long, short)
    return name


SHORT = {
    "largeutf8": "string",
    "utf8view": "string",
    "utf8": "string",
    "boolean": "bool",
    "float": "f",
    "uint": "u",
    "int": "i",
}

HEADINGS = (
    Heading("column", lambda column: clean(column.name), "left", shrinks=True),
    Heading("type", short_type, "left"),
    Heading("null", nulls),
    Heading("distinct", distinct),
    Heading("min", lambda column: shown(column, column.min), shrinks=True),
    Heading("mean", lambda column: number(column.mean), wide=True),
    Heading("std", lambda column: number(column.std), wide=True),
    Heading("5 %", quantile(0.05), wide=True),
    Heading("median", quantile(0.5), shrinks=True),
    Heading("95 %", quantile(0.95), wide=True),
    Heading("max", lambda column: shown(column, column.max), shrinks=True),
    Heading("top", top(3, 16), "left", wide=True, shrinks=True),
)
