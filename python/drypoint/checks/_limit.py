"""A limit, and what can be said of an estimate that is compared with it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from drypoint.checks._durations import duration
from drypoint.checks._verdict import Verdict
from drypoint.errors import ParameterError
from drypoint.profiles._values import is_temporal, kept

if TYPE_CHECKING:
    from collections.abc import Callable

    from drypoint.estimate import Estimate

__all__ = ["BETWEEN", "OPERATORS", "Limit", "scalar"]

BETWEEN = "between"


def below(lower: Any, upper: Any, bound: Any) -> Verdict:
    """Whether a number that lies in [lower, upper] is less than *bound*."""
    return Verdict.of(holds=upper < bound, breaks=lower >= bound)


def at_most(lower: Any, upper: Any, bound: Any) -> Verdict:
    """Whether it is *bound* at most."""
    return Verdict.of(holds=upper <= bound, breaks=lower > bound)


def above(lower: Any, upper: Any, bound: Any) -> Verdict:
    """Whether it is more than *bound*."""
    return Verdict.of(holds=lower > bound, breaks=upper <= bound)


def at_least(lower: Any, upper: Any, bound: Any) -> Verdict:
    """Whether it is *bound* at least."""
    return Verdict.of(holds=lower >= bound, breaks=upper < bound)


def equal(lower: Any, upper: Any, bound: Any) -> Verdict:
    """Whether it is *bound*."""
    return Verdict.of(holds=lower == upper == bound, breaks=bound < lower or upper < bound)


def unequal(lower: Any, upper: Any, bound: Any) -> Verdict:
    """Whether it is anything but *bound*."""
    return Verdict.of(holds=bound < lower or upper < bound, breaks=lower == upper == bound)


OPERATORS: dict[str, Callable[[Any, Any, Any], Verdict]] = {
    "<": below,
    "<=": at_most,
    ">": above,
    ">=": at_least,
    "==": equal,
    "!=": unequal,
}


@dataclass(frozen=True)
class Limit:
    """What an observed number is compared with.

    Attributes:
        operator: `<`, `<=`, `>`, `>=`, `==`, `!=`, or `between`, which takes in both ends.
        bound: the number, text, date, time or duration; of `between` the lower end.
        upper: the upper end of `between`; None otherwise.

    Raises:
        ParameterError: the operator is none of these, a bound is no such value or NaN, or the ends
            of `between` are the wrong way round.

    Examples:
        >>> print(Limit("<", 0.01), "and", Limit("between", 10, 500))
        < 0.01 and between 10 and 500
        >>> Limit("<", 100).compare(Estimate(98.0, 95.0, 101.0))
        <Verdict.UNDECIDED: 'undecided'>
    """

    operator: str
    bound: Any
    upper: Any = None

    def __post_init__(self) -> None:
        if self.operator not in (*OPERATORS, BETWEEN):
            raise ParameterError(
                f"a limit is one of {[*OPERATORS, BETWEEN]}, got {self.operator!r}"
            )
        ends = [scalar(self.bound)]
        if (self.upper is None) == (self.operator == BETWEEN):
            raise ParameterError("between takes a lower and an upper end, all others one bound")
        if self.operator == BETWEEN:
            ends.append(scalar(self.upper))
            check_order(*ends)
        object.__setattr__(self, "bound", ends[0])
        object.__setattr__(self, "upper", ends[1] if len(ends) > 1 else None)

    def compare(self, observed: Estimate[Any], type_name: str = "") -> Verdict:
        """What can be said of a number that lies within the bounds of *observed*.

        Args:
            observed: the estimate; an exact one is never undecided.
            type_name: the type of the column that its values are of; "" for plain numbers.

        Raises:
            TypeError: the two cannot be compared: a number and text.
        """
        lower, upper = (as_key(type_name, end) for end in observed.bounds)
        bound = as_key(type_name, self.bound)
        if self.operator != BETWEEN:
            return OPERATORS[self.operator](lower, upper, bound)
        other = as_key(type_name, self.upper)
        return Verdict.all([at_least(lower, upper, bound), at_most(lower, upper, other)])

    def mapped(self, f: Callable[[Any], Any]) -> Limit:
        """The limit with *f* applied to its bounds."""
        return Limit(self.operator, f(self.bound), None if self.upper is None else f(self.upper))

    def __str__(self) -> str:
        if self.operator == BETWEEN:
            return f"between {self.bound} and {self.upper}"
        return f"{self.operator} {self.bound}"


def check_order(lower: Any, upper: Any) -> None:
    """Refuses ends that are the wrong way round, or of two kinds."""
    try:
        wrong = upper < lower
    except TypeError as error:
        raise ParameterError(f"between takes ends of one kind, got {lower!r}, {upper!r}") from error
    if wrong:
        raise ParameterError(f"between takes the lower end first, got {lower!r} and {upper!r}")


def as_key(type_name: str, value: Any) -> Any:
    """What a value is compared by: of times the tick in the unit of the type.

    A float beside decimals is the decimal that it reads as: 99.99 is not above itself.

    Raises:
        TypeError: it is no value of the type.
    """
    if type_name.startswith("duration") and isinstance(value, str):
        return kept(type_name, duration(value))
    if type_name.startswith("decimal") and isinstance(value, float):
        return Decimal(repr(value))
    return kept(type_name, value) if is_temporal(type_name) else value


def scalar(value: Any) -> Any:
    """A value as plain Python: a number, text, date, datetime, timedelta or time of day.

    Raises:
        ParameterError: it is none of these, or is NaN.
    """
    import datetime as dt

    from drypoint.estimate import plain

    found = plain(value)
    if hasattr(found, "dtype") and getattr(found, "ndim", 1) == 0:
        found = of_numpy(found)
    allowed = (int, float, str, Decimal, dt.date, dt.timedelta, dt.time)
    if not isinstance(found, allowed):
        raise ParameterError(
            f"a limit is a number, text, a time or a duration, got {value!r}, "
            f"a {type(value).__name__}"
        )
    if found != found:  # noqa: PLR0124 # NaN
        raise ParameterError("nothing compares with NaN; nans() counts them")
    return found


def of_numpy(value: Any) -> Any:
    """A scalar of NumPy as Python has it; nanoseconds, which Python lacks, as ISO 8601."""
    found = value.item()
    if value.dtype.kind in "mM" and isinstance(found, int):
        return str(value) if value.dtype.kind == "M" else value.astype("timedelta64[us]").item()
    return found
