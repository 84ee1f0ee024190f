"""Profiles that whylogs wrote say here what whylogs says of them."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING, Any

import pytest
from tests.formats.whylogs_says import ITEMS, says

import drypoint as dp
from drypoint.formats import whylogs
from drypoint.formats.whylogs._component import KLL, sketch, value
from drypoint.formats.whylogs._file import decode, encode
from drypoint.formats.whylogs._kll import to_apache

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from drypoint import Profile

pytestmark = pytest.mark.filterwarnings("ignore::drypoint.errors.MixedTypesWarning")

V1 = ["base_head_1", "base_head_8", "base_head_100", "base_head_5000", "merged_ab", "legacy",
      "two_thousand", "unknown"]  # fmt: skip


@pytest.mark.parametrize("name", V1)
@pytest.mark.filterwarnings("ignore::drypoint.errors.UnknownMetricWarning")
def test_every_number_is_the_one_that_whylogs_says(
    name: str, golden: Callable[[str], Path], answers: Callable[[str], Any]
) -> None:
    """Of every column: counts, distribution, distinct and frequent values; exactly, but for HLL."""
    profile = whylogs.read(golden(name))
    expected = answers(name)
    assert set(profile.columns) == set(expected)
    for column in profile:
        theirs = expected[column.name]
        # Their lists are in an order by chance. Files before 1.1 have neither NaN nor tensors, and
        # write integers with a fraction.
        items = [[text.removesuffix(".000000"), *found] for text, *found in theirs.get(ITEMS, [])]
        theirs = {"counts/nan": 0, "counts/inf": 0, "types/tensor": 0} | theirs
        theirs |= {ITEMS: sorted(items)}
        for fact, ours in says(column).items():
            # A column of objects has no ends, whatever the objects are.
            if fact in theirs or not fact.startswith("ints/"):
                assert theirs[fact] == ours, f"{column.name}: {fact}"


def test_a_column_of_booleans_knows_how_many_are_true(golden: Callable[[str], Path]) -> None:
    """Files before 1.1 do not say it, and then it is not known."""
    column = whylogs.read(golden("two_thousand"))["b"]
    assert (column.type, column.trues, column.falses) == ("bool", 667, 1333)
    assert whylogs.read(golden("legacy"))["b"].trues is None


def test_types_are_those_of_the_values(golden: Callable[[str], Path]) -> None:
    """Of datetime64 whylogs only counts; a column of several types has a part for each."""
    profile = whylogs.read(golden("base_head_100"))
    types = {column.name: list(column.types) for column in profile}
    assert types == {
        "b": ["bool"], "const": ["int64"], "f": ["float64"], "fn": ["float64"], "h": ["string"],
        "i": ["int64"], "mix": ["float64", "string"], "s": ["string"], "ts": ["struct"],
        "u": ["string"],
    }  # fmt: skip
    assert profile["mix"].types == {"float64": 66, "string": 17}
    assert (profile["mix"].rows, profile["mix"].nulls) == (100, 17)
    assert (profile["ts"].rows, profile["ts"].distinct, profile["ts"].top()) == (100, None, [])


def test_mixed_columns_are_told_of(golden: Callable[[str], Path]) -> None:
    """Their distinct and frequent values are of all types together."""
    with pytest.warns(dp.MixedTypesWarning, match=r"base_head_8\.bin: columns \['mix'\]"):
        whylogs.read(golden("base_head_8"))


def test_what_whylogs_does_not_know_is_none(golden: Callable[[str], Path]) -> None:
    """It has no third and fourth moments, no lengths, and no ends of strings."""
    profile = whylogs.read(golden("two_thousand"))
    f, s = profile["f"], profile["s"]
    assert f.skewness is f.kurtosis is f.hours is None
    assert s.min is s.lengths is s.empty is s.contents is s.mean is None


def test_zeros_and_negatives_are_known_where_the_sketch_has_every_value(
    golden: Callable[[str], Path],
) -> None:
    """Or where the ends tell; else they are not known, nor is their sum with others."""
    few, many = whylogs.read(golden("base_head_100")), whylogs.read(golden("base_head_5000"))
    assert (few["f"].zeros, few["f"].negatives) == (0, 47)
    assert (many["const"].zeros, many["const"].negatives) == (0, 0)
    for profile in (many, many | few, few | many, whylogs.read(whylogs.write(many))):
        assert profile["f"].zeros is profile["f"].negatives is None
        assert profile["fn"].nans == profile["fn"].nulls


def test_sentinels_of_columns_without_values_are_none(column: Callable[..., bytes]) -> None:
    """Integers that are all null have the ends of 64 bits, the wrong way round."""
    longest = 2**63 - 1
    profile = whylogs.read(
        column(
            counts__n=3,
            counts__null=3,
            ints__min=longest,
            ints__max=-longest,
            distribution__kll=dp.sketches.KllSketch(),
            distribution__mean=0.0,
            distribution__m2=0.0,
        )
    )
    x = profile["x"]
    assert (x.type, x.rows, x.nulls, x.n) == ("int64", 3, 3, 0)
    assert x.min is x.max is x.mean is x.std is x.median is None


def test_infinities_and_nan_leave_no_mean(column: Callable[..., bytes]) -> None:
    """In whylogs they spoil it; how many were negative is in the sketch."""
    kll = dp.sketches.KllSketch().update([-math.inf, -1.0, 2.0, math.inf, math.inf])
    facts = {"counts__n": 5, "counts__inf": 3, "types__fractional": 5, "distribution__kll": kll}
    for mean in (math.nan, math.inf):
        data = column(**facts, distribution__mean=mean, distribution__m2=math.nan)
        x = whylogs.read(data)["x"]
        assert x.mean is x.std is x.n is None
        assert (x.positive_infinities, x.negative_infinities) == (2, 1)
        assert (x.zeros, x.negatives) == (0, 2)
        assert whylogs.write(whylogs.read(data)) == whylogs.write(
            whylogs.read(whylogs.write(whylogs.read(data)))
        )
        assert math.isnan(
            value(decode(whylogs.write(whylogs.read(data))).columns["x"]["distribution/m2"], 3)
        )


@pytest.mark.parametrize(
    ("types", "expected"),
    [
        ({"integral": 3, "boolean": 1}, {"int64": 4}),
        ({"integral": 1, "fractional": 3}, {"float64": 4}),
        ({"boolean": 4}, {"bool": 4}),
        ({"string": 3, "boolean": 1}, {"string": 3, "bool": 1}),
        ({"object": 3, "tensor": 1}, {"struct": 3, "list": 1}),
        ({"object": 3, "string": 1}, {"struct": 3, "string": 1}),
        ({}, {"null": 4}),
    ],
)
def test_the_type_is_that_of_most_values(
    types: dict[str, int], expected: dict[str, int], column: Callable[..., bytes]
) -> None:
    """Numbers and booleans of one column are one type, as they have one distribution."""
    data = column(counts__n=6, counts__null=2, **{f"types__{name}": n for name, n in types.items()})
    x = whylogs.read(data)["x"]
    assert (x.types, x.type, x.rows, x.nulls) == (expected, next(iter(expected)), 6, 2)


def test_objects_do_not_take_on_the_type_of_what_they_are_merged_with(
    golden: Callable[[str], Path],
) -> None:
    """Their values were never looked at, so nothing may be said of them."""
    theirs = whylogs.read(golden("base_head_8"))
    ours = dp.profile({"ts": [1, 2, 3]})
    assert (theirs | ours)["ts"].types == {"struct": 8, "int64": 3}


def test_both_layouts_of_kll_are_read(golden: Callable[[str], Path]) -> None:
    """With 1.1 the header became longer, and whylogs cannot read its own older files."""
    data = golden("two_thousand").read_bytes()
    file = decode(data)
    for components in file.columns.values():
        plain = to_apache(value(components["distribution/kll"], KLL))
        assert plain[0] in (2, 5)
        components["distribution/kll"] = sketch(KLL, plain)
    older = encode(file)
    assert older != data
    assert whylogs.read(older) == whylogs.read(data)


# ---- whylogs 0.x


def test_files_of_whylogs_0_are_read(
    golden: Callable[[str], Path], answers: Callable[[str], Any]
) -> None:
    """Their quantiles are of f32, here widened; the length before the message may be missing."""
    data = golden("v0").read_bytes()
    profile = whylogs.read(data)
    assert whylogs.read(data[3:]) == profile
    assert (profile.dataset, profile.rows) == ("old", 400)
    assert (profile.tags["env"], profile.tags["who"]) == ("test", "me")
    for name, expected in answers("v0").items():
        column = profile[name]
        assert (column.rows, column.nulls) == (expected["count"], expected["null_count"])
        if column.mean is None:
            continue
        facts = [column.min, column.max, column.mean, column.std]
        assert facts == pytest.approx([expected[fact] for fact in ("min", "max", "mean", "stddev")])
        for rank in (0.25, 0.5, 0.95):
            found = column.kll.quantile(rank, inclusive=False)
            assert found.value == expected[f"quantile_{rank:.4f}"]
    types = {column.name: column.type for column in profile}
    # whylogs 0.7 does not know NumPy's booleans.
    assert types == {"i": "int64", "f": "float64", "n": "float64", "s": "string", "b": "struct"}


def test_performance_of_models_is_kept(golden: Callable[[str], Path]) -> None:
    """It is written in the old format even by new versions, whose own reader refuses that."""
    for name in ("perf_regression_v0", "perf_classification_v0"):
        profile = whylogs.read(golden(name))
        assert (profile.rows, len(profile)) == (0, 0)
        assert profile.tags["whylogs.performance"]


# ---- What it is of


def test_times_names_and_tags_are_kept(golden: Callable[[str], Path]) -> None:
    """There is one time, which is no window until someone says how long that is."""
    profile = whylogs.read(golden("two_thousand"))
    assert (profile.dataset, profile.window) == ("rows", None)
    assert profile.tags["whylogs.dataset_timestamp"] == "2021-01-02T15:00:00+00:00"
    assert profile.tags["whylogs.version"] == "1.6.4"


@pytest.mark.parametrize(
    ("days", "start"), [(1, "2021-01-02"), (7, "2020-12-28"), (0.5, "2021-01-02T12:00")]
)
def test_a_window_is_the_one_that_the_time_falls_into(
    days: float, start: str, golden: Callable[[str], Path]
) -> None:
    """Counted in UTC from a Monday, so that weeks begin on one."""
    width = dt.timedelta(days=days)
    begin = dt.datetime.fromisoformat(start).replace(tzinfo=dt.UTC)
    profile = whylogs.read(golden("two_thousand"), window=width)
    assert profile.window == (begin, begin + width)
    with pytest.raises(dp.ParameterError, match="window must be longer than nothing"):
        whylogs.read(golden("two_thousand"), window=-width)


# ---- Parts


def test_half_of_whylogs_and_half_of_ours_are_the_whole(golden: Callable[[str], Path]) -> None:
    """Rows 0 to 1,999 were seen by whylogs, rows 1,000 to 2,999 here."""
    from tests.golden.whylogs.make_whylogs import columns

    theirs = whylogs.read(golden("two_thousand"))
    merged = theirs | dp.profile(columns(1000, 3000))
    truth = {
        name: theirs_ + ours_
        for (name, theirs_), ours_ in zip(
            columns(0, 2000).items(), columns(1000, 3000).values(), strict=True
        )
    }
    assert (merged.rows, {column.type for column in merged}) == (
        4000,
        {"int64", "float64", "string", "bool"},
    )
    assert merged["b"].trues == sum(truth["b"])
    for name in ("i", "f", "n"):
        column, values = merged[name], [one for one in truth[name] if one is not None]
        assert (column.nulls, column.n) == (4000 - len(values), len(values))
        assert (column.min, column.max) == (min(values), max(values))
        assert column.mean == pytest.approx(math.fsum(values) / len(values))
        assert column.skewness is None
        middle = column.median
        ranks = [
            sum(one <= bound for one in values) / len(values)
            for bound in (middle.lower, middle.upper)
        ]
        # The bounds of the estimate hold at 99 %, and these streams are fixed.
        assert ranks[0] - 1 / len(values) <= 0.5 <= ranks[1] + 1 / len(values)
    for name in ("i", "f", "n", "s"):
        distinct = merged[name].distinct
        assert distinct is not None
        exact = len({one for one in truth[name] if one is not None})
        # The bounds are at two standard deviations; three hold in all but one of 370 cases.
        wide = 1.5 * max(distinct.upper - distinct.value, distinct.value - distinct.lower)
        assert abs(distinct.value - exact) <= wide
    for name in ("i", "s"):
        for item, found in merged[name].items.top(5):
            assert found.lower <= truth[name].count(item) <= found.upper
    assert {item.item: item.estimate.value for item in merged["b"].top()} == {
        True: sum(truth["b"]), False: 4000 - sum(truth["b"])
    }  # fmt: skip


def profile_of_segment(path: Path) -> Profile:
    """One segment."""
    found = whylogs.read(path)
    assert isinstance(found, dp.Profile)
    return found


def test_segments_of_several_files_are_a_set(golden: Callable[[str], Path]) -> None:
    """A single one is a profile with its segment; files of one segment are merged."""
    a, b = (golden(f"segment_{name}") for name in "ab")
    alone = profile_of_segment(a)
    assert (alone.segment, alone.rows) == ({"s": "a"}, 1288)
    found = whylogs.read([a, b.read_bytes()])
    assert isinstance(found, dp.ProfileSet)
    assert (found.keys, found["a"], found["b"].rows) == (("s",), alone, 1231)
    assert whylogs.read([a, b, a])["a"].rows == 2 * 1288
    with_rest = whylogs.read([a, golden("base_head_8")])
    assert with_rest.remainder == whylogs.read(golden("base_head_8"))


def test_files_that_are_no_set_are_refused(
    golden: Callable[[str], Path], column: Callable[..., bytes]
) -> None:
    """Segments by other columns, or files without one, would be lost in a set."""
    other = column({"segment": {"t": "a"}}, counts__n=1)
    with pytest.raises(dp.ParameterError, match=r"segments by \('s',\) and by \('t',\)"):
        whylogs.read([golden("segment_a"), other])
    with pytest.raises(dp.ParameterError, match="2 of 2 files are of no segment"):
        whylogs.read([golden("base_head_8"), golden("base_head_8")])
    with pytest.raises(dp.ParameterError, match="0 of 0 files"):
        whylogs.read([])
