"""A constraint as whylogs has it: it holds or it does not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from drypoint.checks._entry import meant
from drypoint.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from drypoint.checks._check import Check
    from drypoint.profiles import ColumnProfile, Profile

__all__ = ["Constraint", "Constraints", "ConstraintsBuilder", "ReportResult"]


@dataclass(frozen=True)
class Constraint:
    """A constraint on a column, made by one of the functions of this module.

    Attributes:
        name: what whylogs calls it in reports.
        column_name: the column.
        condition: whether it holds of a column of a profile; None where the column has no such
            metric.
        without_metric: the verdict where there is no such metric, or it is empty.
        without_column: the verdict where there is no such column; None if that is an error.
        made: makes `check`; None if there is none.
    """

    name: str
    column_name: str
    condition: Callable[[ColumnProfile, Profile], bool | None] = field(repr=False)
    without_metric: bool = False
    without_column: bool | None = None
    made: Callable[[], Check] | None = field(default=None, repr=False)

    @property
    def check(self) -> Check | None:
        """The check of ours that asks nearly the same and says how sure it is; None without one."""
        try:
            return None if self.made is None else self.made()
        except ParameterError:  # limits that are the wrong way round, of which whylogs says nothing
            return None

    def validate(self, profile: Profile) -> bool:
        """Whether it holds.

        Raises:
            ParameterError: there is no such column, where whylogs raises a ValueError too.
        """
        if self.without_column is not None and self.column_name not in profile:
            return self.without_column
        found = self.condition(self.find(profile), profile)
        return self.without_metric if found is None else found

    def find(self, profile: Profile) -> ColumnProfile:
        """The column.

        Raises:
            ParameterError: it is not there.
        """
        if self.column_name in profile:
            return profile[self.column_name]
        near = meant(self.column_name, profile.columns)
        raise ParameterError(f"{self.name}: column {self.column_name!r} not found{near}")


class ReportResult(NamedTuple):
    """A line of a report.

    Attributes:
        name: of the constraint.
        passed: 1 if it holds, else 0.
        failed: 0 if it holds, else 1.
        summary: None; whylogs has the facts of the metric here, which a profile has itself.
    """

    name: str
    passed: int
    failed: int
    summary: Any = None


@dataclass(frozen=True)
class Constraints:
    """Constraints on one profile.

    Attributes:
        constraints: in the order in which they were added.
        profile: the profile that is asked; None if one is given with each question.

    Examples:
        >>> from drypoint.checks.whylogs import ConstraintsBuilder, no_missing_values
        >>> animals = dp.profile({"legs": [4, 2, 0, 4], "weight": [4.3, 1.8, None, 4.1]})
        >>> builder = ConstraintsBuilder(animals).add_constraint(no_missing_values("legs"))
        >>> constraints = builder.add_constraint(no_missing_values("weight")).build()
        >>> constraints.validate(), constraints.generate_constraints_report()[1][:3]
        (False, ('weight has no missing values', 0, 1))
    """

    constraints: tuple[Constraint, ...]
    profile: Profile | None = None

    def validate(self, profile: Profile | None = None) -> bool:
        """Whether all of them hold; True if there are none.

        Raises:
            ParameterError: there is no profile, or a column is not there.
        """
        asked = self._asked(profile)
        return all(one.validate(asked) for one in self.constraints)

    def generate_constraints_report(self, profile: Profile | None = None) -> list[ReportResult]:
        """A line for each constraint, those of one column together, as whylogs orders them.

        Raises:
            ParameterError: there is no profile, or a column is not there.
        """
        asked = self._asked(profile)
        by_column: dict[str, dict[str, Constraint]] = {}
        for one in self.constraints:
            by_column.setdefault(one.column_name, {})[one.name] = one
        held = [
            (one.name, one.validate(asked)) for each in by_column.values() for one in each.values()
        ]
        return [ReportResult(name, int(holds), int(not holds)) for name, holds in held]

    def _asked(self, profile: Profile | None) -> Profile:
        """The profile that is asked."""
        found = self.profile if profile is None else profile
        if found is None:
            raise ParameterError("there is no profile to ask; give one")
        return found


@dataclass
class ConstraintsBuilder:
    """Collects constraints on a profile.

    Attributes:
        profile: the profile that is to be asked.
        constraints: those that were added.
    """

    profile: Profile | None = None
    constraints: list[Constraint] = field(default_factory=list)

    def add_constraint(
        self,
        constraint: Constraint,
        ignore_missing: bool = False,  # noqa: FBT001, FBT002 # as whylogs has it
    ) -> Self:
        """Adds one.

        Args:
            constraint: made by one of the functions of this module.
            ignore_missing: whether it may be on a column that is not there. Where a column lacks
                the metric, the constraint is added all the same; whylogs forgets it.

        Raises:
            ParameterError: it is no such constraint, or its column is not there.
        """
        if not isinstance(constraint, Constraint):
            raise ParameterError(
                f"constraints are made by the functions of this module, got {constraint!r}"
            )
        known = constraint.without_column is False  # one on the whole profile, as whylogs has it
        if not (ignore_missing or known or self.profile is None):
            constraint.find(self.profile)
        self.constraints.append(constraint)
        return self

    def add_constraints(self, constraints: Iterable[Constraint]) -> Self:
        """Adds several; see `add_constraint`."""
        for one in constraints:
            self.add_constraint(one)
        return self

    def build(self) -> Constraints:
        """The constraints that were added."""
        return Constraints(tuple(self.constraints), self.profile)
