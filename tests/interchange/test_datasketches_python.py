"""The `datasketches` package reads what we write, and gives the same answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import datasketches as ds
import pytest
from tests.golden import make_golden

from drypoint.sketches import HllSketch

if TYPE_CHECKING:
    from tests.interchange.conftest import Written


def test_it_reads_every_sketch_and_gives_the_same_answers(written: Written) -> None:
    """Every family, type and mode."""
    for file, about in written.about.items():
        written.check(file, make_golden.answers(about["kind"], written.raw(file)))


@pytest.mark.parametrize("n", [0, 1, 7, 8, 100, 500, 5000])
def test_hll_fed_one_by_one_gives_the_same_bytes(n: int) -> None:
    """In every mode: the order of the coupons and the HIP estimate too."""
    theirs = ds.hll_sketch(12, ds.tgt_hll_type.HLL_8)
    ours = HllSketch(12, type="HLL_8")
    for value in range(n):
        theirs.update(value)
        ours.update([value])
    assert ours.to_bytes() == theirs.serialize_compact()


@pytest.mark.parametrize("lg_k", [8, 12])
@pytest.mark.parametrize("kind", ["hll4", "hll6", "hll8"])
def test_a_union_of_ours_with_theirs_is_the_union_of_theirs(
    written: Written, lg_k: int, kind: str
) -> None:
    """Values that both saw count once; who made which part does not matter."""
    ours = ds.hll_sketch.deserialize(written.raw(f"hll_{kind}_lgk{lg_k}_n100000.sk"))
    mixed, pure = ds.hll_union(lg_k), ds.hll_union(lg_k)
    hll_type = make_golden.HLL_TYPES[int(kind[3:])]
    mixed.update(ours)
    pure.update(make_golden.hll_of_longs(lg_k, int(kind[3:]), 0, 100_000))
    for union in (mixed, pure):
        union.update(make_golden.hll_of_longs(lg_k, int(kind[3:]), 50_000, 150_000))
    assert mixed.get_estimate() == pytest.approx(pure.get_estimate(), rel=1e-9)
    mine = HllSketch.from_bytes(mixed.get_result(hll_type).serialize_compact())
    assert mine.estimate().value == pytest.approx(pure.get_estimate(), rel=1e-9)


def test_kll_of_ours_merges_with_theirs(written: Written) -> None:
    """Ranks of the whole are within the error of both."""
    theirs = ds.kll_doubles_sketch(200)
    for value in range(100_000):
        theirs.update(25_000 + value / 4)
    theirs.merge(ds.kll_doubles_sketch.deserialize(written.raw("kll_f64_n100000.sk")))
    assert (theirs.n, theirs.get_min_value(), theirs.get_max_value()) == (200_000, 0.0, 49_999.75)
    # The merge of two is as good as one of them: normalized rank error at 99 %.
    assert theirs.get_rank(25_000.0) == pytest.approx(0.5, abs=2.296 / 200**0.9723)


def test_frequent_items_of_ours_merge_with_theirs(written: Written) -> None:
    """Weights add up, and the bounds hold the truth."""
    raw = written.raw("frequent_i64_n100000.sk")
    theirs = ds.frequent_items_sketch(8)
    theirs.update(7, 1000)
    theirs.merge(make_golden.READERS["frequent_i64"](raw))
    assert theirs.total_weight == 101_000
    truth = 1000 + list(make_golden.skewed(100_000)).count(7)
    assert theirs.get_lower_bound(7) <= truth <= theirs.get_upper_bound(7)
