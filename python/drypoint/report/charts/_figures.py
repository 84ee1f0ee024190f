"""Numbers, names and words as pictures have them."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

from drypoint.profiles._format import clean, cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "LABELS",
    "PERCENT",
    "at",
    "distinct_labels",
    "figure",
    "figures",
    "lines_of",
    "name_of",
    "number_in",
    "words_in",
    "wrapped",
]

MOST = 10**7
"""Whole numbers below have seven digits at most."""
LABEL = 18
"""Characters beside a bar: on 320 pixels as much is left for the bar."""
LINE = 48
"""Characters of a line of a title on 320 pixels."""
NAME = 34
"""Characters of a name in large letters, likewise."""
BEFORE = 4
"""Characters before a difference that show where it is."""
LABELS = "abs(datum.value) < 10000 ? replace(datum.label, ',', '') : datum.label"
"""Of an axis: what is below 10,000 has no separators, as in tables; it may be a year or a code."""

PERCENT = {"format": "~%", "labelExpr": "replace(datum.label, '%', ' %')"}
"""The labels of an axis of shares."""


def figure(value: float) -> int | float:
    """A number in seven digits, which is more than a picture shows; whole ones as integers."""
    if not isfinite(value):
        return value
    if value == (whole := int(value)) and abs(whole) < MOST:
        return whole
    short = float(f"{value:.7g}")
    return int(short) if short == int(short) and abs(short) < 1e15 else short  # noqa: PLR2004


def figures(values: Iterable[float]) -> list[int | float]:
    """Many of them."""
    return [figure(value) for value in values]


def number_in(expression: str) -> str:
    """What writes a number of a Vega *expression* as tables write it, in about five digits."""
    size, plain = f"abs({expression})", f"format({expression}, "
    return (
        f"{expression} != 0 && ({size} >= 1e12 || {size} < 1e-4) "
        f"? replace({plain}'.3~e'), '+', '') "
        f": {size} >= 10000 ? {plain}',.1~f') : {plain}'.5~r')"
    )


def words_in(expression: str, style: str) -> str:
    """What writes a value of a Vega *expression*, a time in a *style* of d3 or a number."""
    return f"utcFormat({expression}, '{style}')" if style else f"({number_in(expression)})"


def at(confidence: float) -> str:
    """A confidence in per cent."""
    return f"{100 * confidence:.3g}\u00a0%"


def lines_of(texts: Iterable[str]) -> list[str]:
    """The lines below a title: sentences, which a page may write one after the other."""
    return [line for text in texts for line in wrapped(text.removesuffix(".") + ".")]


def name_of(text: str) -> str:
    """A name on one line of a title."""
    return cut(clean(text), NAME, middle=True)


def wrapped(text: str) -> list[str]:
    """Lines of a title that are short enough for a narrow page; units stay with their numbers."""
    lines: list[str] = []
    text = text.replace(" %", "\u00a0%")
    for word in text.split(" "):
        if lines and len(lines[-1]) + 1 + len(word) <= LINE:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def distinct_labels(texts: Sequence[str], most: int = LABEL) -> list[str]:
    """Texts cut to be beside bars. Of those that would be alike, the part is shown that differs.

    >>> distinct_labels(["one", "a name of which one ends so", "a name of which two ends so"], 12)
    ['one', '…ich one en…', '…ich two en…']
    """
    plain = [clean(text) for text in texts]
    labels = [cut(text, most, middle=True) for text in plain]
    for label in {one for one in labels if labels.count(one) > 1}:
        alike = [place for place, one in enumerate(labels) if one == label]
        start = max(0, differs_at([plain[place] for place in alike]) - BEFORE)
        for place in alike:
            labels[place] = cut("…" * (start > 0) + plain[place][start:], most)
    return numbered(labels)


def differs_at(texts: Sequence[str]) -> int:
    """The first place where not all texts are the same.

    >>> differs_at(["abc", "abd"]), differs_at(["ab", "abd"])
    (2, 2)
    """
    places = enumerate(zip(*texts, strict=False))
    return next((place for place, one in places if len(set(one)) > 1), min(map(len, texts)))


def numbered(labels: Sequence[str]) -> list[str]:
    """Labels, of which those that came before have a number.

    >>> numbered(["a", "b", "a"])
    ['a', 'b', 'a (2)']
    """
    made: list[str] = []
    for label in labels:
        found, count = label, 1
        while found in made:
            count += 1
            found = f"{label} ({count})"
        made.append(found)
    return made
