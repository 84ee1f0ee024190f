"""Workflow commands of GitHub Actions, which it shows beside the lines of the suite's file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.checks._shown import heading
from drypoint.checks.formats._finding import findings_of

if TYPE_CHECKING:
    from drypoint.checks._suite_result import SuiteResult
    from drypoint.checks.formats._finding import Finding

__all__ = ["render"]

COMMANDS = {"fail": "error", "warn": "warning"}
# As its documentation has them: of the message these, of properties also what ends one.
IN_MESSAGE = (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"))
IN_PROPERTY = (*IN_MESSAGE, (":", "%3A"), (",", "%2C"))


def render(found: SuiteResult) -> str:
    """A line for each failure, then one for each warning, as GitHub shows the first ten of each."""
    findings = findings_of(found)
    told = [command(one) for kind in COMMANDS for one in findings if one.outcome == kind]
    # Something before it, so that no name can make a command of the line.
    return "\n".join([*told, f"drypoint: {heading(found)}"])


def command(one: Finding) -> str:
    """The command of a finding."""
    about = {"file": one.file, "line": one.line, "col": one.column, "title": one.title}
    properties = ",".join(
        f"{name}={escaped(str(value), IN_PROPERTY)}"
        for name, value in about.items()
        if value is not None
    )
    return f"::{COMMANDS[one.outcome]} {properties}::{escaped(one.message, IN_MESSAGE)}"


def escaped(text: str, pairs: tuple[tuple[str, str], ...]) -> str:
    """Text without what would end it."""
    for char, escape in pairs:
        text = text.replace(char, escape)
    return text
