"""Bins of the terminal show the shape of a column, however long its tails are."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import drypoint as dp
from drypoint.profiles._detail import column_as_text
from drypoint.profiles._scale import scale_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from drypoint.profiles._scale import Scale

BINS = 20
ROWS = 100_000
TIMES = st.lists(st.integers(-(2**62), 2**62), min_size=1, max_size=60).map(
    lambda ticks: pa.array(ticks, pa.timestamp("us"))
)
LOGARITHMIC = "bins are logarithmic: most of equal ones would be empty"
WIDE = "the outer bins are wider: they take in what is far away"


def column(values: Any) -> dp.ColumnProfile:
    """The profile of a column."""
    return dp.profile({"x": values})["x"]


def scaled(one: dp.ColumnProfile) -> Scale:
    """The bins of a column that has several values."""
    found = scale_of(one, BINS)
    assert found is not None
    return found


def counts(one: dp.ColumnProfile) -> list[float]:
    """How many values are in each of them."""
    found = one.histogram(scaled(one).edges)
    assert found is not None
    return [count.value for count in found.counts]


@given(
    st.one_of(
        st.lists(st.floats(-1e300, 1e300), min_size=1, max_size=60),
        st.lists(st.floats(0, 1e300), min_size=1, max_size=60),
        st.lists(st.integers(0, 2**63 - 1), min_size=1, max_size=60),
        st.lists(st.integers(-(2**63), 2**63 - 1), min_size=1, max_size=60),
        TIMES,
    )
)
def test_every_value_is_in_a_bin(values: Any) -> None:
    """So few are kept as they are: counts add up. A single value has no bins."""
    one = column(values)
    found = scale_of(one, BINS)
    if one.min == one.max:
        assert found is None
        return
    assert found is not None
    assert all(a < b for a, b in pairwise(found.edges))
    assert len(found.edges) <= 2 * BINS
    assert sum(counts(one)) == len(values)


@pytest.mark.parametrize("draw", [np.random.Generator.normal, np.random.Generator.uniform])
def test_equal_bins_stay_where_they_show_the_shape(draw: Callable[..., Any]) -> None:
    """At round numbers."""
    found = scaled(column(draw(np.random.default_rng(1), size=ROWS)))
    assert found.note == ""
    assert len({round(b - a, 9) for a, b in pairwise(found.edges)}) == 1


@pytest.mark.parametrize(("zeros", "digits"), [(0, "13"), (ROWS // 2, "125")])
def test_a_lognormal_has_the_shape_of_a_normal(zeros: int, digits: str) -> None:
    """Its logarithm is one: most values are around the median; zeros are in the first bin."""
    values = np.random.default_rng(2).lognormal(3, 2, ROWS)
    one = column(np.concatenate([np.zeros(zeros), values]))
    found = scaled(one)
    assert (found.note, found.is_logarithmic) == (LOGARITHMIC, True)
    assert {f"{edge:.0e}"[0] for edge in found.edges if edge} == set(digits)
    numbers = counts(one)
    assert numbers[0] >= zeros
    # A bin may be off by both of its ends.
    assert one.kll is not None
    off = 2 * one.kll.rank_error * (ROWS + zeros)
    for (low, high), number in list(zip(pairwise(found.edges), numbers, strict=True))[1:]:
        truth = np.sum((values > low) & (values <= high))
        assert number == pytest.approx(truth, abs=off)
    widths = np.diff(np.log(found.edges[1:]))
    densest = int(np.argmax(np.array(numbers[1:]) / widths)) + 1
    assert found.edges[densest] <= 1.2 * np.exp(3)
    assert found.edges[densest + 1] >= 0.8 * np.exp(3)


def test_bins_of_zipf_hold_integers_from_1_on() -> None:
    """The first few alone."""
    values = np.random.default_rng(3).zipf(1.8, ROWS).clip(max=10**9)
    one = column(values)
    found = scaled(one)
    assert one.kll is not None
    assert found.note == LOGARITHMIC
    assert found.edges[:5] == [0.5, 1.5, 2.5, 5.5, 10.5]
    assert counts(one)[0] == pytest.approx(np.sum(values == 1), abs=one.kll.rank_error * ROWS)


def test_what_is_far_away_on_both_sides_is_in_outer_bins() -> None:
    """Where a logarithm does not help either: one wild value, or tails on both sides."""
    random = np.random.default_rng(4)
    for values in (np.append(random.normal(100, 5, ROWS), 1e6), random.standard_cauchy(ROWS)):
        one = column(values)
        found = scaled(one)
        assert (found.note, found.is_logarithmic) == (WIDE, False)
        assert found.edges[-1] == values.max()
        inner = counts(one)[1:-1]
        assert min(inner) > 0
        assert max(inner[2:-2]) > 5 * max(inner[0], inner[-1])


def test_a_page_says_how_its_bins_and_its_axis_are() -> None:
    """Below the bars, and above the places of quantiles."""
    values = np.random.default_rng(5).lognormal(3, 2, ROWS)
    text = column_as_text(column(values), width=100)
    assert LOGARITHMIC in text
    (head,) = [line for line in text.split("\n") if line.strip().startswith("quantile")]
    assert head.endswith("logarithmic")
    marks = [line.index("●") for line in text.split("\n") if "●" in line]
    assert np.all(np.diff(marks) > 0)
    plain = column_as_text(column(np.log(values)), width=100)
    assert "logarithmic" not in plain
