"""JUnit XML, which every CI shows: a test case for each check.

It has what the strictest of its schemas allows (that of the xUnit plugin of Jenkins), so the line
of a check stands in the text of its failure. What fails is a failure. JUnit knows no warnings: what
counts as one is a skipped test, with its reason, so that it neither breaks a build nor reads as
passed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from drypoint.checks._shown import heading
from drypoint.checks.formats._finding import findings_of
from drypoint.profiles._format import clean

if TYPE_CHECKING:
    from drypoint.checks._suite_result import SuiteResult
    from drypoint.checks.formats._finding import Finding

__all__ = ["render"]

ALL_TABLE = "table"


def render(found: SuiteResult) -> str:
    """The document; columns are the classes of its tests."""
    findings = findings_of(found)
    name = clean(found.suite.name or "checks")
    outcomes = [one.outcome for one in findings]
    counts = {
        "tests": str(len(findings)),
        "failures": str(outcomes.count("fail")),
        "errors": "0",
    }
    skipped = {"skipped": str(outcomes.count("warn"))}
    root = Element("testsuites", {"name": "drypoint", **counts})
    source = found.suite.source
    place = {} if source is None or source.file is None else {"file": clean(source.file, most=None)}
    suite = SubElement(root, "testsuite", {"name": name, **counts, **skipped, **place})
    for one in findings:
        case(suite, name, one)
    SubElement(suite, "system-out").text = heading(found)
    indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode")


def case(suite: Element, name: str, one: Finding) -> None:
    """The test case of a finding."""
    of = ALL_TABLE if one.result.column is None else clean(one.result.column, most=None)
    made = SubElement(suite, "testcase", {"classname": f"{name}.{of}", "name": one.name})
    told = {"message": one.message, "type": str(one.result.verdict)}
    if one.outcome == "fail":
        at = "" if one.file is None else f"\n{clean(one.file, most=None)}:{one.line}"
        SubElement(made, "failure", told).text = f"{one.message}\n{one.title}{at}"
    elif one.outcome == "warn":
        SubElement(made, "skipped", told)
    elif one.result.verdict != "pass":
        SubElement(made, "system-out").text = one.message
