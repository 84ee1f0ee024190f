"""Profiles as people see them, and as plain values."""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

import drypoint as dp
from drypoint.profiles._cells import blocks, shown
from drypoint.profiles._detail import column_as_text
from drypoint.profiles._format import clean, cut, number, share, span
from drypoint.profiles._table import (
    MOST,
    as_text,
    column_of_set_as_text,
    set_as_text,
)

TABLE = pa.table(
    {
        "id": range(500),
        "<b>city</b>": [["Oslo", "Rome\x1b[31m", None][i % 3] for i in range(500)],
        "price": [math.nan, math.inf, -1.5, 0.0, 2.25] * 100,
        "at": pa.array(range(500), pa.timestamp("ms")),
        "list": [[i] for i in range(500)],
        "on": pa.array([dt.date(2013, 1, 1)] * 500),
    }
)
PROFILE = dp.profile(TABLE)
MANY = dp.profile(
    pa.table(
        {
            "spread": np.random.default_rng(7).normal(0, 40, 50_000),
            "exact": [i % 7 for i in range(50_000)],
            "name": [f"name {i * i % 20_011}" for i in range(50_000)],
        }
    )
)
SET = dp.profile(
    pa.table({"key": [["a", "北京", None][i % 3] for i in range(90)], "x": range(90)}),
    segment_by=["key"],
)
NAMES = st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=80)
"""Arrow hands names over as strings of C, which end at a zero."""
WIDTHS = st.integers(20, 240)


def lines(text: str, width: int) -> list[str]:
    """The lines of *text*, each of which is safe to print on so many cells."""
    found = text.split("\n")
    assert max(map(cell_len, found)) <= width
    assert all(line.isprintable() for line in found)
    return found


# ---- The table


@given(st.lists(NAMES, min_size=1, max_size=4, unique=True), NAMES, WIDTHS)
def test_no_name_and_no_value_breaks_the_table(names: list[str], value: str, width: int) -> None:
    """Control characters, escape sequences, right-to-left marks, wide and long ones."""
    made = dp.profile(pa.table({name: [value, value, None] for name in names}))
    assert len(lines(as_text(made, width=width), width)) >= 4 + len(names)


@given(st.integers(-(2**63), 2**63 - 1), st.floats(allow_nan=False), WIDTHS)
def test_no_number_breaks_the_table(whole: int, real: float, width: int) -> None:
    """The longest integers and floats there are."""
    made = dp.profile(pa.table({"whole": [whole] * 3, "real": [real, 0.0, 1.0]}))
    lines(as_text(made, width=width), width)


def test_every_column_has_a_line_under_the_title() -> None:
    """In the order of the table."""
    found = lines(as_text(PROFILE, width=80), 80)
    assert found[0] == "500 rows, 7 columns"
    assert [line.split()[0] for line in found[4:11]] == list(PROFILE.columns)


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_a_wider_terminal_shows_no_less(width: int) -> None:
    """What matters most comes first."""
    narrow, wide = (
        set(re.split(r"\s{2,}", as_text(MANY, width=room).split("\n")[2])) - {"median/top"}
        for room in (width, width + 60)
    )
    assert {"column", "null", "distinct", "min", "max"} <= narrow <= wide


def test_columns_stand_under_their_titles_whatever_alphabet_the_names_have() -> None:
    """An ideograph takes two cells."""
    made = dp.profile(pa.table({"北京市": [1, 20], "short": [300, 4], "ワイド": [5, 6]}))
    _, _, head, _, *rows = as_text(made, width=80).split("\n")[:7]
    place = cell_len(head[: head.index("type")])
    assert [cell_len(row[: row.index("i64")]) for row in rows] == [place] * 3


def test_points_of_numbers_stand_under_each_other() -> None:
    """So that sizes compare at a glance."""
    made = dp.profile(pa.table({"a": [1.25, 2.5], "b": [1000.5, 2000.5], "c": [0.001, 0.5]}))
    _, _, head, _, *rows = as_text(made, width=200).split("\n")[:7]
    start, end = head.index("min"), head.index("mean")
    points = {row.index(".", start - 8, end) for row in rows}
    assert len(points) == 1


@pytest.mark.parametrize("width", [80, 100, 160, 240])
def test_what_is_estimated_is_marked_and_what_is_exact_is_not(width: int) -> None:
    """By ~, or by ± and the bounds where there is room; and what the marks mean is told."""
    text = as_text(MANY, width=width)
    rows = {line.split()[0]: line for line in text.split("\n") if line}
    assert re.search(r"[~±]", rows["spread"])
    assert not re.search(r"[~±]", rows["exact"].split("×")[0])
    assert "mark" in text.split("\n\n")[-1]
    assert "±" in as_text(MANY, width=240)


def test_bounds_are_shown_as_they_are() -> None:
    """The larger of the two distances."""
    found = MANY["name"].distinct
    assert found is not None
    apart = max(found.upper - found.value, found.value - found.lower)
    assert f"{found.value:,.0f} ±{apart:,.0f}" in as_text(MANY, width=240)


def test_a_small_table_has_no_marks_and_no_note() -> None:
    """Everything is exact."""
    text = as_text(dp.profile(pa.table({"x": [1, 2, 2]})), width=240)
    assert "~" not in text
    assert "±" not in text


def test_a_very_wide_table_is_cut_and_says_so() -> None:
    """Unless all of it is asked for."""
    made = dp.profile(pa.table({f"c{i}": [i] for i in range(2_000)}))
    found = lines(as_text(made, width=80), 80)
    assert len(found) == 4 + MOST + 1
    assert found[-1].startswith("… and 1,950 more; ")
    assert len(as_text(made, width=80, most=None).split("\n")) == 4 + 2_000


def test_a_profile_without_columns_is_a_title() -> None:
    """There is nothing to put into a table."""
    assert as_text(dp.profile(pa.table({})), width=80) == "0 rows, 0 columns"


def test_a_fact_that_no_column_has_takes_no_room() -> None:
    """NaN and missing rows are shown where there are some."""
    assert "NaN" in as_text(PROFILE, width=200)
    assert "NaN" not in as_text(MANY, width=200)
    merged = dp.merge([MANY, dp.profile(pa.table({"other": [1]}))])
    assert "missing" in as_text(merged, width=200)


def test_the_title_says_what_the_profile_is_of() -> None:
    """Dataset, segment, window."""
    day = dt.datetime(2013, 1, 1, tzinfo=dt.UTC)
    window = (day, day + dt.timedelta(hours=36))
    made = dp.profile(
        pa.table({"x": [1]}), dataset="trips\n", segment={"city": None}, window=window
    )
    expected = "trips\\n, city=null, 2013-01-01 to 2013-01-02 12:00:00: 1 row, 1 column"
    assert as_text(made, width=100).split("\n")[0] == expected


# ---- Segments


@given(NAMES, WIDTHS)
def test_no_segment_breaks_its_table(value: str, width: int) -> None:
    """Nor one column of the segments."""
    made = dp.profile(pa.table({"key": [value, None], "x": [1, 2]}), segment_by=["key"])
    lines(set_as_text(made, width=width), width)
    lines(column_of_set_as_text(made, "x", width=width), width)


def test_segments_stand_by_falling_rows_with_their_share() -> None:
    """What is not shown is told."""
    keys = [str(i) for i in range(30) for _ in range(i + 1)]
    made = dp.profile(pa.table({"key": keys}), segment_by=["key"])
    found = set_as_text(made, width=80).split("\n")
    assert found[0] == "465 rows, 30 segments"
    assert found[4].split() == ["29", "30", "6.5", "%"]
    assert found[-1].split() == ["10", "more", "segments", "55", "11.8", "%"]


def test_one_column_is_shown_segment_by_segment() -> None:
    """With the facts that fit."""
    found = column_of_set_as_text(SET, "x", width=80).split("\n")
    assert found[0] == "x, by key"
    assert [line.split()[0] for line in found[4:]] == ["a", "北京", "null"]


# ---- One column in full


@given(NAMES, st.text(max_size=300), st.integers(40, 200))
def test_no_name_and_no_value_breaks_a_column(name: str, value: str, width: int) -> None:
    """Long ones are cut."""
    made = dp.profile(pa.table({name: [value, value, "x"]}))
    lines(column_as_text(made[name], width=width), width)


@given(st.lists(st.floats(allow_nan=False), min_size=1, max_size=9), st.integers(40, 200))
def test_no_number_breaks_a_column(values: list[float], width: int) -> None:
    """The largest and the smallest there are."""
    lines(column_as_text(dp.profile(pa.table({"x": values}))["x"], width=width), width)


def test_a_column_in_full_has_quantiles_and_top_values_with_bounds() -> None:
    """And a histogram whose bars are as long as the counts are large."""
    text = column_as_text(MANY["spread"], width=100)
    median = MANY["spread"].median
    row = next(line for line in text.split("\n") if line.strip().startswith("50 %"))
    told = [float(cell) for cell in row.split()[2:5]]
    assert told == pytest.approx([median.value, median.lower, median.upper], rel=1e-9)
    bars = [line for line in text.split("\n\n")[-1].split("\n") if "█" in line]
    pairs = [(int(line.split()[2].replace(",", "")), line.count("█")) for line in bars]
    assert len(pairs) > 5
    assert [length for _, length in sorted(pairs)] == sorted(length for _, length in pairs)
    top = column_as_text(MANY["exact"], width=100)
    assert re.search(r"\b0 +7,143 +14.3 %", top)


def test_bins_of_integers_hold_integers() -> None:
    """Each as many, and all of them."""
    text = column_as_text(MANY["exact"], width=100).split("\n\n")[-1]
    rows = [line.split() for line in text.split("\n") if "█" in line]
    assert [(row[0], row[1]) for row in rows] == [(str(i), str(i)) for i in range(7)]


def test_a_column_of_two_types_names_both() -> None:
    """With how many values came with which."""
    parts = [dp.profile(pa.table({"x": [1, 2, 3]})), dp.profile(pa.table({"x": ["a"]}))]
    assert "int64 ×3 | string ×1, 4 rows" in column_as_text(dp.merge(parts)["x"], width=80)


# ---- Pages


class Page(HTMLParser):
    """What a page holds: its tags, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self.texts: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remembers a tag."""
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]

    def handle_data(self, data: str) -> None:
        """Remembers text."""
        self.texts.append(data)


TAGS = {"div", "style", "table", "caption", "thead", "tbody", "tr", "th", "td", "bdi", "p"}


@given(st.text("<>&\"'/=scriptonload \x1b\u202e", min_size=1, max_size=30), NAMES)
def test_the_page_escapes_what_the_data_holds(name: str, value: str) -> None:
    """No column writes tags or attributes into the notebook."""
    made = dp.profile(pa.table({name: [value, value]}), dataset=name)
    page = Page(made._repr_html_())
    assert set(page.tags) <= TAGS
    assert set(page.attributes) <= {"class", "colspan"}
    assert cut(clean(name), 60, middle=True) in page.texts


def test_the_page_has_a_row_for_each_column_and_stays_small() -> None:
    """Nothing in it is fetched or run."""
    page = PROFILE._repr_html_()
    assert Page(page).tags.count("tr") == 1 + len(PROFILE)
    assert not re.search(r"https?:|url\(|javascript", page)
    assert len(page) < 2_000 + 1_000 * len(PROFILE)


def test_a_set_has_a_page_too() -> None:
    """Its segments, a null among them."""
    page = Page(SET._repr_html_())
    assert page.tags.count("tr") == 1 + len(SET)
    assert {"a", "北京", "null"} <= set(page.texts)


# ---- Numbers, shares and times


@given(
    st.integers(-(2**64), 2**64)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**60), max_value=10**60)
)
def test_a_number_in_few_characters_is_near(value: Any) -> None:
    """Half of the last of the digits: two after the point from 1 on, four figures elsewhere."""
    text = number(value)
    assert len(text) <= 20
    assert abs(Decimal(text.replace(",", "")) - Decimal(value)) <= abs(Decimal(value)) / 200


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_share_is_nothing_or_all_only_if_it_is(part: int, more: int) -> None:
    """And near otherwise."""
    whole = part + more
    text = share(part, whole)
    assert (text == "0 %") == (part == 0)
    assert text != "100 %"
    assert share(whole, whole) == "100 %"
    assert abs(float(text.strip("<> %")) - 100 * part / whole) <= 0.1


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (np.timedelta64(90, "s"), "1.5 min"),
        (np.timedelta64(-3, "D"), "-3 d"),
        (dt.timedelta(hours=36), "1.5 d"),
        (np.timedelta64(1_500, "ns"), "1.5 µs"),
        (np.timedelta64(12, "ns"), "12 ns"),
        (np.timedelta64(0, "s"), "0 s"),
    ],
)
def test_a_duration_is_told_in_its_largest_unit(value: Any, text: str) -> None:
    """With its sign before it."""
    assert span(value) == text


def seen(values: list[Any], kind: pa.DataType) -> list[str]:
    """The least and the greatest value as they stand in a table."""
    column = dp.profile(pa.table({"x": pa.array(values, kind)}))["x"]
    return [str(shown(column, column.min)), str(shown(column, column.max))]


DAY = 86_400


@pytest.mark.parametrize(
    ("values", "kind", "expected"),
    [
        ([0, 400 * DAY], pa.timestamp("s"), ["1970-01-01", "1971-02-05"]),
        ([0, DAY + 60], pa.timestamp("s"), ["01-01 00:00", "01-02 00:01"]),
        ([5, 3_600], pa.timestamp("s"), ["00:00:05", "01:00:00"]),
        ([1, 1_500], pa.timestamp("ms"), ["00:00:00.001", "00:00:01.500"]),
        ([-(10**11), 0], pa.timestamp("s"), ["-1199-02-15", "1970-01-01"]),
        ([61_000_001], pa.time64("us"), ["00:01:01.000001"] * 2),
        ([60, 86_399], pa.time32("s"), ["00:01:00", "23:59:59"]),
        ([15_706], pa.date32(), ["2013-01-01"] * 2),
        ([-90, 5], pa.duration("s"), ["-1.5 min", "5 s"]),
    ],
)
def test_times_are_as_short_as_what_tells_them_apart(
    values: list[int], kind: pa.DataType, expected: list[str]
) -> None:
    """Dates over days, hours over a few, seconds within one."""
    assert seen(values, kind) == expected


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=20))
def test_a_block_is_there_for_whatever_is(counts: list[int]) -> None:
    """A small count is a low block, none is a gap; the highest is full."""
    drawn = blocks(list(map(float, counts))).ljust(len(counts))
    assert [block == " " for block in drawn] == [count == 0 for count in counts]
    assert not any(counts) or drawn[counts.index(max(counts))] == "█"


# ---- Plain values


def test_plain_values_are_json() -> None:
    """Without NaN and infinity, which JSON has not."""
    told = json.loads(json.dumps(PROFILE.to_dict(), allow_nan=False))
    columns = {column["column"]: column for column in told["columns"]}
    assert list(columns) == list(PROFILE.columns)
    assert columns["id"]["distinct"].keys() == {"value", "lower", "upper", "confidence"}
    assert columns["price"]["max"] == "inf"
    assert columns["on"]["top"][0]["item"] == "2013-01-01"


@pytest.mark.parametrize(
    ("values", "kind", "expected"),
    [
        ([1_500], pa.timestamp("ms", "UTC"), "1970-01-01T00:00:01.5Z"),
        ([60], pa.timestamp("s"), "1970-01-01T00:01:00"),
        ([3_661_000_000], pa.time64("us"), "01:01:01"),
        ([-1_500_000], pa.duration("us"), "-PT1.5S"),
        ([120], pa.duration("s"), "PT120S"),
        ([Decimal("1.50")], pa.decimal128(5, 2), "1.5"),
    ],
)
def test_times_are_text_that_other_tools_read(
    values: list[Any], kind: pa.DataType, expected: str
) -> None:
    """ISO 8601, and decimals as they are."""
    made = dp.profile(pa.table({"x": pa.array(values, kind)})).to_dict()["columns"][0]
    assert made["min"] == expected
    assert kind == pa.decimal128(5, 2) or made["quantiles"][3]["value"] == expected


@pytest.mark.parametrize("library", ["to_pandas", "to_polars"])
def test_frames_have_a_row_for_each_column(library: str) -> None:
    """With numbers as numbers."""
    frame = getattr(PROFILE, library)()
    assert len(frame) == len(PROFILE)
    rows = frame.reset_index() if library == "to_pandas" else frame
    assert list(rows["column"]) == list(PROFILE.columns)
    assert list(rows["nulls"]) == [column.nulls for column in PROFILE]
    assert rows["mean"][0] == PROFILE["id"].mean


@pytest.mark.parametrize("library", ["to_pandas", "to_polars"])
@pytest.mark.parametrize("keys", [["kind"], ["kind", "rows"]])
def test_frames_of_sets_have_a_row_for_each_segment_and_column(
    library: str, keys: list[str]
) -> None:
    """The facts of each segment as its own frame has them; no key hides a fact."""
    table = pa.table({"kind": ["a", None, "a"], "rows": ["x", "y", "z"], "size": [1.5, 2.5, None]})
    made = dp.profile(table, segment_by=keys)
    frame = getattr(made, library)()
    rows = frame.reset_index().to_dict("records") if library == "to_pandas" else frame.to_dicts()
    expected = [(one, column) for one in made for column in one]
    assert len(rows) == len(expected)
    labels = {"kind": "kind", "rows": "segment.rows"}
    for row, (one, column) in zip(rows, expected, strict=True):
        found = {key: row[labels[key]] for key in keys}
        assert {key: key_of(value) for key, value in found.items()} == one.segment
        facts = (row["column"], row["rows"], row["nulls"], row["distinct"])
        assert facts == (column.name, one.rows, column.nulls, column.distinct)


def key_of(value: Any) -> str | None:
    """The value of a key, which is NaN to pandas if it is null."""
    return value if isinstance(value, str) else None


@pytest.mark.parametrize("library", ["to_pandas", "to_polars"])
def test_frames_of_nothing_have_their_first_columns(library: str) -> None:
    """So that they can be put below others."""
    nothing = pa.table({"kind": pa.array([], pa.string())})
    for made, names in [
        (dp.profile(nothing, segment_by="kind"), ["kind", "column"]),
        (dp.profile(nothing, columns={"kind": None}), ["column"]),
    ]:
        frame = getattr(made, library)()
        found = frame.index.names if library == "to_pandas" else frame.columns
        assert (len(frame), list(found)) == (0, names)
