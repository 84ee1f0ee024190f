"""Values in few characters, safe to print: nothing in them commands a terminal."""

from __future__ import annotations

from decimal import Decimal
from math import ceil, isfinite
from typing import Any

__all__ = [
    "apart",
    "clean",
    "count",
    "cut",
    "distance",
    "exactly",
    "is_span",
    "number",
    "off",
    "seconds",
    "share",
    "span",
    "width",
]

PLAIN = 10_000
"""Values below have no separators: they may be years, times of day, codes."""
LONGEST = 15
"""Digits of an integer; more are told by a power of ten."""
UNITS = ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s"), (1e-3, "ms"), (1e-6, "µs"))
TEXT = 400
"""Characters of a text that are looked at."""


def width(text: str) -> int:
    """How many cells of a terminal *text* takes."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def clean(text: str, *, most: int | None = TEXT) -> str:
    """Text on one line: what is not printed is shown as an escape."""
    text = text if most is None or len(text) <= most else text[:most] + "…"
    shown = "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)
    return shown if shown.strip() else repr(text)


def cut(text: str, room: int, *, middle: bool = False) -> str:
    """*text* in at most *room* cells; of a name the *middle* is cut."""
    if width(text) <= room:
        return text
    tail = (room - 1) // 3 if middle else 0
    end = beginning(text[::-1], tail)[::-1]
    return beginning(text, room - 1 - width(end)) + "…" + end


def beginning(text: str, room: int) -> str:
    """As much of *text* as fits into *room* cells."""
    text = text[: max(0, room)]
    while width(text) > room:
        text = text[:-1]
    return text


def count(found: float) -> str:
    """How many there are."""
    return f"{round(found):,}"


def share(part: float, whole: float) -> str:
    """*part* of *whole* in per cent; 0 and 100 are said only where it is all or nothing."""
    if not part or not whole:
        return "0 %"
    percent = 100 * part / whole
    if percent < 0.1:  # noqa: PLR2004
        return "<0.1 %"
    if part < whole and percent > 99.9:  # noqa: PLR2004
        return ">99.9 %"
    return "100 %" if part == whole else f"{percent:.1f} %"


def number(value: Any) -> str:
    """An integer, a float or a decimal with about five digits, and never less than it says."""
    if isinstance(value, int):
        return grouped(value) if len(str(abs(value))) <= LONGEST else power(f"{value:.4e}")
    if isinstance(value, Decimal):
        return decimal(value)
    return real(float(value))


def grouped(value: int) -> str:
    """An integer with separators from five digits on."""
    return f"{value:,}" if abs(value) >= PLAIN else str(value)


def decimal(value: Decimal) -> str:
    """A decimal as it is where it is short."""
    text = f"{value:,f}" if abs(value) >= PLAIN else f"{value:f}"
    if len(text) <= LONGEST:
        return text
    return power(f"{value:.3e}") if abs(value) >= Decimal(10) ** LONGEST else real(float(value))


def real(value: float) -> str:
    """A float with about five digits."""
    if value == 0 or not isfinite(value):
        return f"{value:g}"
    size = abs(value)
    if size >= 1e12 or size < 1e-4:  # noqa: PLR2004
        return power(f"{value:.3e}")
    if value == int(value):
        return grouped(int(value))
    if size >= PLAIN:
        return f"{value:,.1f}"
    if size >= 100:  # noqa: PLR2004
        return f"{value:.1f}"
    return f"{value:.4g}" if size < 1 else f"{value:.2f}"


def distance(value: float) -> str:
    """How far two distributions or figures are apart: below 1 with four decimals, which align."""
    return f"{value:.4f}" if value < 1 else number(value)


def power(text: str) -> str:
    """`1.250e+12` as `1.25e12`."""
    digits, _, exponent = text.lower().partition("e")
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return f"{digits}e{int(exponent)}"


def exactly(value: Any) -> str:
    """A number with all digits that matter."""
    grouping = "," if abs(value) >= PLAIN else ""
    return format(value, f"{grouping}.10g" if isinstance(value, float) else grouping)


def is_span(value: Any) -> bool:
    """Whether *value* is a duration, of Python or of NumPy, which need not be imported to tell."""
    return type(value).__name__ in ("timedelta64", "timedelta")


def seconds(value: Any) -> float:
    """A duration in seconds."""
    if hasattr(value, "total_seconds"):
        return value.total_seconds()  # type: ignore[no-any-return]
    import numpy as np

    return float(value / np.timedelta64(1, "s"))


def span(value: Any, *, digits: int = 2) -> str:
    """A duration in the largest unit of which it has one: `1.5 h`, `-3 d`."""
    length = seconds(value)
    for size, name in UNITS:
        if abs(length) >= size:
            return f"{round(length / size, digits):,g} {name}"
    return f"{length * 1e9:.0f} ns" if length else "0 s"


def off(size: Any) -> str:
    """How far off a number or a time can be, with two digits, rounded up where they are whole."""
    if is_span(size):
        return span(size, digits=1)
    if size >= 10:  # noqa: PLR2004
        return f"{ceil(size):,}" if size < 1e12 else power(f"{size:.1e}")  # noqa: PLR2004
    return f"{size:.2g}" if size >= 1e-4 else power(f"{size:.1e}")  # noqa: PLR2004


def apart(estimate: Any) -> Any:
    """The farther of the two bounds of an estimate, as a distance."""
    value, lower, upper = of_one_kind([estimate.value, *estimate.bounds])
    return max(upper - value, value - lower)


def of_one_kind(values: list[Any]) -> list[Any]:
    """Dates of Python and those beyond its range, which are NumPy's, as NumPy's."""
    if len(set(map(type, values))) == 1 or not any(hasattr(one, "dtype") for one in values):
        return values
    import numpy as np

    return [np.datetime64(one) for one in values]
