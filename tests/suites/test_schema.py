"""The JSON schema of suites: fresh, right about what is right, and about what is wrong."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from jsonschema import Draft7Validator
from tests.suites.strategies import suites
from tests.suites.test_files import HAND, WRONG

from drypoint.checks import CHECKS, Suite
from drypoint.checks.files import as_yaml, read_text, suite_schema
from drypoint.checks.files._literals import read_text_node
from drypoint.checks.files._nodes import Listing, Table, Text, parse
from drypoint.checks.files._read import OPTIONS
from drypoint.checks.files._sentence import below

if TYPE_CHECKING:
    from drypoint.checks.files._nodes import Node

ROOT = Path(__file__).parents[2]
SCHEMA = suite_schema()
VALIDATOR = Draft7Validator(SCHEMA)
# What a schema cannot know: values of arguments in a line, order of ends, places in a calendar,
# and what is wrong before anything is read.
BEYOND = (
    "is no YAML", "q must be", "twice", "1__0", "is no date", "larger than", "digits", "lower end",
    "is empty", "anchors", "aliases", "tag", "a key is text", "no type", "one suite", "not text",
    "the check is missing", "deeper", "nest", "without a colon", "tabs",
)  # fmt: skip


def plain(node: Node | None) -> Any:
    """What an editor sees: times and whatever has a tag as text."""
    if isinstance(node, Listing):
        return [plain(one) for one in node.items]
    if isinstance(node, Table):
        return {key.value: plain(one) for key, one in node.pairs}
    if not isinstance(node, Text) or node.tag:
        return None if node is None else node.value
    value = read_text_node(node)
    return value if value is None or isinstance(value, (bool, int, float)) else node.value


def errors(text: str) -> list[str]:
    """What the schema finds wrong."""
    return [error.message for error in VALIDATOR.iter_errors(plain(parse(text)))]


def test_the_schema_is_a_schema() -> None:
    """Of the draft that it names."""
    Draft7Validator.check_schema(SCHEMA)


def test_the_committed_schema_is_fresh() -> None:
    """`make schema` writes it."""
    assert json.loads((ROOT / "docs" / "suite.schema.json").read_text()) == SCHEMA


@given(suites())
def test_whatever_is_written_is_valid(suite: Suite) -> None:
    """Every form of every check."""
    assert errors(as_yaml(suite)) == []


@pytest.mark.parametrize("file", sorted((ROOT / "docs" / "examples").glob("*.yaml")), ids=str)
def test_every_example_is_valid(file: Path) -> None:
    """Those that are shown."""
    assert len(Suite.load(file))
    assert errors(file.read_text()) == []


def examples() -> list[str]:
    """The suites in the pages of the documentation."""
    pages = [page.read_text() for page in (ROOT / "docs").rglob("*.md")]
    blocks = [one for page in pages for one in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)]
    found = [one for one in blocks if re.search(r"^(?:suite|table|columns):", one, re.MULTILINE)]
    assert found, "the scan found nothing: pages are written otherwise"
    return found


@pytest.mark.parametrize("text", examples())
def test_every_example_of_the_documentation_is_read_and_valid(text: str) -> None:
    """By us and by editors."""
    assert len(read_text(text))
    assert errors(text) == []


def test_what_people_write_is_valid() -> None:
    """With quotes, brackets and comments."""
    assert errors(HAND) == []


@pytest.mark.parametrize(
    ("text", "said"), [one for one in WRONG if not any(word in one[1] for word in BEYOND)]
)
def test_what_is_wrong_is_invalid(text: str, said: str) -> None:
    """As long as a schema can know."""
    assert errors(text), said


def test_every_check_is_known_to_editors() -> None:
    """By a line that is completed, or by a key."""
    text = json.dumps(SCHEMA)
    missing = [name for name, one in CHECKS.items() if not one.needs_reference and name not in text]
    assert missing == []


def test_no_argument_is_called_like_an_option() -> None:
    """Both are keys beside each other."""
    named = {one.name for entry in CHECKS.values() for one in below(entry)}
    assert named, "the scan found nothing"
    assert named.isdisjoint({*OPTIONS, "check"})
