"""What a profile tells is what NumPy, pandas and scipy's formulas tell of the same rows."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections import Counter
from decimal import Decimal
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import drypoint as dp
from drypoint import ParameterError, Parameters

SIZE = 20_000
RANDOM = np.random.default_rng(7)
TABLE = pa.table(
    {
        "id": pa.array(range(SIZE)),
        "age": pa.array(RANDOM.integers(18, 90, SIZE), mask=RANDOM.random(SIZE) < 0.1),
        "price": pa.array(RANDOM.lognormal(3, 1, SIZE)),
        "city": pa.array(
            RANDOM.choice(["Oslo", "Rome", "Lima", "Bonn"], SIZE, p=[0.5, 0.3, 0.15, 0.05])
        ),
        "member": pa.array(RANDOM.random(SIZE) < 0.25),
        "at": pa.array(1_700_000_000_000_000 + np.arange(SIZE) * 60_000_000, pa.timestamp("us")),
    }
)
FRAME = TABLE.to_pandas()
PROFILE = dp.profile(TABLE)
NUMERIC = ["id", "age", "price"]
RANKS = [0, 0.01, 0.25, 0.5, 0.75, 0.99, 1]


def column_of(values: list[Any], kind: pa.DataType | None = None, **options: Any) -> Any:
    """The profile of one column."""
    return dp.profile(pa.table({"x": pa.array(values, kind)}), **options)["x"]


def test_counts_and_extremes_are_exact() -> None:
    """Of every column."""
    assert PROFILE.rows == SIZE
    for column in PROFILE:
        expected = FRAME[column.name]
        assert column.rows == SIZE
        assert column.nulls == expected.isna().sum()
        assert column.null_ratio == pytest.approx(expected.isna().mean())
        if column.name != "member":
            assert (column.min, column.max) == (expected.min(), expected.max())


@pytest.mark.parametrize("name", NUMERIC)
def test_moments_are_those_of_pandas(name: str) -> None:
    """Sums of the same doubles in another order: an error of a few units in the last place."""
    column, expected = PROFILE[name], FRAME[name].astype(float)
    tolerance = SIZE * np.finfo(float).eps
    assert column.n == expected.count()
    assert column.sum == pytest.approx(expected.sum(), rel=tolerance)
    assert column.mean == pytest.approx(expected.mean(), rel=tolerance)
    assert column.variance == pytest.approx(expected.var(), rel=tolerance)
    assert column.std == pytest.approx(expected.std(), rel=tolerance)
    around = expected.dropna().to_numpy() - expected.mean()
    spread = np.mean(around**2)
    # Third and fourth powers amplify the error of the mean.
    assert column.skewness == pytest.approx(np.mean(around**3) / spread**1.5, abs=1e-9)
    assert column.kurtosis == pytest.approx(np.mean(around**4) / spread**2 - 3, rel=1e-9)


@pytest.mark.parametrize("name", NUMERIC)
def test_quantiles_ranks_and_histograms_stand_within_the_error_of_the_sketch(name: str) -> None:
    """The published error of k 512 holds at 99 %; three times that, at any odds that matter."""
    column: Any = PROFILE[name]
    values = np.sort(FRAME[name].dropna().to_numpy(float))
    error = 3 * column.kll.rank_error
    for rank, found in zip(RANKS, column.quantile(RANKS), strict=True):
        assert np.mean(values < found.value) - error <= rank <= np.mean(values <= found) + error
        assert found.lower <= found.value <= found.upper
    middle = values[len(values) // 2]
    assert abs(column.rank(middle).value - np.mean(values <= middle)) <= error
    histogram = column.histogram(10)
    assert (histogram.edges[0], histogram.edges[-1]) == (values[0], values[-1])
    below = 0.0
    for edge, count in zip(histogram.edges[1:], histogram.counts, strict=True):
        below += count.value
        assert abs(below / len(values) - np.mean(values <= edge)) <= error


@pytest.mark.parametrize("kind", [pa.int64(), pa.float64(), pa.timestamp("s")])
def test_the_first_bin_knows_how_many_stand_on_its_lower_edge_within_bounds(kind: Any) -> None:
    """A share of the values is never exact where the sketch is not."""
    values = RANDOM.choice([0, 2, 3], SIZE)
    column = column_of(values.tolist(), kind)
    counts = column.histogram([pa.scalar(edge, kind).as_py() for edge in range(4)]).counts
    assert sum(count.value for count in counts) == SIZE
    for count, value in zip(counts, (0, 2, 3), strict=True):
        assert count.lower <= np.sum(values == value) <= count.upper
    assert counts[0].upper - counts[0].value >= SIZE * column.kll.rank_error
    assert counts[0].value - counts[0].lower >= SIZE * column.kll.rank_error


@given(values=st.lists(st.integers(0, 9), min_size=1, max_size=100))
def test_the_bins_of_few_values_are_counted_exactly(values: list[int]) -> None:
    """In whole numbers."""
    found = column_of(values).histogram([0, 3, 6, 9])
    expected = [sum(a < one <= b for one in values) for a, b in pairwise([-1, 3, 6, 9])]
    assert [(one.lower, one.value, one.upper) for one in found.counts] == [
        (count, count, count) for count in expected
    ]


@pytest.mark.parametrize("low", [2**62, 2**63, 1e300])
def test_bins_are_no_finer_than_doubles(low: float) -> None:
    """Large numbers that lie close together have fewer of them, and can be shown."""
    values = [low, low + 10 * math.ulp(low)]
    made = dp.profile({"x": [type(low)(value) for value in values]})
    found: Any = made["x"].histogram(40)
    assert found.edges[0] == values[0]
    assert found.edges[-1] == values[1]
    assert 1 < len(found.counts) <= 10
    assert sum(count.value for count in found.counts) == 2
    assert repr(made)


def test_distinct_counts_are_within_their_bounds_and_top_values_exact_where_all_fit() -> None:
    """Four cities are counted one by one."""
    for name, distinct in {"id": SIZE, "age": 72, "city": 4, "member": 2, "at": SIZE}.items():
        found = PROFILE[name].distinct
        assert found is not None
        # Three times the interval of two standard deviations.
        assert abs(float(found) - distinct) <= 3 * (found.upper - found.lower) / 2
    expected = Counter(TABLE["city"].to_pylist()).most_common()
    top = PROFILE["city"].top()
    assert [(item.item, item.estimate.value) for item in top] == expected
    assert all(item.estimate.lower == item.estimate.upper for item in top)
    assert {item.item for item in PROFILE["member"].top()} == {True, False}


def test_numbers_of_every_kind_are_counted_apart() -> None:
    """NaN, infinities, zeros of both signs and negatives; only the finite have moments."""
    column = column_of([math.nan, math.inf, -math.inf, 0.0, -0.0, -2.0, 5.0, None])
    assert (column.rows, column.nulls, column.nans) == (8, 1, 1)
    assert (column.positive_infinities, column.negative_infinities) == (1, 1)
    assert (column.zeros, column.negatives) == (2, 2)
    assert (column.min, column.max) == (-math.inf, math.inf)
    assert (column.n, column.sum, column.mean) == (4, 3.0, 0.75)
    assert column.quantile(1).value == 5.0


@pytest.mark.parametrize(
    ("values", "kind", "expected"),
    [
        ([2**64 - 1, 0, None], pa.uint64(), (0, 2**64 - 1)),
        ([-(2**63), 2**63 - 1], pa.int64(), (-(2**63), 2**63 - 1)),
        ([1.5, math.nan, -math.inf], pa.float64(), (-math.inf, 1.5)),
        ([1.5, -2.0], pa.float16(), (-2.0, 1.5)),
        (
            [Decimal("1.50"), Decimal("-99.25")],
            pa.decimal128(10, 2),
            (Decimal("-99.25"), Decimal("1.5")),
        ),
        ([Decimal(10**70), Decimal(-7)], pa.decimal256(76, 2), (Decimal(-7), Decimal(10**70))),
        (["b", "", None, "ä"], pa.string(), ("", "ä")),
        ([b"\x00", b"z"], pa.binary(), (None, None)),
        (
            [dt.date(2013, 1, 1), dt.date(1969, 12, 31)],
            pa.date32(),
            (dt.date(1969, 12, 31), dt.date(2013, 1, 1)),
        ),
        (
            [dt.time(23, 59), dt.time(0)],
            pa.time32("s"),
            (np.timedelta64(0, "s"), np.timedelta64(86_340, "s")),
        ),
        ([True, False], pa.bool_(), (None, None)),
        ([[1, 2], None], pa.list_(pa.int64()), (None, None)),
        ([None, None], pa.null(), (None, None)),
        ([None, None], pa.float64(), (None, None)),
    ],
    ids=lambda value: str(value) if isinstance(value, pa.DataType) else None,
)
def test_extremes_of_every_type(values: list[Any], kind: pa.DataType, expected: Any) -> None:
    """At the ends of each type; NaN is none. And every one can be told as JSON."""
    made = dp.profile(pa.table({"x": pa.array(values, kind)}))
    assert (made["x"].min, made["x"].max) == expected
    assert made["x"].nulls == values.count(None)
    json.dumps(made.to_dict(), allow_nan=False)


@given(st.lists(st.integers(0, 2**64 - 1) | st.none()))
def test_sums_of_integers_are_exact(values: list[int | None]) -> None:
    """Beyond 2**64 too."""
    column = column_of(values, pa.uint64())
    assert column.sum == sum(value for value in values if value is not None)


@given(st.lists(st.text() | st.none()))
def test_strings_are_measured_as_python_measures_them(values: list[str | None]) -> None:
    """In bytes and in characters; empty, blank and words."""
    column = column_of(values, pa.string())
    texts = [value for value in values if value is not None]
    assert column.empty == texts.count("")
    assert column.blank == sum(bool(text) and is_blank(text) for text in texts)
    assert column.lengths.sum == sum(len(text.encode()) for text in texts)
    assert column.characters.sum == sum(map(len, texts))
    assert column.lengths.counts == dict(sorted(Counter(len(t.encode()) for t in texts).items()))
    assert column.bytes == column.lengths.sum
    if texts:
        assert (column.min, column.max) == (min(texts), max(texts))


def is_blank(text: str) -> bool:
    """Whether all characters are White_Space, as Unicode has it.

    Python's isspace adds the four separators from U+001C on, which Unicode leaves out.
    """
    return all(char.isspace() and char not in "\x1c\x1d\x1e\x1f" for char in text)


def test_lengths_have_moments_and_quantiles() -> None:
    """Exactly below 128."""
    sizes = RANDOM.integers(0, 120, 5_000)
    lengths = column_of(["x" * size for size in sizes]).lengths
    assert (lengths.min, lengths.max) == (sizes.min(), sizes.max())
    assert lengths.mean == pytest.approx(sizes.mean())
    assert lengths.std == pytest.approx(sizes.std(ddof=1))
    expected = np.quantile(sizes, [0.25, 0.5, 0.9], method="inverted_cdf")
    assert [lengths.quantile(q).value for q in (0.25, 0.5, 0.9)] == list(expected)


def test_times_are_counted_by_hour_and_by_day_and_those_to_come() -> None:
    """As pandas has them, before 1970 too."""
    times = pd.date_range("1969-12-30", periods=500, freq="37min")
    clock = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    column = dp.profile(pa.table({"x": times}), parameters=Parameters(clock=clock))["x"]
    assert column.hours == [int((times.hour == hour).sum()) for hour in range(24)]
    assert column.weekdays == [int((times.day_of_week == day).sum()) for day in range(7)]
    assert column.future == (times > "1970-01-01").sum()
    assert column.median.value == times[249].to_datetime64()


CONTENTS = {
    "integer": ["1", "-20", "+3", " 42 "],
    "decimal": ["1.5", "-2e10", ".5"],
    "boolean": ["true", "False", "TRUE"],
    "date": ["2013-01-31", "2013/01/31"],
    "timestamp": ["2013-01-31T10:00:00Z", "2013-01-31 10:00"],
    "uuid": ["123e4567-e89b-12d3-a456-426614174000"],
    "email": ["ada@example.org"],
    "url": ["https://example.org/a?b=c"],
    "ip": ["127.0.0.1", "::1"],
    "json": ['{"a": [1, 2]}', "[1, 2]"],
    "text": ["Oslo", "yes", "31/12/1999", "1.2.3.4.5", "2013-13-45", "@", "{"],
}


@pytest.mark.parametrize("kind", CONTENTS)
def test_strings_tell_what_they_hold(kind: str) -> None:
    """Exactly, in a small column."""
    found = column_of(CONTENTS[kind]).contents
    assert found == {kind: len(CONTENTS[kind])}
    assert found[kind].lower == found[kind].upper


def test_contents_of_a_large_column_are_within_their_bounds() -> None:
    """From a sample: the truth is inside at 99 %, so with this seed, which nothing depends on."""
    numbers = 270_000
    column = column_of(["17"] * numbers + ["Oslo"] * 30_000)
    found = column.contents["integer"]
    assert found.lower <= numbers <= found.upper
    assert found.lower < found.upper


def test_what_is_inside_lists_maps_and_structs_is_profiled_too() -> None:
    """By its path, at any depth."""
    made: Any = dp.profile(
        pa.table(
            {
                "list": pa.array([[1, 2, None], [], None], pa.list_(pa.int32())),
                "map": pa.array([[("a", 1)], [("b", 2), ("a", 3)], None], pa.map_("str", "i8")),
                "struct": [{"x": 1, "deep": [{"y": "z"}]}, None, {"x": None, "deep": []}],
            }
        )
    )
    assert list(made.columns) == [
        "list", "list[]", "map", "map{key}", "map{value}",
        "struct", "struct.x", "struct.deep", "struct.deep[]", "struct.deep[].y",
    ]  # fmt: skip
    assert (made["list"].rows, made["list"].nulls, made["list"].lengths.sum) == (3, 1, 3)
    assert (made["list[]"].rows, made["list[]"].nulls, made["list[]"].sum) == (3, 1, 3)
    assert [item.item for item in made["map{key}"].top()] == ["a", "b"]
    assert made["map{value}"].sum == 6
    assert (made["struct.x"].rows, made["struct.x"].nulls) == (3, 2)
    assert made["struct.deep[].y"].max == "z"


def test_vectors_have_norms() -> None:
    """Of those whose components are all finite."""
    vectors = [[3.0, 4.0], [0.0, 0.0], [math.nan, 1.0], [1.0, None], None]
    column = column_of(vectors, pa.list_(pa.float32(), 2))
    assert (column.rows, column.nulls) == (5, 1)
    assert (column.zero_vectors, column.non_finite_vectors) == (1, 2)
    assert (column.norms.n, column.norms.min, column.norms.max) == (2, 0.0, 5.0)


@given(st.lists(st.sampled_from(["a", "b", "", "a long string beyond its head"]) | st.none()))
def test_the_layout_of_a_column_makes_no_difference(values: list[str | None]) -> None:
    """Dictionaries, views, large strings and runs are profiled as their values."""
    plain = pa.array(values, pa.string())
    layouts = [
        plain.dictionary_encode(),
        plain.cast(pa.large_string()),
        plain.cast(pa.string_view()),
        pa.concat_arrays([pa.array(["x"]), plain]).slice(1),
    ]
    expected = dp.profile(pa.table({"x": plain})).to_dict()
    for layout in layouts:
        assert dp.profile(pa.table({"x": layout})).to_dict() == expected, layout.type


def test_a_table_of_no_rows_has_its_columns() -> None:
    """And no values: what is not there is None, never a number that stands for it."""
    made = dp.profile(TABLE[:0])
    assert (made.rows, len(made)) == (0, 6)
    for column in made:
        assert column.min is column.max is column.mean is column.std is column.median is None
        assert column.null_ratio is None
        assert column.histogram() is None
        assert column.top() == []
        assert column.distinct == 0


def test_a_column_that_is_not_there_is_named_with_those_that_are() -> None:
    """A KeyError, as of a mapping."""
    with pytest.raises(KeyError, match=r"column 'nme' not found; there are 'id', 'age'"):
        PROFILE["nme"]
    assert "nme" not in PROFILE


def test_metrics_are_chosen_and_sized_by_column() -> None:
    """What is not wanted is not there."""
    made: Any = dp.profile(
        TABLE,
        parameters=Parameters(metrics=["extremes"]),
        columns={"price": Parameters(metrics=["quantiles"], k=64)},
    )
    assert (made["id"].max, made["id"].mean, made["id"].distinct) == (SIZE - 1, None, None)
    assert made["price"].max is None
    assert made["price"].kll.k == 64


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"k": 7}, "k must be an integer in 8..=65535, got 7"),
        ({"lg_k": 30}, "lg_k must be"),
        ({"metrics": ["medians"]}, "metric 'medians' not found; there are 'numbers'"),
        ({"metrics": "extremes"}, "metrics must be a list of names, got 'extremes'"),
        ({"metrics": 5}, "metrics must be a list of names, got 5"),
        ({"metrics": ["extremes", 5, "x"]}, "metric '5' not found; there are 'numbers'"),
        ({"clock": dt.datetime(2013, 1, 1)}, "clock must be a datetime with a zone"),  # noqa: DTZ001
    ],
)
def test_parameters_out_of_range_are_named(wrong: dict[str, Any], message: str) -> None:
    """With the way out."""
    with pytest.raises(ParameterError, match=message):
        Parameters(**wrong).to_core()
