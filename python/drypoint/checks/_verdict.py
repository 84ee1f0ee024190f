"""What a check says: pass, fail, or that it cannot be said."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Verdict"]


class Verdict(StrEnum):
    """What a check says of a profile.

    `UNDECIDED` is what an honest answer is where the bounds of the observed number hold the limit,
    or where the profile does not hold the fact that is asked for.

    Examples:
        >>> Verdict.PASS, str(Verdict.UNDECIDED)
        (<Verdict.PASS: 'pass'>, 'undecided')
    """

    PASS = "pass"  # noqa: S105 # no password
    FAIL = "fail"
    UNDECIDED = "undecided"

    @classmethod
    def of(cls, *, holds: bool, breaks: bool) -> Verdict:
        """From what is certain: that the condition *holds*, that it *breaks*, or neither."""
        if breaks:
            return cls.FAIL
        return cls.PASS if holds else cls.UNDECIDED

    @classmethod
    def all(cls, verdicts: Iterable[Verdict]) -> Verdict:
        """Of conditions that are all to hold: one that fails is enough (Kleene's "and")."""
        found = set(verdicts)
        return cls.of(holds=found <= {cls.PASS}, breaks=cls.FAIL in found)
