"""What needs to be looked at: one entry for each kind of alert, with its threshold."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from drypoint.profiles._format import clean, count, number, share
from drypoint.profiles._table import counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from drypoint.profiles import ColumnProfile

__all__ = ["ALERTS", "LEVELS", "Alert"]

LEVELS = ("error", "warn", "info")
"""How likely it is that something is wrong, most likely first."""
ENOUGH = 20
"""Fewer values than this say nothing about how a column is."""
SOME, MANY, MOST, NEARLY = 0.1, 0.25, 0.5, 0.95
SKEWED = 2.0
NULL_WORDS = frozenset(
    {"na", "n/a", "#n/a", "nan", "null", "none", "nil", "missing", "unknown", "undefined", "?", "-"}
)


class Alert(NamedTuple):
    """One kind of alert about a column.

    Attributes:
        name: what it is called.
        title: in words.
        level: "error", "warn" or "info": how likely it is that something is wrong.
        meaning: when it is raised, with the threshold.
        found: what it says of a column; None where it is not raised.
    """

    name: str
    title: str
    level: str
    meaning: str
    found: Callable[[ColumnProfile], str | None]


def values_of(column: ColumnProfile) -> int:
    """How many values there are."""
    return column.rows - column.nulls


def all_null(column: ColumnProfile) -> str | None:
    """No row has a value."""
    return counted(column.rows, "row") if column.rows and not values_of(column) else None


def mixed_types(column: ColumnProfile) -> str | None:
    """It came with several types."""
    there = {name: values for name, values in column.types.items() if values}
    if len(there) < 2:  # noqa: PLR2004
        return None
    return ", ".join(f"{clean(name)} ×{count(values)}" for name, values in there.items())


def mixed_kinds(column: ColumnProfile) -> str | None:
    """Most strings look alike, and some surely do not."""
    kinds = column.contents or {}
    values = values_of(column) - (column.empty or 0)
    if not kinds or values < ENOUGH:
        return None
    kind, found = max(kinds.items(), key=lambda one: one[1].value)
    if kind in ("text", "blank") or found.lower < MOST * values or found.upper >= values:
        return None
    return f"{share(found.value, values)} {kind}, others not"


def future(column: ColumnProfile) -> str | None:
    """Times are after the clock that the profile was given."""
    return counted(column.future, "time") if column.future else None


def null_words(column: ColumnProfile) -> str | None:
    """A frequent string is a word for null."""
    if column.type != "string":
        return None
    words = [one for one in column.top() if str(one.item).strip().lower() in NULL_WORDS]
    if not words:
        return None
    return ", ".join(f"{clean(repr(one.item))} ×{count(one.estimate.value)}" for one in words[:3])


def missing(column: ColumnProfile) -> str | None:
    """Rows lack the column."""
    return counted(column.missing, "row") if column.missing else None


def not_finite(column: ColumnProfile) -> str | None:
    """Numbers are NaN or infinite."""
    counts = {
        "NaN": column.nans,
        "+inf": column.positive_infinities,
        "−inf": column.negative_infinities,
    }
    there = [f"{name} ×{count(found)}" for name, found in counts.items() if found]
    return ", ".join(there) or None


def constant(column: ColumnProfile) -> str | None:
    """All values are one."""
    found = column.distinct
    if found is None or values_of(column) < 2 or round(found.upper) != 1:  # noqa: PLR2004
        return None
    nulls = f", and {share(column.nulls, column.rows)} nulls" if column.nulls else ""
    return f"one value in {count(values_of(column))}{nulls}"


def nulls(column: ColumnProfile) -> str | None:
    """Many rows are null."""
    some = column.rows and SOME <= column.nulls / column.rows < 1
    return share(column.nulls, column.rows) if some else None


def empty(column: ColumnProfile) -> str | None:
    """Many strings are empty or blank."""
    bare, values = (column.empty or 0) + (column.blank or 0), values_of(column)
    return share(bare, values) if bare and bare >= SOME * values else None


def unique(column: ColumnProfile) -> str | None:
    """Nearly every string or integer comes once."""
    found, values = column.distinct, values_of(column)
    if found is None or values < ENOUGH or not ("int" in column.type or column.type == "string"):
        return None
    mark = "" if found.is_exact else "~"
    sure = found.lower >= NEARLY * values
    return f"{mark}{count(found.value)} distinct in {count(values)}" if sure else None


def zeros(column: ColumnProfile) -> str | None:
    """Many numbers are 0."""
    found, values = column.zeros, values_of(column)
    return share(found, values) if found and MANY * values <= found < values else None


def skewed(column: ColumnProfile) -> str | None:
    """One tail is much longer than the other."""
    found = column.skewness
    if found is None or (column.n or 0) < ENOUGH or abs(found) <= SKEWED:
        return None
    return f"skewness {number(found)}"


ALERTS = (
    Alert("all_null", "All null", "error", "no row has a value", all_null),
    Alert("mixed_types", "Mixed types", "error", "values came with several types", mixed_types),
    Alert("future", "In the future", "error", "a time is after the profile's clock", future),
    Alert(
        "mixed_kinds",
        "Mixed kinds",
        "warn",
        f"at least {MOST:.0%} of the strings look alike, and some surely do not",
        mixed_kinds,
    ),
    Alert("null_words", "Words for null", "warn", "NA, null, … is a frequent string", null_words),
    Alert("missing", "Missing in rows", "warn", "some rows came without the column", missing),
    Alert("not_finite", "Not finite", "warn", "a number is NaN or infinite", not_finite),
    Alert("constant", "Constant", "warn", "all values are the same", constant),
    Alert("nulls", "Many nulls", "warn", f"at least {SOME:.0%} of the rows are null", nulls),
    Alert("empty", "Empty", "warn", f"at least {SOME:.0%} are empty or blank strings", empty),
    Alert(
        "unique",
        "Nearly unique",
        "info",
        f"surely at least {NEARLY:.0%} of the strings or integers are distinct",
        unique,
    ),
    Alert("zeros", "Many zeros", "info", f"at least {MANY:.0%} of the numbers are 0", zeros),
    # Beyond 2 normal theory fails: West, Finch and Curran (1995).
    Alert("skewed", "Skewed", "info", f"skewness is beyond ±{SKEWED:g}", skewed),
)
"""All kinds of alerts about columns, what is most likely wrong first."""
