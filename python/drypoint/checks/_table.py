"""Results of checks as an Arrow table."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from drypoint.estimate import Estimate

if TYPE_CHECKING:
    from drypoint.checks._result import CheckResult
    from drypoint.checks._suite_result import SuiteResult

__all__ = ["to_table"]

SCHEMA = pa.schema(
    {
        "name": pa.string(),
        "check": pa.string(),
        "column": pa.string(),
        "segment": pa.map_(pa.string(), pa.string()),
        "severity": pa.string(),
        "tags": pa.list_(pa.string()),
        "verdict": pa.string(),
        "outcome": pa.string(),
        "observed": pa.string(),
        "value": pa.float64(),
        "lower": pa.float64(),
        "upper": pa.float64(),
        "confidence": pa.float64(),
        "limit": pa.string(),
        "reason": pa.string(),
        "failed_rows": pa.list_(pa.uint64()),
    }
)


def to_table(found: SuiteResult) -> pa.Table:
    """A row for each result."""
    return pa.Table.from_pylist([row(found, one) for one in found], schema=SCHEMA)


def row(found: SuiteResult, one: CheckResult) -> dict[str, Any]:
    """The facts of a result, by column."""
    names = ("name", "column", "severity", "tags", "reason", "failed_rows")
    value, lower, upper, confidence = numbers(one.observed)
    return {name: getattr(one, name) for name in names} | {
        "check": one.check.check,
        "segment": list(one.segment.items()),
        "verdict": str(one.verdict),
        "outcome": found.outcome(one),
        "observed": one.observed_text or None,
        "value": value,
        "lower": lower,
        "upper": upper,
        "confidence": confidence,
        "limit": one.limit or None,
    }


def numbers(observed: Any) -> tuple[float | None, ...]:
    """Value, lower, upper and confidence of a number; None of what is none."""
    whole = observed if isinstance(observed, Estimate) else Estimate(observed, observed, observed)
    if not isinstance(whole.value, (int, float, Decimal)):
        return (None,) * 4
    return float(whole.value), float(whole.lower), float(whole.upper), whole.confidence
