"""Texts that Vega takes for something else: the names of what every object of JavaScript has.

Vega 6 looks titles and values of axes up in plain objects, so that a column which is called
`constructor` ends in an error. With a mark behind it that is not seen it is a text like any other.
"""

from __future__ import annotations

from typing import Any

__all__ = ["RESERVED", "unreserved"]

RESERVED = frozenset(
    [
        "__defineGetter__",
        "__defineSetter__",
        "__lookupGetter__",
        "__lookupSetter__",
        "__proto__",
        "constructor",
        "hasOwnProperty",
        "isPrototypeOf",
        "propertyIsEnumerable",
        "toLocaleString",
        "toString",
        "valueOf",
    ]
)
UNSEEN = "\u2060"
"""Word joiner, which takes no room."""


def unreserved(found: Any) -> Any:
    r"""Plain values in which no text is such a name.

    >>> unreserved({"title": "constructor", "rows": ["a", 1]})
    {'title': 'constructor\u2060', 'rows': ['a', 1]}
    """
    if isinstance(found, str):
        return found + UNSEEN if found in RESERVED else found
    if isinstance(found, dict):
        return {name: unreserved(value) for name, value in found.items()}
    return [unreserved(one) for one in found] if isinstance(found, list) else found
