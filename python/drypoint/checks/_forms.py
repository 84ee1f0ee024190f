"""What the arguments of checks can be: how each is read, shown and described to editors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from drypoint.checks._durations import duration, duration_text
from drypoint.checks._limit import scalar
from drypoint.errors import ParameterError
from drypoint.profiles._choice import KINDS, kind_of

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "COUNT",
    "DURATION",
    "FLAG",
    "NAMES",
    "RANK",
    "TEXT",
    "TYPE",
    "TYPES",
    "VALUE",
    "VALUES",
    "Form",
    "choice",
    "is_of_type",
]

FAMILIES = ("integer", "float", "decimal")
"""Types that are told apart among numbers."""
SCALAR_SCHEMA: dict[str, Any] = {"type": ["number", "string", "boolean"]}


@dataclass(frozen=True)
class Form:
    """One form that an argument can have.

    Attributes:
        name: what it is called in errors.
        read: makes the one hashable value that stands for what is given; a ParameterError,
            TypeError or ValueError if it cannot.
        schema: what JSON schema says of it.
        plain: the value as YAML and JSON have it, which `read` takes again.
    """

    name: str
    read: Callable[[Any], Any]
    schema: Mapping[str, Any]
    plain: Callable[[Any], Any] = lambda value: value

    def __hash__(self) -> int:
        return hash(self.name)


def rank(value: Any) -> float:
    """A rank: a number from 0 to 1."""
    found = None if isinstance(value, (bool, str)) else float(value)
    if found is None or not 0 <= found <= 1:
        raise ValueError(value)
    return found


def count(value: Any) -> int:
    """A whole number from 1."""
    if isinstance(value, bool) or int(value) != value or value < 1:
        raise ValueError(value)
    return int(value)


def text(value: Any) -> str:
    """Text that is not empty."""
    if not isinstance(value, str) or not value:
        raise TypeError(value)
    return value


def flag(value: Any) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def names(value: Any) -> tuple[str, ...]:
    """Several names, in order."""
    if isinstance(value, str):
        raise TypeError(value)
    return tuple(text(one) for one in value)


def value_of(value: Any) -> Any:
    """One value: a number, text, a boolean, a time."""
    return value if isinstance(value, bool) else scalar(value)


def values(value: Any) -> tuple[Any, ...]:
    """Several values, each once, in an order of their own."""
    if isinstance(value, (str, bytes, Mapping)) or not isinstance(value, Iterable):
        raise TypeError(value)
    each = {(type(one).__name__, one): one for one in map(value_of, value)}
    if not each:
        raise ValueError(value)
    return tuple(each[key] for key in sorted(each))


def type_name(value: Any) -> str:
    """A type as `ColumnProfile.type` says it, a kind, or one of `FAMILIES`."""
    found = text(value)
    known = found in KINDS or found in FAMILIES or kind_of(found) != found
    if not known:
        raise ParameterError(
            f"{found!r} is no type; types are called as pyarrow calls them, kinds are "
            f"{sorted([*KINDS, *FAMILIES])}"
        )
    return found


def type_names(value: Any) -> tuple[str, ...]:
    """One type or several, of which one is to be."""
    if isinstance(value, str):
        return (type_name(value),)
    found = tuple(type_name(one) for one in value)
    if not found:
        raise ValueError(value)
    return found


def types(value: Any) -> tuple[tuple[str, tuple[str, ...] | None], ...]:
    """Types by column; None for any."""
    pairs = value.items() if isinstance(value, Mapping) else value
    return tuple((text(name), None if of is None else type_names(of)) for name, of in pairs)


def is_of_type(found: str, wanted: Iterable[str]) -> bool:
    """Whether a type is one of those *wanted*, each a type, a kind, or one of `FAMILIES`."""
    families = {found, kind_of(found)}
    families |= {"integer"} if re.fullmatch(r"u?int\d+", found) else set()
    families |= {"float"} if found.startswith("float") else set()
    families |= {"decimal"} if found.startswith("decimal") else set()
    return not families.isdisjoint(wanted)


def choice(*known: str) -> Form:
    """One of some words."""

    def read(value: Any) -> str:
        """A word that is among them."""
        if value not in known:
            raise ValueError(value)
        return str(value)

    return Form(f"one of {', '.join(known)}", read, {"enum": list(known)})


RANK = Form("a number from 0 to 1", rank, {"type": "number", "minimum": 0, "maximum": 1})
COUNT = Form("a whole number from 1", count, {"type": "integer", "minimum": 1})
TEXT = Form("text", text, {"type": "string", "minLength": 1})
FLAG = Form("true or false", flag, {"type": "boolean"})
NAMES = Form("a list of names", names, {"type": "array", "items": {"type": "string"}}, list)
VALUE = Form("a number, text, a boolean or a time", value_of, SCALAR_SCHEMA)
VALUES = Form(
    "several values", values, {"type": "array", "items": SCALAR_SCHEMA, "minItems": 1}, list
)
TYPE_SCHEMA: dict[str, Any] = {
    "anyOf": [
        {"type": "string", "minLength": 1},
        {"type": "array", "items": {"type": "string"}, "minItems": 1},
    ]
}


def plain_types(found: tuple[str, ...]) -> Any:
    """A type, or a list of them."""
    return found[0] if len(found) == 1 else list(found)


TYPE = Form("a type, or several", type_names, TYPE_SCHEMA, plain_types)
TYPES = Form(
    "types by column",
    types,
    {
        "type": "object",
        "additionalProperties": {"anyOf": [*TYPE_SCHEMA["anyOf"], {"type": "null"}]},
    },
    lambda found: {name: None if of is None else plain_types(of) for name, of in found},
)
DURATION = Form("a duration such as '26 h'", duration, {"type": "string"}, duration_text)
