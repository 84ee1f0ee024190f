"""HllSketch counts distinct values within its bounds, whatever they are and however they come."""

from __future__ import annotations

import copy
import pickle
from decimal import Decimal
from math import sqrt
from typing import Any

import datasketches
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drypoint.sketches import HllSketch

LG_KS = st.integers(4, 21)
TYPES = st.sampled_from(["HLL_4", "HLL_6", "HLL_8"])
VALUES = st.lists(
    st.integers(-(2**63), 2**64 - 1) | st.floats() | st.text(max_size=20) | st.binary(max_size=20)
)
TRIALS = 400

# One draw in 15,787 lies outside four standard deviations.
SIGMAS = 4


def distinct(count: int, seed: int) -> np.ndarray[Any, Any]:
    """So many distinct integers, others for every seed."""
    return np.arange(count, dtype=np.int64) + seed * 10**10


@pytest.mark.parametrize("count", [100, 1_000, 10_000, 100_000])
@pytest.mark.parametrize("lg_k", [8, 11, 12])
def test_the_error_is_the_published_one(lg_k: int, count: int) -> None:
    """Over many trials the root mean square error is at most 0.8326 / sqrt(k), from HIP.

    The mean of n squared normal errors has a relative standard deviation of sqrt(2 / n).
    """
    sketches = [HllSketch(lg_k).update(distinct(count, seed)) for seed in range(TRIALS)]
    errors = np.array([float(sketch.estimate()) for sketch in sketches]) / count - 1
    published = 0.8326 / sqrt(2**lg_k)
    assert np.mean(errors**2) <= published**2 * (1 + SIGMAS * sqrt(2 / TRIALS))


@pytest.mark.parametrize(("std_devs", "confidence"), [(1, 0.6827), (2, 0.9545), (3, 0.9973)])
def test_the_bounds_hold_as_often_as_they_promise(std_devs: int, confidence: float) -> None:
    """The share of trials whose bounds hold the truth is what the confidence says, or more."""
    count = 5_000
    found = [
        HllSketch(10).update(distinct(count, seed)).estimate(std_devs) for seed in range(TRIALS)
    ]
    assert {round(estimate.confidence, 4) for estimate in found} == {confidence}
    held = sum(estimate.lower <= count <= estimate.upper for estimate in found) / TRIALS
    assert held >= confidence - SIGMAS * sqrt(confidence * (1 - confidence) / TRIALS)


@pytest.mark.parametrize("count", [10, 1_000, 50_000])
def test_the_error_of_a_union_is_the_published_one(count: int) -> None:
    """Once merged, the root mean square error is at most 1.039 / sqrt(k)."""
    lg_k = 10
    unions = [
        HllSketch(lg_k).update(distinct(count, seed))
        | HllSketch(lg_k).update(distinct(count, seed)[count // 2 :] + count // 2)
        for seed in range(TRIALS)
    ]
    truth = count + count // 2
    errors = np.array([float(union.estimate()) for union in unions]) / truth - 1
    published = 1.039 / sqrt(2**lg_k)
    assert np.mean(errors**2) <= published**2 * (1 + SIGMAS * sqrt(2 / TRIALS))


@given(VALUES, LG_KS, TYPES)
def test_survives_bytes_pickle_and_copy(values: list[Any], lg_k: int, hll_type: Any) -> None:
    """All of them give an equal sketch.

    The bytes are as many, but a table of coupons that was read may probe in another order.
    """
    sketch = HllSketch(lg_k, type=hll_type).update(values)
    data = sketch.to_bytes()
    for other in (
        HllSketch.from_bytes(data),
        HllSketch.from_bytes(memoryview(bytearray(data))),
        pickle.loads(pickle.dumps(sketch)),
        copy.copy(sketch),
        copy.deepcopy(sketch),
    ):
        assert other == sketch
        assert len(other.to_bytes()) == len(data)
        assert (other.lg_k, other.type) == (lg_k, hll_type)


@given(VALUES, VALUES, st.integers(4, 8))
def test_a_merge_holds_the_registers_of_both(a: list[Any], b: list[Any], lg_k: int) -> None:
    """Either way round, it estimates what a merged sketch of all values does.

    All start from enough values to have registers; with fewer, the order of arrival counts.
    """
    start = HllSketch(lg_k).update(range(1_000))
    left, right = start.copy().update(a), start.copy().update(b)
    whole = start | start.copy().update(a + b)
    assert float((left | right).estimate()) == pytest.approx(float(whole.estimate()), rel=1e-12)
    assert float((right | left).estimate()) == pytest.approx(float(whole.estimate()), rel=1e-12)


@given(VALUES, LG_KS)
def test_an_empty_sketch_adds_nothing(values: list[Any], lg_k: int) -> None:
    """It is the identity of merge, on either side."""
    sketch = HllSketch(lg_k).update(values)
    assert sketch | HllSketch(lg_k) == sketch
    assert float((HllSketch(lg_k) | sketch).estimate()) == float(sketch.estimate())


@given(VALUES)
def test_values_seen_again_change_nothing(values: list[Any]) -> None:
    """Duplicates do not count."""
    sketch = HllSketch().update(values)
    assert sketch.copy().update(values * 2).to_bytes() == sketch.to_bytes()


@given(st.lists(st.integers(-(2**63), 2**63 - 1)))
def test_agrees_with_the_library_of_others_on_integers(values: list[int]) -> None:
    """Fed the same values in the same order, the reference answers the same."""
    theirs = datasketches.hll_sketch(12, datasketches.tgt_hll_type.HLL_4)
    for value in values:
        theirs.update(value)
    ours = HllSketch().update(values)
    assert float(ours.estimate()) == pytest.approx(theirs.get_estimate(), rel=1e-9)
    read = datasketches.hll_sketch.deserialize(ours.to_bytes())
    assert read.get_estimate() == pytest.approx(float(ours.estimate()), rel=1e-9)


@pytest.mark.parametrize(
    ("one", "same"),
    [
        (1, True),
        (1, np.int8(1)),
        (1, np.uint64(1)),
        (2**64 - 1, -1),  # unsigned integers count by their bits
        (0.0, -0.0),
        (float("nan"), np.uint64(0x7FF8_0000_0000_0001).view(np.float64)),
        (0.5, np.float32(0.5)),
        ("ä", "ä".encode()),
        ("1.5", Decimal("1.500")),
    ],
)
def test_equal_values_count_once(one: Any, same: Any) -> None:
    """Types that hold the same value hash it alike."""
    assert HllSketch().update(one) == HllSketch().update(same)
    assert round(HllSketch().update([one]).update([same]).estimate()) == 1


@pytest.mark.parametrize(("one", "other"), [(1, 1.0), (1, "1"), (0, False + 1), ("a", "A")])
def test_different_values_count_apart(one: Any, other: Any) -> None:
    """An integer is no float, as in DataSketches."""
    assert round(HllSketch().update([one, other]).estimate()) == 2


def test_null_and_the_empty_string_do_not_count() -> None:
    """As in DataSketches."""
    assert HllSketch().update([None, "", b""]).is_empty


def test_an_empty_sketch_knows_nothing_exactly() -> None:
    """Zero, without doubt."""
    estimate = HllSketch().estimate()
    assert (estimate.value, *estimate.bounds) == (0, 0, 0)


def test_weights_do_not_make_values_distinct() -> None:
    """A weight of 0 leaves the value out; any other is as good as 1."""
    assert HllSketch().update([1, 2, 3], weight=[5, 0, 1]) == HllSketch().update([1, 3])


def test_changes_type_without_changing_its_answer() -> None:
    """The type says how it is written."""
    sketch = HllSketch().update(range(10_000))
    for hll_type in ("HLL_4", "HLL_6", "HLL_8"):
        other = sketch.with_type(hll_type)
        assert (other.type, other.estimate()) == (hll_type, sketch.estimate())
        assert HllSketch.from_bytes(other.to_bytes()) == other


def test_says_what_is_in_it() -> None:
    """The repr names the parameters and the answer."""
    assert repr(HllSketch()) == "<HllSketch lg_k=12 HLL_4: 0 distinct (0–0)>"
    assert repr(HllSketch(10, type="HLL_8").update("x")) == (
        "<HllSketch lg_k=10 HLL_8: 1 distinct (1–1)>"
    )


def test_cannot_be_hashed_for_it_changes() -> None:
    """Nor is it equal to what is no sketch."""
    with pytest.raises(TypeError, match="unhashable"):
        hash(HllSketch())
    assert HllSketch() != 0
