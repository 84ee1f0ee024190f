"""Bins of pictures begin and end at round numbers, and hold what they should."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import drypoint as dp
from drypoint.profiles._bins import view_of
from drypoint.profiles._spark import spark

if TYPE_CHECKING:
    from drypoint.profiles._bins import View


def column(values: Any) -> dp.ColumnProfile:
    """The profile of a column."""
    return dp.profile({"x": values})["x"]


def viewed(one: dp.ColumnProfile) -> View:
    """What is drawn of a column that has values."""
    assert one.kll is not None
    found = view_of([one.kll], one)
    assert found is not None
    return found


@given(st.lists(st.floats(-1e12, 1e12), min_size=1, max_size=50))
def test_edges_ascend_and_hold_all_that_is_not_far_away(values: list[float]) -> None:
    """What is beyond an edge is said to be cut."""
    found = viewed(column(values))
    assert all(a < b for a, b in pairwise(found.edges))
    assert len(found.edges) <= 80
    beyond = [one for one in values if not found.edges[0] <= one <= found.edges[-1]]
    assert bool(beyond) == found.is_cut


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=50))
def test_no_integer_lies_on_an_edge(values: list[int]) -> None:
    """Edges are half-way between two."""
    edges = np.array(viewed(column(values)).edges)
    assert np.all(edges % 1 == 0.5)


@given(
    st.lists(st.integers(-(2**63) + 1, 2**63 - 1), min_size=1, max_size=9),
    st.sampled_from(["s", "ms", "us", "ns"]),
)
def test_edges_of_times_are_ticks_that_hold_all(values: list[int], unit: str) -> None:
    """Also at the ends of 64 bits."""
    found = viewed(column(pa.array(values, pa.timestamp(unit))))
    assert all(isinstance(edge, int) for edge in found.edges)
    assert all(a < b for a, b in pairwise(found.edges))
    if not found.is_cut:
        assert found.edges[0] <= min(values)
        assert max(values) <= found.edges[-1]


@pytest.mark.parametrize(
    ("days", "begins"),
    [
        (200, lambda day: day.weekday() == 0),
        (9_000, lambda day: (day.month, day.day) == (1, 1)),
        (90_000, lambda day: (day.month, day.day) == (1, 1) and day.year % 10 == 0),
    ],
)
def test_bins_of_days_begin_on_mondays_and_with_years(days: int, begins: Any) -> None:
    """As weeks and years do, also before 1970 and over leap years."""
    start = dt.date(1800, 1, 1) if days > 60_000 else dt.date(1995, 3, 8)
    dates = [start + dt.timedelta(days=day) for day in range(0, days, 7)]
    edges = viewed(column(dates)).edges
    first = dt.date(1970, 1, 1)
    assert all(begins(first + dt.timedelta(days=edge)) for edge in edges)
    assert 10 <= len(edges) <= 40


def test_bins_of_seconds_begin_with_full_seconds() -> None:
    """Whatever the unit of the type is."""
    at = np.datetime64("2024-03-01T12:00:00.5", "ns") + np.arange(0, 100_000, 7) * np.timedelta64(
        1, "ms"
    )
    edges = np.array(viewed(column(at)).edges)
    assert np.all(edges % 5_000_000_000 == 0)


@pytest.mark.parametrize("values", [[7], [0.5] * 3, [dt.date(2024, 1, 1)], [0], [-1e300]])
def test_one_value_has_a_bin_of_its_own_in_the_middle(values: list[Any]) -> None:
    """With room on both sides."""
    one = column(values)
    found = one.histogram([*map(as_time(one), viewed(one).edges)])
    assert found is not None
    counts = [each.value for each in found.counts]
    assert sum(counts) == max(counts) == len(values)
    assert 0 < counts.index(max(counts)) < len(counts) - 1


def as_time(one: dp.ColumnProfile) -> Any:
    """What a histogram takes for an edge."""
    return (lambda edge: edge) if one.type != "date32" else int


def test_values_without_a_picture_have_no_view() -> None:
    """Beyond what a page can draw, and none at all."""
    for values in ([1e308, -1e308], [1e305]):
        one = column(values)
        assert one.kll is not None
        assert view_of([one.kll], one) is None
    assert spark(column([None, None])) == ""
    assert spark(column(["a"])) == ""


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=50))
def test_a_spark_has_a_bar_for_each_bin_and_stays_in_its_frame(values: list[float]) -> None:
    """As high as the fullest, without a script and without a style."""
    svg = spark(column(values))
    bars = re.findall(r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"', svg)
    assert len(bars) == len(viewed(column(values)).edges) - 1
    for x, y, width, height in bars:
        assert float(x) + float(width) <= 240.5
        assert float(y) + float(height) == pytest.approx(56, abs=0.11)
    assert max(float(one[3]) for one in bars) == 56
    assert "<script" not in svg
    assert "style=" not in svg


def test_a_spark_shows_the_bounds_of_its_bars() -> None:
    """A line through each, where counts are not exact."""
    svg = spark(column(np.random.default_rng(1).normal(0, 1, 100_000)))
    assert svg.count("<path") == svg.count("<rect")
    assert 'aria-label="histogram of 100,000 values"' in svg
