"""Results of suites in the formats that other programs read: one file a format."""

from collections.abc import Callable

from drypoint.checks._suite_result import SuiteResult
from drypoint.checks.formats import _github, _json, _junit, _sarif, _text

__all__ = ["FORMATS"]

FORMATS: dict[str, Callable[[SuiteResult], str]] = {
    "text": _text.render,
    "json": _json.render,
    "junit": _junit.render,
    "github": _github.render,
    "sarif": _sarif.render,
}
"""What makes the text of a result, by the name of the format."""
