"""What stands in the cells of the table: facts in few characters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from drypoint._profile import Column
    from drypoint.estimate import Estimate

__all__ = ["clean", "distinct", "nulls", "number", "quantile", "short_type", "shown", "top"]


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
    """A value of *column*; of a timestamp the date, or the time where all are of one day."""
    if value is None or not column.type.startswith("Timestamp"):
        return number(value)
    one_day = str(column.min)[:10] == str(column.max)[:10]
    return str(value)[11:19] if one_day else str(value)[:10]


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
    """The Arrow type in few characters: without the fields of nested ones."""
    name = column.type.lower().replace(" ", "")
    if name.startswith(WITHOUT_DETAIL):
        return name.split("(", 1)[0]
    for long, short in SHORT.items():
        name = name.replace(long, short)
    return name


WITHOUT_DETAIL = ("timestamp", "list", "largelist", "fixedsizelist", "struct", "map", "union")

SHORT = {
    "largeutf8": "string",
    "utf8view": "string",
    "utf8": "string",
    "boolean": "bool",
    "float": "f",
    "uint": "u",
    "int": "i",
}
