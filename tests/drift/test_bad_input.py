"""What cannot be compared: a verdict or an error that names it, and never a NaN."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import drypoint as dp
from drypoint.drift import MEASURES, compare

COLUMNS: dict[str, Any] = {
    "numbers": [1.5, 2.5, 3.5],
    "one number": [7.0],
    "same numbers": [4.0] * 50,
    "integers": [*range(40)],
    "strings": ["a", "b", "a"],
    "empty strings": ["", ""],
    "no rows": pa.array([], pa.float64()),
    "no strings": pa.array([], pa.string()),
    "nulls": pa.array([None, None], pa.float64()),
    "null type": [None, None],
    "NaN": np.array([np.nan, np.nan]),
    "infinities": np.array([np.inf, -np.inf, 1.0]),
    "huge": np.array([1e308, -1e308, 0.0]),
    "booleans": [True, False, None],
    "binary": [b"a", b"b"],
    "dates": pa.array([1, 2, 3], pa.date32()),
    "lists": [[1], [2, 3]],
}
PROFILES = {name: dp.profile({"x": values}) for name, values in COLUMNS.items()}


@given(st.sampled_from([*COLUMNS]), st.sampled_from([*COLUMNS]), st.sampled_from([None, *MEASURES]))
def test_any_two_columns_have_a_verdict(one: str, other: str, measure: str | None) -> None:
    """With a reason, and with numbers that are numbers or None."""
    found = compare(PROFILES[one]["x"], PROFILES[other]["x"], measure=measure)
    assert found.verdict in ("drift", "none", "undecided")
    assert found.reason
    numbers = [found.noise_floor, found.p_value, found.limit]
    numbers += [] if found.distance is None else [found.distance.value, *found.distance.bounds]
    assert not any(number is not None and math.isnan(number) for number in numbers)
    assert found.p_value is None or 0 <= found.p_value <= 1
    json.dumps(dp.drift(PROFILES[one], PROFILES[other]).to_dict())


@pytest.mark.parametrize(
    ("current", "reference", "verdict", "reason"),
    [
        ("strings", "numbers", "drift", "the type has changed from float64 to string"),
        ("dates", "numbers", "drift", "the type has changed from float64 to date32"),
        ("no rows", "numbers", "undecided", "the current profile has no rows of it"),
        ("numbers", "no rows", "undecided", "the reference profile has no rows of it"),
        ("nulls", "numbers", "undecided", "all 2 rows of the current profile are null"),
        ("numbers", "null type", "undecided", "all 2 rows of the reference profile are null"),
        ("NaN", "numbers", "undecided", "ks compares finite numbers or times"),
    ],
)
def test_what_cannot_be_compared_is_named(
    current: str, reference: str, verdict: str, reason: str
) -> None:
    """In a sentence."""
    found = compare(PROFILES[current]["x"], PROFILES[reference]["x"])
    assert found.verdict == verdict
    assert reason in found.reason


def test_integers_and_floats_are_both_numbers() -> None:
    """A wider type is no change of what values are."""
    assert compare(PROFILES["integers"]["x"], PROFILES["numbers"]["x"]).measure == "ks"


def test_a_column_that_one_side_lacks_is_drift() -> None:
    """And says which side has it."""
    table = dp.drift(dp.profile({"a": [1], "c": [1]}), dp.profile({"a": [1], "b": [2]}))
    found = {row.column: (row.verdict, row.reason) for row in table}
    assert found["b"] == ("drift", "the column is only in the reference profile")
    assert found["c"] == ("drift", "the column is only in the current profile")


A = dp.profile({"age": [1, 2], "name": ["a", "b"]})
SET = dp.profile({"age": [1, 2], "name": ["a", "b"]}, segment_by=["name"])
ERRORS: list[tuple[type[Exception], str, Any]] = [
    (dp.ParameterError, r"column 'ages' not found; did you mean 'age'\?", {"columns": ["ages"]}),
    (dp.ParameterError, r"measure 'kss' not found; did you mean 'ks'\?", {"measures": "kss"}),
    (dp.ParameterError, r"measure 'x' not found; there are \['ks'", {"limits": {"x": 1}}),
    (dp.ParameterError, r"alpha must be between 0 and 1, got 1.5", {"alpha": 1.5}),
    (dp.ParameterError, r"alpha must be between 0 and 1, got nan", {"alpha": math.nan}),
    (dp.ParameterError, r"must be 0 or more, got ks=-1", {"limits": {"ks": -1}}),
    (dp.ParameterError, r"baseline must be one of .*, got 'last'", {"baseline": "last"}),
    (dp.ParameterError, r"needs 3 windows or more, got 1", {"baseline": "leave_one_out"}),
    (dp.ParameterError, r"the reference has no profiles", {"reference": []}),
    (dp.InputTypeError, r"a list of these, got 'x'", {"reference": "x"}),
    (dp.InputTypeError, r"drift is between profiles, got a int", {"reference": [3]}),
    (dp.InputTypeError, r"take `overall` or a segment", {"reference": SET}),
    (
        dp.ParameterError,
        r"cannot be compared; see ProfileSet.by",
        {"current": SET, "reference": dp.profile({"age": [1]}, segment_by=["age"])},
    ),
]


@pytest.mark.parametrize(("error", "words", "options"), ERRORS)
def test_an_error_names_the_thing_and_the_way_out(
    error: type[Exception], words: str, options: dict[str, Any]
) -> None:
    """Before anything is compared."""
    given_ = {"current": A, "reference": A} | options
    with pytest.raises(error, match=words):
        dp.drift(given_.pop("current"), given_.pop("reference"), **given_)


def test_compare_takes_columns() -> None:
    """And says so to whoever gives a profile."""
    with pytest.raises(dp.InputTypeError, match="current must be a ColumnProfile, got a Profile"):
        compare(A, A["age"])  # type: ignore[arg-type] # on purpose
