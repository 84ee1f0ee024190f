"""Options that are passed on by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drypoint.errors import ParameterError
from drypoint.sources._select import hint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

__all__ = ["check_options", "options_of"]


def options_of(function: Callable[..., Any]) -> frozenset[str]:
    """The names of the options that a function has values for."""
    return frozenset(getattr(function, "__kwdefaults__", None) or ())


def check_options(who: str, options: Mapping[str, Any], known: Iterable[str]) -> None:
    """Refuses an option that *who* has not.

    Raises:
        ParameterError: one is none of those *known*.
    """
    names = sorted(known)
    for name in options:
        if name not in names:
            raise ParameterError(f"{who} has no option {name!r}; {hint(name, names)}")
