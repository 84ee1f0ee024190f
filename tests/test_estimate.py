"""An estimate is a number with bounds."""

from __future__ import annotations

import copy
import json
import math
import operator
import pickle
import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drypoint import Estimate

FINITE = st.floats(allow_nan=False, allow_infinity=False, width=32)
ARITHMETIC = [
    operator.add,
    operator.sub,
    operator.mul,
    operator.truediv,
    operator.floordiv,
    operator.mod,
    divmod,
]
COMPARISONS = [operator.eq, operator.ne, operator.lt, operator.le, operator.gt, operator.ge]


def around(value: Any) -> Estimate[Any]:
    """An estimate of *value* with some bounds."""
    return Estimate(value, value - 1, value + 1, confidence=0.95)


@given(FINITE, FINITE.filter(bool))
@pytest.mark.parametrize("operation", ARITHMETIC)
def test_computes_as_its_value_on_either_side(operation: Any, a: float, b: float) -> None:
    """Arithmetic gives what the plain numbers give."""
    expected = operation(a, b)
    assert operation(around(a), b) == expected
    assert operation(a, around(b)) == expected
    assert operation(around(a), around(b)) == expected


@given(FINITE, FINITE)
@pytest.mark.parametrize("operation", COMPARISONS)
def test_compares_as_its_value_on_either_side(operation: Any, a: float, b: float) -> None:
    """Comparisons give what the plain numbers give."""
    expected = operation(a, b)
    assert operation(around(a), b) is expected
    assert operation(a, around(b)) is expected
    assert operation(around(a), around(b)) is expected


@given(FINITE)
def test_converts_as_its_value(value: float) -> None:
    """Conversions, roundings, signs and formats give what the plain number gives."""
    estimate = around(value)
    for convert in (int, float, complex, bool, round, math.floor, math.ceil, math.trunc, abs, hash):
        assert convert(estimate) == convert(value)
    assert (-estimate, +estimate, round(estimate, 1)) == (-value, value, round(value, 1))
    assert f"{estimate:.3f}" == f"{value:.3f}"
    assert estimate**2 == value**2
    assert json.loads(json.dumps(float(estimate))) == value


def test_raises_two_to_an_estimate() -> None:
    """An exponent may be an estimate as well."""
    assert 2 ** around(3) == 8


def test_an_integer_stays_an_integer_and_can_index() -> None:
    """Counts are exact integers, not floats."""
    assert type(around(2) + 1) is int
    assert [10, 20, 30][around(2)] == 30
    with pytest.raises(TypeError):
        operator.index(around(2.5))


def test_a_list_of_estimates_is_an_array_of_numbers() -> None:
    """NumPy sees the values."""
    array = np.asarray([around(1.5), around(2.5)])
    assert array.dtype == np.float64
    assert array.tolist() == [1.5, 2.5]
    assert np.asarray(around(1.5), dtype=np.float32).dtype == np.float32
    assert (np.array([1.0, 2.0]) * around(2.0)).tolist() == [2.0, 4.0]


def test_equal_numbers_are_one_key() -> None:
    """Hash and equality agree with plain numbers."""
    assert {around(5), 5} == {5}


def test_survives_pickle_and_copy_with_its_bounds() -> None:
    """All four parts come back."""
    estimate = Estimate(1.5, 1.0, 2.0, 0.99)
    for other in (pickle.loads(pickle.dumps(estimate)), copy.deepcopy(estimate)):
        assert (other.value, *other.bounds, other.confidence) == (1.5, 1.0, 2.0, 0.99)


def test_cannot_be_changed() -> None:
    """An answer that was given stays what it was."""
    estimate = around(1.0)
    with pytest.raises(AttributeError, match="cannot be changed: value = 2"):
        estimate.value = 2.0
    with pytest.raises(AttributeError, match="cannot be changed: del value"):
        del estimate.value
    with pytest.raises(AttributeError):
        estimate.other = 2.0


def test_says_what_it_is() -> None:
    """The repr can be evaluated, the text can be read."""
    estimate = Estimate(4043.0, 3991.5, 4096.25, confidence=0.5)
    assert repr(estimate) == "Estimate(value=4043.0, lower=3991.5, upper=4096.25, confidence=0.5)"
    assert repr(eval(repr(estimate))) == repr(estimate)  # noqa: S307 (our own text)
    assert f"{estimate}" == str(estimate) == "4,043.0 (3,991.5–4,096.25)"


def test_a_string_can_be_an_estimate_too() -> None:
    """Quantiles of strings are compared and printed, not computed with."""
    estimate = Estimate("m", "k", "o", 0.99)
    assert "a" < estimate < "z"
    assert str(estimate) == "m (k–o)"
    assert not estimate.is_exact
    with pytest.raises(TypeError):
        abs(estimate)


def test_an_exact_answer_leaves_no_room() -> None:
    """Bounds that meet the value mean certainty."""
    assert Estimate(3, 3, 3).is_exact
    assert Estimate(3, 3, 3).confidence == 1


def test_can_be_matched() -> None:
    """Patterns take the parts in their order."""
    match Estimate(1, 0, 2, 0.9):
        case Estimate(value, lower, upper, confidence):
            assert (value, lower, upper, confidence) == (1, 0, 2, 0.9)


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        (Estimate(4043.2, 3991.5, 4096.7, 0.9545), "4,043.2 (3,991.5 to 4,096.7 at 95.5 %)"),
        (Estimate(0.123456, 0.1, 0.2, 0.99), "0.12346 (0.1 to 0.2 at 99 %)"),
        (Estimate(7, 7, 7), "7"),
        (Estimate(1e300, 0.0, float("inf"), 0.99), "1e+300 (0 to inf at 99 %)"),
        (Estimate("a<b", "a", "b", 0.99), "a&lt;b (a to b at 99 %)"),
    ],
)
def test_a_notebook_shows_the_value_and_its_bounds(found: Estimate[Any], shown: str) -> None:
    """Whole numbers in all their digits, text escaped, what is exact without bounds."""
    html = found._repr_html_()
    assert html.startswith("<b>")
    assert re.sub(r"</?(b|bdi)>", "", html) == shown
