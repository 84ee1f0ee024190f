"""Parameters, checked before they reach the core, whose integers are narrower than Python's."""

from __future__ import annotations

import operator

from drypoint.errors import ParameterError

__all__ = ["integer", "is_many"]


def integer(name: str, value: object, least: int, most: int) -> int:
    """The integer *value*, which must be in [least, most]."""
    try:
        number = operator.index(value)  # type: ignore[arg-type] # that is what is asked here
    except TypeError:
        number = None
    if number is None or not least <= number <= most:
        raise ParameterError(f"{name} must be an integer in {least}..={most}, got {value!r}")
    return number


def is_many(question: object) -> bool:
    """Whether several things are asked at once: a list, an array, a Series."""
    return (
        hasattr(question, "__len__")
        and not isinstance(question, str | bytes)
        and (getattr(question, "ndim", 1) > 0)
    )
