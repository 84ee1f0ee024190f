"""Metrics written in Python are measured, merged and stored like those of the core."""

from __future__ import annotations

import copy
import json
import re
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import drypoint as dp
from drypoint import (
    DecodeError,
    DrypointWarning,
    InputValueError,
    MergeError,
    Metric,
    ParameterError,
)
from drypoint.profiles import _metric
from drypoint.profiles._file import from_bytes, to_bytes
from drypoint.sketches import HllSketch

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

WORDS = st.lists(st.none() | st.text("abeiou ", max_size=8), max_size=60)


class Palindromes(Metric):
    """How many words read the same backwards."""

    name = "palindromes"

    def __init__(self) -> None:
        """Of no rows."""
        self.count = 0

    @classmethod
    def takes(cls, data_type: pa.DataType) -> bool:
        """Text."""
        return bool(pa.types.is_string(data_type) or pa.types.is_large_string(data_type))

    def update(self, values: pa.Array) -> None:
        """Counts them."""
        self.count += pc.sum(pc.equal(values, pc.utf8_reverse(values))).as_py() or 0

    def merge(self, other: Palindromes) -> None:
        """Adds up."""
        self.count += other.count

    def encode(self) -> dict[str, Any]:
        """The count."""
        return {"count": self.count}

    @classmethod
    def decode(cls, record: Mapping[str, Any]) -> Palindromes:
        """From the count."""
        made = cls()
        made.count = int(record["count"])
        return made

    @property
    def value(self) -> int:
        """The count."""
        return self.count


class Vowels(Metric):
    """The longest run of vowels, and about how many words are different."""

    name = "vowels"

    def __init__(self) -> None:
        """Of no rows."""
        self.longest = 0
        self.words = HllSketch(8)

    takes = Palindromes.takes

    def update(self, values: pa.Array) -> None:
        """Looks at every word."""
        some = [word for word in values.to_pylist() if word]
        runs = [len(run) for word in some for run in re.findall("[aeiou]+", word)]
        self.longest = max([self.longest, *runs])
        self.words.update(values)

    def merge(self, other: Vowels) -> None:
        """The longer of both."""
        self.longest = max(self.longest, other.longest)
        self.words.merge(other.words)

    def encode(self) -> dict[str, Any]:
        """A number and a sketch."""
        return {"longest": self.longest, "words": self.words.to_bytes()}

    @classmethod
    def decode(cls, record: Mapping[str, Any]) -> Vowels:
        """From both."""
        made = cls()
        made.longest, made.words = record["longest"], HllSketch.from_bytes(record["words"])
        return made

    def __eq__(self, other: object) -> bool:
        """The bytes of a sketch depend on the order of values, what it says does not."""
        return isinstance(other, Vowels) and vars(self) == vars(other)

    __hash__ = None  # type: ignore[assignment] # it changes

    @property
    def value(self) -> tuple[int, float]:
        """Both."""
        return self.longest, float(self.words.estimate())


class Fragile(Palindromes):
    """Raises when it sees the word "boom"."""

    name = "fragile"

    def update(self, values: pa.Array) -> None:
        """Unless it is there."""
        if "boom" in values.to_pylist():
            raise RuntimeError("there it is")
        super().update(values)

    def merge(self, other: Palindromes) -> None:  # noqa: ARG002 # it does not come that far
        """Never."""
        raise RuntimeError("no two of these")


BOTH = [Palindromes, Vowels]


def table(words: Sequence[str | None]) -> pa.Table:
    """Words, and something that no metric here takes."""
    return pa.table({"word": pa.array(words, pa.string()), "n": range(len(words))})


def measured(words: Sequence[str | None]) -> tuple[int, int]:
    """What the metrics should find, in plain Python."""
    some = [word for word in words if word is not None]
    runs = [len(run) for word in some for run in re.findall("[aeiou]+", word)]
    return sum(word == word[::-1] for word in some), max(runs, default=0)


def found_in(profile: dp.Profile | None) -> tuple[int, int]:
    """What they found."""
    assert profile is not None
    metrics = profile["word"].metrics
    return metrics["palindromes"].value, metrics["vowels"].value[0]


@pytest.fixture
def undefined() -> Iterator[None]:
    """As in a process where the classes are not defined."""
    known = dict(_metric.CLASSES)
    _metric.CLASSES.clear()
    yield
    _metric.CLASSES.clear()
    _metric.CLASSES.update(known)


@given(words=WORDS, cuts=st.lists(st.integers(0, 60), max_size=3).map(sorted))
def test_parts_merge_into_the_whole(words: list[str | None], cuts: list[int]) -> None:
    """By batches, and by merging the profiles of parts, in any order; nothing changes its parts."""
    edges = [0, *cuts, 60]
    parts = [table(words)[a:b] for a, b in pairwise(edges)]
    profiler = dp.Profiler(metrics=BOTH)
    for part in parts:
        profiler.update(part)
    profiles = [dp.profile(part, metrics=BOTH) for part in parts]
    before = [to_bytes(one) for one in profiles]
    for whole in (profiler.profile(), dp.merge(profiles), dp.merge(profiles[::-1])):
        assert found_in(whole) == measured(words)
    assert dp.merge(profiles)["word"].metric("vowels").value == pytest.approx(
        profiler.profile()["word"].metric("vowels").value
    )
    assert [to_bytes(one) for one in profiles] == before


@given(words=WORDS)
def test_a_profile_of_no_rows_changes_nothing(words: list[str | None]) -> None:
    """On either side."""
    empty, some = (dp.profile(table(rows), metrics=BOTH) for rows in ([], words))
    assert found_in(empty | some) == found_in(some | empty) == measured(words)


@given(words=WORDS)
def test_what_is_stored_is_read(words: list[str | None]) -> None:
    """To the bit; and what is read goes on merging."""
    made = dp.profile(table(words), metrics=BOTH)
    read: Any = from_bytes(to_bytes(made))
    assert read == made == copy.deepcopy(made)
    assert found_in(read) == measured(words)
    assert found_in(read | made) == measured(words + words)


@settings(max_examples=25)
@given(words=WORDS, cut=st.integers(0, 60))
def test_every_segment_has_the_metrics_of_its_rows(words: list[str | None], cut: int) -> None:
    """However the rows are cut."""
    key = {"length": lambda batch: pc.utf8_length(batch["word"])}
    profiler = dp.SegmentedProfiler(key, metrics=BOTH)
    for part in (table(words)[:cut], table(words)[cut:]):
        profiler.update(part)
    segments = profiler.profiles()
    for one in segments:
        text = one.segment["length"]
        size = None if text is None else int(text)
        mine = [word for word in words if (None if word is None else len(word)) == size]
        assert found_in(one) == measured(mine)
    if words:
        assert found_in(segments.overall) == measured(words)
    read: Any = from_bytes(to_bytes(segments))
    assert read == segments


@pytest.mark.filterwarnings("ignore:there are more than")
def test_the_remainder_has_metrics_too() -> None:
    """Those of all rows whose segments are too many."""
    words = ["a", "ab", "aa", "aba", "b", "aaa"]
    made: Any = dp.profile(table(words), segment_by=["word"], max_segments=2, metrics=BOTH)
    assert made.remainder["word"].metric("palindromes").value == 4
    assert found_in(made.overall) == measured(words)
    assert from_bytes(to_bytes(made)) == made


def test_metrics_measure_the_columns_that_they_take() -> None:
    """Derived ones among them; not those that are left out."""
    made = dp.profile(
        table(["aba"]),
        metrics=BOTH,
        derive={"twice": lambda batch: pc.binary_join_element_wise(batch["word"], "x", "")},
        columns={"word": None},
    )
    assert list(made["twice"].metrics) == ["palindromes", "vowels"]
    assert made["n"].metrics == {}
    with pytest.raises(KeyError, match=r"column 'n' has no metric 'vowels'"):
        made["n"].metric("vowels")


def test_metrics_are_columns_beside_ours(tmp_path: Path) -> None:
    """Structs that others ask by name, a row for each column; and plain values in a dict."""
    made = dp.profile(table(["aba", "ab"]), metrics=BOTH)
    made.save(tmp_path / "p.parquet")
    path = str(tmp_path / "p.parquet")
    query = f"""select "column", palindromes.count from '{path}'"""  # noqa: S608
    assert duckdb.sql(query).fetchall() == [("word", 1), ("n", None)]
    plain = json.loads(json.dumps(made.to_dict()))["columns"][0]["metrics"]
    assert plain == {"palindromes": 1, "vowels": [1, pytest.approx(2, rel=0.01)]}
    assert dp.load(path) == made


def test_types_that_become_one_have_one_metric() -> None:
    """And types that stay apart have one each."""
    parts = [
        pa.table({"word": pa.array(["aba"], pa.string())}),
        pa.table({"word": pa.array(["bb"], pa.large_string())}),
        pa.table({"word": pa.nulls(1)}),
        pa.table({"word": [1]}),
    ]
    merged = dp.merge(dp.profile(part, metrics=BOTH) for part in parts)["word"]
    assert merged.types == {"string": 2, "int64": 1}
    assert [list(part.metrics) for part in merged.parts] == [["palindromes", "vowels"], []]
    assert merged.metric("palindromes").value == 2


class Largest(Palindromes):
    """Of numbers, the largest."""

    name = "largest"

    @classmethod
    def takes(cls, data_type: pa.DataType) -> bool:
        """Whatever has an order."""
        return not pa.types.is_null(data_type)

    def update(self, values: pa.Array) -> None:
        """Looks at all."""
        self.count = max(self.count, int(pc.max(values).cast(pa.int64()).as_py()))

    def merge(self, other: Palindromes) -> None:
        """The larger."""
        self.count = max(self.count, other.count)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (pa.int8(), pa.int64()),
        (pa.uint32(), pa.int16()),
        (pa.float32(), pa.float64()),
        (pa.decimal128(5, 0), pa.decimal128(20, 0)),
        (pa.timestamp("s"), pa.timestamp("s", "UTC")),
        (pa.int64(), pa.uint64()),
        (pa.int64(), pa.float64()),
        (pa.timestamp("s"), pa.timestamp("ms")),
        (pa.decimal128(5, 0), pa.decimal128(5, 1)),
    ],
)
def test_metrics_go_where_the_core_puts_the_values(first: pa.DataType, second: pa.DataType) -> None:
    """As many parts have the metric as there are types."""
    tables = [
        pa.table({"x": pa.array([Decimal(value) if pa.types.is_decimal(of) else value], of)})
        for value, of in ((1, first), (2, second))
    ]
    column = dp.merge(dp.profile(one, metrics=[Largest]) for one in tables)["x"]
    found = [part.metric("largest").value for part in column.parts]
    assert found == ([2] if len(column.parts) == 1 else [1, 2])


def test_a_metric_that_raises_leaves_everything_as_it_was() -> None:
    """And is named with its column; other metrics and the core took nothing either."""
    good, bad = table(["aba", "x"]), table(["aa", "boom"])
    profiler = dp.Profiler(metrics=[Palindromes, Fragile]).update(good)
    before = profiler.profile()
    message = "metric 'fragile' of column 'word' cannot be updated: RuntimeError: there it is"
    with pytest.raises(InputValueError, match=message):
        profiler.update(bad)
    assert profiler.profile() == before
    assert profiler.update(good).profile()["word"].metric("palindromes").value == 4


def test_a_metric_that_raises_leaves_the_segments_as_they_were() -> None:
    """Also those that its rows would have opened."""
    words = {1: ["b", "a"], 2: ["c", "boom"], 3: ["d", "a"]}
    made = dp.SegmentedProfiler(["word"], metrics=[Palindromes, Fragile]).update(table(words[1]))
    before = made.profiles()
    for profiler in (made, dp.SegmentedProfiler(["word"], metrics=[Palindromes, Fragile])):
        with pytest.raises(InputValueError, match="metric 'fragile' of column 'word'"):
            profiler.update(table(words[2]))
    assert made.profiles() == before
    found = made.update(table(words[3])).profiles()
    counts = {one.segment["word"]: one["word"].metric("palindromes").value for one in found}
    assert counts == {"b": 1, "a": 2, "d": 1}


def test_buffers_that_lie_leave_metrics_as_they_were() -> None:
    """What the core refuses, no metric keeps."""
    duplicate = pa.Table.from_arrays([pa.array(["a"]), pa.array(["b"])], names=["word", "word"])
    profiler = dp.Profiler(metrics=BOTH).update(table(["aba"]))
    with pytest.raises(InputValueError, match="word"):
        profiler.update(duplicate)
    assert found_in(profiler.profile()) == (1, 1)


def test_a_metric_that_cannot_be_merged_is_named() -> None:
    """With its column."""
    parts = [dp.profile(table(["a"]), metrics=[Fragile]) for _ in range(2)]
    with pytest.raises(MergeError, match="metric 'fragile' of column 'word': RuntimeError: no two"):
        dp.merge(parts)


@pytest.mark.parametrize("name", ["p.arrow", "p.parquet"])
@pytest.mark.usefixtures("undefined")
def test_records_of_unknown_metrics_are_kept(name: str, tmp_path: Path) -> None:
    """As they are, with their types; and asked like any other."""
    _metric.CLASSES["palindromes"] = Palindromes
    _metric.CLASSES["vowels"] = Vowels
    made = dp.profile(table(["aba", "aa"]), metrics=BOTH)
    made.save(tmp_path / name)
    _metric.CLASSES.clear()
    read = dp.load(tmp_path / name)
    assert read["word"].metric("palindromes").value == {"count": 2}
    assert read == made
    read.save(tmp_path / "again.arrow")
    again = dp.load(tmp_path / "again.arrow")
    assert again == made
    assert again.to_arrow()["palindromes"].type == made.to_arrow()["palindromes"].type
    # One side alone stays; two cannot be merged.
    other = dp.profile(table(["x"]))
    assert (read | other)["word"].metric("palindromes").value == {"count": 2}
    with pytest.warns(DrypointWarning, match=r"metrics \['palindromes', 'vowels'\] are dropped"):
        merged = read | again
    assert (merged.rows, merged["word"].metrics, merged.custom) == (4, {}, {})
    # Where the class is defined by then, they merge.
    _metric.CLASSES["palindromes"] = Palindromes
    with pytest.warns(DrypointWarning, match=r"metrics \['vowels'\] are dropped"):
        merged = read | again
    assert merged["word"].metric("palindromes").value == 4


BYTES = to_bytes(dp.profile(table(["aba", "aa"] * 10), metrics=BOTH))


@given(st.data())
def test_damaged_bytes_are_a_profile_or_a_decode_error(data: st.DataObject) -> None:
    """Nothing else."""
    damaged = bytearray(BYTES)
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = from_bytes(bytes(damaged))
    except DecodeError:
        return
    found.to_dict()
    to_bytes(found)


def rewritten(**about: Any) -> bytes:
    """The bytes with other metadata."""
    with pa.ipc.open_file(BYTES) as reader:
        whole = reader.read_all()
    metadata = json.loads(whole.schema.metadata[b"drypoint"]) | about
    sink = pa.BufferOutputStream()
    changed = whole.replace_schema_metadata({"drypoint": json.dumps(metadata)})
    with pa.ipc.new_file(sink, changed.schema) as writer:
        writer.write_table(changed)
    return sink.getvalue().to_pybytes()  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("about", "message"),
    [
        ({"metrics": ["gone"]}, "metric 'gone' is not there"),
        ({"metrics": 7}, "no sound 'drypoint' metadata"),
        ({"errors": [1]}, "no sound 'drypoint' metadata"),
        ({"errors": {"x": {"rows": -1, "batches": 0, "messages": []}}}, "no sound 'drypoint'"),
        ({"errors": {"x": 3}}, "no sound 'drypoint' metadata"),
    ],
)
def test_metadata_that_lies_is_refused(about: dict[str, Any], message: str) -> None:
    """With what is wrong."""
    with pytest.raises(DecodeError, match=message):
        from_bytes(rewritten(**about))


def test_a_record_that_is_not_valid_is_refused() -> None:
    """Whatever the class raises."""
    assert from_bytes(rewritten(metrics=["palindromes"]))["word"].metric("palindromes").value == 20
    _metric.CLASSES["palindromes"] = Vowels  # which wants other fields
    try:
        with pytest.raises(DecodeError, match="metric 'palindromes' cannot be read: KeyError"):
            from_bytes(BYTES)
    finally:
        _metric.CLASSES["palindromes"] = Palindromes


@pytest.mark.usefixtures("undefined")
@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("two words", "must be letters, digits and underscores, got 'two words'"),
        (7, "must be letters, digits and underscores, got 7"),
        ("moments", "metric name 'moments' is taken by drypoint"),
        ("nulls", "metric name 'nulls' is taken by drypoint"),
        ("segment", "metric name 'segment' is taken by drypoint"),
    ],
)
def test_a_name_that_cannot_be_is_refused_when_the_class_is_defined(
    name: Any, message: str
) -> None:
    """It would not be found again in a file."""
    with pytest.raises(ParameterError, match=message):
        type("Bad", (Palindromes,), {"name": name})
    assert _metric.CLASSES == {}


def test_two_classes_of_one_name_are_refused_and_one_may_be_defined_again() -> None:
    """As a notebook does when a cell is run twice."""
    with pytest.raises(ParameterError, match=r"'palindromes' is taken by .*Palindromes; choose"):
        type("Other", (Palindromes,), {"name": "palindromes"})
    first, second = (
        type("Again", (Palindromes,), {"name": "again", "__module__": "x"}) for _ in range(2)
    )
    assert _metric.registered("again") is second
    with pytest.raises(ParameterError, match=r"metric x\.Again is not known by a name"):
        dp.Profiler(metrics=[first])
    del _metric.CLASSES["again"]


class Unnamed(Palindromes):
    """Without a name of its own."""


class Unfinished(Metric):
    """Without methods."""

    name = "unfinished"


@pytest.mark.parametrize(
    ("metrics", "message"),
    [
        ([Palindromes()], "must be classes made of dp.Metric, got <"),
        ([int], "must be classes made of dp.Metric, got <class 'int'>"),
        ([Unnamed], "Unnamed is not known by a name; give it a name of its own"),
        ([Unfinished], r"metric 'unfinished' lacks \['decode', 'encode', 'merge', 'takes'"),
        ([Palindromes, Palindromes], "two metrics are called 'palindromes'"),
    ],
)
def test_what_is_no_metric_is_refused(metrics: list[Any], message: str) -> None:
    """With what is wrong."""
    with pytest.raises(ParameterError, match=message):
        dp.Profiler(metrics=metrics)


class Odd(Palindromes):
    """Stores whatever it is told."""

    name = "odd"
    record: Any = None

    def encode(self) -> dict[str, Any]:
        """What it was told."""
        return self.record  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ({"a": {"b": 1}}, "metric 'odd' cannot be stored: 'a' is none of None, bool, int"),
        (None, "metric 'odd' cannot be encoded: AttributeError"),
        ({}, "metric 'odd' cannot be stored: encode gave nothing"),
        ({"a": 2**70}, "metric 'odd' cannot be stored"),
        ({"a": [1, "b"]}, "metric 'odd' cannot be stored"),
    ],
)
def test_what_cannot_be_stored_is_named(record: Any, message: str) -> None:
    """When it is to be stored, with the way out."""
    made = dp.profile(table(["a"]), metrics=[Odd])
    made["word"].metric("odd").record = record
    with pytest.raises(InputValueError, match=message):
        made.to_arrow()


@given(
    record=st.dictionaries(
        st.sampled_from("abc"),
        st.none()
        | st.booleans()
        | st.integers(-(2**63), 2**63 - 1)
        | st.floats()
        | st.text()
        | st.binary()
        | st.lists(st.floats() | st.none()),
        min_size=1,
    )
)
def test_every_plain_record_is_stored(record: dict[str, Any]) -> None:
    """NaN is the same as NaN."""
    made = dp.profile(table(["a"]), metrics=[Odd])
    made["word"].metric("odd").record = record
    known = _metric.CLASSES.pop("odd")
    try:
        assert from_bytes(to_bytes(made)) == made
    finally:
        _metric.CLASSES["odd"] = known
