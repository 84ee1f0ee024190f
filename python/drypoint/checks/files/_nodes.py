"""YAML as a tree of text, lists and tables that know where they stand; nothing else is made of it.

Files are hostile: their size and depth are bounded, an alias (which may stand for a billion nodes)
is refused, and no tag makes an object.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from drypoint.errors import SuiteError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["MOST_BYTES", "Listing", "Node", "Place", "Table", "Text", "parse"]

MOST_BYTES = 1_000_000
DEEPEST = 20
LONGEST = 500
"""Characters of a message, which may quote what is in a file."""
NOT_YAML = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
BLOCK_SCALAR = re.compile(r":\s+(?P<said>[>|].*)$")


@dataclass(frozen=True)
class Place:
    """Where something stands.

    Attributes:
        file: the name of the file; None of text that is in none.
        line: from 1.
        column: in characters, from 1.
        last: the last line that is of it.
    """

    file: str | None
    line: int
    column: int
    last: int

    def error(self, message: str, *, right: int = 0) -> SuiteError:
        """What is wrong here, or *right* characters from here."""
        short = message if len(message) <= LONGEST else f"{message[:LONGEST]}…"
        return SuiteError(short, self.file, self.line, self.column + right)


@dataclass(frozen=True)
class Text:
    """A scalar as it is written.

    Attributes:
        value: the text.
        place: where it stands.
        plain: whether it stands without quotes, so that it may be a number or a date.
        tag: what says its type, such as `!decimal`; or None.
    """

    value: str
    place: Place
    plain: bool = True
    tag: str | None = None


@dataclass(frozen=True)
class Listing:
    """A list. Attributes: items, place, and whether it is written as a block, a line an item."""

    items: tuple[Node, ...]
    place: Place
    block: bool = True


@dataclass(frozen=True)
class Table:
    """A mapping, each key once. Attributes: pairs, place, and whether it is written as a block."""

    pairs: tuple[tuple[Text, Node], ...]
    place: Place
    block: bool = True


Node = Text | Listing | Table


def parse(text: str, file: str | None = None) -> Node | None:
    """The one document of a file; None if there is nothing in it.

    Raises:
        SuiteError: it is no YAML, or has what a suite has no use for; with line and column.
    """
    import yaml

    found = NOT_YAML.search(text)
    if found:
        shown = f"U+{ord(found[0]):04X}"
        raise place_of(text, found.start(), file).error(f"{shown} is a character that is not text")
    try:
        events = yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        return Builder(events, file).document()
    except yaml.MarkedYAMLError as error:
        raise worded(error, text, file) from None


def place_of(text: str, at: int, file: str | None) -> Place:
    """The place of the character number *at*."""
    breaks = [one.end() for one in LINE_BREAK.finditer(text, 0, at)]
    line = len(breaks) + 1
    return Place(file, line, at - (breaks[-1] if breaks else 0) + 1, line)


def worded(error: Any, text: str, file: str | None) -> SuiteError:
    """An error of the parser, with what was probably meant."""
    mark = error.problem_mark or error.context_mark
    problem = error.problem or error.context or "it cannot be read"
    lines = LINE_BREAK.split(text)
    line = lines[mark.line] if mark.line < len(lines) else ""
    hint = ""
    block = BLOCK_SCALAR.search(line)
    if block and "block scalar" in str(error.context):
        hint = f"; a check stands in one line without a colon: - rows {block['said']}"
    elif "\t" in line[: mark.column + 1]:
        hint = "; lines are indented by spaces, not by tabs"
    elif "mapping values" in problem:
        hint = "; text with a colon stands in quotes"
    return SuiteError(f"is no YAML: {problem}{hint}", file, mark.line + 1, mark.column + 1)


class Builder:
    """Makes the tree of the events of a parser."""

    def __init__(self, events: Iterator[Any], file: str | None) -> None:
        self._events = events
        self._file = file
        self._last = 1

    def document(self) -> Node | None:
        """The only document."""
        found = None
        for event in self._events:
            kind = type(event).__name__
            if kind == "DocumentStartEvent":
                if found is not None:
                    raise self._place(event).error("a file holds one suite; here another begins")
            elif kind not in ("StreamStartEvent", "DocumentEndEvent", "StreamEndEvent"):
                found = self._node(event, 0)
        return found

    def _place(self, event: Any, last: int | None = None) -> Place:
        mark = event.start_mark
        return Place(self._file, mark.line + 1, mark.column + 1, last or mark.line + 1)

    def _node(self, event: Any, depth: int) -> Node:
        place = self._place(event)
        kind = type(event).__name__
        if kind == "AliasEvent":
            raise place.error(f"aliases are not taken: write out what *{event.anchor} stands for")
        if event.anchor is not None:
            raise place.error(f"anchors are not taken: leave out &{event.anchor}")
        if depth > DEEPEST:
            raise place.error(f"is nested deeper than {DEEPEST} levels, which no suite is")
        if kind == "ScalarEvent":
            return self._text(event)
        if event.tag is not None:
            raise place.error(f"lists and mappings have no tag: leave out {event.tag}")
        of = self._listing if kind == "SequenceStartEvent" else self._table
        return of(event, depth)

    def _text(self, event: Any) -> Text:
        end = event.end_mark
        last = end.line if end.column == 0 and end.line > event.start_mark.line else end.line + 1
        self._last = max(self._last, last)
        plain = event.style in (None, "") and event.tag is None
        return Text(event.value, self._place(event, last), plain, event.tag)

    def _children(self, *, bracketed: bool) -> Iterator[Any]:
        for event in self._events:
            if type(event).__name__ in ("SequenceEndEvent", "MappingEndEvent"):
                if bracketed:  # the end of a block is where the next thing begins
                    self._last = max(self._last, event.end_mark.line + 1)
                return
            yield event

    def _listing(self, event: Any, depth: int) -> Listing:
        children = self._children(bracketed=event.flow_style)
        items = tuple(self._node(one, depth + 1) for one in children)
        return Listing(items, self._whole(event), not event.flow_style)

    def _table(self, event: Any, depth: int) -> Table:
        pairs: dict[str, tuple[Text, Node]] = {}
        children = self._children(bracketed=event.flow_style)
        for one in children:
            key = self._node(one, depth + 1)
            if not isinstance(key, Text):
                raise key.place.error("a key is text, not a list or a mapping")
            if key.value in pairs:
                first = pairs[key.value][0].place.line
                raise key.place.error(f"{key.value!r} is there twice, first in line {first}")
            pairs[key.value] = key, self._node(next(children), depth + 1)
        return Table(tuple(pairs.values()), self._whole(event), not event.flow_style)

    def _whole(self, event: Any) -> Place:
        """The place of what has just ended."""
        return self._place(event, max(self._last, event.start_mark.line + 1))
