"""Text that knows what its parts are, so that a terminal can colour them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, Self, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ROLES", "Inked", "Role", "Span", "inked", "inked_lines", "joined"]

Role: TypeAlias = Literal[
    "title", "head", "faint", "shape", "sure", "open", "pass", "fail", "undecided"
]
ROLES: tuple[Role, ...] = (
    "title", "head", "faint", "shape", "sure", "open", "pass", "fail", "undecided",
)  # fmt: skip
"""What a part can be: a heading; what matters less; a picture, what is sure of it and what bounds
leave open; a verdict."""


class Span(NamedTuple):
    """A part of a text.

    Attributes:
        start: its first character.
        end: the first one after it.
        role: what it is.
    """

    start: int
    end: int
    role: Role


class Inked(str):
    """Text with the roles of its parts. Whoever takes it as text has the text alone.

    Attributes:
        spans: the parts, from the first to the last.
    """

    __slots__ = ("spans",)
    spans: tuple[Span, ...]

    def __new__(cls, text: str, spans: Iterable[Span] = ()) -> Self:
        """*text*, of which some parts have roles."""
        made = super().__new__(cls, text)
        made.spans = tuple(spans)
        return made


def inked(text: str, role: Role) -> Inked:
    """All of *text* in one role."""
    return Inked(text, [Span(0, len(text), role)] if text else [])


def inked_lines(lines: Iterable[str], role: Role = "faint") -> list[str]:
    """Each of *lines* in one role."""
    return [inked(line, role) for line in lines]


def joined(gap: str, parts: Iterable[str]) -> Inked:
    """Texts one after the other, each with its roles, as `gap.join` does without them."""
    texts = list(parts)
    spans, start = [], 0
    for text in texts:
        if isinstance(text, Inked):
            spans += [Span(start + one.start, start + one.end, one.role) for one in text.spans]
        start += len(text) + len(gap)
    return Inked(gap.join(texts), spans)
