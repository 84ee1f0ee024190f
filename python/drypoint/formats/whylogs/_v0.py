"""Files of whylogs 0.x: one message, read into the components that whylogs 1.x has.

Newer versions of whylogs still write it, for the performance of models alone. Not read are theta
sketches, which HLL sketches of the same values stand beside, and the lengths of strings.
"""

from __future__ import annotations

from drypoint.errors import DecodeError
from drypoint.formats.whylogs._component import FREQUENT, HLL, KLL, integer, real, sketch
from drypoint.formats.whylogs._file import File
from drypoint.formats.whylogs._kll import EMPTY, from_apache, widened
from drypoint.formats.whylogs._wire import Message, read_varint

__all__ = ["decode_v0"]

MAJOR = 1
TYPES = {0: "object", 2: "fractional", 3: "integral", 4: "boolean", 5: "string"}
"""The numbers of types; 1 is that of nulls."""
NULL = 1
LEAST, MOST = 1, 2


def decode_v0(data: bytes) -> File:
    """Reads a message with or without its length before it."""
    size, at = read_varint(data, 0)
    message = Message(data[at:] if size == len(data) - at else data)
    about = message.message(1)
    if about.uint(1) != MAJOR:
        raise DecodeError(f"version {about.uint(1)} of the old format, {MAJOR} is the only one")
    return File(
        columns={entry.text(1): read_column(entry) for entry in message.messages(2)},
        created=about.uint(4),
        timestamp=about.uint(5),
        metadata=about.texts(7) | about.texts(6),
        performance=message.blob(10),
    )


def read_column(entry: Message) -> dict[str, bytes]:
    """The components of a column."""
    column = entry.message(2)
    try:
        return read_counts(column) | read_numbers(column.message(4)) | read_sketches(column)
    except DecodeError as error:
        raise DecodeError(f"column {entry.text(1)!r}: {error}") from error


def read_counts(column: Message) -> dict[str, bytes]:
    """Rows, nulls, true, and values by type."""
    counters = column.message(2)
    entries = column.message(3).messages(1)
    types = {entry.uint(1): entry.int64(2) for entry in entries}
    nulls = counters.message(3).int64(1) if 3 in counters else types.get(NULL, 0)  # noqa: PLR2004 # a field
    made = {"counts/n": integer(counters.int64(1)), "counts/null": integer(nulls)}
    if 2 in counters:  # noqa: PLR2004 # the number of a field
        made["counts/true"] = integer(counters.message(2).int64(1))
    return made | {f"types/{name}": integer(types.get(key, 0)) for key, name in TYPES.items()}


def read_numbers(numbers: Message) -> dict[str, bytes]:
    """Quantiles, mean, spread, and of integers the ends."""
    variance = numbers.message(1)
    histogram = numbers.blob(4)
    made = {
        "distribution/kll": sketch(KLL, from_apache(widened(histogram) if histogram else EMPTY)),
        "distribution/mean": real(variance.double(3)),
        "distribution/m2": real(variance.double(2)),
    }
    longs = numbers.message(3)
    if longs.uint(1):
        made["ints/min"] = integer(longs.int64(2), type_id=LEAST)
        made["ints/max"] = integer(longs.int64(3), type_id=MOST)
    return made


def read_sketches(column: Message) -> dict[str, bytes]:
    """Frequent and distinct values."""
    found = {
        "frequent_items/frequent_strings": (FREQUENT, column.message(7).blob(1)),
        "cardinality/hll": (HLL, column.message(8).blob(1)),
    }
    return {path: sketch(kind, data) for path, (kind, data) in found.items() if data}
