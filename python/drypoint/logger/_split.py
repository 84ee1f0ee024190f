"""A table cut into the windows that its rows happened in."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from drypoint.errors import ParameterError
from drypoint.logger._instant import instant
from drypoint.logger._windows import SECOND
from drypoint.sources._select import not_found

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from drypoint.logger._windows import Windows

__all__ = ["split"]

TICKS = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}
"""In a second."""
DAY = 86_400
NOWHERE = -(2**63)
"""Stands for the window of rows that do not tell when they happened."""


def split(
    batch: pa.RecordBatch, column: str, windows: Windows, *, least: int, most: int
) -> Iterator[tuple[int | None, pa.RecordBatch]]:
    """The rows of each window with its start, in their order.

    Args:
        batch: the rows.
        column: when they happened; as `instant` reads it.
        windows: all there are.
        least: the first instant that is believed.
        most: the first that is not believed any more. Rows outside, and those that do not tell,
            come with None.

    Raises:
        ParameterError: there is no such column.
    """
    import numpy as np

    if column not in batch.schema.names:
        raise ParameterError(not_found("column", column, batch.schema.names))
    starts = starts_of(batch.column(column), windows, least, most)
    if (starts[1:] < starts[:-1]).any():
        order = np.argsort(starts, kind="stable")
        batch, starts = batch.take(order), starts[order]
    cuts = [0, *(np.flatnonzero(starts[1:] != starts[:-1]) + 1).tolist(), len(starts)]
    for begin, end in pairwise(cuts):
        if end > begin:
            start = int(starts[begin])
            yield None if start == NOWHERE else start, batch.slice(begin, end - begin)


def starts_of(array: pa.Array, windows: Windows, least: int, most: int) -> Any:
    """The start of the window of each row, in a NumPy array."""
    import numpy as np

    ticks, second = ticks_of(array)
    told = np.asarray(array.is_valid())
    # Bounds in whole seconds, so that they are exact in every unit.
    told &= (ticks >= least // SECOND * second) & (ticks < -(-most // SECOND) * second)
    width, origin = (windows.width // SECOND * second, windows.origin // SECOND * second)
    ticks = np.where(told, ticks, 0)
    starts = (ticks - (ticks - origin) % width) // second * SECOND
    return np.where(told, starts, NOWHERE)


def ticks_of(array: pa.Array) -> tuple[Any, int]:
    """The instants as 64-bit integers, and how many of them are a second."""
    import numpy as np
    import pyarrow as pa

    if pa.types.is_timestamp(array.type):
        return plain(array.cast(pa.int64())), TICKS[array.type.unit]
    if pa.types.is_date32(array.type):
        return plain(array.cast(pa.int32()).cast(pa.int64())) * DAY, 1
    if pa.types.is_date64(array.type):
        return plain(array.cast(pa.int64())), TICKS["ms"]
    found = (instant(value) for value in array.to_pylist())
    return np.array([NOWHERE if one is None else one for one in found], np.int64), TICKS["us"]


def plain(array: pa.Array) -> Any:
    """The numbers, 0 where there are none."""
    import pyarrow.compute as pc

    return pc.fill_null(array, 0).to_numpy(zero_copy_only=False)
