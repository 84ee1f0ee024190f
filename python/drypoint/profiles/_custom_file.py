"""Custom metrics as columns of the table of a profile, beside those of the core."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drypoint.errors import DecodeError, InputValueError
from drypoint.profiles._custom import Kept, decoded, records_of
from drypoint.profiles._expressions import reason_of

if TYPE_CHECKING:
    import pyarrow as pa

    from drypoint.profiles._custom import Custom, Place

__all__ = ["custom_from_table", "names_in", "with_custom"]


def names_in(customs: list[Custom]) -> list[str]:
    """The names of all metrics, in order."""
    return sorted({name for custom in customs for metrics in custom.values() for name in metrics})


def with_custom(table: pa.Table, parts: list[tuple[Custom, list[Place]]]) -> pa.Table:
    """The table of one or more profiles with a struct column for each metric.

    Args:
        table: a row for each place of each part.
        parts: the metrics of each part, and where its rows are.

    Raises:
        InputValueError: a metric cannot be stored.
    """
    names = names_in([custom for custom, _ in parts])
    records = [(records_of(custom), places) for custom, places in parts] if names else []
    for name in names:
        column = [of.get(place, {}).get(name) for of, places in records for place in places]
        table = table.append_column(name, struct_of(name, column, type_of(name, parts)))
    return table


def type_of(name: str, parts: list[tuple[Custom, list[Place]]]) -> pa.DataType | None:
    """The type in which the records of a metric came; None if they were made here."""
    every = [metrics[name] for custom, _ in parts for metrics in custom.values() if name in metrics]
    types = [one.type for one in every if isinstance(one, Kept)]
    alike = len(types) == len(every) and all(one == types[0] for one in types)
    return types[0] if alike else None


def struct_of(name: str, records: list[Any], of: pa.DataType | None) -> pa.Array:
    """The records of a metric as a struct array."""
    import pyarrow as pa

    try:
        made = pa.array(records, of)
        if not pa.types.is_struct(made.type) or not made.type.num_fields:
            raise InputValueError(f"metric {name!r} cannot be stored: encode gave nothing")
    except (pa.ArrowException, TypeError, OverflowError) as error:
        raise InputValueError(f"metric {name!r} cannot be stored: {reason_of(error)}") from error
    return made


def custom_from_table(
    table: pa.Table, names: list[str], places: list[Place], source: str
) -> Custom:
    """Reads the columns called *names* of the table of one profile; *source* is named in errors.

    Raises:
        DecodeError: a record is not valid.
    """
    custom: Custom = {}
    for name in names:
        if name not in table.column_names:
            raise DecodeError(f"{source}: not a drypoint profile: metric {name!r} is not there")
        column = table.column(name)
        for place, record in zip(places, column.to_pylist(), strict=True):
            if isinstance(record, dict):
                metric = decoded(name, record, column.type, source)
                custom.setdefault(place, {})[name] = metric
    return custom
