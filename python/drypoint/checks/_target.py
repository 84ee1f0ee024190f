"""What checks are asked of: a profile, a column of it, and what it is compared with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from drypoint.checks._entry import meant
from drypoint.checks._verdict import Verdict
from drypoint.profiles._choice import kind_of

if TYPE_CHECKING:
    from drypoint.profiles import ColumnProfile, Profile

__all__ = [
    "NoFactError",
    "Target",
    "counted",
    "finite",
    "is_nan",
    "known",
    "of_kind",
    "rows_of",
    "valued",
    "values_of",
]


class NoFactError(Exception):
    """There is no number to judge; what is said instead.

    Attributes:
        verdict: fail where the data is not as the check needs it, undecided where it cannot be
            known; never pass.
    """

    def __init__(self, reason: str, verdict: Verdict = Verdict.UNDECIDED) -> None:
        super().__init__(reason)
        self.verdict = verdict


@dataclass(frozen=True, eq=False)
class Target:
    """A profile that a check is asked of, and the column.

    Attributes:
        profile: what is checked.
        reference: what it is compared with, or None.
        name: of the column; None for the whole profile.
        kinds: of columns that have what is asked; empty for all.
        is_reference: whether this is the reference itself, as errors say.
    """

    profile: Profile
    reference: Profile | None = None
    name: str | None = None
    kinds: tuple[str, ...] = ()
    is_reference: bool = False

    @property
    def column(self) -> ColumnProfile:
        """The column.

        Raises:
            NoFactError: it is not there, or is of a kind that has no such fact.
        """
        found = self.profile.columns.get(self.name or "")
        if found is None:
            where = " in the reference" if self.is_reference else ""
            verdict = Verdict.UNDECIDED if self.is_reference else Verdict.FAIL
            names = meant(self.name or "", self.profile.columns)
            raise NoFactError(f"column {self.name!r} not found{where}{names}", verdict)
        return of_kind(found, self.kinds)

    @property
    def referred(self) -> Target:
        """The same of the reference.

        Raises:
            NoFactError: there is none.
        """
        if self.reference is None:
            raise NoFactError("there is no reference to compare with; give one: reference=")
        return Target(self.reference, None, self.name, self.kinds, is_reference=True)


def of_kind(column: ColumnProfile, kinds: tuple[str, ...]) -> ColumnProfile:
    """The column; a NoFactError that fails if it is of none of the *kinds*."""
    kind = kind_of(column.type)
    if kinds and kind not in (*kinds, "null"):
        asked = " or ".join(kinds)
        raise NoFactError(
            f"column {column.name!r} is {column.type}, and this is asked of {asked} columns",
            Verdict.FAIL,
        )
    return column


def valued(column: ColumnProfile) -> int:
    """How many values it has, all of one type.

    Raises:
        NoFactError: of several types, since facts of values are then of a part alone.
    """
    if len(column.parts) > 1 and sum(count > 0 for count in column.types.values()) > 1:
        types = ", ".join(f"{count:,} {name}" for name, count in column.types.items())
        raise NoFactError(
            f"column {column.name!r} holds values of several types ({types}), and this would be "
            f"said of those of {column.type} alone"
        )
    return column.rows - column.nulls


def known(column: ColumnProfile, fact: Any, what: str) -> Any:
    """A fact of the values of a column.

    Raises:
        NoFactError: it is None, with the reason: there are no values, or it was not measured.
    """
    values = valued(column)
    if fact is not None and not is_nan(fact):
        return fact
    if not values:
        empty = "has no rows" if not column.rows else "has no values, only nulls"
        raise NoFactError(f"column {column.name!r} {empty}, so there is no {what}")
    raise NoFactError(f"the profile does not say the {what} of column {column.name!r}")


def is_nan(fact: Any) -> bool:
    """Whether it is NaN or NaT, which compares with nothing."""
    return bool(fact != fact)  # noqa: PLR0124 # only NaN differs from itself


def counted(column: ColumnProfile, fact: int | None, what: str) -> int:
    """A count of values: 0 where there are no values, else as `known` has it."""
    if not valued(column):
        return 0
    found: int = known(column, fact, f"number of {what}")
    return found


def finite(column: ColumnProfile, fact: Any, what: str, least: int = 1) -> Any:
    """A fact of the finite numbers, of which it takes *least*, as `known` has it."""
    if fact is None and valued(column) and column.n is not None and column.n < least:
        few = "no finite numbers" if least == 1 else f"fewer than {least} finite numbers"
        raise NoFactError(f"column {column.name!r} has {few}, so there is no {what}")
    return known(column, fact, what)


def rows_of(target: Target, **_: Any) -> int:
    """The rows in which the column was there."""
    return target.column.rows


def values_of(target: Target, **_: Any) -> int:
    """The values of the column."""
    return valued(target.column)
