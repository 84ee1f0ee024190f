"""Parts into the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from drypoint.errors import MergeError
from drypoint.profiles._profile import Profile
from drypoint.profiles._set import ProfileSet

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["merge"]

P = TypeVar("P", Profile, ProfileSet)


def merge(profiles: Iterable[P]) -> P:
    """The profile of the rows of all *profiles*, as if they had come in one table.

    Args:
        profiles: profiles, or profile sets by the same keys.

    Raises:
        MergeError: there are none, or one of them is no profile.
    """
    parts = list(profiles)
    if not parts:
        raise MergeError("cannot merge: there are no profiles")
    first, rest = parts[0], parts[1:]
    if not isinstance(first, (Profile, ProfileSet)):
        raise MergeError(f"cannot merge: a {type(first).__name__} is no Profile")
    return first.merge(*rest)
