"""Every error is specific, names the thing and the way out, and leaves the sketch as it was."""

from __future__ import annotations

import builtins
import re
import threading
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pytest

from drypoint import errors
from drypoint.sketches import FrequentItems, HllSketch, KllSketch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NAN = float("nan")
RAISED = [name for name in errors.__all__ if not issubclass(vars(errors)[name], Warning)]


def bad(value: Any) -> Any:
    """A value of a type that the signature does not allow."""
    return value


def fed_sketches() -> list[Any]:
    """One of each kind and type, with something in it."""
    return [
        HllSketch().update(range(100)),
        KllSketch(8).update(range(100)),
        KllSketch(8, "f32").update(range(100)),
        KllSketch(8, "i64").update(range(100)),
        KllSketch(8, "str").update(map(str, range(100))),
        FrequentItems(3, "str").update(map(str, range(100))),
        FrequentItems(3, "i64").update(range(100)),
    ]


def test_every_error_is_a_drypoint_error_and_a_builtin_one() -> None:
    """Users can catch ours alone, or what they caught before."""
    ours = [vars(errors)[name] for name in RAISED]
    assert errors.DrypointError in ours
    for error in ours:
        assert issubclass(error, errors.DrypointError)
        if error is not errors.DrypointError:
            (builtin,) = error.__bases__[1:]
            assert vars(builtins)[builtin.__name__] is builtin


def test_what_only_warns_is_a_user_warning() -> None:
    """Python shows it, and users can turn ours into errors alone."""
    warned = [vars(errors)[name] for name in errors.__all__ if name not in RAISED]
    assert warned
    assert all(issubclass(one, errors.DrypointWarning) for one in warned)
    assert issubclass(errors.DrypointWarning, UserWarning)


def test_the_module_draws_the_tree_that_is_there() -> None:
    """The docstring lists each error with its built-in."""
    drawn = dict(re.findall(r"- (\w+) +\(also (\w+)\)", errors.__doc__))
    there = {
        name: vars(errors)[name].__bases__[1].__name__ for name in RAISED if name != "DrypointError"
    }
    assert there
    assert drawn == there


# What is done, what is raised, and what the message must say.
PARAMETERS: list[tuple[Callable[[], Any], str]] = [
    (lambda: HllSketch(3), "lg_k must be an integer in 4..=21, got 3"),
    (lambda: HllSketch(22), "lg_k must be an integer in 4..=21, got 22"),
    (lambda: HllSketch(bad(12.5)), "lg_k must be an integer in 4..=21, got 12.5"),
    (lambda: HllSketch(type=bad("HLL_5")), 'type must be "HLL_4", "HLL_6" or "HLL_8", got "HLL_5"'),
    (lambda: HllSketch().estimate(4), "std_devs must be an integer in 1..=3, got 4"),
    (lambda: KllSketch(7), "k must be an integer in 8..=65535, got 7"),
    (lambda: KllSketch(2**70), f"k must be an integer in 8..=65535, got {2**70}"),
    (
        lambda: KllSketch(dtype=bad("f16")),
        'dtype must be one of ["f64", "f32", "i64", "str"], got "f16"',
    ),
    (lambda: KllSketch(seed=-1), "seed must be an integer in 0..=18446744073709551615, got -1"),
    (lambda: KllSketch.for_error(0.0), "got 0"),
    (lambda: KllSketch.for_error(NAN), "NaN"),
    (lambda: KllSketch().update(1).quantile(1.5), "1.5"),
    (lambda: KllSketch().update(1).quantile(NAN), "NaN"),
    (lambda: KllSketch().update(1).quantile(bad("x")), "a rank must be a number in 0..=1, got 'x'"),
    (lambda: KllSketch().update(1).rank(NAN), "NaN"),
    (lambda: KllSketch().update(1).cdf([1, NAN]), "NaN"),
    (lambda: KllSketch().update(1).pmf([2, 1]), "increas"),
    (lambda: FrequentItems(2), "lg_max_map_size must be an integer in 3..=26, got 2"),
    (lambda: FrequentItems(27), "lg_max_map_size must be an integer in 3..=26, got 27"),
    (lambda: FrequentItems(dtype=bad("f64")), 'dtype must be one of ["i64", "str"], got "f64"'),
    (lambda: FrequentItems().top(-1), "n must be an integer in 0..="),
    (lambda: FrequentItems().frequent(-1), "threshold must be an integer in 0..="),
    (
        lambda: FrequentItems().frequent(error_type=bad("both")),
        "error_type must be 'no_false_positives'",
    ),
]


@pytest.mark.parametrize(("act", "text"), PARAMETERS)
def test_a_parameter_out_of_range_is_named_with_its_range(
    act: Callable[[], Any], text: str
) -> None:
    """The message says the parameter, what it may be, and what it was."""
    with pytest.raises(errors.ParameterError) as caught:
        act()
    assert text in str(caught.value)


BAD_DATA: list[tuple[Any, type[Exception], str]] = [
    (object(), errors.InputTypeError, "value 0 is of type object, which no sketch takes"),
    ([1, 2j], errors.InputTypeError, "value 1 is of type complex, which no sketch takes"),
    ({"a": [1]}, errors.InputTypeError, "a dict is no column; pass one of its values"),
    ([2**64], errors.InputValueError, f"64 bits do not hold: {2**64}; pass it as a float"),
    (-(2**63) - 1, errors.InputValueError, "64 bits do not hold: -9223372036854775809"),
    (["a", "\ud800"], errors.InputValueError, "value 1 is a str with a lone surrogate"),
    ([Decimal("1e-99")], errors.InputValueError, "more digits than a decimal of 256 bits"),
    (np.zeros((2, 3)), errors.InputTypeError, "this has 2×3 values; pass .ravel()"),
    (np.zeros(2, "c16"), errors.InputTypeError, "NumPy array of complex128"),
    (np.zeros(2, "i4,f4"), errors.InputTypeError, "holds no values for a sketch"),
    (np.zeros(2, "M8[ps]"), errors.InputTypeError, "a unit that Arrow does not have"),
    (memoryview(b"ab").cast("c"), errors.InputTypeError, "a buffer of format 'c' holds no numbers"),
    (pa.table({"a": [1], "b": [2]}), errors.InputTypeError, 'this has 2: ["a", "b"]; pass one'),
    (pa.array([[1], [2]]), errors.InputTypeError, "List"),
    (pa.array([{"a": 1}, None]), errors.InputTypeError, "null rows in a struct"),
]


@pytest.mark.parametrize("sketch", fed_sketches(), ids=repr)
@pytest.mark.parametrize(("data", "kind", "text"), BAD_DATA, ids=[row[2] for row in BAD_DATA])
def test_bad_data_is_refused_and_the_sketch_left_as_it_was(
    sketch: Any, data: Any, kind: type[Exception], text: str
) -> None:
    """Whatever the sketch, the same input gets the same answer."""
    before = sketch.to_bytes()
    with pytest.raises(kind) as caught:
        sketch.update(data)
    assert text in str(caught.value)
    assert sketch.to_bytes() == before


WRONG_TYPES: list[tuple[Any, Any]] = [
    (KllSketch(), ["text"]),
    (KllSketch(dtype="f32"), pa.array(["text"])),
    (KllSketch(dtype="i64"), [1.5]),
    (KllSketch(dtype="i64"), pa.array(["text"])),
    (KllSketch(dtype="str"), [1]),
    (KllSketch(dtype="str"), pa.array([1.5])),
    (FrequentItems(dtype="str"), [1]),
    (FrequentItems(dtype="i64"), ["text"]),
    (FrequentItems().update("text"), [1]),
    (FrequentItems().update(1), "text"),
    (FrequentItems(), 1.5),
]


@pytest.mark.parametrize(("sketch", "data"), WRONG_TYPES, ids=repr)
def test_a_sketch_refuses_values_of_another_type(sketch: Any, data: Any) -> None:
    """Text is no number, and 1.5 is no integer."""
    before = sketch.to_bytes()
    with pytest.raises(errors.InputTypeError):
        sketch.update(data)
    assert sketch.to_bytes() == before


def test_a_list_that_fails_late_changes_nothing() -> None:
    """The numbers before the text are not counted either."""
    sketch = KllSketch().update([1.0])
    with pytest.raises(errors.InputTypeError):
        sketch.update([2.0, "text"])
    assert sketch.n == 1


def test_a_stream_that_fails_late_changes_nothing() -> None:
    """A producer's own error comes through, and its first pieces do not count."""

    def pieces() -> Iterator[pa.RecordBatch]:
        yield pa.record_batch({"x": [1.0, 2.0]})
        raise OSError("the disk is gone")

    schema = pa.schema({"x": pa.float64()})
    for sketch in (HllSketch().update(0), KllSketch().update(0)):
        before = sketch.to_bytes()
        with pytest.raises(errors.InputValueError, match="the disk is gone"):
            sketch.update(pa.RecordBatchReader.from_batches(schema, pieces()))
        assert sketch.to_bytes() == before


@pytest.mark.parametrize(
    ("weight", "kind", "text"),
    [
        (-1, errors.InputValueError, "a weight must be in 0..=2^64 - 1, got -1"),
        (2**64, errors.InputValueError, f"got {2**64}"),
        ([1, -2], errors.InputValueError, "weight 1 is negative"),
        ([1], errors.InputValueError, "2 values have 1 weight"),
        ([1, 2, 3], errors.InputValueError, "2 values have 3 weights"),
        (1.5, errors.InputTypeError, "weights must be integers, got Float64"),
        ("many", errors.InputTypeError, "weights must be integers"),
    ],
)
def test_bad_weights_are_refused(weight: Any, kind: type[Exception], text: str) -> None:
    """A weight is a count of copies, one for each value."""
    sketch = FrequentItems(dtype="i64").update(7)
    before = sketch.to_bytes()
    with pytest.raises(kind) as caught:
        sketch.update([1, 2], weight=weight)
    assert text in str(caught.value)
    assert sketch.to_bytes() == before


def test_more_weight_than_can_be_counted_is_refused() -> None:
    """Nothing wraps."""
    sketch = FrequentItems(dtype="i64").update(7, weight=2**61)
    before = sketch.to_bytes()
    with pytest.raises(errors.CapacityError):
        sketch.update(range(10), weight=2**61)
    assert sketch.to_bytes() == before


def test_a_question_of_another_type_is_refused() -> None:
    """Sketches are asked about what they keep."""
    with pytest.raises(errors.InputTypeError, match=r'dtype "f64" is asked for numbers, got str'):
        KllSketch().update(1).rank("a")
    with pytest.raises(
        errors.InputTypeError, match=r'dtype "i64" is asked for integers, got float'
    ):
        KllSketch(dtype="i64").update(1).rank(1.5)
    with pytest.raises(errors.InputTypeError, match=r'dtype "str" is asked for str, got int'):
        KllSketch(dtype="str").update("a").rank(1)
    with pytest.raises(errors.InputTypeError):
        FrequentItems().update("a").estimate(bad(1))
    with pytest.raises(errors.InputValueError, match="does not fit an i64"):
        FrequentItems().update(1).estimate(2**63)


def test_sketches_of_different_kinds_do_not_merge() -> None:
    """Nor do sketches of different items."""
    hll, kll, ints = HllSketch(), KllSketch(), FrequentItems(dtype="i64")
    with pytest.raises(errors.MergeError, match="a KllSketch into a HllSketch"):
        hll.merge(bad(kll))
    with pytest.raises(TypeError):
        hll | bad(kll)
    with pytest.raises(errors.MergeError, match="dtype is f64 on the left and f32 on the right"):
        kll.merge(KllSketch(dtype="f32"))
    with pytest.raises(errors.MergeError, match="dtype is i64 on the left and str on the right"):
        ints.merge(FrequentItems(dtype="str"))


@pytest.mark.parametrize("sketch", fed_sketches(), ids=repr)
def test_bytes_that_are_cut_short_are_refused(sketch: Any) -> None:
    """Every prefix is an error that says so."""
    data = sketch.to_bytes()
    decode = sketch.__reduce__()
    for cut in range(len(data)):
        with pytest.raises(errors.DecodeError, match=r"truncated|expected|corrupt"):
            decode[0](data[:cut], *decode[1][1:])


def test_the_bytes_of_another_family_are_named() -> None:
    """The message says what it is instead."""
    with pytest.raises(errors.DecodeError, match="KLL"):
        HllSketch.from_bytes(KllSketch().update([1, 2]).to_bytes())
    with pytest.raises(errors.DecodeError, match="HLL"):
        KllSketch.from_bytes(HllSketch().update([1, 2]).to_bytes())
    with pytest.raises(errors.DecodeError, match="HLL"):
        FrequentItems.from_bytes(HllSketch().update([1, 2]).to_bytes())


@pytest.mark.parametrize("decode", [HllSketch.from_bytes, KllSketch.from_bytes])
def test_what_is_not_bytes_is_refused(decode: Callable[[Any], Any]) -> None:
    """Text and numbers are not sketches."""
    with pytest.raises(errors.InputTypeError, match="bytes, bytearray or memoryview, got str"):
        decode("text")


def test_a_stream_that_uses_the_sketch_it_feeds_gets_an_error_instead_of_waiting_for_ever() -> None:
    """The one way to deadlock is closed."""
    sketch = HllSketch()
    seen: list[Exception] = []

    def pieces() -> Iterator[pa.RecordBatch]:
        for ask in (sketch.estimate, lambda: sketch.update(1)):
            try:
                ask()
            except errors.BusyError as error:
                seen.append(error)
        yield pa.record_batch({"x": [1.0]})

    reader = pa.RecordBatchReader.from_batches(pa.schema({"x": pa.float64()}), pieces())
    worker = threading.Thread(target=sketch.update, args=(reader,), daemon=True)
    worker.start()
    worker.join(timeout=60)
    assert not worker.is_alive()
    assert len(seen) == 2
    assert round(sketch.estimate()) == 1
