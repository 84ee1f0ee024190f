"""Every nesting of Arrow's layouts is profiled as its values are, or refused by name."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
from tests.counting import Counting

import drypoint as dp
from drypoint import InputTypeError, ParameterError
from drypoint.sources._empty import empty_batch

if TYPE_CHECKING:
    from collections.abc import Callable

    Make = Callable[[pa.Array], pa.Array]

LEAVES: dict[str, pa.Array] = {
    "null": pa.nulls(4),
    "bool": pa.array([True, None, False, True]),
    "int8": pa.array([1, 2, None, 2], pa.int8()),
    "double": pa.array([1.5, float("nan"), None, 1.5]),
    "string": pa.array(["a", "b", None, "a"]),
    "view": pa.array(["a", "b" * 30, None, "a"], pa.string_view()),
    "binary": pa.array([b"aa", b"bb", None, b"aa"], pa.binary(2)),
    "struct": pa.array([{"p": 1}, None, {"p": None}, {"p": 1}]),
}
OFFSETS = [0, 2, 2, 3, 4]
TYPES = pa.array([0, 1, 0, 1], pa.int8())


class Stored(pa.ExtensionType):  # type: ignore[misc] # pyarrow has no types
    """A type of someone's own."""

    def __init__(self, storage: pa.DataType) -> None:
        """Stored as whatever it is."""
        super().__init__(storage, "drypoint.tests.stored")

    def __arrow_ext_serialize__(self) -> bytes:
        """Nothing but the storage."""
        return b""

    @classmethod
    def __arrow_ext_deserialize__(cls, storage: pa.DataType, _: bytes) -> Stored:
        """From the storage."""
        return cls(storage)


CODED: dict[str, Make] = {
    "dictionary": lambda array: pa.DictionaryArray.from_arrays(pa.array([0, 1, 2, 3]), array),
    "runs": lambda array: pa.RunEndEncodedArray.from_arrays(
        pa.array([1, 2, 3, 4], pa.int16()), array
    ),
    "extension": lambda array: Stored(array.type).wrap_array(array),
}
"""The same rows in another form."""
NESTED: dict[str, Make] = {
    "list": lambda array: pa.ListArray.from_arrays(pa.array(OFFSETS, pa.int32()), array),
    "large list": lambda array: pa.LargeListArray.from_arrays(pa.array(OFFSETS), array),
    "list view": lambda array: pa.ListViewArray.from_arrays(
        pa.array([2, 0, 0, 1], pa.int32()), pa.array([2, 1, 0, 2], pa.int32()), array
    ),
    "fixed": lambda array: pa.FixedSizeListArray.from_arrays(array, 1),
    "struct": lambda array: pa.StructArray.from_arrays([array, array], ["p", "q"]),
    "map": lambda array: pa.MapArray.from_arrays(
        pa.array(OFFSETS, pa.int32()), pa.array(["k", "l", "k", "m"]), array
    ),
    "sparse": lambda array: pa.UnionArray.from_sparse(TYPES, [array, array]),
    "dense": lambda array: pa.UnionArray.from_dense(
        TYPES, pa.array([0, 0, 1, 3], pa.int32()), [array, array]
    ),
}
"""Rows that hold them."""


def facts(array: pa.Array, **options: Any) -> list[tuple[Any, ...]]:
    """What there is to say of a column and of what is inside it."""
    found = dp.profile(pa.table({"x": array}), **options)
    return [
        (one.name, one.rows, one.nulls, one.min, one.max, one.distinct, str(one.top(3)))
        for one in found
    ]


ALIKE = [
    (leaf, code, nest)
    for leaf, code, nest in product(LEAVES, CODED, NESTED)
    # Plain ones are vectors, whose components nobody asks for.
    if (leaf, nest) != ("double", "fixed") or code == "extension"
]


@pytest.mark.parametrize(("leaf", "code", "nest"), ALIKE)
def test_values_behind_codes_that_are_inside_others_are_those_values(
    leaf: str, code: str, nest: str
) -> None:
    """Of whole columns, of parts that are cut out, and of none of the rows."""
    plain, coded = NESTED[nest](LEAVES[leaf]), NESTED[nest](CODED[code](LEAVES[leaf]))
    for start, size in [(0, 4), (1, 2), (4, 0)]:
        assert facts(coded.slice(start, size)) == facts(plain.slice(start, size))


@pytest.mark.parametrize(("outer", "inner"), list(product(NESTED, NESTED)))
def test_rows_that_are_cut_out_are_read_right_at_any_depth(outer: str, inner: str) -> None:
    """As if they had been copied, types of someone's own among them."""
    array = NESTED[outer](CODED["extension"](NESTED[inner](LEAVES["struct"])))
    cut = array.slice(1, 2)
    copied = pa.concat_arrays([cut]) if "list view" in (outer, inner) else taken(cut)
    assert facts(cut) == facts(copied)


def taken(array: pa.Array) -> pa.Array:
    """A copy that begins where its buffers do."""
    sink = pa.BufferOutputStream()
    batch = pa.record_batch([array], names=["x"])
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return pa.ipc.open_stream(sink.getvalue()).read_next_batch().column(0)


@pytest.mark.parametrize("code", CODED)
@pytest.mark.parametrize("nest", NESTED)
@pytest.mark.parametrize("leaf", LEAVES)
def test_there_are_batches_without_rows_of_all_of_them(leaf: str, nest: str, code: str) -> None:
    """Which Arrow makes of most types only, and breaks over others."""
    kinds = [NESTED[nest](CODED[code](LEAVES[leaf])).type, CODED["extension"](LEAVES[leaf]).type]
    if nest not in ("sparse", "dense"):
        kinds.append(CODED[code](NESTED[nest](LEAVES[leaf])).type)
    schema = pa.schema([(str(index), kind) for index, kind in enumerate(kinds)])
    empty = empty_batch(schema)
    empty.validate(full=True)
    assert (empty.num_rows, empty.schema) == (0, schema)
    assert dp.profile(empty).rows == 0


@pytest.mark.parametrize("code", ["dictionary", "runs"])
@pytest.mark.parametrize("nest", ["sparse", "dense"])
def test_unions_behind_codes_are_refused_by_name(nest: str, code: str) -> None:
    """Wherever they are; the way out that the error tells is one."""
    array = NESTED["list"](CODED[code](NESTED[nest](LEAVES["int8"])))
    table = pa.table({"odd": array, "x": [1, 2, 3, 4]})
    with pytest.raises(InputTypeError, match=r"column 'odd' is list<.*columns={'odd': None}"):
        dp.profile(table)
    assert list(dp.profile(table, columns={"odd": None}).columns) == ["x"]


def test_text_behind_runs_is_matched_run_by_run() -> None:
    """Also where rows are cut out in the middle of a run."""
    words = ["ab", "ab", None, "c", "c"]
    ends = pa.array([2, 3, 5], pa.int32())
    table = pa.table({"x": pa.RunEndEncodedArray.from_arrays(ends, ["ab", None, "c"])})
    has_a = dp.condition("has a", "x", matches="a")
    for start in range(len(words)):
        found = dp.profile(table.slice(start), conditions=[has_a]).conditions["has a"]
        rest = words[start:]
        assert (found.matched, found.unknown) == (rest.count("ab"), rest.count(None))
    bytes_behind_runs = CODED["runs"](pa.array([b"a"] * 4, pa.binary_view()))
    with pytest.raises(ParameterError, match="only text matches"):
        dp.profile(pa.table({"x": bytes_behind_runs}), conditions=[has_a])


def test_a_type_that_arrow_cannot_take_apart_for_segments_is_named() -> None:
    """Metrics of segments need the rows of each."""
    views = NESTED["list"](pa.array([b"a"] * 4, pa.binary_view()))
    table = pa.table({"x": views, "key": ["a", "b", "a", "b"]})
    with pytest.raises(InputTypeError, match=r"column 'x': arrow cannot give .*binary_view"):
        dp.profile(table, metrics=[Counting], segment_by="key")
    assert dp.profile(table, segment_by="key").rows == table.num_rows
