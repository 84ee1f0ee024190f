"""What stands in the cells of the table: facts in few characters."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from drypoint.profiles._column import ColumnProfile
    from drypoint.sketches import Item

__all__ = ["clean", "distinct", "nulls", "number", "quantile", "short_type", "shown", "top"]


def nulls(column: ColumnProfile) -> str:
    """Nulls, as a share of the rows."""
    if not column.nulls:
        return "–"
    share = 100 * column.nulls / column.rows
    return "<0.1 %" if share < 0.1 else f"{share:.1f} %"  # noqa: PLR2004


def distinct(column: ColumnProfile) -> str:
    """How many values, with the larger of the two bounds."""
    found = column.distinct
    if found is None:
        return ""
    apart = max(found.upper - found.value, found.value - found.lower)
    off = f" ±{apart:,.0f}" if round(apart) else ""
    return f"{found.value:,.0f}{off}"


def shown(column: ColumnProfile, value: Any) -> str:
    """A value of *column*; of a timestamp the date, or the time where all are of one day."""
    if value is None or not column.type.startswith("timestamp"):
        return number(value)
    one_day = str(column.min)[:10] == str(column.max)[:10]
    return str(value)[11:19] if one_day else str(value)[:10]


def number(value: Any) -> str:
    """A value in few characters, without losing what matters of it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return real(value)
    if is_span(value):
        return span(value)
    return clean(str(value))


def is_span(value: Any) -> bool:
    """Whether *value* is a `numpy.timedelta64`, which need not be imported to be told."""
    return type(value).__name__ == "timedelta64"


def span(value: Any) -> str:
    """A duration, or a time of day, as hours, minutes and seconds."""
    seconds = value.astype("timedelta64[us]").item()
    return str(seconds) if isinstance(seconds, dt.timedelta) else str(value)


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


def quantile(rank: float) -> Callable[[ColumnProfile], str]:
    """The cell of the value at a rank."""

    def cell(column: ColumnProfile) -> str:
        found = column.quantile(rank)
        return "" if found is None else shown(column, found.value)

    return cell


def top(count: int, width: int) -> Callable[[ColumnProfile], str]:
    """The cell of the most frequent values."""

    def cell(column: ColumnProfile) -> str:
        frequent = [item for item in column.top(count) if item.estimate.lower > 1]
        return ", ".join(written(column, item) for item in frequent)

    def written(column: ColumnProfile, item: Item) -> str:
        text = shown(column, item.item)
        text = text if len(text) <= width else text[: width - 1] + "…"
        return f"{text} ×{item.estimate.value:,}"

    return cell


def short_type(column: ColumnProfile) -> str:
    """The type in few characters; with others that the column came with."""
    return " | ".join(short(name) for name in column.types)


def short(name: str) -> str:
    """The name of a type without what matters less."""
    name = name.split("[", maxsplit=1)[0] if name.startswith("timestamp") else name.replace(" ", "")
    for long, brief in SHORT.items():
        name = name.replace(long, brief)
    return name


SHORT = {"float": "f", "uint": "u", "int": "i"}
