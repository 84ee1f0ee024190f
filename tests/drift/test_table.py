"""The table of a run: verdicts over many columns, segments and windows, and what it becomes."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import drypoint as dp
import drypoint.drift as module
from drypoint.drift import DriftTable, compare


def profiles(columns: int, rows: int, seed: int) -> dp.Profile:
    """A table of numbers of one distribution."""
    rng = np.random.default_rng(seed)
    parameters = dp.Parameters(metrics=["quantiles"])
    data = {f"c{number}": rng.normal(size=rows) for number in range(columns)}
    return dp.profile(data, parameters=parameters)


def moved(rows: int = 2_000, by: float = 0.5) -> dp.Profile:
    """A column that has moved, one that has not, and a kind."""
    rng = np.random.default_rng(3)
    kinds = rng.choice(["a", "b"], rows).tolist()
    return dp.profile({"x": rng.normal(by, 1, rows), "y": rng.normal(size=rows), "kind": kinds})


def test_a_thousand_unchanged_columns_do_not_drift() -> None:
    """Less than one is to be expected, even without the limits of what matters."""
    one, other = profiles(1_000, 2_000, 1), profiles(1_000, 2_000, 2)
    table = dp.drift(one, other, limits={"ks": 0})
    assert len(table) == 1_000
    assert len(table.drifted) == 0


def test_p_values_are_adjusted_over_the_whole_run() -> None:
    """As scipy does."""
    table = dp.drift(profiles(50, 500, 3), profiles(50, 500, 4))
    alone = [row.p_value for row in table]
    together = [row.adjusted_p_value for row in table]
    assert together == pytest.approx(list(stats.false_discovery_control(alone)))


def test_a_column_is_compared_as_it_is_alone() -> None:
    """Only the correction differs."""
    one, other = moved(), moved(by=0)
    for row in dp.drift(one, other):
        alone = compare(one[row.column], other[row.column], measure=row.measure)
        assert (alone.distance, alone.p_value) == (row.distance, row.p_value)


def test_drifted_rows_are_a_table_of_their_own() -> None:
    """And stand first where all are shown."""
    table = dp.drift(moved(), moved(by=0))
    assert [row.column for row in table.drifted] == ["x"]
    assert isinstance(table[1:], DriftTable)
    lines = repr(table).splitlines()
    assert lines[0] == "1 of 3 comparisons drifted, at α = 0.05"
    assert lines[4].startswith("x ")
    assert "<td" in table._repr_html_()


def test_an_empty_table_is_shown() -> None:
    """There is nothing in it, and that is said."""
    none = dp.drift(dp.profile({}), dp.profile({}))
    assert repr(none) == "0 of 0 comparisons drifted, at α = 0.05"
    assert "0 of 0" in none._repr_html_()
    assert none.to_arrow().num_rows == 0


@pytest.mark.parametrize("width", [40, 80, 120, 200])
def test_the_table_fits_where_it_can(width: int, monkeypatch: Any) -> None:
    """Names are cut, numbers never; what is left goes to the reason."""
    monkeypatch.setenv("COLUMNS", str(width))
    lines = repr(dp.drift(moved(), moved(by=0))).splitlines()
    assert all(len(line) <= max(width, 76) for line in lines)


def test_names_do_not_command_a_terminal() -> None:
    """Nor a page."""
    evil = "\x1b[31m<b>"
    one = dp.profile({evil: [1.0, 2.0]})
    table = dp.drift(one, one)
    assert "\x1b" not in repr(table)
    assert "<b>" not in table._repr_html_()


def test_all_forms_hold_the_same() -> None:
    """Plain values, Arrow, pandas and polars."""
    table = dp.drift(moved(), moved(by=0))
    plain = json.loads(json.dumps(table.to_dict()))
    arrow, polars = table.to_arrow(), table.to_polars()
    frame = table.to_pandas()
    assert isinstance(frame, pd.DataFrame)
    for number, row in enumerate(table):
        assert row.distance is not None
        assert plain["columns"][number]["distance"]["value"] == row.distance.value
        assert arrow["distance"][number].as_py() == row.distance.value
        assert frame["p_value"][number] == row.p_value
        assert polars["verdict"][number] == row.verdict


def segmented(by: float) -> dp.ProfileSet:
    """Two segments, one of which has moved."""
    rng = np.random.default_rng(5)
    x = np.concatenate([rng.normal(by, 1, 2_000), rng.normal(size=2_000)])
    made = dp.profile({"s": ["old"] * 2_000 + ["new"] * 2_000, "x": x}, segment_by=["s"])
    assert isinstance(made, dp.ProfileSet)
    return made


def test_segments_are_compared_each_with_its_own() -> None:
    """All in one correction."""
    table = dp.drift(segmented(0.5), segmented(0), columns=["x"])
    found = {row.segment["s"]: row.verdict for row in table}
    assert found == {"old": "drift", "new": "none"}
    assert "segment" in repr(table)
    assert table.to_pandas()["segment.s"].tolist() == ["old", "new"]
    assert table.to_arrow()["segment"][0].as_py() == [("s", "old")]


def test_a_segment_that_one_side_lacks_is_named() -> None:
    """It may be chance that it has no rows."""
    whole = segmented(0)
    part = dp.ProfileSet(whole.keys, whole.profiles[:1])
    missing = [row for row in dp.drift(part, whole, columns=["x"]) if row.segment["s"] == "new"]
    assert [row.verdict for row in missing] == ["undecided"]
    assert missing[0].reason == "the segment is not in the current profiles"


def test_windows_are_merged_into_a_baseline() -> None:
    """As if they were one profile."""
    windows = [profiles(2, 500, seed) for seed in range(4)]
    current = profiles(2, 500, 9)
    assert dp.drift(current, windows) == dp.drift(current, dp.merge(windows))


def test_what_the_reference_does_of_its_own_is_no_drift() -> None:
    """Windows that wander by half a deviation make a wobble that the current one is within."""
    windows = [moved(by=by) for by in (-0.5, 0.5, -0.4, 0.4)]
    current = moved(by=0.45)
    alone = dp.drift(current, windows, columns=["x"], measures="mean")
    usual = dp.drift(current, windows, columns=["x"], measures="mean", baseline="leave_one_out")
    assert [row.verdict for row in alone] == ["drift"]
    assert [row.verdict for row in usual] == ["none"]
    assert "usual wobble" in usual[0].reason
    assert "wobble" in repr(usual)


def test_measures_and_limits_are_chosen_by_name() -> None:
    """For all, or column by column."""
    one, other = moved(), moved(by=0)
    both = dp.drift(one, other, columns=["x"], measures=["ks", "psi"])
    assert [row.measure for row in both] == ["ks", "psi"]
    some = dp.drift(one, other, measures={"x": "wasserstein"})
    assert [row.measure for row in some] == ["wasserstein", "ks", "chi_square"]
    assert len(dp.drift(one, other, limits={"ks": 0.9}).drifted) == 0


def test_the_module_is_called_as_the_function() -> None:
    """`dp.drift` is both, and whatever is imported from it is there."""
    assert dp.drift is module
    assert list(inspect.signature(dp.drift).parameters)[:3] == ["current", "reference", "alpha"]
    assert inspect.getdoc(dp.drift)
    assert module.compare is compare
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        module.nothing  # noqa: B018 # on purpose


@pytest.mark.parametrize(
    "code",
    [
        "import drypoint.drift as d; d.compare; d.MEASURES; d(a, a)",
        "from drypoint.drift import compare, drift, MEASURES; drift(a, a)",
        "from drypoint import drift; drift(a, a); drift.drift(a, a)",
        "import drypoint.drift; drypoint.drift(a, a); drypoint.drift.compare",
    ],
)
def test_every_way_to_import_it_works(code: str) -> None:
    """In an interpreter of its own."""
    before = "import drypoint as dp; a = dp.profile({'x': [1]}); "
    subprocess.run([sys.executable, "-c", before + code], check=True)
