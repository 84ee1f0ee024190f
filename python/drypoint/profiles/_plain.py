"""Facts as plain values: numbers, text, lists and dicts."""

from __future__ import annotations

import json
import re
from math import isfinite
from typing import TYPE_CHECKING, Any

from drypoint.estimate import Estimate
from drypoint.profiles._values import as_words

if TYPE_CHECKING:
    from drypoint.profiles._column import ColumnProfile
    from drypoint.profiles._lengths import Lengths

__all__ = ["QUANTILES", "RANKS", "bounds", "column_as_dict", "json_text", "plain"]

BEYOND_ASCII = re.compile(r"[^\x20-\x7e\n]")

RANKS = (0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99)
QUANTILES = tuple(f"q{round(100 * rank):02}" for rank in RANKS)
TOP = 10
NUMBERS = (
    "rows", "missing", "nulls", "bytes", "nans", "positive_infinities", "negative_infinities",
    "zeros", "negatives", "trues", "falses", "min", "max", "n", "sum", "mean", "variance", "std",
    "skewness", "kurtosis", "future", "empty", "blank", "words", "zero_vectors",
    "non_finite_vectors",
)  # fmt: skip


def column_as_dict(column: ColumnProfile, *, flat: bool = False) -> dict[str, Any]:
    """The facts of a column that it has; *flat* for those that are one number or text."""
    made: dict[str, Any] = {"column": column.name, "type": column.type}
    for name in NUMBERS:
        fact = getattr(column, name)
        if fact is not None or flat:
            made[name] = plain(fact, of=column.type)
    quantiles = column.quantile(list(RANKS)) or []
    if flat:
        made["distinct"] = None if column.distinct is None else column.distinct.value
        values = [plain(one.value, of=column.type) for one in quantiles] or [None] * len(RANKS)
        return made | dict(zip(QUANTILES, values, strict=True))
    made["types"] = column.types
    if column.distinct is not None:
        made["distinct"] = bounds(column.distinct)
    pairs = zip(RANKS, quantiles, strict=False)
    made["quantiles"] = [{"rank": rank, **bounds(value, of=column.type)} for rank, value in pairs]
    made["top"] = [
        {"item": plain(item.item, of=column.type), **bounds(item.estimate)}
        for item in column.top(TOP)
    ]
    for name in ("hours", "weekdays"):
        if getattr(column, name) is not None:
            made[name] = getattr(column, name)
    for name in ("lengths", "characters"):
        if getattr(column, name) is not None:
            made[name] = lengths(getattr(column, name))
    return made | of_some(column)


def of_some(column: ColumnProfile) -> dict[str, Any]:
    """What only some columns have."""
    made: dict[str, Any] = {}
    for name in ("contents", "character_classes"):
        found = getattr(column, name)
        if found is not None:
            made[name] = {kind: bounds(count) for kind, count in found.items()}
    if column.references is not None:
        made["references"] = {
            label: {"n": one.n, "mean": plain(one.mean), "std": plain(one.std)}
            for label, one in column.references.items()
        }
        made["nearest"] = {str(item.item): bounds(item.estimate) for item in column.nearest or []}
    if column.metrics:
        made["metrics"] = {name: measured(one.value) for name, one in column.metrics.items()}
    return made


def measured(value: Any) -> Any:
    """What a metric that is written in Python found."""
    return bounds(value) if isinstance(value, Estimate) else plain(value)


def lengths(found: Lengths) -> dict[str, Any]:
    """The facts of lengths, without the histogram."""
    return {name: getattr(found, name) for name in ("sum", "mean", "std", "min", "max")}


def bounds(estimate: Estimate[Any], *, of: str = "") -> dict[str, Any]:
    """An estimate, of values of the type *of*, as plain values."""
    return {
        "value": plain(estimate.value, of=of),
        "lower": plain(estimate.lower, of=of),
        "upper": plain(estimate.upper, of=of),
        "confidence": estimate.confidence,
    }


def plain(value: Any, *, of: str = "") -> Any:
    """*value* of the type *of* as JSON has it: NaN, infinities, times and decimals as text."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float) and isfinite(value):
        return value
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {str(name): plain(one) for name, one in value.items()}
    words = as_words(of, value)
    return str(value) if words is None else words


def json_text(value: Any) -> str:
    """JSON in which nothing commands a terminal."""
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    return BEYOND_ASCII.sub(printable, text)


def printable(found: re.Match[str]) -> str:
    """A character, or its escape if it is not printed."""
    char = found[0]
    return char if char.isprintable() else json.dumps(char)[1:-1]
