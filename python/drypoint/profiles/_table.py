"""A profile as a table that fits the terminal."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from drypoint.profiles._cells import (
    clean,
    distinct,
    nulls,
    number,
    quantile,
    short_type,
    shown,
    top,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from drypoint.profiles._column import ColumnProfile
    from drypoint.profiles._profile import Profile
    from drypoint.profiles._set import ProfileSet

__all__ = ["as_html", "as_text", "set_as_text", "show"]

GAP = 2
SEGMENTS = 20
"""More are told in one line."""
LEAST = 8
"""No cell is cut to less."""

NOTE = (
    "distinct ± at 95 %; median, 5 % and 95 % within 0.53 % of the ranks at 99 %; "
    "counts of top values within 0.34 % of the rows"
)
NOTE_NARROW = "distinct ± at 95 %. --json, or a wider terminal, shows more."


class Heading(NamedTuple):
    """One column of the table.

    Attributes:
        title: what stands above.
        cell: what stands in the row of a column.
        justify: to which side.
        rank: in which order they are left out where room is short, the highest first; 0 never.
        most: characters from which on it is cut.
        shrinks: whether it may be cut further where room is short.
    """

    title: str
    cell: Callable[[ColumnProfile], str]
    justify: str = "right"
    rank: int = 0
    most: int = 24
    shrinks: bool = False


HEADINGS = (
    Heading("column", lambda column: clean(column.name), "left", shrinks=True),
    Heading("type", short_type, "left"),
    Heading("null", nulls),
    Heading("distinct", distinct),
    Heading("min", lambda column: shown(column, column.min), shrinks=True),
    Heading("mean", lambda column: number(column.mean), rank=1),
    Heading("std", lambda column: number(column.std), rank=2),
    Heading("5 %", quantile(0.05), rank=5),
    Heading("median", quantile(0.5), shrinks=True),
    Heading("95 %", quantile(0.95), rank=4),
    Heading("max", lambda column: shown(column, column.max), shrinks=True),
    Heading("top", top(3, 16), "left", rank=3, most=60),
)


class Fitted(NamedTuple):
    """A heading that has found its place.

    Attributes:
        heading: which one.
        cells: its cells, from the top.
        width: how many characters each has.
    """

    heading: Heading
    cells: list[str]
    width: int


def show(profile: Profile, console: Console) -> None:
    """Prints *profile* as wide as the console is."""
    columns = list(profile)
    fitted = fit(columns, console.width)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, GAP - 1, 0, 0), show_edge=False)
    for heading, _, width in fitted:
        table.add_column(
            heading.title,
            justify=heading.justify,  # type: ignore[arg-type] # one of rich's words
            width=width,
            style="bold" if heading.title == "column" else "",
        )
    for cells in zip(*(cells for _, cells, _ in fitted), strict=True):
        table.add_row(*(Text(cell, no_wrap=True, overflow="ellipsis") for cell in cells))
    console.print(title(profile))
    console.print()
    console.print(table)
    console.print()
    console.print(NOTE if len(fitted) == len(HEADINGS) else NOTE_NARROW, style="dim")


def title(profile: Profile) -> str:
    """What stands above the table."""
    about = [profile.dataset] if profile.dataset else []
    about += [f"{key}={value}" for key, value in profile.segment.items()]
    if profile.window:
        about.append(" to ".join(time.isoformat() for time in profile.window))
    return ", ".join([*about, f"{profile.rows:,} rows", f"{len(profile)} columns"])


def as_text(profile: Profile) -> str:
    """The table as text, as wide as the terminal is."""
    console = Console(highlight=False, color_system=None)
    with console.capture() as captured:
        show(profile, console)
    return captured.get().rstrip()


def set_as_text(profiles: ProfileSet) -> str:
    """The segments by falling rows, as wide as the terminal is."""
    console = Console(highlight=False, color_system=None)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, GAP - 1, 0, 0), show_edge=False)
    for key in profiles.keys:
        table.add_column(clean(key), style="bold", overflow="ellipsis", no_wrap=True)
    table.add_column("rows", justify="right")
    table.add_column("share", justify="right")
    total = max(profiles.rows, 1)
    largest = sorted(profiles, key=lambda one: one.rows, reverse=True)
    for one in largest[:SEGMENTS]:
        values = [one.segment[key] for key in profiles.keys]
        cells = ["null" if value is None else clean(value) for value in values]
        table.add_row(*map(Text, cells), f"{one.rows:,}", f"{one.rows / total:.1%}")
    rest = [] if profiles.remainder is None else [("remainder", profiles.remainder.rows)]
    if len(largest) > SEGMENTS:
        more = sum(one.rows for one in largest[SEGMENTS:])
        rest.insert(0, (f"{len(largest) - SEGMENTS:,} more segments", more))
    for name, rows in rest:
        blanks = [""] * (len(profiles.keys) - 1)
        table.add_row(Text(name, style="dim"), *blanks, f"{rows:,}", f"{rows / total:.1%}")
    with console.capture() as captured:
        console.print(f"{profiles.rows:,} rows, {len(profiles):,} segments\n")
        console.print(table)
    return captured.get().rstrip()


def as_html(profile: Profile) -> str:
    """The table as HTML, for notebooks."""
    columns = list(profile)
    head = "".join(f"<th>{escape(heading.title)}</th>" for heading in HEADINGS)
    rows = (
        "".join(
            f'<td style="text-align: {heading.justify}">{escape(heading.cell(column))}</td>'
            for heading in HEADINGS
        )
        for column in columns
    )
    body = "".join(f"<tr>{cells}</tr>" for cells in rows)
    return (
        f"<table><caption>{escape(title(profile))}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table><p><small>{escape(NOTE)}</small></p>"
    )


def fit(columns: list[ColumnProfile], room: int) -> list[Fitted]:
    """The headings for which there is *room*, and how wide each is."""
    fitted = [natural(heading, columns) for heading in HEADINGS]
    while excess(fitted, room) > 0:
        last = max(fitted, key=lambda one: one.heading.rank)
        if last.heading.rank == 0:
            break
        fitted.remove(last)
    while excess(fitted, room) > 0:
        shrinking = [one for one in fitted if one.heading.shrinks and one.width > LEAST]
        if not shrinking:
            break
        widest = max(shrinking, key=lambda one: one.width)
        fitted[fitted.index(widest)] = widest._replace(width=widest.width - 1)
    return fitted


def natural(heading: Heading, columns: list[ColumnProfile]) -> Fitted:
    """*heading* as wide as it would be."""
    cells = [heading.cell(column) for column in columns]
    widest = max(map(cell_len, [heading.title, *cells]))
    return Fitted(heading, cells, min(widest, heading.most))


def excess(fitted: list[Fitted], room: int) -> int:
    """How many characters there are too many."""
    return sum(one.width for one in fitted) + GAP * (len(fitted) - 1) - room
