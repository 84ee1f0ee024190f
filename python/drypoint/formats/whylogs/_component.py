"""A metric component: one value of one metric, as a message."""

from __future__ import annotations

from math import isclose, isnan
from typing import Any

from drypoint.formats.whylogs._wire import Message, blob, double, int64, uint

__all__ = [
    "FREQUENT",
    "HLL",
    "INTEGER",
    "KLL",
    "KNOWN",
    "REAL",
    "integer",
    "real",
    "same",
    "sketch",
    "value",
]

INTEGER, REAL, FREQUENT, HLL, KLL = 2, 3, 4, 5, 6
"""The field that a component is in, by its kind."""
SKETCHES = (FREQUENT, HLL, KLL)

KNOWN = frozenset({"counts", "types", "distribution", "ints", "cardinality", "frequent_items"})
"""The metrics that a profile has a place for."""


def integer(number: int, *, type_id: int = 0) -> bytes:
    """A count; with *type_id* 1 a least and with 2 a greatest integer."""
    return uint(1, type_id) + int64(INTEGER, number)


def real(number: float) -> bytes:
    """A float."""
    return double(REAL, number)


def sketch(kind: int, data: bytes) -> bytes:
    """A sketch of a kind."""
    return blob(kind, blob(1, data))


def value(component: bytes | None, kind: int) -> Any:
    """The value of a component; None if there is none, or none of that kind."""
    if component is None:
        return None
    message = Message(component)
    if kind not in message:
        return None
    if kind == INTEGER:
        return message.int64(INTEGER)
    return message.double(REAL) if kind == REAL else message.message(kind).blob(1)


def same(a: bytes, b: bytes) -> bool:
    """Whether two say the same: integers exactly, floats to rounding, sketches by kind."""
    for kind in (INTEGER, REAL):
        left, right = value(a, kind), value(b, kind)
        if left is not None or right is not None:
            return left is not None and right is not None and close(left, right)
    return any(kind in Message(a) and kind in Message(b) for kind in SKETCHES)


def close(a: float, b: float) -> bool:
    """Whether two numbers are the same; integers exactly."""
    if isinstance(a, int) or isinstance(b, int):
        return a == b
    return isclose(a, b, rel_tol=1e-12) or (isnan(a) and isnan(b))
