"""Suites that are proposed: the history never fails them, and they find what is wrong."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import t

import drypoint as dp
from drypoint.checks import Suite, Verdict, col, rows
from drypoint.checks.files import as_yaml, read_text
from drypoint.checks.suggestions._margin import ENOUGH, OUTSIDE, outward, range_of, student

if TYPE_CHECKING:
    from collections.abc import Callable

EPOCH = dt.datetime(1970, 1, 1)  # noqa: DTZ001 # Hypothesis wants it without a zone
DAY = dt.datetime(2013, 1, 1, tzinfo=dt.UTC)
columns = st.sampled_from(
    [
        st.integers(-5, 5) | st.none(),
        st.integers(-(2**63), 2**63 - 1),
        st.floats() | st.none(),
        st.floats(0, 1),
        st.decimals(places=2, min_value=-99, max_value=99) | st.none(),
        st.sampled_from(["a", "b", "c", "", " "]) | st.none(),
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=9),
        st.datetimes(EPOCH, EPOCH.replace(year=2200)) | st.none(),
        st.dates(),
        st.timedeltas(dt.timedelta(-99), dt.timedelta(99)),
        st.booleans() | st.none(),
        st.binary(max_size=5),
        st.lists(st.integers(0, 3), max_size=3),
        st.none(),
    ]
)


@st.composite
def histories(draw: st.DrawFn) -> list[dp.Profile]:
    """Profiles of windows of random tables, some with columns that others lack."""
    kinds = draw(st.lists(columns, min_size=1, max_size=3))
    made = []
    for window in range(draw(st.integers(1, 7))):
        count = draw(st.integers(1, 60))
        table = {
            f"c{number}": draw(st.lists(kind, min_size=count, max_size=count))
            for number, kind in enumerate(kinds)
            if number == 0 or draw(st.integers(0, 9))
        }
        start = DAY + dt.timedelta(days=window)
        window_of = (start, start + dt.timedelta(days=1))
        made.append(dp.profile(pa.table(table), window=window_of, dataset="random"))
    return made


@given(histories())
@settings(max_examples=100)
def test_the_history_passes_what_is_proposed_from_it(history: list[dp.Profile]) -> None:
    """No check fails or is left open in any profile, and so it stays in a file."""
    suite = dp.suggest(history)
    for one in (suite, read_text(as_yaml(suite))):
        for profile in history:
            assert [found for found in one.run(profile) if found.verdict is not Verdict.PASS] == []
    assert read_text(as_yaml(suite)) == suite
    assert set(suite.notes) == set(suite)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=9), st.floats(0, 1e6), st.booleans())
def test_a_range_holds_what_was_seen(found: list[float], few: float, whole: bool) -> None:
    """Also when its ends are made to read well, and these are near the others."""
    seen = range_of(found, few)
    wide = outward(seen, whole=whole)
    for lower, upper in (seen, wide):
        assert lower <= min(found)
        assert upper >= max(found)
    # An end moves by less than one step, a tenth of the power of ten below the width.
    step = max((seen.upper - seen.lower) / 10, 1.0 if whole else 0.0)
    assert wide.upper - wide.lower <= (seen.upper - seen.lower) + 2 * step * (1 + 1e-9) + 1e-9


LAWS: dict[str, tuple[Callable[[np.random.Generator, int], Any], float]] = {
    "normal": (lambda rng, size: rng.normal(100, 5, size), OUTSIDE),
    "uniform": (lambda rng, size: rng.random(size), OUTSIDE),
    "lognormal": (lambda rng, size: rng.lognormal(0, 0.25, size), 5 * OUTSIDE),
    "exponential": (lambda rng, size: rng.exponential(1, size), 17 * OUTSIDE),
    "Student's, 3 degrees": (lambda rng, size: rng.standard_t(3, size), 15 * OUTSIDE),
    "Cauchy": (lambda rng, size: rng.standard_cauchy(size), 44 * OUTSIDE),
}
"""Of windows, and how often one like the others is outside at most: as the page says."""


@pytest.mark.parametrize("windows", [5, 8, 30])
@pytest.mark.parametrize("law", LAWS)
def test_a_window_like_the_others_is_in_the_range_as_often_as_is_said(
    law: str, windows: int
) -> None:
    """Of normal numbers all but one in a thousand; of 5,000 trials at most what chance allows."""
    random = np.random.default_rng([windows, len(law)])
    draw, expected = LAWS[law]
    trials = draw(random, 5_000 * (windows + 1)).reshape(-1, windows + 1)
    outside = 0
    for *before, now in trials.tolist():
        lower, upper = range_of(before, 0)
        outside += not lower <= now <= upper
    # What was seen widens the range, so that less may be outside; 4 standard deviations of chance.
    assert outside <= len(trials) * expected + 4 * (len(trials) * expected) ** 0.5
    # Of any law what was seen holds the next but in 2 of m + 1 cases.
    assert outside <= len(trials) * 2 / (windows + 1)
    assert outside > 0 or law == "uniform"


def test_margins_are_those_of_students_distribution() -> None:
    """As scipy has it."""
    for windows in range(ENOUGH, 40):
        assert student(windows - 1) == pytest.approx(t.ppf(1 - OUTSIDE / 2, windows - 1))


def month(rng: np.random.Generator, **other: Any) -> dp.Profile:
    """A month of trips, with what is *other* in it."""
    n = 5_000
    table = {
        "id": rng.permutation(10**6)[:n],
        "city": rng.choice(["Kyiv", "Oslo", "Lima"], n),
        "code": rng.choice(np.array([f"{k:03}" for k in range(500)]), n),
        "fare": rng.gamma(4, 4, n),
        "tip": pa.array(rng.gamma(1, 2, n), mask=rng.random(n) < 0.3),
    }
    return dp.profile(pa.table(table | other))


def test_few_good_checks_are_proposed() -> None:
    """Those that a person would have written, each with its reason."""
    rng = np.random.default_rng(1)
    suite = dp.suggest([month(rng) for _ in range(6)], name="trips")
    asked = {(one.column, one.check) for one in suite}
    assert asked == {
        (None, "schema"),
        (None, "rows"),
        ("id", "nulls"),
        ("id", "unique"),
        ("city", "nulls"),
        ("city", "values.within"),
        ("code", "nulls"),
        ("code", "length.min"),
        ("code", "length.max"),
        ("code", "content.ratio"),
        ("fare", "nulls"),
        ("fare", "values.between"),
        ("fare", "mean"),
        ("tip", "nulls.ratio"),
        ("tip", "values.between"),
        ("tip", "mean"),
    }
    assert all(suite.notes[one] for one in suite)


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("nulls", {"fare": pa.nulls(5_000, pa.float64())}),
    ("unique", {"id": np.arange(5_000) // 2}),
    ("values.within", {"city": ["Kyiv", "Paris"] * 2_500}),
    ("length.max", {"code": ["0001"] * 5_000}),
    ("values.between", {"fare": np.full(5_000, 1e4)}),
    ("mean", {"fare": np.random.default_rng(3).gamma(4, 6, 5_000)}),
    ("nulls.ratio", {"tip": pa.array([1.0, None] * 2_500)}),
    ("schema", {"fare": ["12.5"] * 5_000}),
]


@pytest.mark.parametrize(("check", "other"), WRONG)
def test_what_is_wrong_is_found(check: str, other: dict[str, Any]) -> None:
    """And what is as before is not."""
    rng = np.random.default_rng(2)
    suite = dp.suggest([month(rng) for _ in range(12)])
    assert suite.run(month(rng)).failures == []
    assert check in {one.check.check for one in suite.run(month(rng, **other)).failures}


def test_freshness_is_proposed_where_windows_say_when_it_is() -> None:
    """Without a window there is no end to be fresh at."""
    table = pa.table({"at": [DAY + dt.timedelta(hours=hour) for hour in range(21)]})
    window = (DAY, DAY + dt.timedelta(days=1))
    fresh = col("at").freshness() <= "9 h"
    assert fresh in dp.suggest(dp.profile(table, window=window)).checks
    assert "freshness" not in {one.check for one in dp.suggest(dp.profile(table))}


def test_a_column_that_is_not_always_there_is_left_out() -> None:
    """As is a table without rows, which says nothing."""
    both = dp.profile({"a": [1, 2], "b": [1, 2]})
    suite = dp.suggest(
        [both, dp.profile({"a": [1, 2, 3]}), dp.profile({"a": pa.array([], pa.int64())})]
    )
    assert {one.column for one in suite} == {None, "a"}
    assert (rows() >= 1).run(both).verdict == "pass"


def test_of_a_profile_set_all_rows_together_are_taken() -> None:
    """Its segments are, one by one, as a list."""
    apart = dp.profile({"k": ["a", "b", "b"], "x": [1, 2, 3]}, segment_by="k")
    assert apart.overall is not None
    assert dp.suggest(apart) == dp.suggest(apart.overall)
    assert "1 to 2 in 2 profiles" in dp.suggest(list(apart)).notes.values()


@pytest.mark.parametrize("wrong", [None, 5, "a.arrow", [1], {"x": [1]}])
def test_what_is_no_profile_is_refused(wrong: Any) -> None:
    """With the way to make one."""
    with pytest.raises(dp.InputTypeError, match="a suite is proposed from profiles"):
        dp.suggest(wrong)


def test_there_is_nothing_to_propose_from_no_rows() -> None:
    """An empty list, and an empty table."""
    nothing: list[Any] = [[], dp.profile({"x": pa.array([], pa.int64())})]
    for none in nothing:
        with pytest.raises(dp.ParameterError, match="profiles that have rows"):
            dp.suggest(none)


def test_a_suite_is_brought_up_to_date_and_keeps_comments(tmp_path: Any) -> None:
    """What was proposed before and still holds is not touched."""
    file = tmp_path / "a.yaml"
    table = {"x": [1.5, 2.5] * 50}
    dp.suggest(dp.profile(table)).save(file)
    file.write_text(
        "# Mine.\n" + file.read_text().replace("\n  x:\n", "\n  # half and half\n  x:\n")
    )
    dp.suggest([dp.profile(table), dp.profile({"x": [1.5, 9.5] * 60})]).save(file)
    text = file.read_text()
    assert text.startswith("# Mine.\n")
    assert "  # half and half\n  x:\n    - nulls == 0" in text
    assert Suite.load(file) == dp.suggest([dp.profile(table), dp.profile({"x": [1.5, 9.5] * 60})])
