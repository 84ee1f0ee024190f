"""How large pages are, whatever the columns hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pytest

import drypoint as dp

if TYPE_CHECKING:
    from collections.abc import Callable

MB = 1_000_000
ROWS = 3_000


def mixed(columns: int) -> dp.Profile:
    """Numbers, integers, strings and times, all different."""
    random = np.random.default_rng(7)
    kinds: list[Callable[[], Any]] = [
        lambda: random.lognormal(size=ROWS),
        lambda: random.integers(0, 10**6, ROWS),
        lambda: np.array([f"value {n} of a column" for n in random.integers(0, 99, ROWS)]),
        lambda: random.integers(0, 2 * 10**9, ROWS).astype("datetime64[s]"),
    ]
    made = {f"a column called {n}": kinds[n % len(kinds)]() for n in range(columns)}
    return dp.profile(pa.table(made), dataset=f"{columns} columns")


@pytest.mark.parametrize(
    ("columns", "most"), [(1, 1), (100, 3), pytest.param(2_000, 10, marks=pytest.mark.slow)]
)
def test_a_page_is_small(columns: int, most: int) -> None:
    """Scripts and all, beside a reference."""
    profile = mixed(columns)
    made = dp.report(profile, profile, drift=False)
    assert len(made.html.encode()) < most * MB
    assert len(made.details) == columns


def test_a_profile_without_rows_or_columns_is_a_page_too() -> None:
    """Nothing stands out in it."""
    for empty in (dp.profile(pa.table({"x": pa.array([], pa.int64())})), dp.profile(pa.table({}))):
        made = dp.report(empty, empty)
        assert made.facts["alerts"] == []
        assert made.html.startswith("<!doctype html>")
