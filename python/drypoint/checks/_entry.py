"""What the catalogue says of a check, once, and everything else derives from."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Literal

from drypoint.checks._durations import duration, is_duration_text
from drypoint.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from drypoint.checks._forms import Form
    from drypoint.checks._limit import Limit
    from drypoint.checks._verdict import Verdict

__all__ = ["REQUIRED", "Argument", "Entry", "Finding", "Measured", "meant"]


class Required:
    """Stands for the default of an argument that has none."""

    def __repr__(self) -> str:
        return "required"


REQUIRED = Required()
NAMED = 20
"""Names that an error lists."""


@dataclass(frozen=True)
class Argument:
    """An argument of a check.

    Attributes:
        name: what it is called, in Python and in files.
        form: what it can be.
        about: what it is, in a few words.
        default: what it is unless given; `REQUIRED` if it must be.
    """

    name: str
    form: Form
    about: str
    default: Any = REQUIRED

    def read(self, check: str, value: Any) -> Any:
        """The value as it is kept.

        Raises:
            ParameterError: it has not the form; the message names the check and what was given.
        """
        try:
            return self.form.read(value)
        except (ParameterError, TypeError, ValueError, ArithmeticError) as error:
            why = f": {error}" if isinstance(error, ParameterError) else ""
            raise ParameterError(
                f"{check}: {self.name} must be {self.form.name}, got {value!r}{why}"
            ) from error


@dataclass(frozen=True)
class Measured:
    """What a quantity is in a profile, with what more there is to say.

    Attributes:
        value: an `Estimate`, or an exact value.
        type_name: the type of the column that it is a value of; "" for plain numbers.
        note: a sentence that goes with the reason: which columns, which values; or "".
        failed_rows: the numbers of some rows that failed a condition.
    """

    value: Any
    type_name: str = ""
    note: str = ""
    failed_rows: tuple[int, ...] = ()


@dataclass(frozen=True)
class Finding:
    """What a check found in one profile.

    Attributes:
        verdict: pass, fail or undecided.
        reason: why, in a sentence.
        observed: an `Estimate`, an exact value, or None where there is none.
        type_name: the type of the column that it is a value of.
        failed_rows: the numbers of some rows that failed a condition.
    """

    verdict: Verdict
    reason: str
    observed: Any = None
    type_name: str = ""
    failed_rows: tuple[int, ...] = ()


@dataclass(frozen=True)
class Entry:
    """A check of the catalogue: a quantity that is compared with a limit, or a judgement.

    Attributes:
        name: what it is called: in Python `nulls().ratio()`, here and in files `nulls.ratio`.
        about: what the quantity is, with its arguments in braces: of counts what is counted, such
            as "nulls", else a noun, such as "value at rank {q}"; of a judgement what is to hold,
            such as "every value is allowed".
        measure: computes the quantity; None of a judgement.
        judge: finds the verdict; None of a quantity.
        arguments: in the order in which they are given.
        of: whether it is asked of a column or of the whole profile.
        unit: what the quantity is: a `count`, a `ratio` in [0, 1] or more, a `value` of the column,
            a `number` on the scale of the column, a `duration`.
        kinds: of columns that have it; empty for all.
        needs_reference: whether it compares with a reference profile.
        total: of counts: computes what `.ratio()` is a share of; None where there is no share.
        page: the page of the documentation; the name where nothing else is said.
        base: the entry that this one is made of, such as `nulls` for `nulls.ratio`; or None.
    """

    name: str
    about: str
    measure: Callable[..., Any] | None = None
    judge: Callable[..., Finding] | None = None
    arguments: tuple[Argument, ...] = ()
    of: Literal["column", "table"] = "column"
    unit: Literal["count", "ratio", "value", "number", "duration"] = "count"
    kinds: tuple[str, ...] = ()
    needs_reference: bool = False
    total: Callable[..., int] | None = None
    page: str = ""
    base: Entry | None = field(default=None, repr=False)

    @property
    def phrase(self) -> str:
        """What the quantity is, as the subject of a sentence."""
        return f"number of {self.about}" if self.unit == "count" else self.about

    @property
    def takes_limit(self) -> bool:
        """Whether it is a quantity, which is compared with a limit."""
        return self.measure is not None

    @property
    def required(self) -> tuple[Argument, ...]:
        """The arguments that must be given."""
        return tuple(one for one in self.arguments if one.default is REQUIRED)

    def read_arguments(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """All arguments as they are kept, those that are not given by their defaults.

        Raises:
            ParameterError: one is not known, is missing, or has the wrong form.
        """
        known = {one.name: one for one in self.arguments}
        for name in given:
            if name not in known:
                raise ParameterError(
                    f"{self.name}: there is no argument {name!r}{meant(name, known)}"
                )
        for one in self.required:
            if one.name not in given:
                raise ParameterError(f"{self.name}: needs {one.name}, {one.about}")
        return {
            name: one.read(self.name, given[name]) if name in given else one.default
            for name, one in known.items()
        }

    def read_limit(self, limit: Limit | None) -> Limit | None:
        """The limit as it is kept: durations as such.

        Raises:
            ParameterError: a quantity has no limit, or a judgement has one.
        """
        if (limit is not None) != self.takes_limit:
            needs = "needs a limit, such as < 10" if self.takes_limit else "takes no limit"
            raise ParameterError(f"{self.name}: {needs}")
        if limit is None:
            return None
        if self.unit == "duration":
            return limit.mapped(duration)
        # The range of times is a duration too, and that of numbers is none.
        spans = self.unit == "number" and "temporal" in self.kinds
        return limit.mapped(lambda end: duration(end) if spans and is_duration_text(end) else end)


def meant(name: str, known: Any) -> str:
    """What may have been meant, or what there is, as the rest of a sentence."""
    near = get_close_matches(str(name), [str(one) for one in known], n=2)
    if near:
        return f"; did you mean {' or '.join(map(repr, near))}?"
    names = [repr(str(one)) for one in known]
    more = f" and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
    return f"; there are {', '.join(names[:NAMED])}{more}" if names else "; there are none"
