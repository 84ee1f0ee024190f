"""Laws of profiles, over tables of every type that Arrow has: merging, files, layouts."""

from __future__ import annotations

import math
import pickle
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import drypoint as dp
from drypoint import Parameters
from drypoint.profiles._file import from_bytes, to_bytes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from drypoint.sketches import HllSketch

EPSILON = 2.0**-53
DAY = 86_400_000


def integers(bits: int) -> st.SearchStrategy[int]:
    """Signed ones, small and large."""
    return st.integers(-3, 3) | st.integers(-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)


def ticks() -> st.SearchStrategy[int]:
    """Of times; not -2**63, which NumPy shows as NaT."""
    return st.integers(-3, 3) | st.integers(-(2**63) + 1, 2**63 - 1)


def unsigned(bits: int) -> st.SearchStrategy[int]:
    """Small and large."""
    return st.integers(0, 3) | st.integers(0, 2**bits - 1)


def scaled(digits: int, scale: int) -> st.SearchStrategy[Decimal]:
    """Decimals of all digits."""
    most = 10**digits - 1
    return st.integers(-most, most).map(lambda unscaled: Decimal(unscaled).scaleb(-scale))


WORDS = st.sampled_from(
    ["", " ", "a", "two words", "17", "-2.5", "true", "2013-01-31", "ada@example.org", "{}", "北京"]
)
LEAVES: list[tuple[pa.DataType, st.SearchStrategy[Any]]] = [
    (pa.null(), st.none()),
    (pa.bool_(), st.booleans()),
    *((getattr(pa, f"int{bits}")(), integers(bits)) for bits in (8, 16, 32, 64)),
    *((getattr(pa, f"uint{bits}")(), unsigned(bits)) for bits in (8, 16, 32, 64)),
    (pa.float16(), st.floats(width=16)),
    (pa.float32(), st.floats(width=32) | st.integers(-3, 3).map(float)),
    (pa.float64(), st.floats() | st.integers(-3, 3).map(float)),
    (pa.string(), st.text() | WORDS),
    (pa.large_string(), WORDS | st.text("ab ", max_size=300)),
    (pa.string_view(), WORDS | st.text(max_size=30)),
    (pa.binary(), st.binary(max_size=20)),
    (pa.binary_view(), st.binary(max_size=20)),
    (pa.binary(3), st.binary(min_size=3, max_size=3)),
    (pa.date32(), st.integers(-(2**31), 2**31 - 1)),
    (pa.date64(), st.integers(-(10**6), 10**6).map(lambda day: day * DAY)),
    (pa.time32("s"), st.integers(0, 86_399)),
    (pa.time32("ms"), st.integers(0, DAY - 1)),
    (pa.time64("us"), st.integers(0, 1_000 * DAY - 1)),
    (pa.time64("ns"), st.integers(0, 1_000_000 * DAY - 1)),
    *((pa.timestamp(unit), ticks()) for unit in ("s", "ms", "us", "ns")),
    (pa.timestamp("us", "Europe/Oslo"), ticks()),
    (pa.duration("ms"), ticks()),
    (pa.decimal32(5, 2), scaled(5, 2)),
    (pa.decimal64(15, 0), scaled(15, 0)),
    (pa.decimal128(28, 9), scaled(28, 9)),
    (pa.decimal256(28, 3), scaled(28, 3)),
]


def nested(
    inside: st.SearchStrategy[tuple[pa.DataType, st.SearchStrategy[Any]]],
) -> st.SearchStrategy[tuple[pa.DataType, st.SearchStrategy[Any]]]:
    """Types that hold others."""

    def lists(one: tuple[pa.DataType, st.SearchStrategy[Any]]) -> Any:
        kind, values = one
        many = st.lists(values | st.none(), max_size=3)
        both = st.fixed_dictionaries({"x": values | st.none(), "y": st.booleans()})
        return st.sampled_from(
            [
                (pa.list_(kind), many),
                (pa.large_list(kind), many),
                (pa.list_view(kind), many),
                (pa.list_(kind, 2), st.lists(values | st.none(), min_size=2, max_size=2)),
                (pa.struct({"x": kind, "y": pa.bool_()}), both),
                (pa.map_(pa.string(), kind), st.lists(st.tuples(WORDS, values), max_size=3)),
            ]
        )

    return inside.flatmap(lists)


KINDS = st.recursive(st.sampled_from(LEAVES), nested, max_leaves=3)


@st.composite
def tables(draw: st.DrawFn, rows: int = 12, columns: int = 4) -> pa.Table:
    """Tables of a few columns of any types; nulls among their values."""
    size = draw(st.integers(0, rows))
    kinds = draw(st.lists(KINDS, min_size=1, max_size=columns))
    return pa.table(
        {
            f"c{index}": pa.array(
                draw(st.lists(values | st.none(), min_size=size, max_size=size)), kind
            )
            for index, (kind, values) in enumerate(kinds)
        }
    )


# Small sketches, so that a few rows go beyond what they hold exactly.
SMALL = Parameters(k=8, lg_k=4, lg_max_map_size=3)
EXACT = (
    "type", "types", "nested", "rows", "missing", "nulls", "null_ratio", "bytes", "nans",
    "positive_infinities", "negative_infinities", "zeros", "negatives", "trues", "falses", "min",
    "max", "n", "hours", "weekdays", "future", "empty", "blank", "words", "zero_vectors",
    "non_finite_vectors", "contents", "lengths", "characters",
)  # fmt: skip


def exact(profile: dp.Profile) -> dict[str, Any]:
    """What is promised exactly, by column; lengths and contents too, since columns are small."""
    facts = {
        column.name: {name: getattr(column, name) for name in EXACT}
        | {"registers": column.hll and registers(column.hll)}
        | {"sum": column.sum if "int" in column.type else None}
        for column in profile
    }
    return {"rows": profile.rows, **facts}


def registers(sketch: HllSketch) -> bytes:
    """The registers alone: what an estimate takes from the order of values is lost in a merge."""
    return sketch.copy().merge(sketch.copy()).to_bytes()


def assert_close(found: dp.Profile, expected: dp.Profile) -> None:
    """The exact facts are equal; moments but for rounding; and what sketches tell is possible."""
    assert exact(found) == exact(expected)
    for ours, theirs in zip(found, expected, strict=True):
        for name in ("mean", "std", "sum"):
            a, b = getattr(ours, name), getattr(theirs, name)
            assert (a is None) == (b is None), name
            scale = largest(theirs)
            # A few operations a value, each rounding what is no larger than the sum of all.
            slack = 16 * EPSILON * max(1, theirs.n or 1) ** 2 * scale
            assert a is None or a == b or abs(a - b) <= slack or not math.isfinite(b), name
        if ours.kll is not None and theirs.kll is not None:
            assert (ours.kll.n, ours.kll.min, ours.kll.max) == (
                theirs.kll.n, theirs.kll.min, theirs.kll.max,
            )  # fmt: skip


def largest(column: dp.ColumnProfile) -> float:
    """The largest finite number by size; 0 without numbers."""
    kll = column.kll
    return 0.0 if kll is None or kll.is_empty else max(abs(float(kll.min)), abs(float(kll.max)))


# ---- Merging


@given(table=tables(), cut=st.integers(0, 12), parameters=st.sampled_from([None, SMALL]))
def test_profiles_of_parts_merge_to_that_of_the_whole(
    table: pa.Table, cut: int, parameters: Parameters | None
) -> None:
    """Of every type, at any cut."""
    a, b = (
        dp.profile(part, parameters=parameters)
        for part in (table[:cut], table[min(cut, len(table)) :])
    )
    assert_close(a | b, dp.profile(table, parameters=parameters))


@given(table=tables(), cut=st.integers(0, 12))
def test_merging_changes_neither_side_and_asking_changes_nothing(table: pa.Table, cut: int) -> None:
    """To the bit."""
    a, b = dp.profile(table[:cut]), dp.profile(table[min(cut, len(table)) :])
    before = to_bytes(a), to_bytes(b)
    merged = a | b
    first = to_bytes(merged)
    merged.to_dict()
    repr(merged)
    assert (to_bytes(a), to_bytes(b)) == before
    assert to_bytes(merged) == first == to_bytes(a.merge(b))


@given(table=tables(), parameters=st.sampled_from([None, SMALL]))
def test_no_rows_are_the_identity_of_merging(
    table: pa.Table, parameters: Parameters | None
) -> None:
    """From either side, to the bit."""
    whole, empty = (dp.profile(part, parameters=parameters) for part in (table, table[:0]))
    assert whole | empty == whole
    assert empty | whole == whole


@given(table=tables(), cuts=st.tuples(st.integers(0, 12), st.integers(0, 12)))
def test_how_merges_are_grouped_and_ordered_does_not_matter(
    table: pa.Table, cuts: tuple[int, int]
) -> None:
    """Exact facts are exactly the same; of columns that came with one type."""
    first, second = (min(cut, len(table)) for cut in sorted(cuts))
    a, b, c = map(dp.profile, (table[:first], table[first:second], table[second:]))
    left, right = (a | b) | c, a | (b | c)
    assert_close(left, right)
    assert_close(dp.merge([a, b, c]), left)
    assert_close(c | b | a, left)


@given(first=tables(), second=tables())
def test_whatever_two_tables_hold_their_profiles_merge(first: pa.Table, second: pa.Table) -> None:
    """Columns of the same names and other types keep a part for each type; no row is lost."""
    a, b = dp.profile(first), dp.profile(second)
    merged, turned = a | b, b | a
    assert merged.rows == turned.rows == len(first) + len(second)
    assert merged.columns.keys() == turned.columns.keys() == a.columns.keys() | b.columns.keys()
    for column in merged:
        parts = [one[column.name] for one in (a, b) if column.name in one]
        assert column.rows == sum(part.rows for part in parts)
        assert column.nulls == sum(part.nulls for part in parts)
        assert column.bytes == sum(part.bytes for part in parts)
        assert sum(column.types.values()) == column.rows - column.nulls
        assert sorted(column.types.values()) == sorted(turned[column.name].types.values())
        assert column.nested or column.missing == merged.rows - column.rows
    assert from_bytes(to_bytes(merged)) == merged


@given(
    values=st.lists(st.integers(0, 40), max_size=200),
    cut=st.integers(0, 200),
    kind=st.sampled_from([pa.int64(), pa.string(), pa.date32()]),
)
def test_bounds_hold_after_merging(values: list[int], cut: int, kind: pa.DataType) -> None:
    """Counts of frequent items always, however small the sketch; and what is exact is exact."""
    array = pa.array(values, pa.int32()).cast(kind)
    parts = (pa.table({"x": array[:cut]}), pa.table({"x": array[cut:]}))
    found = dp.merge(dp.profile(part, parameters=SMALL) for part in parts)["x"]
    truth = Counter(array.to_pylist())
    assert found.items is not None
    assert found.items.total_weight == len(values)
    for item in found.top(100):
        assert item.estimate.lower <= truth[item.item] <= item.estimate.upper
    # 3.5 / 2**lg_max_map_size of the rows.
    assert found.items.max_error <= 3.5 / 8 * len(values)
    if found.kll is not None and values and found.kll.n <= found.kll.k:
        assert [quantile.value for quantile in found.quantile([0, 1])] == [min(truth), max(truth)]


# ---- Files


@given(table=tables())
@settings(max_examples=50)
def test_what_is_saved_is_loaded_to_the_bit(
    table: pa.Table, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Of every type, as Arrow IPC, as Parquet and by pickle; also after a merge."""
    folder: Path = tmp_path_factory.mktemp("saved")
    made = dp.profile(table, dataset="laws", parameters=SMALL)
    for profile in (made, made | made):
        for name in ("p.arrow", "p.parquet"):
            profile.save(folder / name)
            loaded = dp.load(folder / name)
            assert loaded == profile
            assert exact(loaded) == exact(profile)
            assert to_bytes(loaded) == to_bytes(profile)
        assert pickle.loads(pickle.dumps(profile)) == profile


@given(table=tables(), cut=st.integers(0, 12))
def test_what_is_loaded_merges_as_what_was_saved(table: pa.Table, cut: int) -> None:
    """Nothing that merging needs is left out of a file."""
    a, b = dp.profile(table[:cut]), dp.profile(table[min(cut, len(table)) :])
    loaded = from_bytes(to_bytes(a)) | from_bytes(to_bytes(b))
    assert exact(loaded) == exact(a | b)


# ---- Layouts


def sliced(array: pa.Array) -> pa.Array:
    """The same values in the middle of a longer array, whose others are null."""
    others = pa.nulls(11, array.type)
    return pa.concat_arrays([others, array, others]).slice(11, len(array))


def chunked(array: pa.Array) -> pa.ChunkedArray:
    """The same values in several arrays, one of them empty."""
    return pa.chunked_array([array[:1], array[1:1], array[1:]], array.type)


@given(table=tables())
def test_offsets_and_chunks_change_nothing(table: pa.Table) -> None:
    """To the bit, of every type."""
    expected = dp.profile(table)
    arrays = {name: table[name].combine_chunks() for name in table.column_names}
    for layout in (sliced, chunked):
        assert dp.profile(pa.table({name: layout(one) for name, one in arrays.items()})) == expected
    batches = [table[start : start + 1] for start in range(len(table))] or [table]
    assert dp.profile(iter(batches)) == expected
    assert dp.profile(table, threads=1) == expected


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([{"x": {"y": 1}}, {"x": {"y": 2}}, None], pa.struct({"x": pa.struct({"y": pa.int8()})})),
        ([[{"x": 1}] * 2, [{"x": 2}] * 2, None], pa.list_(pa.struct({"x": pa.int8()}), 2)),
    ],
)
def test_structs_inside_others_with_nulls_may_begin_anywhere(
    values: list[Any], kind: pa.DataType
) -> None:
    """A batch that is cut out of a longer one is one of its rows."""
    whole = pa.table({"x": pa.array(values, kind)})
    for start in range(len(values)):
        alone = pa.table({"x": pa.array(values[start:], kind)})
        assert dp.profile(whole[start:]) == dp.profile(alone)


class OnlyStream:
    """Nothing but a stream of Arrow."""

    def __init__(self, table: pa.Table) -> None:
        """Of the batches of a table."""
        self.table = table

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """What the interface asks for."""
        return self.table.__arrow_c_stream__(requested_schema)


@given(table=tables())
def test_empty_batches_of_a_stream_change_nothing(table: pa.Table) -> None:
    """Cut out of longer ones, at the beginning, in the middle and at the end."""
    size = len(table)
    cuts = [table[:0], table[: size // 2], table[size // 2 :][:0], table[size // 2 :], table[size:]]
    chunks = [
        pa.chunked_array([part for cut in cuts for part in cut[name].chunks], table[name].type)
        for name in table.column_names
    ]
    parts = pa.table(chunks, names=table.column_names)
    assert dp.profile(OnlyStream(parts)) == dp.profile(table)


def structs_in_structs(size: int) -> pa.Array:
    """Some of which are null."""
    return pa.array(
        [{"x": {"y": row}} if row % 3 else None for row in range(size)],
        pa.struct({"x": pa.struct({"y": pa.int32()})}),
    )


def test_structs_inside_others_may_be_derived() -> None:
    """What a function cuts out of a longer array is what it says."""
    array = structs_in_structs(20)
    made = dp.profile({"x": range(10)}, derive={"made": lambda batch: array[10:][: len(batch)]})
    expected = dp.profile(pa.table({"made": array[10:].take(pa.array(range(10)))}))
    assert told_of(made, "made") == told_of(expected, "made")


def test_structs_inside_others_may_be_cut_by_a_file(tmp_path: Path) -> None:
    """One batch of a file is read as several."""
    table = pa.table({"x": structs_in_structs(1 << 17)})
    with pa.ipc.new_file(tmp_path / "x.arrow", table.schema) as file:
        file.write_table(table)
    assert dp.profile(tmp_path / "x.arrow") == dp.profile(table)


def told_of(profile: dp.Profile, column: str) -> list[dict[str, Any]]:
    """All facts of a column and of what is inside it."""
    found = [one for one in profile.to_dict()["columns"] if one["column"].startswith(column)]
    assert found
    return found


PLAIN: dict[str, tuple[pa.DataType, pa.DataType]] = {
    "large_string": (pa.string(), pa.large_string()),
    "string_view": (pa.string(), pa.string_view()),
    "large_binary": (pa.binary(), pa.large_binary()),
    "binary_view": (pa.binary(), pa.binary_view()),
    "large_list": (pa.list_(pa.int32()), pa.large_list(pa.int32())),
    "list_view": (pa.list_(pa.int32()), pa.list_view(pa.int32())),
    "large_list_view": (pa.list_(pa.int32()), pa.large_list_view(pa.int32())),
    "decimal32": (pa.decimal128(7, 2), pa.decimal32(7, 2)),
    "decimal64": (pa.decimal128(7, 2), pa.decimal64(7, 2)),
}
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "string": WORDS | st.text(max_size=30),
    "binary": st.binary(max_size=30),
    "list": st.lists(integers(32) | st.none(), max_size=3),
    "decimal": scaled(7, 2),
}


@pytest.mark.parametrize("name", PLAIN)
@given(data=st.data())
def test_types_of_the_same_values_are_one(name: str, data: st.DataObject) -> None:
    """However their offsets or digits are laid out, to the bit."""
    plain, other = PLAIN[name]
    (values,) = (values for start, values in VALUES.items() if str(plain).startswith(start))
    drawn = data.draw(st.lists(values | st.none(), max_size=30))
    expected = dp.profile(pa.table({"x": pa.array(drawn, plain)}))
    found = dp.profile(pa.table({"x": pa.array(drawn, other)}))
    if pa.types.is_decimal(plain):
        # Fewer digits take fewer bytes.
        assert told(found) == told(expected)
    else:
        assert found == expected


def told(profile: dp.Profile) -> dict[str, Any]:
    """All facts of the only column but the bytes that it takes."""
    (column,) = profile.to_dict()["columns"]
    return {name: fact for name, fact in column.items() if name != "bytes"}


ENCODED: dict[str, Callable[[pa.Array], pa.Array]] = {
    "dictionary": lambda array: array.dictionary_encode(),
    "dictionary with what is not used": lambda array: pa.concat_arrays(
        [array[::-1], array]
    ).dictionary_encode()[len(array) :],
    "runs": pc.run_end_encode,
    "runs in the middle": lambda array: pc.run_end_encode(pa.concat_arrays([array[::-1], array]))[
        len(array) :
    ],
}
ENCODABLE = [
    (kind, values)
    for kind, values in LEAVES
    if kind not in (pa.null(), pa.string_view(), pa.binary_view(), pa.float16())
    and not pa.types.is_decimal32(kind)
    and not pa.types.is_decimal64(kind)
]


@pytest.mark.parametrize("encoding", ENCODED)
@given(kind=st.sampled_from(ENCODABLE), data=st.data())
def test_encoded_columns_have_the_facts_of_their_values(
    encoding: str, kind: tuple[pa.DataType, st.SearchStrategy[Any]], data: st.DataObject
) -> None:
    """Dictionaries and runs, of every type; moments are the same but for rounding."""
    few = data.draw(st.lists(kind[1], min_size=1, max_size=4))
    drawn = data.draw(st.lists(st.sampled_from(few) | st.none(), max_size=30))
    array = pa.array(drawn, kind[0])
    assert_close(
        dp.profile(pa.table({"x": ENCODED[encoding](array)})), dp.profile(pa.table({"x": array}))
    )


@pytest.mark.parametrize("encoding", ENCODED)
@given(drawn=st.lists(WORDS | st.none(), max_size=60))
def test_encoded_strings_have_the_profile_of_plain_ones(
    encoding: str, drawn: list[str | None]
) -> None:
    """To the bit."""
    array = pa.array(drawn, pa.string())
    expected = dp.profile(pa.table({"x": array}))
    assert dp.profile(pa.table({"x": ENCODED[encoding](array)})) == expected
