"""Which measure a pair of columns has, and why it may have none."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from drypoint.drift.measures import MEASURES
from drypoint.errors import ParameterError
from drypoint.profiles._values import TEMPORAL

if TYPE_CHECKING:
    from drypoint.drift._measure import Measure, Pair
    from drypoint.drift._result import Verdict
    from drypoint.profiles import ColumnProfile

__all__ = ["kind_of", "measure_called", "natural", "unfit"]

NUMBERS = ("int", "uint", "float", "decimal", "double", "halffloat")
INSTANTS = ("date32", "date64", "timestamp")


def measure_called(name: str) -> Measure:
    """The measure of that name.

    Raises:
        ParameterError: there is none.
    """
    if name not in MEASURES:
        near = difflib.get_close_matches(name, MEASURES, 1)
        hint = f"did you mean {near[0]!r}?" if near else f"there are {[*MEASURES]}"
        raise ParameterError(f"measure {name!r} not found; {hint}")
    return MEASURES[name]


def kind_of(column: ColumnProfile) -> str:
    """What values are, whatever their width: kinds compare with themselves alone."""
    temporal = TEMPORAL.match(column.type)
    if temporal:
        return "date or timestamp" if temporal[1] in INSTANTS else temporal[1].rstrip("3264")
    if column.type.startswith(NUMBERS):
        return "number"
    return column.type.partition("[")[0].partition("<")[0]


def natural(pair: Pair) -> Measure:
    """The measure that a pair has unless another is asked for.

    `ks` of numbers and times, `chi_square` of what has frequent values, `distinct_ratio` of other
    strings, and `null_ratio` of the rest; where the types differ, that of the reference.
    """
    column = pair.reference if pair.reference.nulls < pair.reference.rows else pair.current
    if column.kll is not None:
        return MEASURES["ks"]
    if column.trues is not None:
        return MEASURES["chi_square"]
    if column.items is None:
        return MEASURES["null_ratio"]
    frequent = any(one.items is not None and len(one.top(1)) for one in pair)
    return MEASURES["chi_square" if frequent or column.distinct is None else "distinct_ratio"]


def unfit(pair: Pair, measure: Measure) -> tuple[Verdict, str] | None:
    """The verdict on a pair that cannot be compared, and why; None for one that can."""
    sides = (("current", pair.current), ("reference", pair.reference))
    for side, column in sides:
        if not column.rows:
            return "undecided", f"the {side} profile has no rows of it"
    if measure.name == "null_ratio":
        return None
    for side, column in sides:
        if column.nulls == column.rows:
            return "undecided", f"all {column.rows:,} rows of the {side} profile are null"
    kinds = [kind_of(one) for one in pair]
    if kinds[0] != kinds[1]:
        types = f"{pair.reference.type} to {pair.current.type}"
        return "drift", f"the type has changed from {types}, so values cannot be compared"
    return lacking(pair, measure)


def lacking(pair: Pair, measure: Measure) -> tuple[Verdict, str] | None:
    """The same, of a pair that lacks the sketch which the measure reads."""
    numbers = all(one.kll is not None and not one.kll.is_empty for one in pair)
    counted = all(is_counted(one) for one in pair)
    fit = {
        "numbers": numbers,
        "categories": counted,
        "shares": numbers or counted,
        "columns": True,
    }
    if fit[measure.of]:
        return None
    what = {"numbers": "finite numbers or times", "categories": "frequent values"}
    need = what.get(measure.of, "numbers or frequent values")
    kind = pair.current.type
    return "undecided", f"{measure.name} compares {need}, and the profiles of this {kind} have none"


def is_counted(column: ColumnProfile) -> bool:
    """Whether its values were counted one by one."""
    return column.trues is not None or (column.items is not None and not column.items.is_empty)
