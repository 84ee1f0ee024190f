"""The function that users call, and the report that it makes."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from drypoint.profiles._file import named_as, put
from drypoint.profiles._table import counted
from drypoint.report._page import page, summary

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from drypoint.checks import Suite, SuiteResult
    from drypoint.drift import DriftTable
    from drypoint.fairness import FairnessTable
    from drypoint.performance._answers import Answers
    from drypoint.profiles import Performance, Profile, ProfileSet
    from drypoint.tracing import Trace

__all__ = ["SUFFIXES", "Report", "report"]

SUFFIXES = (".html", ".htm")
"""How names of pages end."""


@dataclass(frozen=True, repr=False)
class Report:
    """A profile as one page: HTML that holds all it needs, and fetches nothing.

    Attributes:
        facts: what the page shows at once, as plain values: what was profiled, alerts, the table of
            columns, and the tables of drift, checks, performance, fairness and segments.
        details: what it shows of a column when it is opened, one for each column, in order.
        charts: the templates of its charts by name, as Vega-Lite has them.
    """

    facts: dict[str, Any]
    details: list[dict[str, Any]] = field(hash=False)
    charts: dict[str, Any] = field(hash=False)

    @cached_property
    def html(self) -> str:
        """The page.

        Raises:
            SourceError: the library that draws the charts is not in this installation.
        """
        return page(self)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the page; it is there as a whole or not at all.

        Raises:
            ParameterError: *path* ends neither in .html nor in .htm.
            SourceError: the file cannot be written; what was there before is then unchanged.
        """
        target, text = named_as("a report", path, SUFFIXES), self.html
        put(target, lambda draft: draft.write_text(text, encoding="utf-8"))

    def __repr__(self) -> str:
        about, alerts = self.facts["about"], len(self.facts["alerts"])
        return f"<Report {about['title']}: {about['size']}, {counted(alerts, 'kind')} of alerts>"

    def _repr_html_(self) -> str:
        return summary(self)


def report(  # noqa: PLR0913 # each is one thing to be shown
    profile: Profile | ProfileSet,
    reference: Profile | ProfileSet | None = None,
    *,
    checks: Suite | SuiteResult | None = None,
    drift: DriftTable | bool | None = None,
    performance: Performance | Answers | None = None,
    segments: ProfileSet | Trace | FairnessTable | Sequence[Any] | None = None,
    title: str | None = None,
) -> Report:
    """A profile as one page to look at, or to send to somebody.

    The page is a single file that opens without the net, in any browser of 2023 or later. What
    needs to be looked at comes first; every estimate has its bounds.

    Args:
        profile: what is shown; of a profile set all rows together, and its segments.
        reference: what it is compared with: drawn behind it, and tested for drift.
        checks: a suite, which is asked of *profile* and *reference*, or what a suite has found.
        drift: what was found already; None to test for it where there is a reference, False for no
            test.
        performance: answers of tasks; None for those of *profile*.
        segments: a profile set for its segments, a trace or a table of fairness for what they show,
            or several of these.
        title: what stands above; None for the name of the dataset.

    Raises:
        InputTypeError: one of them is something else.
        ParameterError: drift is to be tested, and there is no reference.

    Examples:
        >>> import drypoint as dp
        >>> ages = dp.profile({"age": [31, 45, None, 31]}, dataset="people")
        >>> dp.report(ages)
        <Report people: 4 rows, 1 column, 1 kind of alerts>
    """
    from drypoint.report._inputs import inputs_of
    from drypoint.report._make import made

    inputs = inputs_of(profile, reference, checks, drift, performance, segments, title)
    return Report(*made(inputs))
