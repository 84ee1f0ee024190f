"""Data of any library, brought into one of the three forms that the core takes.

These are: a list of Python values; a contiguous buffer with the kind of its items and a mask of
nulls or None; and whatever speaks the Arrow PyCapsule interface. Libraries are recognised without
being imported: who hands in a NumPy array has imported NumPy.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from drypoint._types import ArrowArray, ArrowStream
from drypoint.errors import InputTypeError, InputValueError

if TYPE_CHECKING:
    from drypoint._types import ArrowData

__all__ = ["Column", "column"]

Column: TypeAlias = "list[Any] | tuple[Any, str, Any] | ArrowData"

SCALARS = frozenset({int, float, str, bytes, bool, type(None)})

# NumPy's units that Arrow does not have, and the ones that hold their values exactly.
UNITS = {"Y": "D", "M": "D", "W": "D", "h": "s", "m": "s"}


def column(data: Any) -> Column:
    """Brings *data* into a form that the core takes; copies nothing that need not be copied."""
    if type(data) in SCALARS:
        return [data]
    if isinstance(data, list):
        return data
    if isinstance(data, ArrowArray | ArrowStream):
        return checked(data)
    if isinstance(data, array | memoryview):
        return from_buffer(memoryview(data))
    numpy = sys.modules.get("numpy")
    if numpy is not None and hasattr(data, "__array__"):
        return from_numpy(numpy, numpy.ma.asanyarray(data))
    return values(data)


def values(data: Any) -> list[Any]:
    """The values of an iterable, or the scalar itself."""
    if isinstance(data, Mapping):
        raise InputTypeError(f"a {type(data).__qualname__} is no column; pass one of its values")
    if isinstance(data, Iterable) and not isinstance(data, str | bytes | bytearray):
        return list(data)
    return [data]


def checked(data: ArrowData) -> ArrowData:
    """Lets pyarrow look for buffers that are too short.

    The interface hands over addresses without lengths, so that only the producer can tell. The
    check reads the ends of the buffers, not the values.
    """
    validate = getattr(data, "validate", None)
    if validate is not None and type(data).__module__.startswith("pyarrow."):
        try:
            validate()
        except ValueError as error:  # pyarrow.ArrowInvalid
            raise InputValueError(f"the arrow data is not valid: {error}") from error
    return data


def from_buffer(view: memoryview) -> Column:
    """Numbers of the buffer protocol."""
    if view.ndim != 1:
        raise InputTypeError(f"a sketch takes one column, this has {view.ndim} dimensions")
    if view.format not in set("bBhHiIlLqQfd"):
        raise InputTypeError(f"a buffer of format {view.format!r} holds no numbers; pass a list")
    return (view, "", None) if view.contiguous and len(view) else view.tolist()


def from_numpy(numpy: Any, data: Any) -> Column:
    """Numbers and times as a buffer, text and objects as a list."""
    if data.ndim > 1:
        shape = "×".join(map(str, data.shape))
        raise InputTypeError(f"a sketch takes one column, this has {shape} values; pass .ravel()")
    data = numpy.atleast_1d(data)
    if not len(data) or data.dtype.kind in "USOT":
        return list(data.tolist())
    mask = numpy.ma.getmask(data)
    nulls = None if mask is numpy.ma.nomask else mask
    data = numpy.ma.getdata(data)
    match data.dtype.kind:
        case "i" | "u" | "f":
            values, kind = numbers(numpy, data), ""
        case "b":
            values, kind = numbers(numpy, data).view(numpy.uint8), "bool"
        case "M" | "m":
            values, kind = times(numpy, data)
            absent = numpy.isnat(data)
            nulls = absent if nulls is None else nulls | absent
        case _:
            raise InputTypeError(f"a NumPy array of {data.dtype} holds no values for a sketch")
    any_null = nulls is not None and nulls.any()
    return values, kind, numpy.ascontiguousarray(nulls).view(numpy.uint8) if any_null else None


def numbers(numpy: Any, data: Any) -> Any:
    """The same numbers, contiguous, aligned, in native byte order, of a width that Arrow has."""
    dtype = data.dtype.newbyteorder("=")
    if dtype.kind == "f" and dtype.itemsize not in (4, 8):
        dtype = numpy.dtype("f4" if dtype.name == "float16" else "f8")
    return numpy.require(data, dtype=dtype, requirements=["C", "A"])


def times(numpy: Any, data: Any) -> tuple[Any, str]:
    """Times and durations as integers, and the Arrow type that keeps them so."""
    is_duration = data.dtype.kind == "m"
    found, step = numpy.datetime_data(data.dtype)
    unit = UNITS.get(found, found)
    if (unit == "D" and is_duration) or (unit == "generic" and not is_duration):
        unit = "s"  # a date without a unit can only be NaT
    if unit not in ("D", "s", "ms", "us", "ns"):
        raise InputTypeError(f"a NumPy array of {data.dtype} has a unit that Arrow does not have")
    if unit != found or step != 1:
        data = data.astype(f"{data.dtype.kind}8[{unit}]")
    ticks = numbers(numpy, data).view(numpy.int64)
    if unit == "D":
        return ticks.astype(numpy.int32), "date32"
    return ticks, f"{'duration' if is_duration else 'timestamp'}[{unit}]"
