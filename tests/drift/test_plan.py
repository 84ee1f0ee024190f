"""What is known of a sketch without its values: the sizes of its levels, and how far off it is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

import drypoint as dp
from drypoint.drift import compare
from drypoint.drift._plan import MOST_RUNS, Levels, course, history
from drypoint.drift._sample import decode, sample
from drypoint.profiles._file import from_bytes, to_bytes
from drypoint.sketches import KllSketch
from drypoint.sketches._items import kll_items

STREAMS = 400
"""Of one size, each in a column of its own."""


def profiled(values: Any, k: int) -> dp.Profile:
    """A profile that knows quantiles and nothing else."""
    parameters = dp.Parameters(k=k, metrics=["quantiles"])
    table = values if isinstance(values, dict) else {"x": values}
    return dp.profile(table, parameters=parameters)


def stored(column: dp.ColumnProfile) -> bytes:
    """The sketch of a column as it is stored."""
    data = column._fact("quantiles", "kll")
    assert isinstance(data, bytes)
    return data


@given(st.integers(8, 3_000), st.integers(1, 200_000))
@settings(max_examples=150)
def test_the_levels_of_a_stream_are_known_from_k_and_n(k: int, n: int) -> None:
    """Whatever the values: the course that the core takes is the one gone over here."""
    found = kll_items(stored(profiled(np.arange(n, dtype=float), k)["x"]))
    if len(found.sizes) > 1:
        assert tuple(found.sizes) == course(k, n).sizes


@pytest.mark.parametrize(("k", "n"), [(200, 1_000_000), (200, 2_718_281), (64, 1_000_000)])
def test_the_levels_of_large_streams_are_known(k: int, n: int) -> None:
    """Those that go through blocks of 8 and more."""
    found = kll_items(stored(profiled(np.random.default_rng(k).random(n), k)["x"]))
    assert tuple(found.sizes) == course(k, n).sizes


@pytest.mark.parametrize(("k", "n"), [(16, 5_000), (50, 20_000), (200, 30_000)])
@pytest.mark.parametrize("rank", [0.25, 0.5])
def test_ranks_are_as_far_off_as_is_said(k: int, n: int, rank: float) -> None:
    """Of uniform numbers: p·(1 - p) times what sampling says, and τ² (chi-square, 1 in 10,000)."""
    rng = np.random.default_rng([k, n])
    table = profiled({f"c{number}": rng.random(n) for number in range(STREAMS)}, k)
    errors = []
    for column in table.columns.values():
        found = sample(column)
        assert found is not None
        errors.append(found.weights[found.values <= rank].sum() / n - rank)
        expected = rank * (1 - rank) * found.sampling + found.tau2
    ratio = np.square(errors).sum() / expected
    low, high = stats.chi2.ppf([0.00005, 0.99995], STREAMS)
    assert low <= ratio <= high


def test_halving_adds_half_a_squared_weight() -> None:
    """And moves half of the items up; an odd one stays."""
    levels = Levels(8, [0, 7])
    levels.halve(1)
    assert (levels.sizes, levels.variance) == ([0, 1, 3], 2.0)


def test_a_merged_sketch_is_taken_to_be_off_by_more_than_its_trimming() -> None:
    """If its levels are not those of a stream, what it was made of is not known."""
    rng = np.random.default_rng(7)
    parts = [from_bytes(to_bytes(profiled(rng.random(10_000), 200))) for _ in range(2)]
    parts.append(from_bytes(to_bytes(profiled(rng.random(3_333), 200))))
    data = stored(dp.merge(parts)["x"])
    found, items = decode(data, "double"), kll_items(data)
    assert found is not None
    assert tuple(items.sizes) != course(200, 23_333).sizes
    published = (2.296 / 200**0.9723 / stats.norm.ppf(0.995)) ** 2
    assert 1 / (6 * len(items.values) ** 2) < found.tau2 < published


def test_a_sketch_that_halved_every_level_has_the_published_error() -> None:
    """As those of other libraries: not trimmed, so that all levels have items."""
    sketch = KllSketch(200).update(np.random.default_rng(8).random(50_000))
    found = decode(sketch.to_bytes(), "double")
    assert found is not None
    assert found.tau2 == pytest.approx((2.296 / 200**0.9723 / stats.norm.ppf(0.995)) ** 2)


def test_what_a_file_says_of_its_size_costs_little() -> None:
    """No more runs are followed than there can be in a stream of any use."""
    course(65_535, 2**59)
    assert len(history(65_535)) == MOST_RUNS


def test_distances_between_sketches_are_as_many_as_pairs() -> None:
    """Items weigh alike; if they were counted, half of these pairs would share their distance."""
    rng = np.random.default_rng(9)
    one, other = (
        profiled({f"c{number}": rng.random(1_000_000) for number in range(60)}, 200)
        for _ in range(2)
    )
    found = {float(compare(one[name], other[name]).distance or 0) for name in one.columns}
    assert len(found) == 60
