"""Which characters strings hold, by Python's own tables."""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import drypoint as dp
from drypoint import ParameterError, Parameters
from drypoint.formats.whylogs import RANGES

if TYPE_CHECKING:
    from collections.abc import Sequence

CLASSES = {"Lu": "upper", "Lt": "upper", "Ll": "lower", "Cc": "control"}
GROUPS = {
    "L": "letter", "M": "mark", "N": "number", "P": "punctuation", "S": "symbol", "Z": "space",
    "C": "other",
}  # fmt: skip
# Python and Rust know other versions of Unicode; emoji are a property that Python has no table of.
KNOWN = st.characters(
    exclude_categories=["Cn", "Cs", "So", "Sm", "Sk"],
    exclude_characters="\u203c\u2049\u2139\u303d\u3030\u20e3\u200d\ufe0f",
)


def class_of(character: str) -> str:
    """By general category."""
    if character in "\t\n\r\x0b\x0c":
        return "space"
    category = unicodedata.category(character)
    return CLASSES.get(category, GROUPS[category[0]])


def of(values: Sequence[str], **parameters: Any) -> Any:
    """The profile of a column of strings."""
    return dp.profile({"x": [*values, None]}, parameters=Parameters(**parameters))["x"]


@given(st.lists(st.text(KNOWN.filter(lambda one: not 0x1F000 <= ord(one) < 0x20000), max_size=8)))
def test_strings_are_counted_by_the_classes_of_their_characters(values: list[str]) -> None:
    """Each string once for each class, and each character."""
    column = of(values)
    holds = Counter(name for value in values for name in {class_of(one) for one in value})
    found = column.character_classes or {}
    assert {name: count.value for name, count in found.items()} == holds
    characters = Counter(class_of(one) for value in values for one in value)
    shares = {name: count / characters.total() for name, count in characters.items()}
    assert (column.character_shares or {}) == pytest.approx(shares)


def test_emoji_are_a_class_of_their_own() -> None:
    """But digits and signs of ASCII, which are emoji to Unicode too, are not."""
    assert set(of(["😀"]).character_classes) == {"emoji"}
    assert set(of(["1#"]).character_classes) == {"number", "punctuation"}


@given(st.lists(st.text(max_size=8)))
def test_ranges_are_counted_instead_where_they_are_given(values: list[str]) -> None:
    """Characters may be in several; those in none are unknown."""
    column = of(values, ranges=RANGES)
    holds: Counter[str] = Counter()
    for value in values:
        names = {
            name
            for one in value
            for name, (first, last) in RANGES.items()
            if first <= ord(one) <= last
        }
        if any(ord(one) > 0x2AF and not 0x1F600 <= ord(one) <= 0x1F64F for one in value):
            names.add("unknown")
        holds.update(names)
    found = column.character_classes or {}
    assert {name: count.value for name, count in found.items()} == holds


def test_large_columns_are_sampled_within_bounds() -> None:
    """A third of 300,000 strings holds a digit."""
    found = of(["a", "b", "1"] * 100_000).character_classes
    assert found["number"].lower <= 100_000 <= found["number"].upper
    assert 0 < found["number"].upper - found["number"].lower < 20_000


@pytest.mark.parametrize(
    "wrong", [{}, [("a", 0, 1)], {"x": (2, 1)}, {"x": "a"}, {"x": (0, 1 << 21)}]
)
def test_ranges_that_are_none_are_refused(wrong: Any) -> None:
    """By their name, with an example."""
    with pytest.raises(ParameterError, match="range"):
        Parameters(ranges=wrong)


def test_ranges_may_be_given_as_characters() -> None:
    """As regular expressions have them."""
    assert Parameters(ranges={"digits": ("0", "9")}).ranges == {"digits": (48, 57)}
