"""Bytes and tables from outside: a profile or a DecodeError, and every answer of it is sound."""

from __future__ import annotations

import datetime as dt
import inspect
import json
import math
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import drypoint as dp
from drypoint import CapacityError, DecodeError, DrypointError, Estimate, Parameters
from drypoint.profiles._file import KEY, from_bytes, from_table, read, to_bytes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SIZE = 60
TABLE = pa.table(
    {
        "integer": pa.array(range(SIZE), pa.int64()),
        "unsigned": pa.array(range(SIZE), pa.uint64()),
        "float": [math.nan, math.inf, 0.5, *map(float, range(SIZE - 3))],
        "whole": pa.array([float(i % 3) for i in range(SIZE)], pa.float32()),
        "text": [f"text {i % 7}" * (i % 40) for i in range(SIZE)],
        "flag": [i % 3 == 0 for i in range(SIZE)],
        "at": pa.array(range(SIZE), pa.timestamp("us", "UTC")),
        "day": pa.array(range(SIZE), pa.date32()),
        "old day": pa.array([i * 86_400_000 for i in range(SIZE)], pa.date64()),
        "time": pa.array(range(SIZE), pa.time32("s")),
        "span": pa.array(range(SIZE), pa.duration("ns")),
        "price": pa.array([Decimal(i) for i in range(SIZE)], pa.decimal128(9, 2)),
        "bytes": [b"x" * i for i in range(SIZE)],
        "list": [[1] * (i % 4) for i in range(SIZE)],
        "struct": [{"x": i} for i in range(SIZE)],
        "map": pa.array([[("k", 1)]] * SIZE, pa.map_(pa.string(), pa.int8())),
        "vector": pa.array([[1.0, float(i)] for i in range(SIZE)], pa.list_(pa.float32(), 2)),
        "nothing": pa.nulls(SIZE),
    }
)
# Small sketches, so that damage hits other things too.
SMALL = Parameters(k=8, lg_k=4, lg_max_map_size=3)
TASKS = {
    "labels": dp.performance.classification(
        label="flag", score=pc.field("integer") / 61.0, positive=True, threshold=0.5, k=8
    ),
    "numbers": dp.performance.regression(label="integer", prediction="float", k=8),
    "lists": dp.performance.ranking(label="integer", prediction="list", k=2),
}
PROFILE = dp.profile(TABLE, parameters=SMALL, performance=TASKS, tags={"run": "7"})
STORED = PROFILE.to_arrow()


def ask(profile: dp.Profile) -> None:
    """Everything that can be asked: only errors of drypoint, and no NaN that stands for nothing."""
    for column in profile:
        for name in properties(column):
            check_sound(column.name, name, answered(column, name))
        for question in (
            lambda one: one.quantile([0, 0.5, 1]),
            lambda one: one.rank(one.min) if one.min is not None and one.kll else None,
            lambda one: one.histogram(5),
            lambda one: one.cdf([one.min]) if one.min is not None and one.kll else None,
            lambda one: one.top(20),
            lambda one: one.lengths and one.lengths.quantile(0.5),
            repr,
        ):
            tolerant(question, column)
    for name, task in (tolerant(lambda one: dict(one.performance), profile) or {}).items():
        for metric in task.METRICS:
            check_sound(name, metric, tolerant(lambda one, of=metric: one.value(of), task))
        for question in (repr, lambda one: one.at_threshold(0.5).to_dict(), lambda one: one.roc()):
            if task.kind == "classification" or question is repr:
                tolerant(question, task)
    for question in (
        repr, dp.Profile.to_dict, dp.Profile.to_polars, dp.Profile.to_pandas,
        dp.Profile._repr_html_, to_bytes,
    ):  # fmt: skip
        tolerant(question, profile)
    tolerant(lambda one: json.dumps(one.to_dict(), allow_nan=False), profile)
    tolerant(lambda one: (one | PROFILE).to_dict(), profile)
    tolerant(lambda one: (PROFILE | one).to_dict(), profile)


def properties(column: dp.ColumnProfile) -> list[str]:
    """The names of all that can be asked without arguments."""
    names = [
        name
        for name, _ in inspect.getmembers(type(column), lambda one: not inspect.isfunction(one))
        if not name.startswith("_")
    ]
    assert "kurtosis" in names
    return names


def tolerant(question: Any, one: Any) -> Any:
    """The answer; None if drypoint refuses to give one."""
    try:
        return question(one)
    except DrypointError:
        return None


def answered(column: dp.ColumnProfile, name: str) -> Any:
    """The answer of a property."""
    return tolerant(lambda one: getattr(one, name), column)


def check_sound(column: str, name: str, answer: Any) -> None:
    """A number that is told is one."""
    numbers = (
        (answer.value, answer.lower, answer.upper) if isinstance(answer, Estimate) else [answer]
    )
    for number in numbers:
        assert not (isinstance(number, float) and math.isnan(number)), (column, name, answer)


# ---- Damaged bytes


def as_parquet(table: pa.Table) -> bytes:
    """The table as a Parquet file."""
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink)
    return bytes(sink.getvalue())


FILES = {"arrow": to_bytes(PROFILE), "parquet": as_parquet(STORED)}
FEW = dp.profile(TABLE.select(["integer", "text"])[:3], parameters=SMALL)
SHORT = {"arrow": to_bytes(FEW), "parquet": as_parquet(FEW.to_arrow())}


@pytest.mark.parametrize("files", [FILES, SHORT], ids=["all types", "short"])
@pytest.mark.parametrize("form", ["arrow", "parquet"])
@given(data=st.data())
def test_flipped_bytes_are_a_profile_or_a_decode_error(
    files: dict[str, bytes], form: str, data: st.DataObject
) -> None:
    """Wherever they are; what comes out can be asked everything."""
    damaged = bytearray(files[form])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        damaged[at] ^= 1 << data.draw(st.integers(0, 7))
    try:
        found = from_bytes(bytes(damaged))
    except DecodeError:
        return
    ask(found)


@pytest.mark.parametrize("form", ["arrow", "parquet"])
@given(data=st.data())
def test_bytes_cut_out_or_put_in_are_a_profile_or_a_decode_error(
    form: str, data: st.DataObject
) -> None:
    """A file cut short, parts of it lost, strange bytes in the middle."""
    whole = SHORT[form]
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(whole))] * 2)))
    made = whole[:start] + data.draw(st.binary(max_size=40)) + whole[end:]
    try:
        found = from_bytes(made)
    except DecodeError:
        return
    ask(found)


@pytest.mark.parametrize("form", ["arrow", "parquet"])
def test_every_file_cut_short_is_refused(form: str, tmp_path: Path) -> None:
    """By name; no prefix of a profile is one."""
    for size in range(0, len(SHORT[form]), 97):
        path = tmp_path / f"cut.{form}"
        path.write_bytes(SHORT[form][:size])
        with pytest.raises(DecodeError, match=f"cut.{form}: not a drypoint profile"):
            dp.load(path)


@given(st.binary(max_size=200))
def test_random_bytes_are_no_profile(data: bytes) -> None:
    """Also behind the magic words of the two formats."""
    for head in (b"", b"PAR1", b"ARROW1\0\0"):
        with pytest.raises(DecodeError, match="not a drypoint profile"):
            from_bytes(head + data)


# ---- Sound files of unsound tables


NUMBERS = st.sampled_from([0, 1, 2, 59, 60, 61, 2**31, 2**32, 2**53, 2**63 - 1, 2**63, 2**64 - 1])
FLOATS = st.sampled_from(
    [0.0, -0.0, 1.0, -1.0, 0.5, math.nan, math.inf, -math.inf, 1e308, -1e308, 5e-324, 1e18]
)
TEXTS = st.sampled_from(
    ["", "nan", "NaN", "inf", "1e999", "-1", "x", "9" * 400, "2013-01-01", "1_0", "٣", "0x1", "1e5"]
)
TYPES = st.sampled_from(
    [
        *dict.fromkeys(STORED["type"].to_pylist()),
        "", "?", "timestamp[s]", "timestamp[x]", "timestamp[us, Nowhere/City]", "time32[ns]",
        "decimal(76, 3)", "decimal(0, 0)", "vector<double>[0]", "vector<float>[99999999]",
        "fixed_size_binary[-1]", "uint64", "float16", "date64", "dictionary", "null",
    ]
)  # fmt: skip


@st.composite
def damaged_bytes(draw: st.DrawFn, old: bytes | None) -> bytes:
    """A few other bytes among the first, where sketches say what they are; perhaps cut short."""
    made = bytearray(old or b"")
    for _ in range(draw(st.integers(0, 3)) if made else 0):
        made[draw(st.integers(0, min(64, len(made)) - 1))] = draw(st.integers(0, 255))
    return bytes(made[: draw(st.integers(0, 40))] if draw(st.booleans()) else made)


FORMS: list[tuple[Callable[[pa.DataType], bool], Callable[[Any], st.SearchStrategy[Any]]]] = [
    (pa.types.is_uint64, lambda _: NUMBERS),
    (pa.types.is_floating, lambda _: FLOATS),
    (pa.types.is_string, lambda _: TEXTS),
    (pa.types.is_binary, damaged_bytes),
    (pa.types.is_boolean, lambda _: st.booleans()),
]


def form(kind: pa.DataType, old: Any) -> st.SearchStrategy[Any]:
    """Values of a kind that are not what they should be."""
    if pa.types.is_list(kind):
        known = old or []
        one = form(kind.value_type, known[0] if known else None)
        # A few others; or the old ones and one more, or one less.
        more = one.map(lambda item: [*known, item])
        return st.lists(one, max_size=4) | more | st.just(known[:-1])
    return next(made(old) for is_kind, made in FORMS if is_kind(kind))


def hostile(draw: st.DrawFn, kind: pa.DataType, old: Any) -> Any:
    """One of them, or nothing."""
    return draw(st.none() | form(kind, old))


@st.composite
def unsound(draw: st.DrawFn) -> pa.Table:
    """The stored profile with a few fields changed to what they should not be."""
    columns = {name: STORED[name].to_pylist() for name in STORED.column_names}
    for _ in range(draw(st.integers(1, 4))):
        row = draw(st.integers(0, STORED.num_rows - 1))
        name = draw(st.sampled_from([*STORED.column_names[1:], *["type", "rows", "nulls"]]))
        kind, old = STORED.schema.field(name).type, columns[name][row]
        if name == "type":
            columns[name][row] = draw(TYPES)
        elif pa.types.is_struct(kind):
            if old is None:
                # A metric that the type does not have, from a column that has it.
                others = [one for one in columns[name] if one is not None]
                columns[name][row] = draw(st.sampled_from([None, *others]))
                continue
            field = draw(st.sampled_from(list(kind)))
            columns[name][row] = old | {field.name: hostile(draw, field.type, old[field.name])}
        else:
            columns[name][row] = hostile(draw, kind, old)
    return pa.table(columns, schema=STORED.schema)


def ask_if_sound(table: pa.Table) -> dp.Profile | None:
    """Everything of the profile that a table is; None where it is refused, by the right error."""
    try:
        found = from_table(table, "it")
    except DecodeError:
        return None
    assert isinstance(found, dp.Profile)
    ask(found)
    return found


@given(table=unsound())
@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
def test_sound_files_of_unsound_tables_are_a_profile_or_a_decode_error(table: pa.Table) -> None:
    """Absurd counts, texts that are no numbers, sketches of others: and all can be asked."""
    ask_if_sound(table)


@pytest.mark.parametrize("name", STORED.column_names)
@pytest.mark.parametrize(
    "kind", [pa.int64(), pa.string(), pa.large_string(), pa.float32(), pa.list_(pa.int8())]
)
def test_a_column_of_another_type_is_refused_or_not_read(name: str, kind: pa.DataType) -> None:
    """All nulls, and of a type that it should not have."""
    index = STORED.column_names.index(name)
    table = STORED.set_column(index, name, pa.nulls(STORED.num_rows, kind))
    ask_if_sound(table)


@pytest.mark.parametrize("name", ["column", "type", "nested", "rows", "nulls", "bytes"])
def test_what_every_profile_has_must_be_there(name: str) -> None:
    """The missing column is named."""
    with pytest.raises(DecodeError, match=f'it: .*"{name}": it is not there'):
        from_table(STORED.drop_columns([name]), "it")


@pytest.mark.parametrize(
    "change",
    [
        {"rows": -1}, {"rows": 2**64}, {"rows": "7"}, {"rows": None}, {"rows": 1.5}, {"rows": True},
        {"version": None}, {"version": "x"}, {"version": 0}, {"version": -3},
        {"window": "2013"}, {"window": ["x", "y"]}, {"window": 7},
        {"window": ["2013-01-01T00:00:00+00:00"]}, {"window": [None, None]},
        {"window": ["2013-01-01T00:00:00", "2013-01-02T00:00:00"]},
        {"segment": [1]}, {"segment": {"a": 1}}, {"segment": {"a": ["b"]}}, {"tags": "ab"},
        {"tags": {"a": {}}}, {"dataset": 7}, {"kind": "set"}, {"kind": 5},
    ],
    ids=str,
)  # fmt: skip
def test_metadata_that_lie_are_refused_or_harmless(change: dict[str, Any]) -> None:
    """What is of no use is a DecodeError; whatever is loaded can be shown, saved and merged."""
    about = json.loads(STORED.schema.metadata[KEY]) | change
    table = STORED.replace_schema_metadata({KEY: json.dumps(about)})
    found = ask_if_sound(table)
    if found is None:
        return
    assert found.dataset is None or isinstance(found.dataset, str)
    assert all(isinstance(one, str) for one in found.tags.values())
    assert [time.tzinfo for time in found.window or ()] in ([], [dt.UTC, dt.UTC])


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b"null", b"7", b'"x"', b"\xff\xfe", b"{}"])
def test_metadata_that_are_none_are_refused(text: bytes) -> None:
    """With what is missing."""
    with pytest.raises(DecodeError, match="it: not a drypoint profile"):
        from_table(STORED.replace_schema_metadata({KEY: text}), "it")


def with_field(table: pa.Table, name: str, values: list[Any]) -> pa.Table:
    """The table with other values in a column."""
    index = table.column_names.index(name)
    return table.set_column(index, table.schema.field(name), pa.array(values, table[name].type))


ONE = dp.profile(pa.table({"x": [1, 2]}))


def test_counts_that_overflow_are_an_error_when_profiles_merge() -> None:
    """They never wrap; both sides stay as they were."""
    stored = ONE.to_arrow()
    about = json.loads(stored.schema.metadata[KEY]) | {"rows": 2**64 - 1}
    most: Any = from_table(stored.replace_schema_metadata({KEY: json.dumps(about)}), "it")
    with pytest.raises(CapacityError):
        most.merge(ONE)
    for name in ("rows", "bytes"):
        column: Any = from_table(with_field(stored, name, [2**64 - 1]), "it")
        with pytest.raises(CapacityError):
            column.merge(ONE)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("nulls", 7),
        *(("moments", {"m2": value}) for value in (-1.0, math.nan)),
        ("moments", {"m4": -1.0}),
        ("moments", {"mean": math.nan}),
        ("moments", {"n": 3}),
    ],
    ids=str,
)
def test_a_record_that_contradicts_itself_is_refused(name: str, value: Any) -> None:
    """More nulls or numbers than rows, squares below zero, a mean that is no number."""
    stored = ONE.to_arrow()
    if isinstance(value, dict):
        value = stored[name].to_pylist()[0] | value
    with pytest.raises(DecodeError, match=f"it: .*{name}"):
        from_table(with_field(stored, name, [value]), "it")


# ---- Sets of profiles


SET = dp.profile(TABLE.select(["flag", "integer", "text"]), segment_by=["flag"], parameters=SMALL)


@given(data=st.data())
def test_flipped_bytes_of_a_set_are_a_set_or_a_decode_error(data: st.DataObject) -> None:
    """And the set can be asked everything."""
    damaged = bytearray(to_bytes(SET))
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    try:
        found = read(bytes(damaged), "it")
    except DecodeError:
        return
    if isinstance(found, dp.Profile):
        ask(found)
        return
    for one in found:
        ask(one)
    for question in (repr, dp.ProfileSet.to_dict, lambda one: one | SET, lambda one: one.overall):
        tolerant(question, found)


@pytest.mark.parametrize(
    "change",
    [
        {"keys": None}, {"keys": 7}, {"keys": "flag"}, {"keys": []}, {"keys": ["other"]},
        {"profiles": None}, {"profiles": 7}, {"profiles": []}, {"profiles": [{}]},
        {"profiles": [{"rows": -1, "tags": {}, "segment": {"flag": "x"}}]},
        {"profiles": [{"rows": 2**64, "tags": {}, "segment": {"flag": "x"}}]},
        {"profiles": [{"rows": 1, "tags": 7, "segment": {"flag": "x"}}]},
        {"profiles": [{"rows": 1, "tags": {}, "segment": {"flag": ["x"]}}]},
        {"profiles": [{"rows": 1, "tags": {}, "segment": {"flag": "x"}}] * 3},
        {"remainder": True}, {"remainder": 7}, {"remainder": None}, {"remainder": "x"},
    ],
    ids=str,
)  # fmt: skip
def test_metadata_of_sets_that_lie_are_refused_or_harmless(change: dict[str, Any]) -> None:
    """As those of profiles."""
    stored = SET.to_arrow()
    about = json.loads(stored.schema.metadata[KEY]) | change
    try:
        found = from_table(stored.replace_schema_metadata({KEY: json.dumps(about)}), "it")
    except DecodeError:
        return
    for question in (repr, dp.ProfileSet.to_dict, lambda one: one | SET, lambda one: one.overall):
        tolerant(question, found)
