"""Custom metrics of a profile: by column, merged and stored."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from drypoint._warn import warn
from drypoint.errors import (
    BusyError,
    DecodeError,
    DrypointWarning,
    InputValueError,
    MergeError,
)
from drypoint.profiles._errors import message_of
from drypoint.profiles._metric import Metric, registered

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pyarrow as pa

__all__ = ["Custom", "Kept", "Place", "alike", "merged", "records_of", "updated"]

Place: TypeAlias = tuple[str, str]
"""A column and its type."""


@dataclass(frozen=True)
class Kept:
    """A metric that was stored, and whose class is not defined here.

    Attributes:
        name: under which it is asked for.
        value: the record that was stored.
        type: the type of the record, a struct.
    """

    name: str
    value: dict[str, Any]
    type: pa.StructType


Custom: TypeAlias = dict[Place, dict[str, Metric | Kept]]
"""The custom metrics of each column and type, by name."""


def updated(metric: Metric, column: str, arrays: Iterable[pa.Array]) -> Metric:
    """A copy of *metric* that has taken values in.

    Raises:
        InputValueError: the metric raised.
        BusyError: the metric used the profiler that it measures for.
    """
    draft = deepcopy(metric)
    try:
        for array in arrays:
            draft.update(array)
    except BusyError as error:
        raise BusyError(f"metric {metric.name!r} of column {column!r}: {error}") from error
    except Exception as error:
        raise InputValueError(
            f"metric {metric.name!r} of column {column!r} cannot be updated: {message_of(error)}"
        ) from error
    return draft


def merged(parts: Sequence[Custom], places: list[Place]) -> Custom:
    """The metrics of the rows of all *parts*.

    Args:
        parts: the metrics of each.
        places: the columns and types of the whole.

    Raises:
        MergeError: a metric raised.
    """
    types: dict[str, list[str]] = {}
    for column, data_type in places:
        types.setdefault(column, []).append(data_type)
    whole: Custom = {}
    dropped: set[str] = set()
    for custom in parts:
        for (column, data_type), metrics in custom.items():
            place = (column, home(data_type, types.get(column, [data_type])))
            fold(whole.setdefault(place, {}), column, metrics, dropped)
    if dropped:
        warn(
            f"metrics {sorted(dropped)} are dropped: profiles that have them were merged where "
            "their classes are not defined; import what defines them first",
            DrypointWarning,
        )
    kept = {
        place: {name: one for name, one in metrics.items() if name not in dropped}
        for place, metrics in whole.items()
    }
    return {place: metrics for place, metrics in kept.items() if metrics}


def fold(
    into: dict[str, Metric | Kept],
    column: str,
    metrics: Mapping[str, Metric | Kept],
    dropped: set[str],
) -> None:
    """Merges the *metrics* of a column into those of others; notes which cannot be."""
    for name, one in metrics.items():
        if name not in into:
            into[name] = deepcopy(one)
            continue
        ours, theirs = revived(into[name]), revived(one)
        if isinstance(ours, Kept) or isinstance(theirs, Kept):
            dropped.add(name)
            continue
        try:
            ours.merge(theirs)
        except BusyError as error:
            raise BusyError(f"metric {name!r} of column {column!r}: {error}") from error
        except Exception as error:
            raise MergeError(
                f"cannot merge: metric {name!r} of column {column!r}: {message_of(error)}"
            ) from error
        into[name] = ours


def revived(metric: Metric | Kept) -> Metric | Kept:
    """What was kept, as a metric if its class is defined by now."""
    if isinstance(metric, Metric) or registered(metric.name) is None:
        return metric
    return decoded(metric.name, metric.value, metric.type, "a profile")


def decoded(name: str, record: dict[str, Any], of: pa.StructType, source: str) -> Metric | Kept:
    """A metric from its record, which is kept as it is if the class is not defined.

    Raises:
        DecodeError: the record is not valid; *source* is who is named.
    """
    cls = registered(name)
    if cls is None:
        return Kept(name, record, of)
    try:
        return cls.decode(record)
    except Exception as error:
        raise DecodeError(
            f"{source}: metric {name!r} cannot be read: {message_of(error)}"
        ) from error


def home(data_type: str, types: list[str]) -> str:
    """Which of the *types* of a column in the whole the values of *data_type* went to."""
    if data_type in types:
        return data_type
    mine = family(data_type)
    return next((one for one in types if family(one) == mine), types[0])


def family(data_type: str) -> str:
    """The same for types whose profiles become one, as `types::common` of the core says."""
    for pattern, name in FAMILIES:
        found = re.match(pattern, data_type)
        if found:
            return " ".join((name, *found.groups()))
    return data_type


FAMILIES = (
    (r"u?int(?:8|16|32)$|int64$", "integer"),
    (r"float", "float"),
    (r"decimal\(\d+, (-?\d+)\)", "decimal"),
    (r"timestamp\[(\w+)", "timestamp"),
)


def records_of(custom: Custom) -> dict[Place, dict[str, dict[str, Any]]]:
    """What is stored of each."""
    return {
        place: {name: record_of(one) for name, one in metrics.items()}
        for place, metrics in custom.items()
    }


def record_of(metric: Metric | Kept) -> dict[str, Any]:
    """What is stored of one."""
    return metric.value if isinstance(metric, Kept) else encoded(metric)


def encoded(metric: Metric) -> dict[str, Any]:
    """The record of a metric.

    Raises:
        InputValueError: it raised, or holds what cannot be stored.
    """
    try:
        record = metric.encode()
        unfit = [name for name, value in record.items() if not is_plain(value)]
    except Exception as error:
        raise InputValueError(
            f"metric {metric.name!r} cannot be encoded: {message_of(error)}"
        ) from error
    if unfit:
        raise InputValueError(
            f"metric {metric.name!r} cannot be stored: {unfit[0]!r} is none of None, bool, int, "
            "float, str, bytes and lists of these; write a dict as two lists"
        )
    return record


def is_plain(value: Any) -> bool:
    """Whether Arrow stores the value and gives it back."""
    if isinstance(value, (list, tuple)):
        return all(map(is_plain, value))
    return value is None or isinstance(value, (bool, int, float, str, bytes))


def alike(ours: Custom, theirs: Custom) -> bool:
    """Whether two profiles have the same metrics."""
    return ours.keys() == theirs.keys() and all(
        ours[place].keys() == theirs[place].keys()
        and all(map(same, ours[place].values(), theirs[place].values()))
        for place in ours
    )


def same(ours: Metric | Kept, theirs: Metric | Kept) -> bool:
    """Whether two metrics are the same: by their own `==`, or else by what is stored of them."""
    if type(ours) is type(theirs) and type(ours).__eq__ not in (object.__eq__, Kept.__eq__):
        return bool(ours == theirs)
    return equal(record_of(ours), record_of(theirs))


def equal(ours: Any, theirs: Any) -> bool:
    """Whether two records are equal; NaN equals NaN."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return ours.keys() == theirs.keys() and all(equal(ours[one], theirs[one]) for one in ours)
    if isinstance(ours, (list, tuple)) and isinstance(theirs, (list, tuple)):
        return len(ours) == len(theirs) and all(map(equal, ours, theirs))
    return bool(ours == theirs or (ours != ours and theirs != theirs))  # noqa: PLR0124 # NaN
