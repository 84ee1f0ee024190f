"""SARIF 2.1.0 (OASIS 2020), which code scanning shows: a result for each failure and warning."""

from __future__ import annotations

from hashlib import sha256
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from drypoint.checks.formats._finding import findings_of, uri_of
from drypoint.profiles._plain import json_text

if TYPE_CHECKING:
    from drypoint.checks._entry import Entry
    from drypoint.checks._suite_result import SuiteResult
    from drypoint.checks.formats._finding import Finding

__all__ = ["render"]

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
LEVELS = {"fail": "error", "warn": "warning"}


def render(found: SuiteResult) -> str:
    """The log of one run; a rule is a check of the catalogue."""
    findings = [one for one in findings_of(found) if one.outcome in LEVELS]
    rules = {one.result.check.check: one.result.check.entry for one in findings}
    order = {name: index for index, name in enumerate(rules)}
    driver = {
        "name": "drypoint",
        "version": version("drypoint"),
        "rules": [rule(one) for one in rules.values()],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [result(one, order) for one in findings],
        "properties": {"suite": found.suite.name, "counts": found.counts},
    }
    return json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def rule(entry: Entry) -> dict[str, Any]:
    """What a check of the catalogue asks."""
    text = entry.phrase if entry.takes_limit else entry.about
    return {"id": entry.name, "shortDescription": {"text": f"{text[0].upper()}{text[1:]}."}}


def result(one: Finding, order: dict[str, int]) -> dict[str, Any]:
    """A finding, where its check stands, and a fingerprint that stays while numbers change."""
    found = one.result
    print_of = "\x1f".join([one.title, found.check.check, found.column or ""])
    made: dict[str, Any] = {
        "ruleId": found.check.check,
        "ruleIndex": order[found.check.check],
        "level": LEVELS[one.outcome],
        "message": {"text": f"{one.title}: {one.message}"},
        "partialFingerprints": {"check/v1": sha256(print_of.encode()).hexdigest()},
        "properties": found.to_dict(),
    }
    return made | {"locations": [location(one)]} if one.file is not None else made


def location(one: Finding) -> dict[str, Any]:
    """The line of the check, and the column that it asks."""
    place = {
        "artifactLocation": {"uri": uri_of(str(one.file))},
        "region": {"startLine": one.line, "startColumn": one.column},
    }
    asked = one.result.column
    logical = [] if asked is None else [{"name": asked, "kind": "member"}]
    return {"physicalLocation": place, **({"logicalLocations": logical} if logical else {})}
