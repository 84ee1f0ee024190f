"""Conditions count every row once: matched, failed or unknown."""

from __future__ import annotations

import copy
import json
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import drypoint as dp
from drypoint import DrypointWarning, InputValueError, ParameterError
from drypoint.profiles._conditions import numbered

if TYPE_CHECKING:
    from pathlib import Path

    from drypoint import Condition, ConditionCounts

SAMPLE = 32
"""So many failed rows are kept at most."""
VALUES = st.lists(st.none() | st.integers(-10, 10), max_size=200)
POSITIVE = dp.condition("positive", pc.field("x") > 0)


def counts_of(table: Any, *conditions: Condition, **options: Any) -> ConditionCounts:
    """What the only condition found."""
    made: dp.Profile = dp.profile(table, conditions=conditions, **options)
    (found,) = made.conditions.values()
    return found


def column(values: list[int | None]) -> pa.Table:
    """A table of one column."""
    return pa.table({"x": pa.array(values, pa.int64())})


@given(answers=st.lists(st.none() | st.booleans()), first=st.integers(0, 2**62))
def test_rows_are_numbered_for_the_core(answers: list[bool | None], first: int) -> None:
    """The number of the row, the highest bit where it matched, null where it cannot be said."""
    expected = [
        None if answer is None else (first + i) | (answer << 63) for i, answer in enumerate(answers)
    ]
    assert numbered(pa.array(answers, pa.bool_()), first).to_pylist() == expected


@given(values=VALUES)
def test_every_row_is_counted_once(values: list[int | None]) -> None:
    """As Python counts; all failed rows are there while they are few."""
    found = counts_of(column(values), POSITIVE)
    failed = [row for row, x in enumerate(values) if x is not None and x <= 0]
    matched = sum(x is not None and x > 0 for x in values)
    assert (found.total, found.matched, found.failed, found.unknown) == (
        len(values), matched, len(failed), values.count(None),
    )  # fmt: skip
    assert len(found.failed_rows) == min(len(failed), SAMPLE)
    assert set(found.failed_rows) <= set(failed)
    assert list(found.failed_rows) == sorted(found.failed_rows)
    known = matched + len(failed)
    assert found.ratio == (matched / known if known else None)


@settings(max_examples=25)
@given(values=VALUES, cut=st.integers(0, 200))
def test_batches_and_segments_make_no_difference(values: list[int | None], cut: int) -> None:
    """Rows are numbered over batches, and each is in one segment."""
    table, condition = column(values), POSITIVE
    parts = dp.Profiler(conditions=[condition]).update(table[:cut]).update(table[cut:])
    assert parts.profile() == dp.profile(table, conditions=[condition])
    segments = dp.SegmentedProfiler({"odd": lambda b: pc.equal(b["x"], 3)}, conditions=[condition])
    found = segments.update(table[:cut]).update(table[cut:]).profiles().overall
    if values:
        assert found is not None
        assert found.conditions == parts.profile().conditions


@given(a=VALUES, b=VALUES)
def test_merged_counts_are_those_of_the_whole(a: list[int | None], b: list[int | None]) -> None:
    """Only the numbers of rows are those of each part."""
    merged = dp.merge(dp.profile(column(part), conditions=[POSITIVE]) for part in (a, b))
    found, expected = merged.conditions["positive"], counts_of(column(a + b), POSITIVE)
    for fact in ("total", "matched", "failed", "unknown", "ratio"):
        assert getattr(found, fact) == getattr(expected, fact)


@pytest.mark.parametrize(
    "kind",
    [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int8(), pa.string())],
)
def test_a_regular_expression_is_searched_in_text_of_every_layout(kind: pa.DataType) -> None:
    """Somewhere in it; anchors make it the whole."""
    table = pa.table({"code": pa.array(["ABC", "xABCx", None, "abc"]).cast(kind)})
    anywhere = dp.condition("anywhere", "code", matches="[A-Z]{3}")
    whole = dp.condition("whole", "code", matches="^[A-Z]{3}$")
    found = dp.profile(table, conditions=[anywhere, whole]).conditions
    assert (found["anywhere"].matched, found["anywhere"].failed_rows) == (2, (3,))
    assert (found["whole"].matched, found["whole"].failed_rows) == (1, (1, 3))
    assert found["whole"].unknown == 1


def test_run_ends_are_searched_too() -> None:
    """And a column without values is unknown."""
    runs = pc.run_end_encode(pa.array(["a", "a", "b"]))
    condition = dp.condition("is a", "x", matches="a")
    assert counts_of(pa.table({"x": runs}), condition).matched == 2
    assert counts_of(pa.table({"x": pa.nulls(3)}), condition).unknown == 3


def test_functions_and_columns_of_booleans_are_conditions() -> None:
    """And derived columns can be asked about."""
    table = pa.table({"x": [1, 2, 3], "ok": [True, False, None]})
    conditions = [
        dp.condition("even", lambda batch: [x % 2 == 0 for x in batch["x"].to_pylist()]),
        dp.condition("is ok", "ok"),
        dp.condition("small", pc.field("y") < 5),
    ]
    found = dp.profile(table, derive={"y": pc.field("x") * 2}, conditions=conditions).conditions
    assert [found[name].failed_rows for name in ("even", "is ok", "small")] == [(0, 2), (1,), (2,)]
    assert found["is ok"].unknown == 1


def test_conditions_are_no_columns() -> None:
    """In whatever a profile is turned into."""
    made = dp.profile(column([1, -1]), conditions=[POSITIVE])
    assert list(made.columns) == ["x"]
    assert "positive" not in made
    assert len(made) == len(made.to_pandas()) == 1
    plain = json.loads(json.dumps(made.to_dict()))
    assert [one["column"] for one in plain["columns"]] == ["x"]
    assert plain["conditions"] == [
        {
            "name": "positive", "total": 2, "matched": 1, "failed": 1, "unknown": 0, "ratio": 0.5,
            "rows": [1],
        }
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["p.arrow", "p.parquet"])
def test_conditions_are_saved(name: str, tmp_path: Path) -> None:
    """Of profiles and of sets, and copied."""
    for segment_by in (None, ["x"]):
        made: Any = dp.profile(column([1, -1, None]), conditions=[POSITIVE], segment_by=segment_by)
        made.save(tmp_path / name)
        assert dp.load(tmp_path / name) == made == copy.deepcopy(made)


def test_a_sample_of_many_failed_rows_is_kept() -> None:
    """Of all of them alike: the mean of 32 out of n lies within 5 standard errors."""
    n = 100_000
    found = counts_of(column([-1] * n), POSITIVE)
    assert (found.failed, len(found.failed_rows)) == (n, SAMPLE)
    error = n / np.sqrt(12 * SAMPLE)
    assert abs(np.mean(found.failed_rows) - n / 2) < 5 * error


def test_threads_may_share_a_profiler() -> None:
    """Every row has a number of its own."""
    profiler = dp.Profiler(conditions=[POSITIVE], derive={"y": pc.field("x") * 2})
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(profiler.update, [column([1, -1, None])] * 40))
    found = profiler.profile().conditions["positive"]
    assert (found.total, found.matched, found.failed, found.unknown) == (120, 40, 40, 40)
    assert all(row % 3 == 1 for row in found.failed_rows)


def test_a_schema_that_changes_goes_on_counting() -> None:
    """Numbers of rows go on too."""
    profiler = dp.Profiler(conditions=[POSITIVE])
    profiler.update(column([1, -1])).update(pa.table({"x": [1.0, -1.0], "y": ["a", "b"]}))
    found = profiler.profile().conditions["positive"]
    assert (found.total, found.failed_rows) == (4, (1, 3))


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (lambda: dp.condition("x", pc.field("x") > 0), "condition 'x' is called like a column"),
        (lambda: dp.condition("c", pc.field("nope") > 0), "'c' cannot be computed: .*nope"),
        (lambda: dp.condition("c", pc.field("x") + 1), "condition 'c' must be boolean, got int64"),
        (lambda: dp.condition("c", lambda b: b["x"]), "condition 'c' must be boolean, got int64"),
        (lambda: dp.condition("c", "nope", matches="a"), "column 'nope' not found"),
        (lambda: dp.condition("c", "x", matches="a"), "column 'x' is int64, and only text"),
        (lambda: dp.condition("c", "x", matches="("), r"'c': '\(' is no regular expression"),
        (lambda: dp.condition("c", pc.field("x"), matches="a"), "with the name of a column"),
        (lambda: dp.condition("c", 7), "'c' must be the name of a column, .* got int"),
        (lambda: "x > 0", r"conditions are made by condition\(name, …\), got str"),
    ],
)
def test_conditions_that_cannot_be_are_named(condition: Any, message: str) -> None:
    """With the way out; nothing is taken."""
    profiler = None
    with pytest.raises(ParameterError, match=message):
        (profiler := dp.Profiler(conditions=[condition()])).update(column([1]))
    assert profiler is None or profiler.rows == 0


def test_two_conditions_of_one_name_are_refused() -> None:
    """It could not be said which of them is meant."""
    with pytest.raises(ParameterError, match="two conditions are called 'positive'"):
        dp.Profiler(conditions=[POSITIVE, POSITIVE])


def test_a_condition_that_fails_on_values_is_unknown_and_counted() -> None:
    """Or raised, if that is asked for; then nothing of the batch is taken."""
    parsed = dp.condition("parsed", pc.field("s").cast(pa.int64()) > 0)
    batches = [pa.record_batch({"s": part}) for part in (["1", "-1"], ["1", "?"])]
    with pytest.warns(DrypointWarning, match=r"rows of 4: 'parsed' 2; as in: .*\?"):
        made = dp.profile(iter(batches), conditions=[parsed])
    found = made.conditions["parsed"]
    assert (found.matched, found.failed, found.unknown) == (1, 1, 2)
    assert (made.errors["parsed"].rows, made.errors["parsed"].batches) == (2, 1)
    profiler = dp.Profiler(conditions=[parsed], on_error="raise").update(batches[0])
    with pytest.raises(InputValueError, match="'parsed' cannot be computed"):
        profiler.update(batches[1])
    assert profiler.rows == 2
