"""Each alert is raised where its threshold is crossed, and nowhere else."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import drypoint as dp
from drypoint.checks import Suite, col
from drypoint.report import ALERTS, charts

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS = 100


def raised(values: Any, **options: Any) -> dict[str, str]:
    """The alerts of a column of these values, by name."""
    column = dp.profile({"x": values}, **options)["x"]
    found = {alert.name: alert.found(column) for alert in ALERTS}
    return {name: text for name, text in found.items() if text is not None}


@st.composite
def mixtures(draw: st.DrawFn, *kinds: Any) -> tuple[int, list[Any]]:
    """A hundred values, and how many are of the first kind; the others are all different."""
    some = draw(st.integers(0, ROWS))
    first, second = kinds
    return some, [first] * some + [second(number) for number in range(ROWS - some)]


@settings(max_examples=40)
@given(mixtures(None, float))
def test_nulls_are_told_from_a_tenth_on(made: tuple[int, list[Any]]) -> None:
    """Where all are null, that is told instead."""
    some, values = made
    found = raised(pa.array(values, pa.float64()))
    assert ("nulls" in found) == (ROWS / 10 <= some < ROWS)
    assert ("all_null" in found) == (some == ROWS)


@settings(max_examples=40)
@given(mixtures(0, lambda number: number + 1))
def test_zeros_are_told_from_a_quarter_on(made: tuple[int, list[Any]]) -> None:
    """Where all are 0, the column is constant."""
    some, values = made
    found = raised(values)
    assert ("zeros" in found) == (ROWS / 4 <= some < ROWS)
    assert ("constant" in found) == (some == ROWS)


@settings(max_examples=40)
@given(mixtures("same", str))
def test_a_column_is_nearly_unique_from_nineteen_in_twenty_on(made: tuple[int, list[Any]]) -> None:
    """So few are counted exactly; the same one over and over is one value."""
    some, values = made
    distinct = ROWS - some + bool(some)
    assert ("unique" in raised(values)) == (distinct >= 0.95 * ROWS)


def test_many_unique_values_are_told_though_they_are_estimated() -> None:
    """The lower bound is what counts; continuous numbers and times are unique by nature."""
    values = np.arange(200_000)
    assert "unique" in raised(values)
    assert "unique" not in raised(values + 0.5)
    assert "unique" not in raised(pa.array(values, pa.timestamp("s")))


@settings(max_examples=40)
@given(mixtures(" ", lambda number: f"w{number % 7}"))
def test_empty_strings_are_told_from_a_tenth_on(made: tuple[int, list[Any]]) -> None:
    """Blank ones with them."""
    some, values = made
    assert ("empty" in raised(values)) == (some >= ROWS / 10)


@settings(max_examples=40)
@given(mixtures("no number", str))
def test_strings_that_are_mostly_numbers_are_of_mixed_kinds(made: tuple[int, list[Any]]) -> None:
    """Where half of them or more are, and not all."""
    some, values = made
    assert ("mixed_kinds" in raised(values)) == (0 < some <= ROWS / 2)


@pytest.mark.parametrize(
    ("values", "name", "text"),
    [
        (["NA", "NA", "N123"], "null_words", "'NA' ×2"),
        ([1.0, float("nan"), float("inf")], "not_finite", "NaN ×1, +inf ×1"),
        ([7] * 3 + [None], "constant", "one value in 3, and 25.0 % nulls"),
        ([0.0] * 99 + [1000.0], "skewed", "skewness 9.85"),
    ],
)
def test_what_was_found_is_said(values: list[Any], name: str, text: str) -> None:
    """In few words."""
    assert raised(values)[name] == text


@pytest.mark.parametrize("draw", [np.random.Generator.normal, np.random.Generator.uniform])
def test_what_is_symmetric_is_not_skewed(draw: Callable[..., Any]) -> None:
    """Nor is an exponential beyond 2 in theory, which is at 2 itself."""
    assert "skewed" not in raised(draw(np.random.default_rng(1), size=1000))


def test_times_after_the_clock_are_in_the_future() -> None:
    """Where the profile was given one."""
    clock = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    values = [clock + dt.timedelta(days=days) for days in (-1, 1, 2)]
    parameters = dp.Parameters(clock=clock)
    assert raised(values, parameters=parameters)["future"] == "2 times"
    assert "future" not in raised(values)


def test_rows_without_the_column_and_other_types_are_told() -> None:
    """Of profiles that were merged."""
    first, second = dp.profile({"x": [1, 2], "y": [1, 2]}), dp.profile({"x": ["a"]})
    merged = first | second
    found = {alert.name: alert.found(merged["x"]) for alert in ALERTS}
    assert found["mixed_types"] == "int64 ×2, string ×1"
    assert next(one for one in ALERTS if one.name == "missing").found(merged["y"]) == "1 row"


def test_nothing_is_told_of_an_ordinary_column() -> None:
    """Nor of one without rows."""
    assert raised(np.random.default_rng(1).normal(size=500)) == {}
    assert raised(pa.array([], pa.string())) == {}


def test_all_alerts_of_a_report_lead_to_columns(profile: dp.Profile, reference: dp.Profile) -> None:
    """Each is of the column that raised it; drift and checks are among them, errors come first."""
    suite = Suite([col("age").max() < 0, col("children").min() >= 0])
    made = dp.report(profile, reference, checks=suite)
    alerts = {one["name"]: one for one in made.facts["alerts"]}
    names = [*profile.columns]
    where = {name: [names[place] for place, _ in one["found"]] for name, one in alerts.items()}
    assert where == {
        "failed": ["age"],
        "drifted": ["age"],
        "all_null": ["note"],
        "unique": ["id"],
    }
    assert [one["level"] for one in made.facts["alerts"]] == ["error"] * 3 + ["info"]
    marks = [one["alerts"] for one in made.facts["overview"]["columns"]]
    assert [names[place] for place, of in enumerate(marks) if of] == ["id", "age", "note"]


def test_distances_read_the_same_in_alerts_tables_and_charts(
    profile: dp.Profile, reference: dp.Profile
) -> None:
    """Whoever looks for the one finds the other."""
    table, made = dp.drift(profile, reference), dp.report(profile, reference)
    (found,) = [one["found"] for one in made.facts["alerts"] if one["name"] == "drifted"]
    (row,) = table.drifted
    said = re.fullmatch(r"ks (\S+), limit (\S+)", found[0][1])
    assert said
    for text in said.groups():
        assert text in repr(table)
    assert said[1] in [cell for one in made.facts["overview"]["columns"] for cell in texts(one)]
    drawing = charts.drift(table)
    assert drawing is not None
    assert f"{row.column} · ks {said[1]} (drift)" in drawing.description


def texts(row: dict[str, Any]) -> list[str]:
    """What is written in the cells of a row of the overview."""
    return ["".join(cell) for cell in row["cells"]]


def test_the_page_of_documentation_has_every_alert() -> None:
    """With its threshold, word for word."""
    text = (Path(__file__).parents[2] / "docs" / "report.md").read_text(encoding="utf-8")
    rows = [f"| {one.title} | {one.meaning}" for one in ALERTS]
    assert [row for row in rows if row not in text] == []
    assert [one.level for one in ALERTS] == sorted(
        (one.level for one in ALERTS), key=["error", "warn", "info"].index
    )
