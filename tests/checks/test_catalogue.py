"""Every check of the catalogue, asked of columns of every kind, of none, and of nothing."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING, Any

import pytest
from tests.checks.conftest import check_of, profile_of
from tests.counting import Counting

import drypoint as dp
from drypoint.checks import CHECKS, Check, Limit, Verdict, col

if TYPE_CHECKING:
    from collections.abc import Iterator

    from drypoint.checks import CheckResult, Entry

# What is certain of a column without values: there are none of this.
COUNTS_OF_NOTHING = {
    "count", "distinct", "duplicates", "zeros", "negatives", "nans", "infinities", "trues", "empty",
    "blank", "content", "future", "sum",
}  # fmt: skip
VACUOUS = {
    "unique", "values.within", "values.exclude", "values.between", "values.top_within",
    "values.in_reference",
}  # fmt: skip
"""Judgements on all values, which hold of no values."""
OF_NO_VALUES = {"nulls", "missing", "type", "exists", "completeness", "stable", "drift"}


def is_number(found: CheckResult) -> bool:
    """Whether what was observed is something to compare, and not NaN."""
    observed = found.observed.value if isinstance(found.observed, dp.Estimate) else found.observed
    return observed is not None and not (isinstance(observed, float) and math.isnan(observed))


def each_column(entry: Entry, profile: dp.Profile) -> Iterator[str]:
    """The columns that it is asked of."""
    yield from ["int"] if entry.of == "table" else profile.columns


def test_every_check_answers_of_every_kind_of_column(entry: Entry, whole: dp.Profile) -> None:
    """With a verdict and a sentence; where it passes or fails by a number, there is the number."""
    verdicts = []
    for column in each_column(entry, whole):
        found = check_of(entry, column).run(whole, whole)
        verdicts.append(found.verdict)
        assert found.reason
        assert "None" not in found.reason
        assert "nan " not in found.reason
        if found.verdict is Verdict.PASS and entry.takes_limit:
            assert is_number(found), (entry.name, column)
    assert verdicts


def test_every_check_is_answered_by_some_column(entry: Entry, whole: dp.Profile) -> None:
    """So that the others are not told that there is no such fact by mistake."""
    if entry.name.startswith("metric"):
        return  # which is of the user's own, and tested by itself
    decided = [
        found
        for column in each_column(entry, whole)
        if (found := check_of(entry, column).run(whole, profile_of(27))).verdict
        is not Verdict.UNDECIDED
        and (found.observed is not None or not entry.takes_limit)
    ]
    assert decided


def test_a_column_that_is_not_there_fails_by_name(entry: Entry, whole: dp.Profile) -> None:
    """With the name that may have been meant."""
    if entry.of == "table":
        return
    found = check_of(entry, "strin").run(whole, whole)
    assert found.verdict is Verdict.FAIL
    assert found.reason == "column 'strin' not found; did you mean 'string'?"


def test_without_values_nothing_passes_but_what_is_certain_of_nothing(
    entry: Entry, empty: dp.Profile, whole: dp.Profile
) -> None:
    """Neither of a column without rows nor of one of nulls: no sum, mean or share is made up."""
    if entry.of == "table":
        return
    base = entry.name.split(".")[0]
    for profile, column in [(empty, name) for name in empty.columns] + [(whole, "all null")]:
        found = check_of(entry, column).run(profile, profile)
        certain = entry.name in COUNTS_OF_NOTHING | VACUOUS or base in OF_NO_VALUES
        changed = base in COUNTS_OF_NOTHING and entry.needs_reference
        if not certain and not changed:
            assert found.verdict is not Verdict.PASS, (entry.name, column, found.reason)


def test_what_was_not_measured_is_undecided_or_known_without_it(
    entry: Entry, bare: dp.Profile
) -> None:
    """A profile of counts alone never fails for what it does not know, and never passes for it."""
    counts = {"nulls", "missing", "count", "completeness", "exists", "type"}
    counts |= {"drift", "stable"}  # which compare nulls then
    if entry.of == "table" or entry.name.split(".")[0] in counts:
        return
    kind = {"string": "string", "temporal": "at", "boolean": "bool", "list": "list"}
    column = next(
        (kind[one] for one in entry.kinds if one in kind and "number" not in entry.kinds), "int"
    )
    found = check_of(entry, column).run(bare, bare)
    known = {"nans", "infinities"}  # of integers, which have none
    if entry.name.split(".")[0] not in known:
        assert found.verdict is Verdict.UNDECIDED, found.reason


def test_without_a_reference_nothing_is_compared(entry: Entry, whole: dp.Profile) -> None:
    """It is undecided, and says what is missing."""
    if entry.needs_reference:
        found = check_of(entry, "int").run(whole)
        assert found.verdict is Verdict.UNDECIDED
        assert found.reason == "there is no reference to compare with; give one: reference="


def test_a_column_of_several_types_is_not_judged_by_one_of_them() -> None:
    """The facts of values are of a part alone."""
    mixed = dp.merge([dp.profile({"x": [1, 2, 3]}), dp.profile({"x": ["1", None]})])
    for asked in (col("x").min() > 0, col("x").values().within({1, 2, 3}), col("x").unique()):
        found = asked.run(mixed)
        assert found.verdict is Verdict.UNDECIDED
        assert "holds values of several types (3 int64, 1 string)" in found.reason
    assert (col("x").nulls() == 1).run(mixed).verdict is Verdict.PASS
    assert col("x").type("integer").run(mixed).reason == "column 'x' is string, not integer"


ROWS: dict[str, list[Any]] = {
    "n": [4, 2, 0, 4, None, -1],
    "f": [0.5, 2.5, float("nan"), None, float("inf"), 2.5],
    "s": ["a", "", " ", None, "abc", "2013-01-31"],
    "b": [True, False, True, None, True, False],
}
TRUTH: dict[str, tuple[str, dict[str, Any], float]] = {
    "nulls": ("n", {}, 1),
    "nulls.ratio": ("n", {}, 1 / 6),
    "completeness": ("n", {}, 5 / 6),
    "count": ("n", {}, 5),
    "missing": ("n", {}, 0),
    "distinct": ("n", {}, 4),
    "distinct.ratio": ("n", {}, 4 / 5),
    "duplicates": ("n", {}, 1),
    "min": ("n", {}, -1),
    "max": ("n", {}, 4),
    "range": ("n", {}, 5),
    "mean": ("n", {}, 9 / 5),
    "std": ("n", {}, math.sqrt(((2.2**2) * 2 + 0.2**2 + 1.8**2 + 2.8**2) / 4)),
    "sum": ("n", {}, 9),
    "quantile": ("n", {"q": 0.5}, 2),
    "zeros": ("n", {}, 1),
    "negatives": ("n", {}, 1),
    "nans": ("f", {}, 1),
    "infinities": ("f", {}, 1),
    "trues": ("b", {}, 3),
    "empty": ("s", {}, 1),
    "blank": ("s", {}, 1),
    "length.min": ("s", {}, 0),
    "length.max": ("s", {}, 10),
    "length.mean": ("s", {}, 15 / 5),
    "length.quantile": ("s", {"q": 0.5}, 1),
    "content": ("s", {"kind": "date"}, 1),
    "content.ratio": ("s", {"kind": "date"}, 1 / 5),
}


@pytest.mark.parametrize("name", sorted(TRUTH))
def test_a_quantity_is_what_python_counts(name: str) -> None:
    """It equals that, and is neither a little less nor a little more."""
    column, arguments, truth = TRUTH[name]
    profile = dp.profile(ROWS)

    def verdict(operator: str, bound: float) -> Verdict:
        """What the check says of a limit."""
        return Check(name, column, arguments, Limit(operator, bound)).run(profile).verdict

    near = 1e-12 * max(1.0, abs(truth))
    assert verdict(">=", truth - near) is Verdict.PASS
    assert verdict("<=", truth + near) is Verdict.PASS
    assert verdict("<", truth - near) is Verdict.FAIL
    assert verdict(">", truth + near) is Verdict.FAIL


def test_every_count_and_quantity_of_a_column_has_its_truth() -> None:
    """Or is tested by itself."""
    elsewhere = {"freshness", "future", "drift", "metric"}
    base = {
        name
        for name, entry in CHECKS.items()
        if entry.takes_limit and entry.base is None and entry.of == "column"
    }
    assert base - elsewhere <= TRUTH.keys()


def test_rows_without_the_column_have_no_value() -> None:
    """Of merged profiles: one half never had it."""
    both = dp.profile({"a": [1, 2]}) | dp.profile({"b": [3, None]})
    assert (col("b").missing() == 2).run(both).verdict is Verdict.PASS
    assert (col("b").completeness() == 0.25).run(both).verdict is Verdict.PASS
    assert (col("b").nulls().ratio() == 0.5).run(both).verdict is Verdict.PASS


def test_freshness_and_the_future_are_measured_from_the_end_of_the_window() -> None:
    """So that last year's data is judged as it was then; without a window from now."""
    end = dt.datetime(2013, 1, 3, tzinfo=dt.UTC)
    times = {"at": [end - dt.timedelta(hours=30), end - dt.timedelta(hours=20)]}
    old = dp.profile(times, window=(end - dt.timedelta(days=2), end))
    assert (col("at").freshness() == "20 h").run(old).verdict is Verdict.PASS
    assert (col("at").freshness() < dt.timedelta(hours=20)).run(old).verdict is Verdict.FAIL
    assert (col("at").future() == 0).run(old).verdict is Verdict.PASS
    early = dp.profile(times, window=(end - dt.timedelta(days=2), end - dt.timedelta(days=1)))
    assert (col("at").future() == 1).run(early).verdict is Verdict.PASS
    assert (col("at").freshness() < "0 h").run(early).verdict is Verdict.PASS
    assert (col("at").freshness() > "1000 days").run(dp.profile(times)).verdict is Verdict.PASS
    coming = dp.profile({"at": [dt.datetime.now(dt.UTC) + dt.timedelta(days=1)]})
    assert (col("at").future() == 0).run(coming).verdict is Verdict.FAIL


def test_changes_are_those_of_the_quantity() -> None:
    """Relative, absolute, and in standard deviations of the reference."""
    before, now = dp.profile({"x": [1.0, 2.0, 3.0]}), dp.profile({"x": [2.0, 3.0, 5.5]})
    x = col("x")
    for asked in (
        x.mean().change() == 0.75,
        x.mean().difference() == 1.5,
        x.mean().sigmas() == 1.5,
        x.count().change() == 0,
        x.nulls().ratio().difference() == 0,
    ):
        assert asked.run(now, before).verdict is Verdict.PASS, asked
    zero = dp.profile({"x": [0.0, 0.0]})
    found = (x.mean().change() < 1).run(now, zero)
    assert found.reason == "the reference is 0, so there is no relative change"
    assert (x.mean().change() == 0).run(zero, zero).verdict is Verdict.PASS
    assert "they have no spread" in (x.mean().sigmas() < 1).run(now, zero).reason


def test_conditions_tell_the_rows_that_failed_and_what_is_not_known() -> None:
    """And one that could not be computed fails, whatever it counted."""
    import pyarrow.compute as pc

    from drypoint.checks import rows

    asked = [dp.condition("small", pc.field("x") < 3)]
    profile = dp.profile({"x": [1, 5, None, 2]}, conditions=asked)
    found = (rows().failing("small") == 0).run(profile)
    assert (found.verdict, found.failed_rows) == (Verdict.FAIL, (1,))
    assert found.reason.endswith("is 1, not 0 (1 unknown)")
    assert (rows().meeting("small").ratio() == 2 / 3).run(profile).verdict is Verdict.PASS
    assert (rows().unknown("small") == 1).run(profile).verdict is Verdict.PASS
    assert "did you mean 'small'" in (rows().failing("smal") == 0).run(profile).reason
    broken = dp.condition("broken", lambda batch: [int(x) for x in ["a"] * len(batch)])
    with pytest.warns(dp.DrypointWarning):
        profile = dp.profile({"x": [1]}, conditions=[broken])
    found = (rows().failing("broken") == 0).run(profile)
    assert found.verdict is Verdict.FAIL
    assert "could not be computed for 1 rows" in found.reason


def test_columns_are_compared_with_those_of_the_reference() -> None:
    """New ones, missing ones, and those of another type, by name."""
    from drypoint.checks import columns

    before = dp.profile({"a": [1], "b": ["x"], "c": [None]})
    now = dp.profile({"a": [1.5], "c": ["y"], "d": [[1]]})
    results = {
        name: (getattr(columns(), name)() == 0).run(now, before)
        for name in ("new", "missing", "retyped")
    }
    assert [found.observed for found in results.values()] == [1, 1, 1]
    assert results["new"].reason.endswith("('d')")
    assert results["missing"].reason.endswith("('b')")
    assert results["retyped"].reason.endswith("('a' was int64, is float64)")


def test_a_schema_tells_all_that_is_wrong_at_once() -> None:
    """Absent columns, types, order, and those that were not asked for."""
    from drypoint.checks import schema

    profile = dp.profile({"a": [1], "b": ["x"], "c": [True]})
    assert schema({"a": "integer", "b": ["string", "null"]}).run(profile).verdict is Verdict.PASS
    assert (
        schema({"a": "number", "b": None, "c": "bool"}, ordered=True, exact=True)
        .run(profile)
        .verdict
        is Verdict.PASS
    )
    found = schema({"b": "number", "a": None, "z": None}, ordered=True, exact=True).run(profile)
    assert found.reason == (
        "column 'b' is string, not number; column 'z' not found; there are 'a', 'b', 'c'; "
        "columns come as 'a', 'b', not 'b', 'a'; there are other columns: 'c'"
    )


def test_a_metric_of_ones_own_is_checked() -> None:
    """By its name, whatever it measures, if that is a number."""

    class Own(Counting):
        """Counts values twice."""

        name = "twice"

        def update(self, values: Any) -> None:
            """Counts."""
            self.count += 2 * len(values)

    profile = dp.profile({"x": [1, 2, 3]}, metrics=[Own])
    assert (col("x").metric("twice") == 6).run(profile).verdict is Verdict.PASS
    found = (col("x").metric("twise") == 6).run(profile)
    assert found.verdict is Verdict.UNDECIDED
    assert found.reason == "column 'x' has no metric 'twise'; did you mean 'twice'?"
