"""Single values in files: numbers, text, booleans, dates, times and durations, each in one form."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal, InvalidOperation
from math import isinf
from typing import TYPE_CHECKING, Any

from drypoint.checks._durations import DURATION_TEXT, duration, duration_text
from drypoint.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Callable

    from drypoint.checks.files._nodes import Text

__all__ = [
    "QUOTED",
    "literal",
    "plain_text",
    "quoted",
    "read_bound",
    "read_text_node",
]

MOST_DIGITS = 100
INTEGER = re.compile(r"[-+]?\d[\d_]*")
NUMBER = re.compile(r"[-+]?(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?")
INFINITY = re.compile(r"([-+]?)\.inf")
DATE = re.compile(r"\d{4}-\d\d-\d\d")
MOMENT = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[-+]\d\d:\d\d(?::\d\d)?)?"
)
TIME = re.compile(r"\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:[-+]\d\d:\d\d)?")
NULLS = ("", "~", "null")
WORDS = {"true": True, "false": False}
# What readers of YAML 1.1 take for a boolean is quoted when written, and text when read.
ELSEWHERE_BOOLEAN = re.compile(r"(?i)y|n|yes|no|on|off|true|false|null|nan")
PLAIN = re.compile(r"[^\W\d][\w./()-]*(?: [\w./()-]+)*")
QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
WIDTHS = (("x", 2), ("u", 4), ("U", 8))
BACK = {one[1]: char for char, one in ESCAPES.items()}
ESCAPE = re.compile(r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|(.))", re.DOTALL)


def read_literal(text: str) -> Any:
    """A value that stands without quotes; the text itself where it is none.

    Raises:
        ParameterError: it looks like a number, a date or a time and is none.
    """
    if text in NULLS:
        return None
    if text in WORDS:
        return WORDS[text]
    found = INFINITY.fullmatch(text)
    if found:
        return float(f"{found[1]}inf")
    if NUMBER.fullmatch(text):
        return number(text)
    for form, read in ((DATE, dt.date.fromisoformat), (MOMENT, dt.datetime.fromisoformat)):
        if form.fullmatch(text):
            return of_calendar(text, read)
    return text


def number(text: str) -> int | float:
    """An integer where there is neither a point nor an exponent; a float otherwise."""
    if len(text) > MOST_DIGITS:
        raise ParameterError(f"{text[:20]}… is a number of more than {MOST_DIGITS} digits")
    found = int(text) if INTEGER.fullmatch(text) and legal(text) else float(legal(text))
    if found in (float("inf"), float("-inf")):
        raise ParameterError(f"{text} is larger than any number; write .inf for infinity")
    return found


def legal(text: str) -> str:
    """The text of a number; underscores stand between digits only."""
    if text.endswith("_") or "__" in text:
        raise ParameterError(f"{text!r} is no number: underscores stand between digits")
    return text


def of_calendar(text: str, read: Any) -> Any:
    """A date or a time, if there is such a one."""
    try:
        return read(text)
    except ValueError as error:
        raise ParameterError(
            f"{text} is no date or time: {error}; text stands in quotes"
        ) from error


def read_bound(text: str) -> Any:
    """A value of a sentence, where times of day and durations need no tag.

    Raises:
        ParameterError: it is no value.
    """
    tag, _, rest = text.partition(" ")
    if tag in TAGS:
        return tagged(tag, unquoted(rest) if QUOTED.fullmatch(rest) else rest)
    if QUOTED.fullmatch(text):
        return unquoted(text)
    if TIME.fullmatch(text):
        return of_calendar(text, dt.time.fromisoformat)
    if DURATION_TEXT.fullmatch(text):
        return duration(text)
    found = read_literal(text)
    if found is None or isinstance(found, str):
        raise ParameterError(
            f"{text!r} is no number, date, time or duration; text stands in quotes"
        )
    return found


def decimal(text: str) -> Decimal:
    """A decimal number, exactly."""
    try:
        found = Decimal(text)
    except InvalidOperation:
        raise ParameterError(f"{text!r} is no decimal number") from None
    if not found.is_finite() or len(text) > MOST_DIGITS:
        raise ParameterError(f"{text[:20]!r} is no decimal number of up to {MOST_DIGITS} digits")
    return found


TAGS = {
    "!decimal": decimal,
    "!time": lambda text: of_calendar(text, dt.time.fromisoformat),
    "!duration": duration,
}
"""Types that YAML lacks."""


def tagged(tag: str, text: str) -> Any:
    """The value that a tag makes of *text*."""
    if tag not in TAGS:
        raise ParameterError(f"{tag} is no tag of a suite, only {', '.join(TAGS)}")
    return TAGS[tag](text)


def read_text_node(node: Text) -> Any:
    """The value of a scalar of YAML.

    Raises:
        SuiteError: it is none.
    """
    try:
        if node.tag is not None and node.tag != "!":
            return tagged(node.tag, node.value)
        return read_literal(node.value) if node.plain else node.value
    except ParameterError as error:
        raise node.place.error(str(error)) from None


# ---- The other way


def literal(value: Any, *, in_sentence: bool = False) -> str:
    """A value as it is read again, in a list or in a sentence."""
    if isinstance(value, str):
        return quoted(value) if in_sentence else plain_text(value)
    for kind, tag, text_of in TAGGED:
        if isinstance(value, kind):
            bare = in_sentence and tag != "!decimal"
            return text_of(value) if bare else f"{tag} {text_of(value)}"
    if isinstance(value, dt.date):  # a datetime is one
        return value.isoformat()
    return "null" if value is None else number_text(value)


TAGGED: tuple[tuple[type, str, Callable[[Any], str]], ...] = (
    (Decimal, "!decimal", str),
    (dt.timedelta, "!duration", duration_text),
    (dt.time, "!time", dt.time.isoformat),
)


def number_text(value: float) -> str:
    """A number or a boolean."""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{'-' if value < 0 else ''}.inf" if isinf(value) else repr(value)


def plain_text(value: str) -> str:
    """Text without quotes where every reader of YAML takes it for text."""
    bare = PLAIN.fullmatch(value) and not ELSEWHERE_BOOLEAN.fullmatch(value)
    return value if bare and value.isprintable() else quoted(value)


def quoted(value: str) -> str:
    """Text in double quotes; what is not printed stands as an escape."""
    return f'"{"".join(map(escaped, value))}"'


def escaped(char: str) -> str:
    """A character inside quotes."""
    if char in ESCAPES:
        return ESCAPES[char]
    if char.isprintable():
        return char
    digits = f"{ord(char):x}"
    letter, width = next(one for one in WIDTHS if len(digits) <= one[1])
    return f"\\{letter}{digits:0>{width}}"


def unquoted(text: str) -> str:
    """The text that stands in quotes.

    Raises:
        ParameterError: it has an escape that is not known.
    """

    def char(found: re.Match[str]) -> str:
        digits = found[1] or found[2] or found[3]
        if digits:
            return chr(int(digits, 16))
        if found[4] not in BACK:
            raise ParameterError(f"\\{found[4]} is no escape; a backslash is \\\\")
        return BACK[found[4]]

    try:
        return ESCAPE.sub(char, text[1:-1])
    except (ValueError, OverflowError) as error:
        raise ParameterError(str(error)) from error
