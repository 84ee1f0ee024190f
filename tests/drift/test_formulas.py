"""The formulas, beside known values, scipy and each other."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.spatial.distance import jensenshannon

import drypoint as dp
from drypoint.drift import platform_distance
from drypoint.drift._platform import of_shares
from drypoint.drift._verdict import adjusted
from drypoint.drift.measures._hellinger import hellinger
from drypoint.drift.measures._jensen_shannon import jensen_shannon
from drypoint.drift.measures._kl import kl
from drypoint.drift.measures._null_ratio import matters_from
from drypoint.drift.measures._psi import psi

if TYPE_CHECKING:
    from collections.abc import Callable

P = np.array([0.32, 0.16, 0.28, 0.04, 0.2])
Q = np.array([0.25, 0.0625, 0.4375, 0.1875, 0.0625])
KNOWN: list[tuple[Callable[[Any, Any], float], float]] = [
    (hellinger, 0.2622047831),
    (kl, 0.2752701839),
    (psi, 0.5670270284),
    (jensen_shannon, 0.2584730044),
]
SHARES = st.lists(st.integers(1, 1000), min_size=2, max_size=12)


@pytest.mark.parametrize(("formula", "value"), KNOWN)
def test_a_formula_gives_the_known_value(formula: Callable[..., float], value: float) -> None:
    """To the ten digits that are known."""
    assert formula(P, Q) == pytest.approx(value, abs=1e-10)


def test_kl_the_other_way_round_is_known_too() -> None:
    """It is not symmetric."""
    assert kl(Q, P) == pytest.approx(0.2917568445, abs=1e-10)


@pytest.mark.parametrize("algorithm", ["hellinger", "kl", "psi", "jensen_shannon"])
def test_the_rules_of_the_platform_give_the_known_values(algorithm: Any) -> None:
    """Nothing is clipped there."""
    known = {formula.__name__: value for formula, value in KNOWN}
    assert of_shares(P, Q, algorithm) == pytest.approx(known[algorithm], abs=1e-10)


@given(SHARES, st.randoms())
def test_formulas_agree_with_scipy(counts: list[int], random: Any) -> None:
    """Jensen-Shannon and KL are there too; PSI is KL in both directions."""
    other = counts[:]
    random.shuffle(other)
    p, q = np.array(counts) / sum(counts), np.array(other) / sum(other)
    assert jensen_shannon(p, q) == pytest.approx(jensenshannon(p, q), abs=1e-7)
    assert kl(p, q) == pytest.approx(stats.entropy(p, q), abs=1e-12)
    assert psi(p, q) == pytest.approx(kl(p, q) + kl(q, p), abs=1e-12)
    assert 0 <= hellinger(p, q) <= 1


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_adjusted_p_values_are_those_of_scipy(p_values: list[float]) -> None:
    """Benjamini and Hochberg, in whatever order they come."""
    expected = stats.false_discovery_control(p_values)
    assert adjusted(p_values) == pytest.approx(list(expected))


@given(st.floats(0, 1))
def test_what_matters_of_a_share_is_a_small_effect(share: float) -> None:
    """0.2 in the angle, in the direction in which less is needed, and within [0, 1]."""
    change = matters_from(share)
    effects = [
        abs(2 * math.asin(math.sqrt(end)) - 2 * math.asin(math.sqrt(share)))
        for end in (share - change, share + change)
        if 0 <= end <= 1
    ]
    assert any(effect == pytest.approx(0.2, abs=1e-6) for effect in effects)


def test_an_empty_side_is_as_far_as_can_be_on_the_platform() -> None:
    """And two columns of one value are the same."""
    none, one, other = (
        dp.profile({"x": np.array(values, dtype=float)})["x"] for values in ([], [1, 1], [1])
    )
    assert platform_distance(one, none) == 1
    assert platform_distance(none, none) is None
    assert platform_distance(one, other) == 0


def test_the_platform_puts_numbers_into_thirty_buckets() -> None:
    """Of one width, over what both cover."""
    one, other = (dp.profile({"x": np.arange(n, dtype=float)})["x"] for n in (301, 151))
    expected = np.full(30, 10 / 301), np.append(np.full(15, 10 / 151), np.zeros(15))
    for shares in expected:
        shares[0] += 1 / len(expected) * 0 + (1 - shares.sum())
    found = platform_distance(one, other)
    assert found == pytest.approx(hellinger(*expected), abs=1e-9)


def test_an_algorithm_that_is_not_there_is_named() -> None:
    """With those that are."""
    column = dp.profile({"x": [1.0]})["x"]
    with pytest.raises(dp.ParameterError, match=r"must be one of .*'psi'.*, got 'ks'"):
        platform_distance(column, column, algorithm="ks")  # type: ignore[arg-type] # on purpose
