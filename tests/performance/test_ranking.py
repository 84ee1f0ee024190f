"""Ranked lists beside scikit-learn where it has the measure, else beside the definition."""

from __future__ import annotations

import pickle
from math import isclose, log2
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics

import drypoint as dp

TOLERANCE = 1e-9
items = st.sampled_from("abcdefgh")
lists = st.lists(
    st.tuples(
        st.one_of(st.none(), st.lists(items, max_size=6, unique=True)),
        st.one_of(st.none(), st.lists(items, max_size=4)),
    ),
    max_size=20,
)


def made(found: list[tuple[Any, Any]], k: int) -> dp.Profile:
    """The profile of rows of ranked and relevant items."""
    of = pa.list_(pa.string())
    columns = [pa.array([one[index] for one in found], of) for index in range(2)]
    task = dp.performance.ranking(prediction="shown", label="bought", k=k)
    return dp.profile(pa.table(columns, names=["shown", "bought"]), performance=task)


def naive(shown: list[str], bought: set[str], k: int) -> list[float]:
    """Every measure of one list, by its definition."""
    hits = [item in bought for item in shown][:k]
    precisions = [sum(hits[: place + 1]) / (place + 1) for place, hit in enumerate(hits) if hit]
    gain = sum(1 / log2(place + 2) for place, hit in enumerate(hits) if hit)
    best = sum(1 / log2(place + 2) for place in range(min(k, len(bought))))
    first = 1 / (hits.index(True) + 1) if any(hits) else 0.0
    found = sum(hits)
    ap = sum(precisions) / min(k, len(bought))
    return [found / k, found / len(bought), ap, gain / best, first]


@given(lists, st.integers(1, 8))
def test_measures_are_the_means_of_their_definitions(found: list[Any], k: int) -> None:
    """Over the lists with something relevant; others are counted by why they are left out."""
    ours = made(found, k).performance
    there = [(shown, bought) for shown, bought in found if None not in (shown, bought)]
    judged = [naive(shown, set(bought), k) for shown, bought in there if bought]
    assert ours.n == len(judged)
    assert ours.irrelevant == len(there) - len(judged)
    assert ours.missing_predictions == sum(shown is None for shown, _ in found)
    assert ours.missing_labels == sum(
        shown is not None and bought is None for shown, bought in found
    )
    assert ours.short == sum(len(shown) < k for shown, bought in there if bought)
    for place, name in enumerate(ours.METRICS):
        if not judged:
            assert ours.value(name) is None
        else:
            mean = sum(one[place] for one in judged) / len(judged)
            assert isclose(ours.value(name), mean, rel_tol=TOLERANCE, abs_tol=TOLERANCE)


@given(
    st.lists(
        st.lists(st.integers(0, 3), min_size=5, max_size=5).filter(any), min_size=1, max_size=8
    ),
    st.randoms(use_true_random=False),
    st.integers(1, 5),
)
def test_graded_relevance_is_judged_as_scikit_learn_judges_it(
    relevance: list[list[int]], random: Any, k: int
) -> None:
    """By scores that all differ, since it takes the mean over ties."""
    scores = [random.sample(range(100), 5) for _ in relevance]
    task = dp.performance.ranking(label="relevance", score="score", k=k)
    rows = pa.table({"relevance": relevance, "score": scores})
    ours = dp.profile(rows, performance=task).performance
    assert isclose(ours.ndcg, metrics.ndcg_score(relevance, scores, k=k), rel_tol=TOLERANCE)
    whole = dp.performance.ranking(label="relevance", score="score", k=5)
    binary = [[int(one > 0) for one in row] for row in relevance]
    theirs = [metrics.average_precision_score(y, p) for y, p in zip(binary, scores, strict=True)]
    ours = dp.profile(rows, performance=whole).performance
    mean = sum(theirs) / len(theirs)
    assert isclose(ours.average_precision, mean, rel_tol=TOLERANCE)


@given(lists, st.integers(0, 20), st.integers(1, 8))
def test_parts_merge_to_the_whole_and_are_read_back(found: list[Any], cut: int, k: int) -> None:
    """Counts exactly, sums to rounding."""
    whole = made(found, k)
    merged = dp.merge([made(found[:cut], k), made(found[cut:], k)]).performance
    for name in whole.performance.METRICS:
        ours, theirs = merged.value(name), whole.performance.value(name)
        assert (ours is None) == (theirs is None)
        assert ours is None or isclose(ours, theirs, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    assert pickle.loads(pickle.dumps(whole)) == whole


@pytest.mark.parametrize("of", ["list", "large", "fixed", "sliced"])
def test_lists_of_every_layout_are_one(of: str) -> None:
    """And one relevant item need not be in a list."""
    shown = pa.array([["a", "b"], ["b", "c"], ["c", "a"]])
    layouts = {
        "list": shown,
        "large": shown.cast(pa.large_list(pa.string())),
        "fixed": shown.cast(pa.list_(pa.string(), 2)),
        "sliced": pa.concat_arrays([shown, shown])[3:],
    }
    task = dp.performance.ranking(prediction="shown", label="bought", k=2)
    table = pa.table({"shown": layouts[of], "bought": ["b", "b", None]})
    found = dp.profile(table, performance=task).performance
    assert (found.n, found.missing_labels, found.reciprocal_rank) == (2, 1, 0.75)


def test_items_are_ordered_by_their_scores() -> None:
    """From the highest; what has no score comes last, and ties stay as they come."""
    rows = {"shown": [["a", "b", "c", "d"]], "p": [[0.1, None, 0.9, 0.1]], "bought": [["a"]]}
    task = dp.performance.ranking(prediction="shown", label="bought", score="p", k=4)
    assert dp.profile(rows, performance=task).performance.reciprocal_rank == 0.5
    short = rows | {"p": [[0.1]]}
    found = dp.profile(short, performance=task).performance
    assert (found.n, found.missing_predictions) == (0, 1)


def test_k_beyond_the_lists_is_flagged() -> None:
    """What they lack is not relevant, and the flag says how many lists lack some."""
    found = made([(["a"], ["a"]), (["b", "a"], ["a"])], 2).performance
    assert found.flags == ("1 list of fewer than 2 items",)
    assert (found.precision, found.recall) == (0.5, 1.0)
    assert "ranking: ranking, the first 2, 2 rows" in repr(found)


def test_what_is_no_ranking_is_refused() -> None:
    """By name, with the way out."""
    with pytest.raises(dp.ParameterError, match="score= ranks those of label="):
        dp.performance.ranking(label="y")
    with pytest.raises(dp.ParameterError, match="k must be"):
        dp.performance.ranking(label="y", prediction="p", k=0)
    task = dp.performance.ranking(label="y", prediction="p")
    with pytest.raises(dp.ParameterError, match="prediction is a column of string"):
        dp.profile({"y": [["a"]], "p": ["a"]}, performance=task)
