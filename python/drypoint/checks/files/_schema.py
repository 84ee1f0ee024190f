"""JSON schema of suite files, for editors; made of the catalogue."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from drypoint.checks._check import SEVERITIES
from drypoint.checks._suite import UNDECIDED
from drypoint.checks.catalogue import CHECKS
from drypoint.checks.files._sentence import base_of, below, inline, is_keyed

if TYPE_CHECKING:
    from drypoint.checks._entry import Argument, Entry

__all__ = ["suite_schema"]

VALUE = (
    r"(?:!\w+ )?(?:\"(?:[^\"\\]|\\.)*\""  # text in quotes
    r"|[-+]?(?:\.inf|\d[\w.:+-]*(?: [a-z]+|[ T][\d:.+-]+Z?)?|\.\d+(?:[eE][-+]?\d+)?)"
    r"|true|false)"
)
LIMIT = rf"\s*(?:(?:<=|>=|==|!=|<|>)\s*{VALUE}|between\s+{VALUE}\s+and\s+{VALUE})\s*$"


def suite_schema() -> dict[str, Any]:
    """What a suite file may hold, as JSON schema (draft 7, which editors know).

    Examples:
        >>> sorted(suite_schema()["properties"])
        ['columns', 'suite', 'table', 'undecided']
    """
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A suite of checks of Drypoint",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "suite": {"type": ["string", "number", "boolean"], "description": "What it is called."},
            "undecided": {
                "enum": list(UNDECIDED),
                "default": "fail",
                "description": "What a check counts as where bounds leave its verdict open.",
            },
            "table": {"$ref": "#/definitions/tableChecks"},
            "columns": {
                "description": "Checks by the name of the column.",
                "type": ["object", "null"],
                "propertyNames": {"minLength": 1},
                "additionalProperties": {"$ref": "#/definitions/columnChecks"},
            },
        },
        "definitions": {
            "tableChecks": checks("table", "Checks of the whole table."),
            "columnChecks": checks("column", "Checks of the column."),
            **{f"{of}Line": lines(of) for of in ("table", "column")},
            "tags": {
                "type": "array",
                "items": {"type": ["string", "number", "boolean"]},
                "description": "Words to find the check by.",
            },
        },
    }


def checks(of: str, about: str) -> dict[str, Any]:
    """A list of checks, each a line or a mapping."""
    entries = [one for one in CHECKS.values() if one.of == of]
    judgements = [judgement(one) for one in entries if is_keyed(one)]
    listed = [quantity(one) for one in entries if below(one) and not is_keyed(one)]
    plain = {
        "type": "object",
        "required": ["check"],
        "additionalProperties": False,
        "properties": {"check": {"$ref": f"#/definitions/{of}Line"}, **options()},
    }
    forms = [{"$ref": f"#/definitions/{of}Line"}, plain, *judgements, *listed]
    return {"description": about, "type": ["array", "null"], "items": {"anyOf": forms}}


def options() -> dict[str, Any]:
    """What every check can have."""
    return {
        "name": {"type": ["string", "number"], "description": "What it is called in reports."},
        "severity": {"enum": list(SEVERITIES), "default": "error"},
        "tags": {"$ref": "#/definitions/tags"},
        "per_segment": {"type": "boolean", "description": "Ask every segment by itself."},
    }


def argument(one: Argument) -> dict[str, Any]:
    """What an argument can be."""
    return {"description": f"{one.about[0].upper()}{one.about[1:]}.", **one.form.schema}


def judgement(entry: Entry) -> dict[str, Any]:
    """A check whose name is a key, with what it takes."""
    first, *rest = below(entry)
    head = {"description": said(entry), **first.form.schema}
    return {
        "type": "object",
        "required": [entry.name, *(one.name for one in rest if one in entry.required)],
        "additionalProperties": False,
        "properties": {
            entry.name: head,
            **{one.name: argument(one) for one in rest},
            **options(),
        },
    }


def quantity(entry: Entry) -> dict[str, Any]:
    """A check in a line, with lists or flags below it."""
    there = below(entry)
    needed = [one.name for one in there if one in base_of(entry).required]
    return {
        "type": "object",
        "required": ["check", *needed],
        "additionalProperties": False,
        "properties": {
            "check": {"type": "string", "pattern": pattern([entry]), "description": said(entry)},
            **{one.name: argument(one) for one in there},
            **options(),
        },
    }


def said(entry: Entry) -> str:
    """The entry in a sentence."""
    text = entry.phrase if entry.takes_limit else entry.about
    return f"{text[0].upper()}{text[1:]}."


def lines(of: str) -> dict[str, Any]:
    """The checks that stand in one line."""
    entries = [one for one in CHECKS.values() if one.of == of and is_line(one)]
    bare = [one for one in entries if not inline(one)]
    groups = [
        [one for one in bare if one.takes_limit],
        [one for one in bare if not one.takes_limit],
        *([one] for one in entries if inline(one)),
    ]
    return {
        "type": "string",
        "anyOf": [{"pattern": pattern(group)} for group in groups if group],
        "defaultSnippets": [
            {"label": one.name, "description": said(one), "body": snippet(one)}
            for one in entries
            if not one.needs_reference
        ],
    }


def is_line(entry: Entry) -> bool:
    """Whether a line alone says it."""
    needed = base_of(entry).required
    return not is_keyed(entry) and not any(one in needed for one in below(entry))


def pattern(entries: list[Entry]) -> str:
    """The lines that say one of the *entries*, which take the same in parentheses."""
    first, base = entries[0], base_of(entries[0])
    end = LIMIT if first.takes_limit else r"\s*$"
    if not inline(first):
        return f"^(?:{'|'.join(re.escape(one.name) for one in entries)}){end}"
    needed = [rf"\s*{VALUE}\s*" for one in inline(first) if one in base.required]
    named = rf"(?:\s*[a-z_]+\s*=\s*{VALUE}\s*,?)*"
    called = rf"\({','.join(needed)}{',?' if needed else ''}{named}\)"
    call = called if needed else f"(?:{called})?"
    rest = re.escape(first.name.removeprefix(base.name))
    return f"^{re.escape(base.name)}{call}{rest}{end}"


def snippet(entry: Entry) -> str:
    """What an editor puts in, with places to fill."""
    base = base_of(entry)
    needed = [one.name for one in inline(entry) if one in base.required]
    given = ", ".join(f"${{{number}:{name}}}" for number, name in enumerate(needed, 1))
    call = f"({given})" if needed else ""
    limit = f" < ${{{len(needed) + 1}:limit}}" if entry.takes_limit else ""
    return f"{base.name}{call}{entry.name.removeprefix(base.name)}{limit}"
