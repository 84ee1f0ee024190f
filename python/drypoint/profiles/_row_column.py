"""The values of one field of logged rows, and the types they are of."""

from __future__ import annotations

import datetime as dt
import logging
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyarrow as pa

    from drypoint import _core

__all__ = ["RowColumn", "main_type", "readable"]

FIRST = 1_024
"""So many values of a column decide its type, as they would in a batch."""
MOST_PARTS = 16
"""So many types of one column are kept open; those before are closed and merged."""
NULLS_AT_A_TIME = 1 << 16
EXACT_IN_DOUBLES = 2**53
SIGNED = range(-(2**63), 2**63)
STEADY = frozenset({bool, float, bytes, dt.date, dt.time, dt.timedelta})
"""Python types whose values are all of one Arrow type."""

report = logging.getLogger("drypoint")


class RowColumn:
    """Profiles the values of one field, which may be of any types, however they are cut.

    The first 1,024 values, counted from the first that is not null, decide the type, as they would
    in a batch: integers among floats are floats. From then on every value finds its part alone:
    what fits the type of the column exactly joins it, all else is a part of its own type. Nulls are
    of the first part.

    Args:
        name: of the field.
        make: opens a profiler of one column, by name and type; None if it is left out.
        nulls: rows that came before the first that had the field.

    Attributes:
        name: of the field.
        rows: how many it has taken, those before the first among them.
    """

    def __init__(
        self, name: str, make: Callable[[str, pa.DataType], _core.Profiler | None], nulls: int
    ) -> None:
        self.name = name
        self._make = make
        self.rows = nulls
        self._nulls = nulls
        self._waiting: list[Any] | None = []
        self._main: pa.DataType = None
        self._parts: dict[pa.DataType, _core.Profiler | None] = {}
        self._closed: list[_core.Profile] = []
        self._homes: dict[Any, pa.DataType] = {}
        self._told = False

    def extend(self, values: list[Any]) -> None:
        """Takes the values of the next rows."""
        self._extend(values)
        self.rows += len(values)

    def _extend(self, values: list[Any]) -> None:
        if self._waiting is None:
            self._feed(values)
            return
        if not self._waiting:
            there = (at for at, value in enumerate(values) if value is not None)
            begin = next(there, len(values))
            self._nulls += begin
            values = values[begin:]
        room = FIRST - len(self._waiting)
        self._waiting += values[:room]
        if len(self._waiting) == FIRST:
            self._open(self._waiting)
            self._feed(values[room:])

    def profiles(self) -> list[_core.Profile]:
        """One for each type of what came so far, the main one first."""
        if self._waiting is None:
            return [part.profile() for part in self._parts.values() if part] + self._closed
        draft = RowColumn(self.name, self._make, self._nulls)
        draft._open(list(self._waiting))
        return draft.profiles()

    # ---- The type of the column

    def _open(self, values: list[Any]) -> None:
        """Decides for a type and takes in what has waited."""
        self._waiting = None
        self._main = main_type(values)
        self._part(self._main)
        for begin in range(0, self._nulls, NULLS_AT_A_TIME):
            self._put_nulls(min(NULLS_AT_A_TIME, self._nulls - begin))
        self._feed(values)

    def _feed(self, values: list[Any]) -> None:
        """Takes values in, at once if all of them are of the type of the column."""
        import pyarrow as pa

        if not values:
            return
        array = inferred(values)
        if array is None or is_mixture(array.type, values):
            self._split(values)
        elif array.type == self._main:
            self._put(array)
        elif pa.types.is_null(array.type):
            self._put_nulls(len(array))
        else:
            self._split(values)

    # ---- Values of several types

    def _split(self, values: list[Any]) -> None:
        """Takes each value into the part of its type."""
        groups: dict[pa.DataType, list[Any]] = {}
        for value in values:
            groups.setdefault(self._home(value), []).append(value)
        for data_type, group in groups.items():
            self._put(self._array(group, data_type))

    def _home(self, value: Any) -> pa.DataType:
        """The type of the part that takes a value."""
        import pyarrow as pa

        kind = type(value)
        if value is None:
            return self._main
        if kind is int:
            return home_of_integer(value, self._main)
        if isinstance(value, str):
            return pa.string()
        found = self._homes.get(kind)
        if found is None:
            found = self._new_home(value)
            if kind in STEADY:
                self._homes[kind] = found
        return found

    def _new_home(self, value: Any) -> pa.DataType:
        import pyarrow as pa

        array = inferred([value])
        if array is None or pa.types.is_null(array.type):
            return self._main
        if covers(self._main, array.type) and inferred([value], self._main) is not None:
            return self._main
        return widened(array.type)

    def _array(self, values: list[Any], data_type: pa.DataType) -> pa.Array:
        """Values that are of one type; what is lost is said once for each column."""
        array, lost = readable(values, data_type)
        if lost and not self._told:
            self._told = True
            report.warning(
                "column %r: values that Arrow does not take are counted as null, such as %r",
                self.name,
                lost[0],
            )
        return array

    # ---- Parts

    def _put(self, array: pa.Array) -> None:
        import pyarrow as pa

        batch = pa.RecordBatch.from_arrays([array], names=[self.name])
        part = self._part(array.type)
        if part is not None:
            part.update([batch])

    def _put_nulls(self, count: int) -> None:
        import pyarrow as pa

        self._put(pa.nulls(count, self._main))

    def _part(self, data_type: pa.DataType) -> _core.Profiler | None:
        """The part of a type, opened if it is new."""
        if data_type not in self._parts:
            if len(self._parts) == MOST_PARTS:
                self._close_all_but_main()
            self._parts[data_type] = self._make(self.name, data_type)
        return self._parts[data_type]

    def _close_all_but_main(self) -> None:
        main = self._parts.pop(self._main)
        closed = self._closed + [part.profile() for part in self._parts.values() if part]
        self._closed = [closed[0].merged(closed[1:])] if closed else []
        self._parts = {self._main: main}


def inferred(values: list[Any], data_type: pa.DataType | None = None) -> pa.Array | None:
    """The values as Arrow makes them, of the type that it guesses; None if it makes nothing."""
    import pyarrow as pa

    try:
        return pa.array(values, data_type)
    except Exception:  # noqa: BLE001 # a value's own methods run in it: a tzinfo may raise anything
        return None


def readable(values: list[Any], data_type: pa.DataType) -> tuple[pa.Array, list[Any]]:
    """Values of one type, half characters of text mended, and those that had to become null."""
    array = inferred(values, data_type)
    if array is not None:
        return array, []
    mended = [mend(value) if isinstance(value, str) else value for value in values]
    fit = [inferred([value], data_type) is not None for value in mended]
    kept = [value if fits else None for value, fits in zip(mended, fit, strict=True)]
    lost = [value for value, fits in zip(values, fit, strict=True) if not fits]
    return inferred(kept, data_type), lost


def mend(text: str) -> str:
    """Text with U+FFFD for halves of characters, which UTF-8 cannot write."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def main_type(values: list[Any]) -> pa.DataType:
    """The type of a column that begins with *values*: theirs, or that of the first of them."""
    import pyarrow as pa

    array = inferred(values)
    if array is not None and not is_mixture(array.type, values):
        return array.type
    first = next(value for value in values if value is not None)
    if type(first) in (int, float):
        among_floats = any(type(value) is float for value in values)
        return pa.float64() if among_floats else home_of_integer(first, pa.null())
    if isinstance(first, str):
        return pa.string()
    alike = inferred([value for value in values if kind_of(value) == kind_of(first)])
    return pa.null() if alike is None else alike.type


def is_mixture(data_type: pa.DataType, values: list[Any]) -> bool:
    """Whether Arrow made one type of values that are not one: of dates and times, text and bytes.

    Integers among floats are one with them.
    """
    import pyarrow as pa

    is_open = (
        pa.types.is_date(data_type)
        or pa.types.is_timestamp(data_type)
        or pa.types.is_decimal(data_type)
        or pa.types.is_binary(data_type)
    )
    if not is_open:
        return False
    types = set(map(type, values)) - {type(None)}
    if len(types) == 1 and pa.types.is_timestamp(data_type):
        zoned = {getattr(value, "tzinfo", None) is None for value in values if value is not None}
        return len(zoned) > 1
    return len(types) > 1


def kind_of(value: Any) -> Any:
    """Its Python type; times with a zone are not as those without."""
    if isinstance(value, dt.datetime):
        return type(value), value.tzinfo is None
    return type(value)


def home_of_integer(value: int, main: pa.DataType) -> pa.DataType:
    """The type of the part that takes an integer: the main one if that holds it exactly."""
    import pyarrow as pa

    if pa.types.is_float64(main) and abs(value) <= EXACT_IN_DOUBLES:
        return main
    if value not in SIGNED:
        return pa.uint64()
    return pa.int64()


def covers(main: pa.DataType, other: pa.DataType) -> bool:
    """Whether values of the *other* type may be values of the *main* type as they are."""
    import pyarrow as pa

    if pa.types.is_list(main) and pa.types.is_list(other):
        return covers(main.value_type, other.value_type)
    if pa.types.is_struct(main) and pa.types.is_struct(other):
        places = {field.name: field.type for field in main}
        return all(f.name in places and covers(places[f.name], f.type) for f in other)
    return bool(main == other or pa.types.is_null(other) or holds(main, other))


def holds(main: pa.DataType, other: pa.DataType) -> bool:
    """`covers` of types with nothing inside."""
    import pyarrow as pa

    if pa.types.is_float64(main):
        return bool(pa.types.is_floating(other) or pa.types.is_integer(other))
    if pa.types.is_int64(main):
        return bool(pa.types.is_signed_integer(other))
    if pa.types.is_decimal(main) and pa.types.is_decimal(other):
        more: int = main.scale - other.scale
        return more >= 0 and bool(main.precision - other.precision >= more)
    if pa.types.is_timestamp(main) and pa.types.is_timestamp(other):
        return bool(main.unit == other.unit and (main.tz is None) == (other.tz is None))
    return False


def widened(data_type: pa.DataType) -> pa.DataType:
    """The type of a new part: of decimals one for each scale, since precision is of each value."""
    import pyarrow as pa

    if pa.types.is_decimal128(data_type):
        return pa.decimal128(38, data_type.scale)
    if pa.types.is_decimal256(data_type):
        return pa.decimal256(76, data_type.scale)
    return data_type
