"""Areas under curves of many scores: always within their bounds, which are narrow."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics

import drypoint as dp

SMALL = 8
"""The k of sketches so rough that 300 scores are far from exact."""
SHAPES = ("spread", "rare", "tied", "high", "apart", "edges")


def scored(shape: str, n: int, seed: int) -> tuple[Any, Any]:
    """Labels and scores of one shape; both labels are there."""
    random = np.random.default_rng([seed, SHAPES.index(shape)])
    share = 0.04 if shape == "rare" else 0.4
    y = random.random(n) < share
    y[:2] = True, False
    p = {
        "spread": random.beta(1 + y, 2),
        "rare": random.beta(1 + 2 * y, 12),
        "tied": np.round(random.beta(1 + y, 2), 1),
        "high": 1 - random.exponential(0.02, n) * (2 - y),
        "apart": np.where(y, 0.9, 0.1) * random.random(n),
        "edges": random.integers(0, 21, n) / 20,
    }[shape]
    return y, np.clip(p, 0, 1)


def judged(y: Any, p: Any, k: int) -> Any:
    """The answers."""
    task = dp.performance.classification(label="y", score="p", positive=True, threshold=0.5, k=k)
    return dp.profile({"y": y, "p": p}, performance=task).performance.only


@given(st.sampled_from(SHAPES), st.integers(100, 3_000), st.integers(0, 2**20))
def test_every_threshold_is_within_its_bands(shape: str, n: int, seed: int) -> None:
    """If the ranks of both sketches are within ε there, then the areas are within their bounds."""
    y, p = scored(shape, n, seed)
    found = judged(y, p, SMALL)
    within = found._scores
    thresholds, tpr, fpr = within._sketched
    truth = [np.array([(p[side] >= t).mean() for t in thresholds]) for side in (y, ~y)]
    sound = all(
        (np.abs(rate - true) <= error + 1e-12).all()
        for rate, true, error in zip((tpr, fpr), truth, within.error, strict=True)
    )
    for low_high, true in zip(within.within_bins(thresholds), truth, strict=True):
        assert (low_high.low <= true + 1e-12).all()
        assert (true <= low_high.high + 1e-12).all()
    if sound:
        assert found.auroc.lower - 1e-12 <= metrics.roc_auc_score(y, p)
        assert metrics.roc_auc_score(y, p) <= found.auroc.upper + 1e-12
        assert found.aupr.lower - 1e-12 <= metrics.average_precision_score(y, p)
        assert metrics.average_precision_score(y, p) <= found.aupr.upper + 1e-12


@pytest.mark.parametrize("shape", SHAPES)
def test_bounds_hold_at_98_percent(shape: str) -> None:
    """Of 100 draws more than 8 are outside with a chance of 1 in 5,000."""
    outside = 0
    for seed in range(100):
        y, p = scored(shape, 2_000, seed)
        found = judged(y, p, 16)
        truth = metrics.roc_auc_score(y, p), metrics.average_precision_score(y, p)
        outside += any(
            not one.lower - 1e-12 <= true <= one.upper + 1e-12
            for one, true in zip((found.auroc, found.aupr), truth, strict=True)
        )
    assert outside <= 8


def test_bins_make_bounds_narrow_where_positives_are_rare() -> None:
    """Of 4 % positives, the few high scores of others are counted exactly, bin by bin."""
    y, p = scored("rare", 200_000, 1)
    found = judged(y, p, 512).aupr
    assert found.lower <= metrics.average_precision_score(y, p) <= found.upper
    assert found.upper - found.lower < 0.08


def test_nothing_is_narrower_than_bins_and_sketches_allow() -> None:
    """All scores in the middle of one bin: bins say nothing then, and ε is all there is."""
    random = np.random.default_rng(5)
    y = random.random(100_000) < 0.5
    p = 0.51 + 0.03 * random.random(100_000)
    found = judged(y, p, 512)
    epsilon = sum(found._scores.error)
    assert found.auroc.upper - found.auroc.value <= epsilon + 1e-12
    assert found.auroc.upper - found.auroc.value > 0.9 * epsilon
