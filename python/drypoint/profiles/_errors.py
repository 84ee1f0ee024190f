"""What went wrong with derived columns and conditions: counted, and the first of it kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from drypoint.profiles._expressions import reason_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["DerivedErrors", "all_errors", "message_of"]

MESSAGES = 3
"""So many different ones are kept."""
LONGEST = 200
"""Characters of a message."""


@dataclass(frozen=True)
class DerivedErrors:
    """How often a derived column or a condition could not be computed.

    Attributes:
        rows: rows whose values are null for that reason.
        batches: batches with such rows.
        messages: the first three messages that differ.
    """

    rows: int
    batches: int
    messages: tuple[str, ...]

    @classmethod
    def of(cls, rows: int, batches: int, messages: Iterable[str]) -> Self:
        """With the first of the *messages*."""
        return cls(rows, batches, tuple(dict.fromkeys(messages))[:MESSAGES])

    def merge(self, other: DerivedErrors) -> DerivedErrors:
        """Both together."""
        messages = (*self.messages, *other.messages)
        return self.of(self.rows + other.rows, self.batches + other.batches, messages)

    def to_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        return {"rows": self.rows, "batches": self.batches, "messages": list(self.messages)}

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Self:
        """Reads what `to_dict` made; a `ValueError` or a `TypeError` if it is none."""
        rows, batches = record["rows"], record["batches"]
        if not isinstance(rows, int) or not isinstance(batches, int) or min(rows, batches) < 0:
            raise ValueError(record)
        return cls.of(rows, batches, map(str, record["messages"]))


def all_errors(many: Iterable[Mapping[str, DerivedErrors]]) -> dict[str, DerivedErrors]:
    """The errors of all parts, by what could not be computed."""
    whole: dict[str, DerivedErrors] = {}
    for one in many:
        for name, errors in one.items():
            whole[name] = whole[name].merge(errors) if name in whole else errors
    return whole


def message_of(error: BaseException) -> str:
    """An error in one line."""
    text = reason_of(error)
    name = type(error).__name__
    return (f"{name}: {text}" if text else name)[:LONGEST]
