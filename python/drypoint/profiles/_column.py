"""What one column looks like, and how to ask."""

from __future__ import annotations

from functools import cached_property, partial
from math import sqrt
from typing import TYPE_CHECKING, Any

from drypoint import _core
from drypoint.estimate import Estimate
from drypoint.profiles import _moments as moments
from drypoint.profiles._column_shown import ColumnShown
from drypoint.profiles._histogram import Histogram, histogram
from drypoint.profiles._lengths import Lengths
from drypoint.profiles._samples import sampled, sums
from drypoint.profiles._values import (
    TIMES_OF_DAY,
    UNITS,
    from_number,
    from_text,
    from_tick,
    is_temporal,
    kept,
    mapped,
)
from drypoint.profiles._vectors import Distances
from drypoint.sketches import FrequentItems, HllSketch, Item, KllSketch
from drypoint.sketches._parameters import is_many

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["ColumnProfile"]

NEAREST = 1 << 16
"""References that are told of, which is all there are."""


class ColumnProfile(ColumnShown):
    """What one column looks like.

    A fact that a column of this type does not have, or that was not measured, is None. Facts of
    values are over those that are not null; moments and quantiles over finite numbers.

    A column that came with types that cannot be one (integers here, strings there) has a part for
    each: counts are of all, all else is of the part with most values, and `parts` has every one.

    Attributes:
        name: its name, or its path: `name.field`, `name[]`, `name{key}`, `name{value}`.
        type: the type of its values, as pyarrow calls it, however they were laid out.
        nested: whether it is inside another column.
        parts: one for each type.
        rows: rows in which the column was there; of what is inside lists, elements.
        missing: rows of the profile in which the column was not there; 0 of nested ones.
        nulls: rows that are null.
        bytes: what the values take, unpacked.
        metrics: those that are written in Python, by name; ask each for its `value`.
    """

    def __init__(self, facts: list[dict[str, Any]], rows: int | None = None) -> None:
        """From the *facts* of the core, one dict for each type, of a profile of *rows* rows."""
        main = max(facts, key=lambda part: part["rows"] - part["nulls"])
        self.name: str = main["name"]
        self.type: str = main["type"]
        self.nested: bool = main["nested"]
        self.rows: int = sum(part["rows"] for part in facts)
        self.nulls: int = sum(part["nulls"] for part in facts)
        self.bytes: int = sum(part["bytes"] for part in facts)
        self.missing: int = 0 if rows is None or self.nested else max(0, rows - self.rows)
        self.parts = [self] if len(facts) == 1 else [ColumnProfile([part]) for part in facts]
        self._metrics: dict[str, dict[str, Any]] = main["metrics"]
        self.metrics: dict[str, Any] = dict(main.get("custom", {}))
        self._facts = facts

    def _fact(self, metric: str, field: str) -> Any:
        return self._metrics[metric][field] if metric in self._metrics else None

    def metric(self, name: str) -> Any:
        """The metric called *name* that is written in Python; a KeyError if there is none."""
        if name not in self.metrics:
            raise KeyError(f"column {self.name!r} has no metric {name!r}, only {[*self.metrics]}")
        return self.metrics[name]

    # ---- Counts

    @property
    def types(self) -> dict[str, int]:
        """How many values came with which type."""
        return {part["type"]: part["rows"] - part["nulls"] for part in self._facts}

    @property
    def null_ratio(self) -> float | None:
        """Nulls as a share of the rows; None without rows."""
        return self.nulls / self.rows if self.rows else None

    @property
    def nans(self) -> int | None:
        """NaN among floats."""
        return self._of_floats("nans")

    @property
    def positive_infinities(self) -> int | None:
        """+inf among floats."""
        return self._of_floats("positive_infinities")

    @property
    def negative_infinities(self) -> int | None:
        """-inf among floats."""
        return self._of_floats("negative_infinities")

    def _of_floats(self, field: str) -> int | None:
        found: int | None = self._fact("numbers", field)
        return found if self.type.startswith("float") else None

    @property
    def zeros(self) -> int | None:
        """Numbers that are 0; None also where the format that they came in does not say."""
        return self._fact("numbers", "zeros")  # type: ignore[no-any-return]

    @property
    def negatives(self) -> int | None:
        """Numbers below 0; None likewise."""
        return self._fact("numbers", "negatives")  # type: ignore[no-any-return]

    @property
    def trues(self) -> int | None:
        """Booleans that are true."""
        return self._fact("booleans", "trues")  # type: ignore[no-any-return]

    @property
    def falses(self) -> int | None:
        """Booleans that are false."""
        return self._fact("booleans", "falses")  # type: ignore[no-any-return]

    # ---- Extremes and moments

    @property
    def min(self) -> Any:
        """The least value, exactly, without NaN; of strings the first 256 bytes of it."""
        return from_text(self.type, self._fact("extremes", "min"))

    @property
    def max(self) -> Any:
        """The greatest value, likewise."""
        return from_text(self.type, self._fact("extremes", "max"))

    @property
    def n(self) -> int | None:
        """Finite numbers: what moments are of."""
        return self._fact("moments", "n")  # type: ignore[no-any-return]

    @property
    def sum(self) -> int | float | None:
        """The sum of the numbers; exact of integers up to 2**106."""
        return self._moment(partial(moments.total, whole="int" in self.type), "sum", "sum_low")  # type: ignore[no-any-return]

    @property
    def mean(self) -> float | None:
        """Arithmetic mean."""
        return self._moment(moments.mean, "n", "mean")  # type: ignore[no-any-return]

    @property
    def variance(self) -> float | None:
        """Sample variance, with n - 1; None with fewer than two numbers."""
        return self._moment(moments.variance, "n", "m2")  # type: ignore[no-any-return]

    @property
    def std(self) -> float | None:
        """Sample standard deviation, with n - 1; None with fewer than two numbers."""
        return None if self.variance is None else sqrt(self.variance)

    @property
    def skewness(self) -> float | None:
        """Population skewness, m3 / m2**1.5 (scipy's default); None where all are one value."""
        return self._moment(moments.skewness, "n", "m2", "m3")  # type: ignore[no-any-return]

    @property
    def kurtosis(self) -> float | None:
        """Excess kurtosis, m4 / m2**2 - 3 (scipy's default); None where all are one value."""
        return self._moment(moments.kurtosis, "n", "m2", "m4")  # type: ignore[no-any-return]

    def _moment(self, of: Callable[..., Any], *fields: str) -> Any:
        found = [self._fact("moments", field) for field in fields]
        return None if None in found else of(*found)

    # ---- Sketches

    @cached_property
    def kll(self) -> KllSketch | None:
        """The sketch of the quantiles: of numbers in f64, of times in ticks."""
        data = self._fact("quantiles", "kll")
        if data is None:
            return None
        return KllSketch.from_bytes(data, dtype="i64" if is_temporal(self.type) else "f64")

    @cached_property
    def hll(self) -> HllSketch | None:
        """The sketch of the distinct values. The empty string never enters it."""
        data = self._fact("distinct", "hll")
        return None if data is None else HllSketch.from_bytes(data)

    @cached_property
    def items(self) -> FrequentItems | None:
        """The sketch of the frequent items: of strings, or of integers that stand for values."""
        data = self._fact("frequent", "items")
        textual = self.type == "string" or self.type.startswith("decimal")
        return None if data is None else FrequentItems.from_bytes(data, "str" if textual else "i64")

    def _value(self) -> Callable[[Any], Any]:
        """What makes a value of this column of what a KLL sketch keeps."""
        return (lambda tick: from_tick(self.type, tick)) if is_temporal(self.type) else float

    def quantile(self, q: Any) -> Any:
        """The value at rank *q*, or a list for a list: with bounds at 99 %; None without values.

        Raises:
            ParameterError: a rank is not in [0, 1].
        """
        found = None if self.kll is None else self.kll.quantile(q)
        if found is None or isinstance(found, Estimate):
            return found if found is None else mapped(found, self._value())
        return [mapped(one, self._value()) for one in found]

    @property
    def median(self) -> Any:
        """The value in the middle, with bounds at 99 %."""
        return self.quantile(0.5)

    def rank(self, x: Any) -> Any:
        """The share of the values up to *x*, or a list for a list: with bounds at 99 %.

        Of columns of times *x* is a time of Python or of NumPy, or a date as ISO 8601 writes it;
        one without a zone is in UTC.

        Raises:
            InputTypeError: *x* is no value of this column.
        """
        return None if self.kll is None else self.kll.rank(kept(self.type, x))

    def cdf(self, points: Sequence[Any]) -> list[Estimate[float]] | None:
        """The shares of the values up to each of the ascending *points*, and of all."""
        return None if self.kll is None else self.kll.cdf(kept(self.type, points))

    def histogram(self, bins: int | Sequence[Any] = 20) -> Histogram | None:
        """How many values fall into *bins* bins of one width, or between given edges.

        Raises:
            ParameterError: less than one bin, or edges that do not ascend.
        """
        if self.kll is None:
            return None
        found = histogram(self.kll, kept(self.type, bins) if is_many(bins) else bins)
        if found is None:
            return None
        return Histogram([self._value()(edge) for edge in found.edges], found.counts)

    @property
    def distinct(self) -> Estimate[float] | None:
        """How many distinct values, with bounds at 95.4 %."""
        if self.hll is None:
            return None
        found = self.hll.estimate()
        # The empty string is a value, though not to an HLL.
        empty = self.type in ("string", "binary") and self._empty()
        return mapped(found, lambda count: count + 1) if empty else found

    def _empty(self) -> bool:
        return bool(self.empty) or (self.lengths is not None and 0 in self.lengths.counts)

    def top(self, n: int = 10) -> list[Item]:
        """The *n* most frequent values, of those that came more often than counts may be off.

        Of long strings the beginning, with a hash of the whole. Empty for continuous numbers,
        binary and nested types.
        """
        if self.items is None:
            return []
        sure = [item for item in self.items.top(n) if item.estimate.lower > self.items.max_error]
        if self.type == "string":
            return sure
        if self.items.dtype == "str":
            return [Item(from_text(self.type, item.item), item.estimate) for item in sure]
        return [Item(from_number(self.type, item.item), item.estimate) for item in sure]

    # ---- Times

    @property
    def hours(self) -> list[int] | None:
        """Times by hour of the day in UTC, from 0 to 23; dates have none."""
        return None if self.type in UNITS else self._fact("calendar", "hours")

    @property
    def weekdays(self) -> list[int] | None:
        """Times by day of the week in UTC, from Monday; times of day have none."""
        return None if self.type.startswith(TIMES_OF_DAY) else self._fact("calendar", "weekdays")

    @property
    def future(self) -> int | None:
        """Times after the clock that was given; 0 without one."""
        return self._fact("calendar", "future")  # type: ignore[no-any-return]

    # ---- Strings, binary, lists, vectors

    @property
    def empty(self) -> int | None:
        """Empty strings."""
        return self._fact("texts", "empty")  # type: ignore[no-any-return]

    @property
    def blank(self) -> int | None:
        """Strings of whitespace only; empty ones are not among them."""
        return self._fact("texts", "blank")  # type: ignore[no-any-return]

    @property
    def words(self) -> int | None:
        """Words in all strings together."""
        return self._fact("texts", "words")  # type: ignore[no-any-return]

    @cached_property
    def lengths(self) -> Lengths | None:
        """Lengths of strings and binary in bytes, of lists in elements."""
        found = self._metrics.get("lengths")
        return None if found is None else Lengths.from_record(found)

    @cached_property
    def characters(self) -> Lengths | None:
        """Lengths of strings in Unicode code points."""
        found = self._metrics.get("lengths")
        return None if found is None else Lengths.from_record(found, "character_")

    @property
    def contents(self) -> dict[str, Estimate[float]] | None:
        """How many strings hold an integer, a date, an address, …: those kinds that came.

        Exact for small columns; of large ones from a sample, with bounds at 99 % (Wilson 1927).
        """
        found = self._metrics.get("contents")
        if found is None:
            return None
        return sampled(found, _core.content_kinds())

    @property
    def character_classes(self) -> dict[str, Estimate[float]] | None:
        """How many strings hold a character of each class, such as upper or number.

        Classes are general categories of Unicode (UAX #44), and emoji; or the ranges that were
        given, and "unknown" for what is in none. Those that came; exact for small columns, of large
        ones from a sample, with bounds at 99 % (Wilson 1927).
        """
        found = self._metrics.get("unicode")
        return None if found is None else sampled(found, found["names"])

    @property
    def character_shares(self) -> dict[str, float] | None:
        """What share of all characters are of each class, of the strings that were looked at."""
        found = self._metrics.get("unicode")
        if found is None:
            return None
        names = found["names"]
        counts = sums(found["counts"], 2 * len(names))[len(names) :]
        # Ranges may overlap, so that characters are counted more than once: shares are of the sum.
        total = sum(counts)
        pairs = zip(names, counts, strict=True)
        return {name: count / total for name, count in pairs if count}

    @cached_property
    def references(self) -> dict[str, Distances] | None:
        """Distances of the vectors to each reference, by label; None if there are no references."""
        found = self._metrics.get("references")
        if found is None:
            return None
        klls = [KllSketch.from_bytes(data) for data in found["klls"]]
        facts = zip(found["n"], found["mean"], found["m2"], klls, strict=True)
        pairs = zip(found["labels"], facts, strict=True)
        return {label: Distances.of(*of) for label, of in pairs}

    @property
    def nearest(self) -> list[Item] | None:
        """How many vectors each reference is the nearest of, most first."""
        data = self._fact("references", "nearest")
        return None if data is None else FrequentItems.from_bytes(data, "str").top(NEAREST)

    @cached_property
    def norms(self) -> KllSketch | None:
        """The sketch of the Euclidean norms of vectors whose components are all finite."""
        data = self._fact("vectors", "kll")
        return None if data is None else KllSketch.from_bytes(data)

    @property
    def zero_vectors(self) -> int | None:
        """Vectors whose components are all 0."""
        return self._fact("vectors", "zeros")  # type: ignore[no-any-return]

    @property
    def non_finite_vectors(self) -> int | None:
        """Vectors with a component that is NaN, infinite or null."""
        return self._fact("vectors", "non_finite")  # type: ignore[no-any-return]
