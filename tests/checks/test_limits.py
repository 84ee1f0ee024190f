"""An estimate beside a limit: pass and fail are certain, and everything else is undecided."""

from __future__ import annotations

import datetime as dt
import operator
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drypoint import Estimate, ParameterError
from drypoint.checks import Limit, Verdict
from drypoint.checks._words import compared, in_words

PYTHON = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq,
    "!=": operator.ne,
}  # fmt: skip
NUMBERS = st.integers(-5, 5)
LIMITS = st.one_of(
    st.builds(Limit, st.sampled_from(sorted(PYTHON)), NUMBERS),
    st.tuples(NUMBERS, NUMBERS).map(lambda ends: Limit("between", min(ends), max(ends))),
)


def holds(limit: Limit, number: float) -> bool:
    """Whether it holds of a number, by Python's own operators."""
    if limit.operator == "between":
        return bool(limit.bound <= number <= limit.upper)
    return bool(PYTHON[limit.operator](number, limit.bound))


@given(limit=LIMITS, ends=st.tuples(NUMBERS, NUMBERS))
def test_a_verdict_is_what_holds_of_every_number_within_the_bounds(
    limit: Limit, ends: tuple[int, int]
) -> None:
    """Pass if of all, fail if of none, undecided if of some: halves are looked at too."""
    lower, upper = min(ends), max(ends)
    inside = [lower + half / 2 for half in range(2 * (upper - lower) + 1)]
    said = {holds(limit, number) for number in inside}
    expected = (
        Verdict.UNDECIDED if len(said) > 1 else Verdict.PASS if True in said else Verdict.FAIL
    )
    assert limit.compare(Estimate((lower + upper) / 2, lower, upper)) == expected


@given(limit=LIMITS, number=st.floats(-6, 6))
def test_an_exact_number_is_never_undecided(limit: Limit, number: float) -> None:
    """It says what Python says."""
    found = limit.compare(Estimate(number, number, number))
    assert found == (Verdict.PASS if holds(limit, number) else Verdict.FAIL)


TIMES = [
    dt.datetime(2013, 1, 2, 12),  # noqa: DTZ001 # which is in UTC
    dt.datetime(2013, 1, 2, 14, tzinfo=dt.timezone(dt.timedelta(hours=2))),
    np.datetime64("2013-01-02T12:00:00.000000000"),
    "2013-01-02T12:00",
    "2013-01-02T12:00:00Z",
]


@pytest.mark.parametrize("bound", TIMES)
@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_times_are_compared_in_whatever_form_they_come(bound: Any, unit: str) -> None:
    """Noon is not before noon, in the unit of every type."""
    noon: Any = np.datetime64("2013-01-02T12:00").astype(f"datetime64[{unit}]")
    observed = Estimate(noon, noon, noon)
    assert Limit("<", bound).compare(observed, f"timestamp[{unit}]") == Verdict.FAIL
    assert Limit("<=", bound).compare(observed, f"timestamp[{unit}]") == Verdict.PASS


def test_limits_are_plain_values_and_compare_as_such() -> None:
    """Scalars of NumPy, estimates and Python's own numbers make the same limit."""
    assert len({Limit("<", 3), Limit("<", np.int8(3)), Limit("<", Estimate(3, 1, 5))}) == 1
    assert Limit("==", np.datetime64("2013-01-02")) == Limit("==", dt.date(2013, 1, 2))
    assert str(Limit("between", Decimal("1.50"), 2)) == "between 1.50 and 2"


@pytest.mark.parametrize(
    ("limit", "says"),
    [
        (("=<", 3), "a limit is one of .*, got '=<'"),
        (("<", float("nan")), "nothing compares with NaN"),
        (("<", None), "a limit is a number, text, a time or a duration, got None"),
        (("<", [3]), r"got \[3\], a list"),
        (("between", 3), "between takes a lower and an upper end"),
        (("<", 3, 4), "all others one bound"),
        (("between", 3, 2), "lower end first, got 3 and 2"),
        (("between", 3, "a"), "ends of one kind, got 3, 'a'"),
    ],
)
def test_a_limit_that_is_none_is_refused_by_name(limit: tuple[Any, ...], says: str) -> None:
    """The message holds what was given."""
    with pytest.raises(ParameterError, match=says):
        Limit(*limit)


def test_text_does_not_compare_with_a_number() -> None:
    """The check that asks makes a verdict of it."""
    with pytest.raises(TypeError):
        Limit("<", 3).compare(Estimate("a", "a", "a"))


@pytest.mark.parametrize(
    ("nulls", "rows", "shown"),
    [(1, 3, "0.333333"), (10_000_001, 1_000_000_000, "0.010000001"), (1, 100, "0.01")],
)
def test_a_number_never_reads_as_the_limit_that_it_is_not(
    nulls: int, rows: int, shown: str
) -> None:
    """It has six digits, or as many as tell the two apart."""
    limit = Limit("<", 0.01)
    assert in_words(nulls / rows, limit=limit) == shown
    assert compared(Verdict.FAIL, shown, limit) == f"{shown}, not below 0.01"
