"""Facts of columns as the table that the core makes a profile of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drypoint import _core
from drypoint.errors import DecodeError

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["profile_of"]

COLUMNS = {
    "column": "string",
    "type": "string",
    "nested": "bool",
    "rows": "uint64",
    "nulls": "uint64",
    "bytes": "uint64",
}
METRICS = {
    "numbers": {
        "nans": "uint64",
        "positive_infinities": "uint64",
        "negative_infinities": "uint64",
        "zeros": "uint64",
        "negatives": "uint64",
    },
    "extremes": {"min": "string", "max": "string"},
    "moments": {
        "n": "uint64",
        "mean": "double",
        "m2": "double",
        "m3": "double",
        "m4": "double",
        "sum": "double",
        "sum_low": "double",
    },
    "quantiles": {"kll": "binary"},
    "distinct": {"hll": "binary"},
    "frequent": {"items": "binary"},
    "booleans": {"trues": "uint64", "falses": "uint64"},
}


def schema() -> pa.Schema:
    """As the core has it, without the metrics that whylogs has nothing of."""
    import pyarrow as pa

    plain = {name: pa.type_for_alias(alias) for name, alias in COLUMNS.items()}
    structs = {
        metric: pa.struct({name: pa.type_for_alias(alias) for name, alias in fields.items()})
        for metric, fields in METRICS.items()
    }
    return pa.schema(plain | structs)


def profile_of(facts: list[dict[str, Any]], rows: int) -> _core.Profile:
    """The profile of *rows* rows whose columns have these *facts*."""
    import pyarrow as pa

    try:
        return _core.Profile.from_batch(pa.RecordBatch.from_pylist(facts, schema=schema()), rows)
    except (pa.ArrowException, ValueError, OverflowError) as error:
        raise DecodeError(" ".join(str(error).split())) from error
