"""Traces: figures worked out by hand, intervals, what is refused, and how they are shown."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pyarrow.compute as pc
import pytest
from scipy import stats

import drypoint as dp
from drypoint.tracing._shown import as_text


def side(**segments: list[float | None]) -> dp.ProfileSet:
    """Segments by the values of their key, each with numbers."""
    rows = [{"key": key, "x": x} for key, numbers in segments.items() for x in numbers]
    made: dp.ProfileSet = dp.profile(rows, segment_by="key")
    return made


def by_key(found: dp.Trace) -> dict[Any, dp.Contribution]:
    """Rows by the value of their key."""
    return {one.segment and one.segment["key"]: one for one in found}


def test_the_effects_are_those_of_kitagawa() -> None:
    """Worked out by hand: a from 10 to 12 and from 3/4 to 1/2 of the rows, b stays 30."""
    before = side(a=[10.0] * 3, b=[30.0])
    after = side(a=[12.0], b=[30.0])
    found = dp.trace(after, before, "mean", column="x")
    assert (found.value, found.reference_value) == (21, 15)
    a, b = by_key(found)["a"], by_key(found)["b"]
    average = (21 + 15) / 2
    assert a.rate_effect == pytest.approx((12 - 10) * (3 / 4 + 1 / 2) / 2)
    assert a.mix_effect == pytest.approx((1 / 2 - 3 / 4) * ((10 + 12) / 2 - average))
    assert b.rate_effect == 0
    assert b.mix_effect == pytest.approx((1 / 2 - 1 / 4) * (30 - average))
    assert (a.size, a.reference_size, a.share, a.reference_share) == (1, 3, 0.5, 0.75)


def test_new_and_gone_segments_are_mix_alone() -> None:
    """They have no other figure that theirs could have come from."""
    found = by_key(
        dp.trace(side(a=[1.0], new=[5.0]), side(a=[1.0], gone=[3.0]), "mean", column="x")
    )
    assert {name: one.presence for name, one in found.items()} == {
        "a": "both",
        "new": "new",
        "gone": "gone",
    }
    assert [found[name].rate_effect for name in ("new", "gone")] == [0, 0]
    average = (3 + 2) / 2
    assert found["new"].mix_effect == pytest.approx(0.5 * (5 - average))
    assert found["gone"].mix_effect == pytest.approx(-0.5 * (3 - average))
    assert [found["new"].reference_value, found["gone"].value] == [None, None]
    assert [found["new"].change, found["gone"].change] == [None, None]


def test_a_segment_of_nulls_has_nothing_to_measure() -> None:
    """It is told as such, and moves nothing."""
    found = by_key(dp.trace(side(a=[1.0], b=[None]), side(a=[2.0], b=[None]), "mean", column="x"))
    assert (found["b"].presence, found["b"].contribution, found["b"].value) == ("none", 0, None)


def test_changes_of_means_are_within_students_limits() -> None:
    """Each mean has them, and Newcombe's method puts the two together."""
    random = np.random.default_rng(0)
    one, other = random.normal(5, 2, 40), random.normal(4, 1, 30)
    found = dp.trace(side(a=[*one]), side(a=[*other]), "mean", column="x", confidence=0.9)
    apart = [
        stats.t.interval(0.9, len(x) - 1, x.mean(), stats.sem(x))[1] - x.mean()
        for x in (one, other)
    ]
    change = found[0].change
    assert change is not None
    assert change.upper - change.value == pytest.approx(np.hypot(*apart))
    assert change.value - change.lower == pytest.approx(np.hypot(*apart))
    assert change.confidence == found.confidence == 0.9
    assert found.change is not None
    assert found.change.bounds == pytest.approx(change.bounds)


def test_the_change_of_the_whole_varies_as_all_rows_do() -> None:
    """The squares of segments and those between them are the squares of all."""
    random = np.random.default_rng(1)
    after, before = random.normal(5, 2, (2, 50)), random.normal(3, 1, (2, 50))
    after[1] += 100
    apart = [
        stats.t.interval(0.95, 99, x.mean(), stats.sem(x.ravel()))[1] - x.mean()
        for x in (after, before)
    ]
    found = dp.trace(
        side(a=[*after[0]], b=[*after[1]]), side(a=[*before[0]], b=[*before[1]]), "mean", column="x"
    )
    assert found.change is not None
    assert found.change.upper - found.change.value == pytest.approx(np.hypot(*apart))


def test_what_sketches_leave_open_is_in_the_bounds() -> None:
    """A value among too many to be counted exactly: the interval holds that of the true count."""
    random = np.random.default_rng(2)
    values = np.where(random.random(50_000) < 0.1, 7, random.integers(0, 10**6, 50_000))
    table = {"key": ["a"] * 50_000, "x": values}
    made = dp.profile(table, segment_by="key", parameters=dp.Parameters(lg_max_map_size=5))
    assert made["a"]["x"].items is not None
    assert made["a"]["x"].items.max_error > 0
    change = dp.trace(made, made, "share", column="x", value=7)[0].change
    exact = dp.profile({"key": table["key"], "x": values == 7}, segment_by="key")
    sure = dp.trace(exact, exact, "share", column="x", value=True)[0].change
    assert change is not None
    assert sure is not None
    assert change.lower < sure.lower < 0 < sure.upper < change.upper


def test_conditions_are_traced() -> None:
    """Rows of which it is unknown are in no share."""
    rows = {"key": ["a", "a", "b", "b"], "x": [1, 2, 3, None]}
    high = dp.condition("high", pc.field("x") > 1)
    made = dp.profile(rows, segment_by="key", conditions=[high])
    found = dp.trace(made, made, "condition_ratio", column="high")
    assert found.value == pytest.approx(2 / 3)
    assert {key: one.size for key, one in by_key(found).items()} == {"a": 2, "b": 1}


@pytest.mark.parametrize(
    ("metric", "value"),
    [("null_ratio", 1 / 5), ("nan_ratio", 1 / 4), ("zero_ratio", 1 / 4), ("negative_ratio", 1 / 4)],
)
def test_shares_of_a_column_are_traced(metric: str, value: float) -> None:
    """Of nulls over the rows, of all else over the values."""
    made = side(a=[None, float("nan"), 0.0], b=[-1.0, 5.0])
    assert dp.trace(made, made, metric, column="x").value == value


@pytest.mark.parametrize(
    ("metric", "options", "message"),
    [
        ("median", {"column": "x"}, "'median' cannot be traced: it is a rank"),
        ("distinct", {"column": "x"}, "'distinct' cannot be traced: segments may share"),
        ("rmse", {}, "trace 'mse'"),
        ("auroc", {}, "cannot be traced"),
        ("meen", {"column": "x"}, "no metric 'meen' to trace; did you mean 'mean'"),
        ("mean", {}, "'mean' needs column="),
        ("mean", {"column": "y"}, "column 'y' not found; there are 'key', 'x'"),
        ("mean", {"column": "key"}, "no segment holds the mean of 'key': 'key' holds string"),
        ("mean", {"column": "x", "value": 3}, "'mean' takes no value=, got 3"),
        ("mean", {"column": "x", "task": "t"}, "'mean' takes no task=, got 't'"),
        ("share", {"column": "x"}, "'share' needs value="),
        ("condition_ratio", {"column": "y"}, "condition 'y' not found"),
        ("mean", {"column": "x", "confidence": 1}, "confidence must be between 0 and 1, got 1"),
    ],
)
def test_what_cannot_be_traced_is_refused_by_name(
    metric: str, options: dict[str, Any], message: str
) -> None:
    """With the way out."""
    made = side(a=[1.0], b=[2.0])
    with pytest.raises(dp.ParameterError, match=message.replace("(", "\\(")):
        dp.trace(made, made, metric, **options)


def test_sides_are_sets_by_the_same_keys() -> None:
    """And each has something to measure."""
    made = side(a=[1.0])
    with pytest.raises(dp.InputTypeError, match="between profile sets, got a Profile"):
        dp.trace(made, made["a"], "mean", column="x")  # type: ignore[arg-type]
    other = dp.profile({"other": ["a"], "x": [1.0]}, segment_by="other")
    with pytest.raises(dp.ParameterError, match=r"by \('key',\) and by \('other',\)"):
        dp.trace(made, other, "mean", column="x")
    with pytest.raises(dp.ParameterError, match="the reference segments have nothing"):
        dp.trace(made, side(a=[None]), "mean", column="x")


def test_sums_beyond_a_double_are_refused() -> None:
    """Rather than told as a NaN: in one segment, or in all of them together."""
    for made in (side(a=[1.7e308, 1.7e308]), side(a=[1.7e308], b=[1.7e308])):
        with pytest.raises(dp.ParameterError, match="add up to no finite mean of 'x'"):
            dp.trace(made, made, "mean", column="x")


def test_numbers_that_vary_beyond_a_double_have_no_bounds() -> None:
    """Their squares are no finite number, their means are."""
    made = side(a=[1e200, -1e200, 1.0])
    found = dp.trace(made, made, "mean", column="x")
    assert (found.contribution, found.change, found[0].change) == (0, None, None)


def example() -> dp.Trace:
    """One of each kind."""
    return dp.trace(
        side(a=[10.0, 11.0], b=[30.0, 33.0], new=[3.0]),
        side(a=[10.0, 12.0], b=[20.0, 21.0], gone=[4.0]),
        "mean",
        column="x",
    )


def test_a_trace_is_a_table_in_every_form() -> None:
    """The same facts in all of them, and JSON takes them."""
    found = example()
    assert json.loads(json.dumps(found.to_dict(), allow_nan=False))["segments"][0]["segment"] == {
        "key": "b"
    }
    table, frame, polars = found.to_arrow(), found.to_pandas(), found.to_polars()
    assert table.num_rows == len(frame) == polars.height == len(found) == 4
    assert table["contribution"].to_pylist() == [one.contribution for one in found]
    assert [*frame["segment.key"]] == polars["segment.key"].to_list()
    assert table["change_upper"].null_count == 2
    assert found[:2].rows == found.rows[:2]
    assert found == example() != found[:2]


def test_a_trace_is_shown_with_what_moved_first() -> None:
    """Its parts and their sum, in as many columns as there is room for."""
    assert as_text(example(), width=100) == EXPECTED
    assert all(len(line) <= 60 for line in as_text(example(), width=60).splitlines())
    assert "<table>" in example()._repr_html_()


EXPECTED = """\
mean of 'x': 17.40, 13.40 in the reference
+4.00 (-14.71 to +22.71 at 95 %) = -0.20 mix +4.20 rate, over 4 segments

segment   moved by    mix   rate   share     was  value    was  change within
──────────────────────────────────────────────────────────────────────────────
key=b        +4.40   0.00  +4.40  40.0 %  40.0 %  31.50  20.50  -9.1 to +31.1
key=new      -2.48  -2.48   0.00  20.0 %   0 %     3         –  new
key=gone     +2.28  +2.28   0.00   0 %    20.0 %      –   4     gone
key=a        -0.20   0.00  -0.20  40.0 %  40.0 %  10.50  11     -14.7 to +13.7

mix: it grew or shrank; rate: its own figure went up or down; together they are the change"""


def test_one_row_more_than_is_shown_is_told_of() -> None:
    """So that nobody takes the beginning for all."""
    rows = [{"key": str(number), "x": 1.0} for number in range(60)]
    made = dp.profile(rows, segment_by="key")
    assert "… and 10 more; .to_pandas() shows all" in repr(dp.trace(made, made, "mean", column="x"))
