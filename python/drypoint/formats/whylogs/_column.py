"""The components of a column as the facts of a profile."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import inf, isfinite, nan
from typing import TYPE_CHECKING, Any

from drypoint.errors import DecodeError
from drypoint.formats.whylogs._component import FREQUENT, HLL, INTEGER, KLL, REAL, value
from drypoint.formats.whylogs._items import as_boolean, as_integer, mapped_to_integers
from drypoint.formats.whylogs._kll import to_apache
from drypoint.sketches import FrequentItems, HllSketch, KllSketch

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Column"]

LONGEST = 2**63 - 1
"""Without a value the least integer is this and the greatest its negative."""
MOST = 2**56
"""No column has more rows; sums of a few such counts still fit 64 bits."""
WIDTHS = {"int64": 8, "float64": 8, "bool": 1}
"""Bytes of a value, where they are known."""
SKETCHED = ("string", "int64", "float64", "bool")
"""Types whose values enter the sketches."""


@dataclass(frozen=True)
class Column:
    """What whylogs knows of a column, as facts of a profile: one dict for each type of its values.

    Numbers and booleans of one column are of one type, since whylogs has both in one distribution;
    so are integers and fractions. Of strings beside them it has no distribution, but counts their
    distinct and frequent values together with the others.

    Attributes:
        name: its name.
        components: its metric components by path.
    """

    name: str
    components: Mapping[str, bytes]

    # ---- What the components say

    def _get(self, path: str, kind: int) -> Any:
        """The value at *path*; None if it is not there."""
        try:
            return value(self.components.get(path), kind)
        except DecodeError as error:
            raise DecodeError(f"column {self.name!r}, {path}: {error}") from error

    def _sketch(self, path: str, kind: int, read: Callable[[bytes], Any]) -> Any:
        """The sketch at *path*; None if it is not there."""
        data = self._get(path, kind)
        try:
            return None if data is None else read(data)
        except DecodeError as error:
            raise DecodeError(f"column {self.name!r}, {path}: {error}") from error

    def count(self, path: str) -> int:
        """The count at *path*; 0 where there is none."""
        found: int = self._get(path, INTEGER) or 0
        if not 0 <= found <= MOST:
            raise DecodeError(f"column {self.name!r}, {path}: a count of {found}")
        return found

    @cached_property
    def kll(self) -> KllSketch | None:
        """The quantiles of numbers, and of booleans as 0 and 1."""
        read = lambda data: KllSketch.from_bytes(to_apache(data))  # noqa: E731 # used once
        return self._sketch("distribution/kll", KLL, read)  # type: ignore[no-any-return]

    @cached_property
    def hll(self) -> HllSketch | None:
        """The distinct values."""
        return self._sketch("cardinality/hll", HLL, HllSketch.from_bytes)  # type: ignore[no-any-return]

    @cached_property
    def items(self) -> FrequentItems | None:
        """The frequent values as text."""
        path = "frequent_items/frequent_strings"
        return self._sketch(path, FREQUENT, FrequentItems.from_bytes)  # type: ignore[no-any-return]

    @property
    def rows(self) -> int:
        """Rows, nulls included."""
        return self.count("counts/n")

    # ---- Which types there are

    @cached_property
    def values(self) -> dict[str, int]:
        """How many values there are of each type, those of which there are some."""
        kinds = ("integral", "fractional", "boolean", "string", "object", "tensor")
        count = {kind: self.count(f"types/{kind}") for kind in kinds}
        numbers = count["integral"] + count["fractional"]
        booleans = count["boolean"]
        made = {
            "float64" if count["fractional"] else "int64": numbers + (booleans if numbers else 0),
            "bool": 0 if numbers else booleans,
            "string": count["string"],
            "struct": count["object"],
            "list": count["tensor"],
        }
        return {name: found for name, found in made.items() if found}

    @cached_property
    def main(self) -> str:
        """The type of most values; without values, the one that whylogs has made metrics for."""
        if self.values:
            return max(self.values, key=lambda name: self.values[name])
        if "ints/max" in self.components:
            return "int64"
        if self.items is None:
            return "float64" if self.kll is not None else "null"
        # Types need not have been counted.
        return "string" if self.rows > self.count("counts/null") else "null"

    @cached_property
    def sketched(self) -> list[str]:
        """The types whose values are in the sketches."""
        return [name for name in SKETCHED if name in self.values] or [self.main]

    @property
    def is_mixed(self) -> bool:
        """Whether the sketches are of values of several types together."""
        return len(self.sketched) > 1

    # ---- Facts

    def facts(self) -> list[dict[str, Any]]:
        """One dict for each type, that of most values first.

        Raises:
            DecodeError: a count or a sketch is damaged, also one that has no place here.
        """
        for sketch in ("kll", "hll", "items"):
            getattr(self, sketch)
        others = [
            self._part(name, self.values[name], 0) for name in self.values if name != self.main
        ]
        rows = max(0, self.rows - sum(part["rows"] for part in others))
        return [self._part(self.main, rows, min(rows, self.count("counts/null"))), *others]

    def _part(self, type_name: str, rows: int, nulls: int) -> dict[str, Any]:
        """The facts of the values of one type."""
        owner = max(self.sketched, key=lambda name: self.values.get(name, 0))
        sketch = self.hll if type_name == owner and type_name in SKETCHED else None
        part = {
            "column": self.name,
            "type": type_name,
            "nested": False,
            "rows": rows,
            "nulls": nulls,
            "bytes": WIDTHS.get(type_name, 0) * (rows - nulls),
            "distinct": None if sketch is None else {"hll": sketch.to_bytes()},
            "frequent": self._frequent(type_name) if type_name == self.sketched[0] else None,
        }
        if type_name in ("int64", "float64"):
            part |= self._numeric(type_name)
        if type_name == "bool" and "counts/true" in self.components:
            trues = min(rows - nulls, self.count("counts/true"))
            part["booleans"] = {"trues": trues, "falses": rows - nulls - trues}
        return part

    def _frequent(self, type_name: str) -> dict[str, bytes] | None:
        """Frequent items of the type, where all of them are of it."""
        if self.items is None or type_name not in ("int64", "bool", "string"):
            return None
        if type_name == "string":
            return {"items": self.items.to_bytes()}
        convert = as_integer if type_name == "int64" else as_boolean
        found = mapped_to_integers(self.items, convert)
        return None if found is None else {"items": found}

    def _numeric(self, type_name: str) -> dict[str, Any]:
        """What is known of numbers."""
        kll = self.kll
        ends = self._ends(type_name)
        return {
            "numbers": self._numbers(ends),
            "moments": self._moments(type_name),
            "quantiles": None if kll is None else {"kll": kll.to_bytes()},
            "extremes": dict(zip(("min", "max"), map(repr, ends or ()), strict=False)),
        }

    def _ends(self, type_name: str) -> tuple[Any, Any] | None:
        """The least and the greatest number; None without numbers."""
        least, most = self._get("ints/min", INTEGER), self._get("ints/max", INTEGER)
        # Where booleans are among them, the integers alone do not say which is the least.
        alone = type_name == "int64" and not self.count("types/boolean")
        if alone and least is not None and most is not None:
            return None if (least, most) == (LONGEST, -LONGEST) else (least, most)
        if self.kll is None or self.kll.is_empty:
            return None
        low, high = self.kll.min, self.kll.max
        whole = type_name == "int64" and isfinite(low) and isfinite(high)
        return (int(low), int(high)) if whole else (low, high)

    def _moments(self, type_name: str) -> dict[str, Any] | None:
        """Mean and spread; None where an infinity or a NaN has spoiled them."""
        mean, m2 = self._get("distribution/mean", REAL), self._get("distribution/m2", REAL)
        if self.kll is None or mean is None or m2 is None:
            return None
        if not (isfinite(mean) and isfinite(m2)):
            return None
        n = self.kll.n
        # Of higher moments whylogs knows nothing: NaN, which also a merge does not lose.
        high = nan if n else 0.0
        total = float(round(mean * n)) if type_name == "int64" else mean * n
        return {
            "n": n,
            "mean": mean,
            "m2": m2,
            "m3": high,
            "m4": high,
            "sum": total,
            "sum_low": 0.0,
        }

    def _numbers(self, ends: tuple[Any, Any] | None) -> dict[str, int | None]:
        """NaN and infinities; zeros and negatives where what is kept tells how many there are."""
        zeros, negatives = self._zeros_and_negatives(ends)
        infinities = self.count("counts/inf")
        below = self._below_all(infinities)
        return {
            "nans": self.count("counts/nan"),
            "positive_infinities": infinities - below,
            "negative_infinities": below,
            "zeros": zeros,
            "negatives": negatives,
        }

    def _below_all(self, infinities: int) -> int:
        """How many of the *infinities* are negative, which whylogs does not count apart."""
        if not infinities or self.kll is None or self.kll.is_empty:
            return 0
        low, high = self.kll.min, self.kll.max
        if low == -inf and high == inf:
            return min(infinities, self._up_to(-inf, inclusive=True))
        return infinities if low == -inf else 0

    def _zeros_and_negatives(self, ends: tuple[Any, Any] | None) -> tuple[int | None, int | None]:
        """How many are 0 and how many are less; None where the sketch knows only about."""
        kll = self.kll
        if kll is None:
            return None, None
        if kll.is_empty or ends is None or ends[0] > 0:
            return 0, 0
        if ends[1] < 0:
            return 0, kll.n
        if kll.rank_error:
            return None, 0 if ends[0] == 0 else None
        below = self._up_to(0.0, inclusive=False)
        return self._up_to(0.0, inclusive=True) - below, below

    def _up_to(self, x: float, *, inclusive: bool) -> int:
        """How many numbers are less than *x*, or up to it."""
        found = None if self.kll is None else self.kll.rank(x, inclusive=inclusive)
        return 0 if found is None or self.kll is None else round(found.value * self.kll.n)
