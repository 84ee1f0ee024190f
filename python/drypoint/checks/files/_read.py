"""A suite out of a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from drypoint.checks._check import SEVERITIES, Check
from drypoint.checks._entry import meant
from drypoint.checks._suite import UNDECIDED, Suite
from drypoint.checks.catalogue import CHECKS
from drypoint.checks.files._nodes import MOST_BYTES, Listing, Table, Text, parse
from drypoint.checks.files._sentence import (
    Sentence,
    SentenceError,
    inline,
    is_keyed,
    read_sentence,
)
from drypoint.checks.files._values import as_text, flag, is_null, value_of, word
from drypoint.errors import ParameterError, SourceError, SuiteError

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Mapping

    from drypoint.checks._entry import Entry
    from drypoint.checks.files._nodes import Node, Place

__all__ = ["OPTIONS", "Found", "Source", "checks_of", "keys_of", "read_suite", "read_text", "top"]

KEYS = ("suite", "undecided", "table", "columns")
OPTIONS = ("name", "severity", "tags", "per_segment")


@dataclass(frozen=True)
class Source:
    """The file that a suite came from.

    Attributes:
        file: its name; None of text that is in no file.
        places: the line and the column at which each check begins, from 1.
    """

    file: str | None
    places: Mapping[Check, tuple[int, int]]


@dataclass(frozen=True)
class Found:
    """A check, and where it stands."""

    check: Check
    place: Place


def read_suite(path: str | os.PathLike[str]) -> Suite:
    """The suite in a file; see `Suite.load`."""
    return read_text(text_of(path), str(path))


def text_of(path: str | os.PathLike[str]) -> str:
    """The text of a file of at most a megabyte."""
    try:
        with Path(path).open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror or error}") from error
    if len(data) > MOST_BYTES:
        raise SuiteError(f"is larger than {MOST_BYTES:,} bytes, which no suite is", str(path))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SuiteError("is no text in UTF-8", str(path), line) from None


def read_text(text: str, file: str | None = None) -> Suite:
    """The suite that a text holds; errors name *file*."""
    keys = keys_of(top(text, file), KEYS, "a suite")
    found = checks_of(keys)
    places = {one.check: (one.place.line, one.place.column) for one in reversed(found)}
    name = as_text(keys["suite"], "the name of the suite") if "suite" in keys else None
    undecided: Any = word(keys["undecided"], UNDECIDED) if "undecided" in keys else "fail"
    checks = [one.check for one in found]
    return Suite(checks, name=name, undecided=undecided, source=Source(file, places))


def top(text: str, file: str | None) -> Table:
    """The mapping that a file is."""
    node = parse(text, file)
    if node is None or is_null(node):
        raise SuiteError("is empty; a suite has checks below table: or columns:", file)
    if not isinstance(node, Table):
        raise node.place.error(f"a suite is a mapping of {', '.join(KEYS)}")
    return node


def keys_of(node: Table, known: tuple[str, ...], what: str) -> dict[str, Node]:
    """What stands below each key; a SuiteError of one that is not known."""
    for key, _ in node.pairs:
        if key.value not in known:
            raise key.place.error(f"{what} has no {key.value!r}{meant(key.value, known)}")
    return {key.value: node for key, node in node.pairs}


def checks_of(keys: Mapping[str, Node]) -> list[Found]:
    """All checks, those of the table first where they come first."""
    found: list[Found] = []
    for key, node in keys.items():
        if key == "table":
            found += items(node, None)
        elif key == "columns" and not is_null(node):
            if not isinstance(node, Table):
                raise node.place.error("columns: takes the names of columns, with checks below")
            for name, below in node.pairs:
                if not name.value:
                    raise name.place.error("the name of a column is missing")
                found += items(below, name.value)
    return found


def items(node: Node, column: str | None) -> Iterator[Found]:
    """The checks of the table, or of a column."""
    if is_null(node):
        return
    if not isinstance(node, Listing):
        raise node.place.error("checks are a list: each stands after a dash")
    for item in node.items:
        yield Found(check_of(item, column), item.place)


@dataclass(frozen=True)
class Item:
    """What stands after a dash.

    Attributes:
        node: all of it.
        column: the column that is asked; None for the whole table.
        below: what stands beside the check itself: its arguments, by name.
        options: what any check can have.
    """

    node: Node
    column: str | None
    below: dict[str, tuple[Text, Node]]
    options: dict[str, Node]

    @property
    def of(self) -> str:
        """Whether it is asked of a column or of the table."""
        return "table" if self.column is None else "column"


def check_of(node: Node, column: str | None) -> Check:
    """The check that an item says."""
    if isinstance(node, Text):
        return of_line(Item(node, column, {}, {}), node)
    if isinstance(node, Listing) or not node.pairs:
        raise node.place.error("a check is one line, such as nulls.ratio < 0.01, or a mapping")
    key, value = head_of(node, column)
    below = {name.value: (name, one) for name, one in node.pairs if name is not key}
    options = {name: below.pop(name)[1] for name in OPTIONS if name in below}
    item = Item(node, column, below, options)
    if key.value != "check":
        return of_key(item, key, value)
    if not isinstance(value, Text):
        raise value.place.error("check: takes one line, such as nulls.ratio < 0.01")
    return of_line(item, value)


def head_of(node: Table, column: str | None) -> tuple[Text, Node]:
    """The key that names the check, and what stands after it."""
    keys = [key.value for key, _ in node.pairs]
    heads = [
        (key, value)
        for key, value in node.pairs
        if key.value == "check" or ("check" not in keys and is_head(key.value))
    ]
    if len(heads) != 1:
        raise node.place.error(headless(node, "table" if column is None else "column"))
    return heads[0]


def is_head(key: str) -> bool:
    """Whether a key names a check."""
    return key in CHECKS and key not in OPTIONS


def headless(item: Table, of: str) -> str:
    """Why an item says no check, or more than one."""
    names = [key.value for key, _ in item.pairs if key.value not in OPTIONS]
    if not names:
        return "says no check; add check: and its line"
    first = names[0].split()[0].split("(")[0] if names[0].split() else ""
    if len(names) > 1 and all(name in CHECKS for name in names):
        return f"{names[0]} and {names[1]} are two checks; each stands after a dash of its own"
    if first in CHECKS:
        return f"write it in one line without the colon, or below check: ({names[0]} …)"
    known = [*(name for name, one in CHECKS.items() if one.of == of), *OPTIONS, "check"]
    return f"there is no check {names[0]!r}{meant(names[0], known)}"


def judgement(key: Text, of: str) -> Entry:
    """The entry of a check that is followed by what it takes."""
    entry = CHECKS[key.value]
    if entry.of != of:
        place = "below the column, in columns:" if entry.of == "column" else "below table:"
        raise key.place.error(f"{key.value} is asked of the {entry.of}; it stands {place}")
    if not is_keyed(entry):
        arguments = ", ".join(one.name for one in inline(entry) if one in entry.required)
        call = f"{key.value}({arguments})" if arguments else key.value
        like = f"{call} < 10" if entry.takes_limit else call
        raise key.place.error(f"{key.value} is written in one line without the colon: {like}")
    return entry


def of_key(item: Item, key: Text, value: Node) -> Check:
    """The check that a key names, with what it takes after the colon."""
    entry = judgement(key, item.of)
    first = entry.required[0]
    return build(item, Sentence(entry, {first.name: value_of(value, first.form.schema)}, None))


def of_line(item: Item, line: Text) -> Check:
    """The check of a line, with what stands below it."""
    if not line.value:
        raise line.place.error("a check is missing after the dash")
    if line.tag not in (None, "!"):
        raise line.place.error(f"a check has no tag: leave out {line.tag}")
    try:
        said = read_sentence(line.value, item.of)
    except SentenceError as error:
        right = error.at + (0 if line.plain else 1) if line.place.line == line.place.last else 0
        raise line.place.error(str(error), right=right) from None
    return build(item, said)


def build(item: Item, said: Sentence) -> Check:
    """The check; a SuiteError names the place of what is wrong."""
    entry, arguments = said.entry, dict(said.arguments)
    forms = {one.name: one.form for one in entry.arguments}
    for name, (key, node) in item.below.items():
        if name not in forms or name in arguments:
            known = [one for one in (*forms, *OPTIONS) if one not in arguments]
            raise key.place.error(f"{entry.name} has no {name!r}{meant(name, known)}")
        arguments[name] = value_of(node, forms[name].schema)
        wrong = problem(entry, name, arguments[name])
        if wrong:
            raise node.place.error(wrong)
    try:
        return Check(entry.name, item.column, arguments, said.limit, **read_options(item.options))
    except ParameterError as error:
        raise item.node.place.error(str(error)) from None


def problem(entry: Entry, name: str, value: Any) -> str:
    """What is wrong with one argument; "" if nothing."""
    (argument,) = (one for one in entry.arguments if one.name == name)
    try:
        argument.read(entry.name, value)
    except ParameterError as error:
        return str(error)
    return ""


def read_options(options: Mapping[str, Node]) -> dict[str, Any]:
    """What any check can have, by the name of the attribute."""
    made: dict[str, Any] = {}
    for name, node in options.items():
        if name == "name":
            made["label"] = as_text(node, "name")
        elif name == "severity":
            made["severity"] = word(node, SEVERITIES)
        elif name == "tags":
            if not isinstance(node, Listing):
                raise node.place.error("tags: takes a list of words")
            made["tags"] = tuple(as_text(one, "a tag") for one in node.items)
        else:
            made["segmented"] = flag(node)
    return made
