"""What a profile is of is checked when it is given, so that what is saved can be loaded."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa
import pytest

import drypoint as dp
from drypoint import ParameterError
from drypoint.profiles._file import from_bytes, to_bytes

TABLE = pa.table({"x": [1, 2]})
NOON = dt.datetime(2013, 1, 1, 12, tzinfo=dt.UTC)


def test_a_window_in_any_zone_is_kept_in_utc() -> None:
    """The same instants."""
    east = dt.timezone(dt.timedelta(hours=9, minutes=30))
    window = (NOON.astimezone(east), NOON.astimezone(east) + dt.timedelta(hours=1))
    made = dp.profile(TABLE, window=window)
    assert made.window == (NOON, NOON + dt.timedelta(hours=1))
    assert [time.tzinfo for time in made.window] == [dt.UTC, dt.UTC]
    assert from_bytes(to_bytes(made)) == made


@pytest.mark.parametrize(
    ("about", "message"),
    [
        ({"window": (dt.datetime(2013, 1, 1), NOON)}, "two datetimes with a zone"),  # noqa: DTZ001
        ({"window": NOON}, "two datetimes with a zone"),
        ({"window": (NOON,)}, "two datetimes with a zone"),
        ({"window": ("2013-01-01", "2013-01-02")}, "two datetimes with a zone"),
        ({"window": (NOON, NOON - dt.timedelta(hours=1))}, "must not end before it starts"),
        ({"dataset": 7}, "dataset must be text, got 7; write it as str"),
        ({"tags": {"run": 7}}, r"tags\['run'\] must be text, got 7"),
        ({"tags": {7: "run"}}, "tags must be text by name, got the name 7"),
        ({"tags": "run"}, "tags must be text by name, got 'run'"),
        ({"segment": {"month": 1}}, r"segment\['month'\] must be text, got 1"),
    ],
    ids=str,
)
def test_what_it_cannot_be_of_is_named(about: dict[str, Any], message: str) -> None:
    """Before any row is read."""
    with pytest.raises(ParameterError, match=message):
        dp.profile(TABLE, **about)


def test_a_segment_may_have_a_null_key() -> None:
    """And an empty window is one."""
    made = dp.profile(TABLE, segment={"carrier": None}, window=(NOON, NOON))
    assert from_bytes(to_bytes(made)) == made
