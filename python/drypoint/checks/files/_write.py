"""A suite as YAML that a person would write."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from drypoint.checks.files._literals import literal, plain_text, quoted
from drypoint.checks.files._sentence import base_of, below, is_keyed, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from drypoint.checks._check import Check
    from drypoint.checks._entry import Argument
    from drypoint.checks._suite import Suite

__all__ = ["as_yaml", "grouped", "item", "line_of", "settings", "table_block"]

WIDTH = 88
STEP = "  "
# What would end a line without quotes, or begin a comment or a value.
SPLITS = re.compile(r": |:$| #|^[\s\-?:,\[\]{}#&*!|>'\"%@`]|\s$")


def as_yaml(suite: Suite) -> str:
    """The suite as text; reasons of single checks are comments."""
    groups = grouped(suite.checks)
    table = groups.pop(None, [])
    blocks = [settings(suite)] if settings(suite) else []
    if table:
        blocks.append(table_block(table, suite.notes))
    if groups or not table:
        lines = [
            line for name, of in groups.items() for line in column_block(name, of, suite.notes)
        ]
        blocks.append(["columns:", *lines] if groups else ["columns: {}"])
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def grouped(checks: Iterable[Check]) -> dict[str | None, list[Check]]:
    """Checks by column, in the order in which columns first come."""
    groups: dict[str | None, list[Check]] = {}
    for one in checks:
        groups.setdefault(one.column, []).append(one)
    return groups


def settings(suite: Suite) -> list[str]:
    """What is said of the whole suite; what is as usual is not."""
    lines = [] if suite.name is None else [f"suite: {plain_text(suite.name)}"]
    return [*lines, *([] if suite.undecided == "fail" else [f"undecided: {suite.undecided}"])]


def table_block(checks: list[Check], notes: Mapping[Check, str]) -> list[str]:
    """The checks of the whole table."""
    return ["table:", *(line for one in checks for line in item(one, STEP, notes.get(one, "")))]


def column_block(
    name: str | None, checks: list[Check], notes: Mapping[Check, str], indent: str = STEP
) -> list[str]:
    """The checks of a column."""
    lines = (line for one in checks for line in item(one, indent + STEP, notes.get(one, "")))
    return [f"{indent}{key_text(str(name))}:", *lines]


def item(check: Check, indent: str, note: str = "") -> list[str]:
    """The lines of a check after its dash."""
    head, *rest = [*head_lines(check), *options(check)]
    comment = f"  # {' '.join(note.split())}" if note else ""
    return [f"{indent}- {head}{comment}", *(f"{indent}  {line}" for line in rest)]


def head_lines(check: Check) -> list[str]:
    """What is asked."""
    given = {one.name: one.form.plain(value) for one, value in arguments_of(check)}
    if is_keyed(check.entry):
        first = check.entry.required[0].name
        lines = keyed(check.check, given[first])
        names = [one.name for one in below(check.entry) if one.name in given and one.name != first]
    else:
        names = [one.name for one in below(check.entry) if one.name in given]
        text = sentence_text(sentence(check))
        lines = [f"check: {text}" if names or options(check) else text]
    return [*lines, *(line for name in names for line in keyed(name, given[name]))]


def arguments_of(check: Check) -> list[tuple[Argument, Any]]:
    """The arguments of a check that are not as usual."""
    given = dict(check.arguments)
    pairs = [(one, given[one.name]) for one in base_of(check.entry).arguments]
    return [(one, value) for one, value in pairs if value != one.default]


def line_of(check: Check) -> str:
    """The check in one line, as short as a file has it: for tables."""
    if check.label is not None:
        return check.label
    if not is_keyed(check.entry):
        return sentence(check)
    value = check.entry.required[0].form.plain(dict(check.arguments)[check.entry.required[0].name])
    if isinstance(value, dict):
        return f"{check.check}: {', '.join(map(plain_text, value))}"
    shown = value if isinstance(value, list) else [value]
    return f"{check.check}: {', '.join(map(literal, shown))}"


def options(check: Check) -> list[str]:
    """What any check can have."""
    lines = [] if check.label is None else [f"name: {plain_text(check.label)}"]
    lines += [] if check.severity == "error" else [f"severity: {check.severity}"]
    lines += keyed("tags", list(check.tags)) if check.tags else []
    return [*lines, *(["per_segment: true"] if check.segmented else [])]


def sentence_text(line: str) -> str:
    """A line as YAML has it: in quotes only where it must be."""
    if not line.isprintable():
        return quoted(line)
    return "'" + line.replace("'", "''") + "'" if SPLITS.search(line) else line


def key_text(key: str) -> str:
    """A key; what is no plain word is quoted."""
    return plain_text(key)


def keyed(key: str, value: Any) -> list[str]:
    """A key with what it holds: in one line where that is short."""
    head = f"{key_text(key)}:"
    if isinstance(value, dict):
        if not value:
            return [f"{head} {{}}"]
        return [head, *(f"{STEP}{key_text(name)}: {flow(of)}" for name, of in value.items())]
    line = f"{head} {flow(value)}"
    if isinstance(value, list) and len(line) > WIDTH:
        return [head, *(f"{STEP}- {literal(one)}" for one in value)]
    return [line]


def flow(value: Any) -> str:
    """A value or a list of them in one line."""
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(literal, value))}]"
    return literal(value)
