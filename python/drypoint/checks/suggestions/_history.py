"""The profiles that a suite is proposed from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from drypoint.checks._verdict import Verdict
from drypoint.errors import InputTypeError, ParameterError
from drypoint.profiles import Profile, ProfileSet

if TYPE_CHECKING:
    from drypoint.checks._check import Check
    from drypoint.profiles import ColumnProfile

__all__ = ["History", "history_of"]


@dataclass(frozen=True)
class History:
    """Profiles of windows, or of whatever else is alike.

    Attributes:
        profiles: those that have rows, one at least.
    """

    profiles: tuple[Profile, ...]
    _held: dict[Check, bool] = field(default_factory=dict, compare=False, repr=False)

    @property
    def windows(self) -> int:
        """How many there are."""
        return len(self.profiles)

    @property
    def names(self) -> list[str]:
        """The columns that every profile has, without those inside others."""
        first, *others = self.profiles
        there = [one.name for one in first if not one.nested]
        return [name for name in there if all(name in one for one in others)]

    def columns(self, name: str) -> list[ColumnProfile]:
        """A column in each profile."""
        return [one[name] for one in self.profiles]

    def holds(self, check: Check) -> bool:
        """Whether a check passes in every profile: neither fails nor is undecided in any."""
        if check not in self._held:
            passes = (check.run(one).verdict is Verdict.PASS for one in self.profiles)
            self._held[check] = all(passes)
        return self._held[check]

    def said(self, what: str) -> str:
        """What was seen, and in how many profiles."""
        return what if self.windows == 1 else f"{what} in {self.windows} profiles"


def history_of(profiles: Any) -> History:
    """The profiles that are given: one, the whole of a set, or several of these.

    Raises:
        InputTypeError: something is no profile.
        ParameterError: there is none that has rows.
    """
    single = isinstance(profiles, (Profile, ProfileSet))
    if not single and (isinstance(profiles, str) or not isinstance(profiles, Iterable)):
        raise InputTypeError(
            f"a suite is proposed from profiles, got {type(profiles).__name__}; dp.profile makes "
            "one of data, dp.load of a file"
        )
    given = [profiles] if single else list(profiles)
    for one in given:
        if not isinstance(one, (Profile, ProfileSet)):
            raise InputTypeError(f"a suite is proposed from profiles, got {type(one).__name__}")
    whole = [one.overall if isinstance(one, ProfileSet) else one for one in given]
    kept = tuple(one for one in whole if one is not None and one.rows)
    if not kept:
        raise ParameterError("a suite is proposed from profiles that have rows, and none has")
    return History(kept)
