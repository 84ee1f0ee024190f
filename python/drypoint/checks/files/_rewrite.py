"""A suite that is in a file already: lines that still hold stay as they are.

Text is changed line by line, so that comments, blank lines and quotes are those of whoever wrote
them. What cannot be changed so (a list between brackets) is written anew, column by column; and
what then does not read as the suite, as a whole.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from drypoint.checks.files._nodes import LINE_BREAK, Listing, Table, Text
from drypoint.checks.files._read import items, read_text, top
from drypoint.checks.files._write import (
    STEP,
    as_yaml,
    column_block,
    grouped,
    item,
    settings,
    table_block,
)
from drypoint.errors import SuiteError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from drypoint.checks._check import Check
    from drypoint.checks._suite import Suite
    from drypoint.checks.files._nodes import Node

__all__ = ["rewritten"]

REMARK = re.compile(r"\s+#.*$")


class Edit(NamedTuple):
    """Lines from *start* up to *stop*, from 0, become *lines*."""

    start: int
    stop: int
    lines: list[str]


def rewritten(text: str, suite: Suite, file: str | None = None) -> str:
    """The text with what has changed.

    Raises:
        SuiteError: *text* is no suite, and so is not replaced.
    """
    read_text(text, file)
    changed = Rewriter(text, suite).text()
    try:
        same = holds(read_text(changed), suite)
    except SuiteError:
        same = False
    return changed if same else as_yaml(suite)


def holds(found: Suite, suite: Suite) -> bool:
    """Whether both ask the same of each column, in whatever order of columns."""
    about = (found.name, found.undecided) == (suite.name, suite.undecided)
    return about and grouped(found.checks) == grouped(suite.checks)


class Rewriter:
    """Finds the edits that make a text hold a suite."""

    def __init__(self, text: str, suite: Suite) -> None:
        starts = [0, *(one.end() for one in LINE_BREAK.finditer(text))]
        ends = [*starts[1:], len(text)]
        lines = [text[start:end] for start, end in zip(starts, ends, strict=True)]
        self._lines = lines if lines[-1] else lines[:-1]
        self._newline = "\r\n" if "\r\n" in text else "\n"
        self._suite = suite
        self._groups = grouped(suite.checks)
        self._keys = {key.value: (key, node) for key, node in top(text, None).pairs}
        self._first = min(key.place.line for key, _ in self._keys.values()) - 1

    def text(self) -> str:
        """The text with all edits, the last first so that places stay true."""
        lines = list(self._lines)
        for start, stop, new in sorted(self._edits(), reverse=True):
            if start and lines[start - 1] == lines[start - 1].rstrip("\r\n"):
                lines[start - 1] += self._newline
            lines[start:stop] = [f"{line}{self._newline}" for line in new]
        return "".join(lines)

    def _edits(self) -> Iterator[Edit]:
        yield from self._settings()
        yield from self._table()
        yield from self._columns()

    def _settings(self) -> Iterator[Edit]:
        """The name, and what undecided means."""
        new = {line.partition(":")[0]: line for line in settings(self._suite)}
        old = {line.partition(":")[0]: line for line in settings(read_text("".join(self._lines)))}
        for key in ("suite", "undecided"):
            if new.get(key) != old.get(key):
                lines = [new[key]] if key in new else []
                yield self._instead(key, lines) if key in self._keys else self._at_top(lines)

    def _instead(self, key: str, lines: list[str]) -> Edit:
        """An edit of all that stands below a key, and of the key."""
        name, node = self._keys[key]
        return Edit(name.place.line - 1, node.place.last, lines)

    def _at_top(self, lines: list[str]) -> Edit:
        """An edit before the first key."""
        return Edit(self._first, self._first, lines)

    def _at_end(self, lines: list[str]) -> Edit:
        """An edit after the last line."""
        return Edit(len(self._lines), len(self._lines), lines)

    def _table(self) -> Iterator[Edit]:
        """The checks of the whole table."""
        checks = self._groups.get(None, [])
        fresh = table_block(checks, self._suite.notes) if checks else []
        if "table" in self._keys:
            key, node = self._keys["table"]
            yield from self._group(key, node, None, checks, fresh)
        elif checks and "columns" in self._keys:
            before = self._lead(self._keys["columns"][0].place.line - 1)
            yield Edit(before, before, [*fresh, ""])
        elif checks:
            yield self._at_end(["", *fresh])

    def _columns(self) -> Iterator[Edit]:
        """The checks of each column; those of new columns come last."""
        wanted = {name: of for name, of in self._groups.items() if name is not None}
        node = self._keys["columns"][1] if "columns" in self._keys else None
        if not isinstance(node, Table) or not node.block:
            yield from self._all_columns(wanted, node)
            return
        there = {key.value: (key, below) for key, below in node.pairs}
        indent = " " * (node.place.column - 1)
        for name, (key, below) in there.items():
            checks = wanted.get(name, [])
            fresh = column_block(name, checks, self._suite.notes, indent) if checks else []
            yield from self._group(key, below, name, checks, fresh)
        new = {name: of for name, of in wanted.items() if name not in there}
        if there.keys().isdisjoint(wanted):
            yield from self._all_columns(wanted, node)
        elif new:
            last = node.place.last
            yield Edit(last, last, self._blocks(new, indent))

    def _all_columns(self, wanted: dict[str, list[Check]], node: Node | None) -> Iterator[Edit]:
        """All columns anew, where nothing can be kept."""
        lines = ["columns:", *self._blocks(wanted, STEP)] if wanted else ["columns: {}"]
        if node is not None:
            yield self._instead("columns", lines)
        elif wanted:
            yield self._at_end(["", *lines])

    def _blocks(self, groups: dict[str, list[Check]], indent: str) -> list[str]:
        """The lines of several columns."""
        return [
            line
            for name, of in groups.items()
            for line in column_block(name, of, self._suite.notes, indent)
        ]

    def _group(
        self, key: Text, node: Node, name: str | None, checks: list[Check], fresh: list[str]
    ) -> Iterator[Edit]:
        """The checks of one column or of the table, where some are there."""
        old = [one.check for one in items(node, name)]
        if old == checks:
            return
        if checks and isinstance(node, Listing) and node.block:
            yield from self._listing(node, old, checks)
        else:
            start = key.place.line - 1
            yield Edit(start if fresh else self._lead(start), node.place.last, fresh)

    def _listing(self, node: Listing, old: list[Check], new: list[Check]) -> Iterator[Edit]:
        """The checks of a list, a line or more each."""
        indent = " " * (node.place.column - 1)
        for what, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if what == "equal":
                continue
            both = min(j - i, m - k)
            for was, check in zip(node.items[i : i + both], new[k : k + both], strict=True):
                yield self._replaced(was, check, indent)
            for gone in node.items[i + both : j]:
                yield Edit(self._lead(gone.place.line - 1), gone.place.last, [])
            fresh = [self._item(one, indent) for one in new[k + both : m]]
            if fresh:
                at = self._place_of(node, i + both)
                yield Edit(at, at, [line for lines in fresh for line in lines])

    def _place_of(self, node: Listing, number: int) -> int:
        """Where an item before that of this *number* is added."""
        if number:
            return node.items[number - 1].place.last
        return self._lead(node.items[0].place.line - 1)

    def _item(self, check: Check, indent: str) -> list[str]:
        return item(check, indent, self._suite.notes.get(check, ""))

    def _replaced(self, was: Node, check: Check, indent: str) -> Edit:
        """One check instead of another; the remark beside it stays if there is no new one."""
        lines = self._item(check, indent)
        line = self._lines[was.place.line - 1]
        remark = REMARK.search(line.rstrip("\r\n"), was.place.column)
        plain = isinstance(was, Text) and was.plain and was.place.line == was.place.last
        if plain and remark and check not in self._suite.notes:
            lines[0] += remark[0]
        return Edit(was.place.line - 1, was.place.last, lines)

    def _lead(self, line: int) -> int:
        """The first of the comments that stand right above a line."""
        while line and self._lines[line - 1].lstrip().startswith("#"):
            line -= 1
        return line
