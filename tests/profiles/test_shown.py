"""Profiles as people see them, and as plain values."""

from __future__ import annotations

import datetime as dt
import json
import math

import pyarrow as pa
import pytest

import drypoint as dp

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


def test_the_text_has_a_line_for_each_column_and_commands_no_terminal() -> None:
    """Whatever names and values hold."""
    text = repr(PROFILE)
    assert text.startswith("500 rows, 7 columns")
    assert "\x1b" not in text
    for name in PROFILE.columns:
        assert sum(line.startswith(name) for line in text.splitlines()) >= 1


def test_the_page_escapes_what_the_data_holds() -> None:
    """A column may not write into the notebook."""
    page = PROFILE._repr_html_()
    assert "<b>city" not in page
    assert "&lt;b&gt;city" in page
    assert page.count("<tr") >= len(PROFILE)


def test_plain_values_are_json() -> None:
    """Without NaN and infinity, which JSON has not."""
    told = json.loads(json.dumps(PROFILE.to_dict(), allow_nan=False))
    columns = {column["column"]: column for column in told["columns"]}
    assert list(columns) == list(PROFILE.columns)
    assert columns["id"]["distinct"].keys() == {"value", "lower", "upper", "confidence"}
    assert columns["price"]["max"] == "inf"
    assert columns["on"]["top"][0]["item"] == "2013-01-01"


@pytest.mark.parametrize("library", ["to_pandas", "to_polars"])
def test_frames_have_a_row_for_each_column(library: str) -> None:
    """With numbers as numbers."""
    frame = getattr(PROFILE, library)()
    assert len(frame) == len(PROFILE)
    rows = frame.reset_index() if library == "to_pandas" else frame
    assert list(rows["column"]) == list(PROFILE.columns)
    assert list(rows["nulls"]) == [column.nulls for column in PROFILE]
    assert rows["mean"][0] == PROFILE["id"].mean
