"""A suite that holds for the profiles there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drypoint.checks._suite import Suite
from drypoint.checks.suggestions._columns import COLUMNS
from drypoint.checks.suggestions._history import history_of
from drypoint.checks.suggestions._tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from drypoint.checks._check import Check
    from drypoint.checks.suggestions._history import History
    from drypoint.profiles import Profile, ProfileSet

__all__ = ["suggest"]


def suggest(
    profiles: Profile | ProfileSet | Iterable[Profile | ProfileSet], *, name: str | None = None
) -> Suite:
    """Proposes a suite: what held so far, with a margin for what comes.

    Few checks for each column: its type, its nulls, the range and the middle of its numbers, the
    values of small categories, the length of codes, whether it is unique, how fresh it is. Each
    has a reason, which `Suite.save` writes beside it. It is a beginning: read it, and change what
    you know better.

    Margins come from the bounds of estimates and from the spread between profiles: with five of
    them or more a limit is passed by one like them with a probability of 99.9 %; with fewer it is
    as far beyond what was seen as is usual for numbers of its kind. No check is proposed that one
    of the profiles fails, or leaves undecided.

    Args:
        profiles: one profile, or several of what is alike, such as the days of a month. Of a
            profile set all rows together; its segments one by one are `list(profiles)`. Those
            without rows say nothing.
        name: what the suite is called; the dataset of the profiles, unless given.

    Raises:
        InputTypeError: something is no profile.
        ParameterError: there is none that has rows.

    Examples:
        >>> trips = {"id": range(200), "city": ["Kyiv", "Oslo"] * 100, "tip": [None, 3] * 100}
        >>> print(dp.suggest(dp.profile(trips), name="trips").to_yaml(), end="")
        suite: trips
        <BLANKLINE>
        table:
          - schema:  # as it is
              id: int64
              city: string
              tip: int64
          - rows between 100 and 400  # 200
        <BLANKLINE>
        columns:
          id:
            - nulls == 0  # none of 200
            - unique  # 200 different values
          city:
            - nulls == 0  # none of 200
            - values.within: [Kyiv, Oslo]  # 2 values, each at least 100 times
          tip:
            - nulls.ratio <= 0.75  # 50 %
    """
    history = history_of(profiles)
    notes = dict(proposals(history))
    datasets = {one.dataset for one in history.profiles}
    found = name if name is not None or len(datasets) > 1 else datasets.pop()
    return Suite(notes, name=found, notes=notes)


def proposals(history: History) -> Iterator[tuple[Check, str]]:
    """Checks that hold in all profiles, with their reasons."""
    for of_table in TABLES:
        yield from kept(history, of_table(history))
    for name in history.names:
        for of_column in COLUMNS:
            yield from kept(history, of_column(history, name))


def kept(history: History, proposed: Any) -> Iterator[tuple[Check, str]]:
    """Those that neither fail nor are left open in any profile."""
    return ((check, reason) for check, reason in proposed if history.holds(check))
