"""The facts of a column as the components that whylogs has for them."""

from __future__ import annotations

from math import nan
from typing import TYPE_CHECKING, Any, TypeAlias

from drypoint.formats.whylogs._component import FREQUENT, HLL, KLL, integer, real, sketch
from drypoint.formats.whylogs._items import mapped_to_text
from drypoint.formats.whylogs._kll import EMPTY, from_apache, of_booleans
from drypoint.sketches import FrequentItems, HllSketch, KllSketch

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["components_of"]

Facts: TypeAlias = list[dict[str, Any]]
"""Those of one column, one dict for each type, as the core has them."""
Moments: TypeAlias = tuple[int, float, float]

LONGEST = 2**63 - 1
MIN, MAX = 1, 2
KINDS = {
    "bool": "boolean",
    "string": "string",
    "int": "integral",
    "uint": "integral",
    "float": "fractional",
    "decimal": "fractional",
    "list": "tensor",
    "vector": "tensor",
}
NUMBERS = ("integral", "fractional", "boolean")


def kind(part: dict[str, Any]) -> str:
    """What whylogs calls the type of values."""
    name = part["type"]
    found = (known for start, known in KINDS.items() if name.startswith(start))
    return "object" if name.startswith("interval") else next(found, "object")


def components_of(facts: Facts) -> dict[str, bytes]:
    """The components of a column by path."""
    made = counts(facts)
    for one in (types, distribution, ints, cardinality, frequent):
        made |= one(facts)
    return made


def total(facts: Facts, metric: str, *fields: str) -> int:
    """The sum of some counts over all types."""
    records = (part["metrics"].get(metric) for part in facts)
    return sum(record[field] or 0 for record in records if record for field in fields)


def counts(facts: Facts) -> dict[str, bytes]:
    """Rows, nulls, NaN, infinities and true."""
    infinities = ("positive_infinities", "negative_infinities")
    return {
        "counts/n": integer(sum(part["rows"] for part in facts)),
        "counts/null": integer(sum(part["nulls"] for part in facts)),
        "counts/nan": integer(total(facts, "numbers", "nans")),
        "counts/inf": integer(total(facts, "numbers", *infinities)),
        "counts/true": integer(total(facts, "booleans", "trues")),
    }


def types(facts: Facts) -> dict[str, bytes]:
    """Values by type."""
    made = dict.fromkeys((*KINDS.values(), "object"), 0)
    for part in facts:
        made[kind(part)] += part["rows"] - part["nulls"]
    return {f"types/{name}": integer(count) for name, count in made.items()}


# ---- Numbers


def distribution(facts: Facts) -> dict[str, bytes]:
    """Quantiles, mean and spread of numbers, and of booleans as 0 and 1; of strings, of nothing."""
    found = [numeric(part) for part in facts if kind(part) in NUMBERS]
    if not found and any(kind(part) == "string" for part in facts):
        return distribution_of(EMPTY, (0, 0.0, 0.0))
    if not found or any(kll is None for kll, _ in found):
        return {}
    (merged, moments), *rest = found
    for kll, others in rest:
        merged.merge(kll)
        moments = joined(moments, others)
    return distribution_of(merged.to_bytes(), moments)


def distribution_of(kll: bytes, moments: Moments) -> dict[str, bytes]:
    """The three components, of which whylogs reads all or none."""
    _, mean, m2 = moments
    return {
        "distribution/kll": sketch(KLL, from_apache(kll)),
        "distribution/mean": real(mean),
        "distribution/m2": real(m2),
    }


def numeric(part: dict[str, Any]) -> tuple[Any, Moments]:
    """The sketch and the moments of one type; None for a sketch that was not measured."""
    metrics = part["metrics"]
    if kind(part) == "boolean":
        return booleans(metrics.get("booleans"))
    record = metrics.get("moments") or {"n": 0, "mean": nan, "m2": nan}
    kll = metrics.get("quantiles")
    moments = (record["n"], record["mean"], record["m2"])
    return kll and KllSketch.from_bytes(kll["kll"]), moments


def booleans(record: dict[str, int] | None) -> tuple[KllSketch | None, Moments]:
    """Those of booleans."""
    if record is None:
        return None, (0, nan, nan)
    falses, trues = record["falses"], record["trues"]
    n = falses + trues
    moments = (n, trues / n, trues * falses / n) if n else (0, 0.0, 0.0)
    return of_booleans(falses, trues), moments


def joined(a: Moments, b: Moments) -> Moments:
    """The moments of both (Chan, Golub & LeVeque 1979)."""
    (na, mean_a, m2_a), (nb, mean_b, m2_b) = a, b
    n = na + nb
    if not n:
        return a
    apart = mean_b - mean_a
    return n, mean_a + apart * nb / n, m2_a + m2_b + apart**2 * na * nb / n


def ints(facts: Facts) -> dict[str, bytes]:
    """The least and the greatest integer; what is not within 64 bits whylogs has no place for."""
    whole = [part for part in facts if kind(part) == "integral"]
    if not whole and all(kind(part) != "boolean" for part in facts):
        return {}
    records = [part["metrics"].get("extremes") or {"min": None, "max": None} for part in whole]
    ends = [int(record[end]) for record in records for end in ("min", "max") if record[end]]
    least, most = (min(ends), max(ends)) if ends else (LONGEST, -LONGEST)
    if least < -LONGEST - 1 or most > LONGEST:
        return {}
    return {"ints/min": integer(least, type_id=MIN), "ints/max": integer(most, type_id=MAX)}


# ---- Sketches of all types


def cardinality(facts: Facts) -> dict[str, bytes]:
    """Distinct values of all types together."""
    records = (part["metrics"].get("distinct") for part in facts)
    found = [HllSketch.from_bytes(record["hll"]) for record in records if record]
    if not found:
        return {}
    merged, *rest = found
    for other in rest:
        merged.merge(other)
    return {"cardinality/hll": sketch(HLL, merged.with_type("HLL_4").to_bytes())}


def frequent(facts: Facts) -> dict[str, bytes]:
    """Frequent values as text: of integers, booleans and strings, as whylogs has them."""
    found = [one for one in map(items, facts) if one is not None]
    if not found:
        return {}
    merged, *rest = [FrequentItems.from_bytes(one) for one in found]
    for other in rest:
        merged.merge(other)
    data = merged.to_bytes() if rest else found[0]
    return {"frequent_items/frequent_strings": sketch(FREQUENT, data)}


def items(part: dict[str, Any]) -> bytes | None:
    """The frequent values of one type; None if it has none that whylogs writes."""
    record = part["metrics"].get("frequent")
    data = record and record["items"]
    if data is None or kind(part) in ("fractional", "object", "tensor"):
        return None
    if kind(part) == "string":
        return bytes(data)
    return mapped_to_text(FrequentItems.from_bytes(data, "i64"), written(part["type"]))


def written(type_name: str) -> Callable[[int], str]:
    """How an item of the type is written."""
    if type_name == "bool":
        return lambda item: str(bool(item))
    if type_name == "uint64":
        return lambda item: str(item % 2**64)
    return str
