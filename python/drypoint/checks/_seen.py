"""Which values a column holds, and how often, as far as its profile can tell."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from drypoint.checks._interval import whole, within
from drypoint.checks._target import known, valued
from drypoint.errors import DrypointError
from drypoint.estimate import Estimate
from drypoint.profiles._values import from_number, from_text, from_tick, is_temporal, kept, mapped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from drypoint.profiles import ColumnProfile
    from drypoint.sketches import FrequentItems

__all__ = ["Seen", "distinct_of", "key_of", "seen"]

LONGEST = 128
"""Bytes of a string that frequent items keep as they are."""
CUT = "…#"
"""What stands between the beginning of a longer one and its hash."""
NONE = Estimate(0, 0, 0)
STD_DEVS = 2
"""Width of the bounds of `ColumnProfile.distinct`."""


@dataclass(frozen=True)
class Seen:
    """The values of a column by their keys, with bounds on how often each came.

    Attributes:
        type_name: the type of the column.
        values: how many there are.
        counts: of every value that is kept, by its key; each of them surely came.
        slack: no value that is not kept came more often than this.
        least: the key of the least value, and
        most: of the greatest; None where they are not known.
        complete: whether every value is kept with its exact count.
    """

    type_name: str
    values: int
    counts: dict[Any, Estimate[int]]
    slack: int
    least: Any
    most: Any
    complete: bool

    def count(self, key: Any) -> Estimate[int]:
        """How often the value of a key came."""
        if key is None or not self._may_be(key):
            return NONE
        found = self.counts.get(key)
        if found is None:
            surely = int(key in (self.least, self.most))
            found = Estimate(surely, surely, max(surely, self.slack))
        elif key in (self.least, self.most) and not found.lower:
            found = Estimate(max(found.value, 1), 1, max(found.upper, 1))
        return found

    def _may_be(self, key: Any) -> bool:
        """Whether a value is not beyond the extremes."""
        if isinstance(key, str) and CUT in key:  # keys of cut strings have another order
            return True
        try:
            below = self.least is not None and key < self.least
            above = self.most is not None and key > self.most
        except TypeError:  # text among numbers
            return False
        return not (below or above)

    def outside(self, keys: Iterable[Any]) -> Estimate[int]:
        """How many values are none of those of *keys*."""
        allowed = {key for key in keys if key is not None}
        inside = [self.count(key) for key in allowed]
        others = sum(one.lower for key, one in self.counts.items() if key not in allowed)
        ends = {end for end in (self.least, self.most) if end is not None} - allowed
        ends -= self.counts.keys()
        lower = max(others + len(ends), self.values - sum(one.upper for one in inside))
        upper = max(lower, self.values - sum(one.lower for one in inside))
        value = self.values - sum(one.value for one in inside)
        return Estimate(min(max(value, lower), upper), lower, upper)

    def shown(self, key: Any) -> Any:
        """The value of a key."""
        return from_tick(self.type_name, key) if is_temporal(self.type_name) else key


def seen(column: ColumnProfile) -> Seen:
    """What is known of the values of a column.

    Raises:
        NoFactError: it holds values of several types.
    """
    values = valued(column)
    counts, slack = kept_counts(column.items, column.type, values)
    complete = sum(one.lower for one in counts.values()) == values
    return Seen(
        type_name=column.type,
        values=values,
        counts=counts,
        slack=0 if complete else slack,
        least=extreme(column, column.min),
        most=extreme(column, column.max),
        complete=complete,
    )


def kept_counts(
    items: FrequentItems | None, type_name: str, values: int
) -> tuple[dict[Any, Estimate[int]], int]:
    """The counts of the values that are kept, and how often others may have come."""
    if items is None or items.is_empty:
        return {}, values
    counts = {of_item(type_name, one.item): one.estimate for one in items.top(len(items))}
    # NaN and infinities are values of which no item is counted.
    return counts, max(items.max_error, values - items.total_weight)


def of_item(type_name: str, item: Any) -> Any:
    """The key of what the sketch keeps."""
    if is_temporal(type_name) or type_name == "string":
        return item
    if type_name.startswith("decimal"):
        return from_text(type_name, item)
    return from_number(type_name, item)


def extreme(column: ColumnProfile, value: Any) -> Any:
    """The key of an extreme; None of a long string, of which the extreme may be a part."""
    if value is None or (isinstance(value, str) and len(value.encode()) > LONGEST):
        return None
    return key_of(column.type, value)


def key_of(type_name: str, value: Any) -> Any:
    """What stands for a value of a column; None if it can be none.

    Times stand as ticks, decimals as such, strings as themselves, those of more than 128 bytes as
    the profile keeps them.
    """
    if is_temporal(type_name):
        try:
            return kept(type_name, value)
        except DrypointError:
            return None
    if type_name == "string":
        return text_key(value) if isinstance(value, str) else None
    if isinstance(value, str) and not type_name.startswith("decimal"):
        return None
    return decimal_key(value) if type_name.startswith("decimal") else value


def decimal_key(value: Any) -> Decimal | None:
    """A number, or text that is one, as a decimal."""
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def text_key(text: str) -> str:
    """A string; a long one as its beginning and 64 bits of FNV-1a (Fowler, Noll and Vo).

    The same as `rust/profile/src/metric/frequent.rs` makes.
    """
    data = text.encode(errors="surrogatepass")
    if len(data) <= LONGEST:
        return text
    found = 0xCBF2_9CE4_8422_2325
    for byte in data:
        found = (found ^ byte) * 0x0100_0000_01B3 & (2**64 - 1)
    return f"{data[: LONGEST - 20].decode(errors='ignore')}{CUT}{found:016x}"


def distinct_of(column: ColumnProfile, std_devs: int = 2) -> Estimate[float]:
    """How many distinct values: exactly where all of them are kept, else as the HLL has it.

    The count is whole, and from 1 to the number of values, so that the bounds are too.

    Args:
        column: a column.
        std_devs: width of the bounds, 2 (95.4 %) or 3 (99.7 %) standard deviations.
    """
    values = valued(column)
    found = seen(column)
    if found.complete:
        count = len(found.counts)
        return Estimate(count, count, count)
    estimate: Estimate[float] = known(column, column.distinct, "number of distinct values")
    if std_devs != STD_DEVS and column.hll is not None:
        # The empty string is one of the distinct values, though not to the sketch.
        empty = estimate.value - column.hll.estimate().value
        wide = column.hll.estimate(std_devs)
        estimate = mapped(wide, lambda count: count + empty)
    return whole(within(lowered(estimate, values), 1, values))


def lowered(estimate: Estimate[float], most: int) -> Estimate[float]:
    """An estimate that cannot exceed *most*: one that does is off by a factor, as its bounds are.

    Cut off alone, a lower bound beyond *most* would read as certainty.
    """
    if estimate.value <= most:
        return estimate
    off = most / estimate.value
    return Estimate(most, estimate.lower * off, most, estimate.confidence)
