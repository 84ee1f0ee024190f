"""Values of checks in words: as short as can be, and never so that they read as the limit."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from math import isfinite
from typing import Any

from drypoint.checks._durations import duration_text
from drypoint.checks._verdict import Verdict
from drypoint.estimate import Estimate, plain
from drypoint.profiles._format import clean, exactly, is_span, number, span
from drypoint.profiles._values import as_words

__all__ = ["code", "compared", "in_words", "limit_words", "several", "value_words"]

SHORT = 12
"""Characters of a duration that is written out."""
MOST = 5
"""Names and values that are listed in a sentence."""


def value_words(value: Any, type_name: str = "", *, short: bool = False) -> str:
    """One value: of numbers all digits that matter, or about five if *short*."""
    if isinstance(value, bool) or value is None:
        return str(value).lower()
    if isinstance(value, dt.timedelta) and len(duration_text(value)) <= SHORT:
        return duration_text(value)
    if is_span(value):
        return span(value)
    if isinstance(value, (int, float, Decimal)):
        return number(value) if short else exactly(value)
    words = as_words(type_name, value)
    return clean(str(value) if words is None else words)


def in_words(
    observed: Any, type_name: str = "", *, confidence: bool = True, limit: Any = None
) -> str:
    """An observed value; of an estimate the bounds too, and how sure they are.

    With about six digits, but all that matter where it would read as the *limit* that it is not.
    """
    if not isinstance(observed, Estimate) or observed.is_exact:
        value = plain(observed)
        return beside(value, limit) if isinstance(value, float) else value_words(value, type_name)
    middle, lower, upper = (
        value_words(one, type_name, short=True) for one in (observed.value, *observed.bounds)
    )
    certain = not confidence or observed.confidence == 1
    sure = "" if certain else f" at {100 * observed.confidence:.3g} %"
    return f"{middle} ({lower}–{upper}{sure})"


def beside(value: float, limit: Any) -> str:
    """A number in six digits, or in all that matter."""
    short = float(f"{value:.6g}") if isfinite(value) else value
    bounds = () if limit is None else (limit.bound, limit.upper)
    return exactly(value if short in bounds else short)


def limit_words(limit: Any) -> str:
    """A limit as a person writes it."""
    if limit is None:
        return ""
    if limit.operator == "between":
        return f"between {value_words(limit.bound)} and {value_words(limit.upper)}"
    return f"{limit.operator} {value_words(limit.bound)}"


WORDS = {
    "<": "below",
    "<=": "at most",
    ">": "above",
    ">=": "at least",
    "==": "",
    "!=": "other than",
}


def compared(verdict: Verdict, observed: str, limit: Any) -> str:
    """What a comparison came to, as the rest of a sentence."""
    ends = [value_words(end) for end in (limit.bound, limit.upper)]
    wanted = f"between {ends[0]} and {ends[1]}"
    if limit.operator != "between":
        wanted = f"{WORDS[limit.operator]} {ends[0]}".strip()
    if verdict is Verdict.UNDECIDED:
        return f"{observed}, which may or may not be {wanted}"
    if verdict is Verdict.FAIL:
        return f"{observed}, not {wanted}"
    return observed if limit.operator == "==" else f"{observed}, which is {wanted}"


def several(found: Any, type_name: str = "") -> str:
    """The first few of several, and how many more."""
    each = [
        repr(clean(one)) if isinstance(one, str) else value_words(one, type_name) for one in found
    ]
    rest = len(each) - MOST
    return ", ".join(each[:MOST]) + (f" and {rest:,} more" if rest > 0 else "")


def code(value: Any) -> str:
    """A value as Python writes it, in one form: tuples as sets or dicts, times by their text."""
    if isinstance(value, tuple):
        pairs = [one for one in value if isinstance(one, tuple)]
        if pairs and len(pairs) == len(value):
            return "{" + ", ".join(f"{name!r}: {of_types(of)}" for name, of in pairs) + "}"
        return "{" + ", ".join(map(code, value)) + "}"
    if isinstance(value, dt.timedelta):
        return repr(duration_text(value))
    if isinstance(value, (dt.date, dt.time)):
        return repr(str(value))
    return str(value) if isinstance(value, Decimal) else repr(value)


def of_types(found: Any) -> str:
    """One type, or a list of them."""
    if found is None:
        return "None"
    return repr(found[0]) if len(found) == 1 else repr(list(found))
