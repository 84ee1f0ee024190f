"""A result as reports to other programs tell it: where its check stands, and what to say."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from drypoint.checks._shown import rows, where
from drypoint.checks.files import line_of
from drypoint.profiles._format import clean

if TYPE_CHECKING:
    from drypoint.checks._result import CheckResult
    from drypoint.checks._suite_result import Outcome, SuiteResult

__all__ = ["Finding", "findings_of", "uri_of"]


@dataclass(frozen=True)
class Finding:
    """One result, ready to be told.

    Attributes:
        result: what the check found.
        outcome: what it counts as.
        file: the file of the suite; None of a suite that is in none.
        line: the line of the check in it, from 1.
        column: where in the line it begins, from 1.
    """

    result: CheckResult
    outcome: Outcome
    file: str | None = None
    line: int | None = None
    column: int | None = None

    @property
    def name(self) -> str:
        """The check as a file has it, and the segment that it was asked of."""
        segment = f" [{where(self.result)}]" if self.result.segment else ""
        return clean(line_of(self.result.check), most=None) + segment

    @property
    def title(self) -> str:
        """The same after the column."""
        column = self.result.column
        return self.name if column is None else f"{clean(column, most=None)}: {self.name}"

    @property
    def message(self) -> str:
        """Why, in a sentence in one line; what was left open says so."""
        open_ = "undecided: " if self.result.verdict == "undecided" else ""
        return clean(f"{open_}{self.result.reason}{rows(self.result)}", most=None)


def findings_of(found: SuiteResult) -> list[Finding]:
    """Every result with its place in the file of the suite."""
    source = found.suite.source
    if source is None:
        return [Finding(one, found.outcome(one)) for one in found]
    nowhere = (None, None)
    return [
        Finding(one, found.outcome(one), source.file, *source.places.get(one.check, nowhere))
        for one in found
    ]


def uri_of(file: str) -> str:
    """A file as a URI: relative ones stay so, since a report is read elsewhere."""
    path = Path(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
