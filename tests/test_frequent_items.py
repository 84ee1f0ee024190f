"""FrequentItems keeps its bounds for every item, always."""

from __future__ import annotations

import copy
import pickle
from collections import Counter
from typing import Any

import datasketches
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drypoint.sketches import FrequentItems

# Few different items, so that some are frequent, and more than a map of lg 3 can hold (6).
INTS = st.integers(-20, 20)
STREAMS: dict[str, Any] = {
    "i64": st.lists(st.tuples(INTS, st.integers(0, 1_000))),
    "str": st.lists(st.tuples(INTS.map(str), st.integers(0, 1_000))),
}
DTYPES: pytest.MarkDecorator = pytest.mark.parametrize("dtype", STREAMS)
LG = 3


def fed(stream: list[tuple[Any, int]], dtype: Any, lg: int = LG) -> FrequentItems:
    """A sketch of items with weights."""
    items, weights = [item for item, _ in stream], [weight for _, weight in stream]
    return FrequentItems(lg, dtype).update(items, weight=weights)


def counted(stream: list[tuple[Any, int]]) -> Counter[Any]:
    """The exact weights."""
    truth: Counter[Any] = Counter()
    for item, weight in stream:
        truth[item] += weight
    return +truth


def check_bounds(sketch: FrequentItems, truth: Counter[Any]) -> None:
    """The sketch's promise, against the exact weights."""
    assert sketch.total_weight == truth.total()
    assert sketch.max_error <= 3.5 / 2**sketch.lg_max_map_size * truth.total()
    for item in set(truth) | {row.item for row in sketch.top(100)}:
        found = sketch.estimate(item)
        assert found.lower <= truth[item] <= found.upper
        assert found.upper - found.lower <= sketch.max_error
        assert found.confidence == 1


@DTYPES
@given(data=st.data())
def test_every_bound_holds(dtype: Any, data: Any) -> None:
    """For items that were kept, dropped, or never seen."""
    stream = data.draw(STREAMS[dtype])
    check_bounds(fed(stream, dtype), counted(stream))


@DTYPES
@given(data=st.data())
def test_every_bound_holds_after_a_merge(dtype: Any, data: Any) -> None:
    """In either direction."""
    a, b = data.draw(STREAMS[dtype]), data.draw(STREAMS[dtype])
    left, right = fed(a, dtype), fed(b, dtype)
    check_bounds(left | right, counted(a + b))
    check_bounds(right | left, counted(a + b))


@pytest.mark.parametrize("shape", ["zipf", "unique", "sorted", "blocks"])
def test_every_bound_holds_in_bulk(shape: str) -> None:
    """Large arrays take another path, with the same promise."""
    random = np.random.default_rng(3)
    values = {
        "zipf": random.zipf(1.2, 100_000) % 50_000,
        "unique": random.permutation(100_000),
        "sorted": np.sort(random.zipf(1.2, 100_000) % 50_000),
        "blocks": np.tile(np.arange(1_000), 100),
    }[shape]
    check_bounds(FrequentItems(8).update(values), Counter(values.tolist()))


@DTYPES
@given(data=st.data())
def test_the_two_lists_err_on_one_side_only(dtype: Any, data: Any) -> None:
    """One has no item that is not frequent, the other misses none that is."""
    stream = data.draw(STREAMS[dtype])
    sketch, truth = fed(stream, dtype), counted(stream)
    threshold = data.draw(st.integers(0, 5_000) | st.none())
    least = sketch.max_error if threshold is None else threshold
    frequent = {item for item, weight in truth.items() if weight > least}
    sure = {row.item for row in sketch.frequent(threshold)}
    possible = {row.item for row in sketch.frequent(threshold, error_type="no_false_negatives")}
    assert sure <= frequent
    if least >= sketch.max_error:  # below it, what was dropped may be frequent too
        assert frequent <= possible


@DTYPES
@given(data=st.data())
def test_survives_bytes_pickle_and_copy(dtype: Any, data: Any) -> None:
    """All of them give an equal sketch that answers alike."""
    sketch = fed(data.draw(STREAMS[dtype]), dtype)
    written = sketch.to_bytes()
    for other in (
        FrequentItems.from_bytes(written, dtype),
        FrequentItems.from_bytes(memoryview(written), dtype),
        pickle.loads(pickle.dumps(sketch)),
        copy.copy(sketch),
        copy.deepcopy(sketch),
    ):
        assert other == sketch
        assert other.to_bytes() == written
        assert other.top(100) == sketch.top(100)


@given(STREAMS["str"])
def test_few_items_are_counted_exactly(stream: list[tuple[str, int]]) -> None:
    """While all fit, there is nothing to estimate: the order is by weight, then by item."""
    sketch, truth = fed(stream, "str", lg=10), counted(stream)
    expected = sorted(truth.items(), key=lambda pair: (-pair[1], pair[0]))
    assert sketch.max_error == 0
    assert [(row.item, int(row.estimate)) for row in sketch.top(100)] == expected
    assert [(item, int(count)) for item, count in sketch.frequent(0)] == expected


@given(STREAMS["str"])
def test_the_library_of_others_reads_what_we_write(stream: list[tuple[str, int]]) -> None:
    """And answers the same."""
    ours = fed(stream, "str")
    theirs = datasketches.frequent_strings_sketch.deserialize(ours.to_bytes())
    assert theirs.total_weight == ours.total_weight
    for row in ours.top(100):
        bounds = (theirs.get_lower_bound(row.item), theirs.get_upper_bound(row.item))
        assert bounds == row.estimate.bounds


@given(STREAMS["i64"])
def test_an_empty_sketch_adds_nothing(stream: list[tuple[int, int]]) -> None:
    """Whether its type is open or not, on either side."""
    sketch = fed(stream, "i64")
    for empty in (FrequentItems(LG), FrequentItems(LG, "i64")):
        assert (sketch | empty).top(100) == sketch.top(100)
        assert (empty | sketch).top(100) == sketch.top(100)


def test_the_first_value_decides_the_type() -> None:
    """Nulls do not; an empty sketch of open type stays open through pickle and copy."""
    sketch = FrequentItems().update([None, None])
    assert sketch.dtype is None
    assert pickle.loads(pickle.dumps(sketch)) == copy.copy(sketch) == sketch
    assert sketch.copy().update(["a"]).dtype == "str"
    assert sketch.copy().update([None, b"a"]).dtype == "str"
    assert sketch.copy().update([True]).dtype == "i64"
    assert FrequentItems().merge(FrequentItems().update(1)).dtype == "i64"


def test_what_was_never_seen_is_zero_up_to_the_error() -> None:
    """The upper bound is what may have been dropped."""
    assert FrequentItems().update("a").estimate("b").bounds == (0, 0)
    full = FrequentItems(LG).update(range(100))
    assert full.estimate(1_000).bounds == (0, full.max_error)
    assert full.max_error > 0


def test_null_has_no_weight() -> None:
    """And neither has a value of weight 0."""
    sketch = FrequentItems().update([None, "a", "b"], weight=[5, 0, 2])
    assert sketch.total_weight == 2
    assert [row.item for row in sketch.top()] == ["b"]


def test_a_row_is_an_item_and_its_estimate() -> None:
    """It unpacks, and prints as the design shows it."""
    ((item, estimate),) = FrequentItems().update(["ORD"] * 3).top()
    assert (item, estimate) == ("ORD", 3)
    assert repr(FrequentItems().update(["ORD"] * 3).top()) == ("[Item('ORD', 3, lower=3, upper=3)]")


def test_says_what_is_in_it() -> None:
    """The repr names the parameters, the weight and the error; an empty sketch is still there."""
    assert repr(FrequentItems()) == "<FrequentItems lg_max_map_size=10 open: empty>"
    assert repr(FrequentItems(5).update([1, 1, 2])) == (
        "<FrequentItems lg_max_map_size=5 i64: 2 items of weight 3, max error 0>"
    )
    assert FrequentItems()
    assert len(FrequentItems().update([1, 1, 2])) == 2
