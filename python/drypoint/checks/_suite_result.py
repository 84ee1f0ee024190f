"""What a suite found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from drypoint.checks._verdict import Verdict
from drypoint.errors import CheckFailedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from drypoint.checks._result import CheckResult
    from drypoint.checks._suite import Suite
    from drypoint.profiles import Profile

__all__ = ["Outcome", "SuiteResult"]

Outcome = Literal["pass", "warn", "fail"]


@dataclass(frozen=True, repr=False)
class SuiteResult:
    """What every check of a suite found, in order.

    Attributes:
        suite: what was asked.
        results: one for each check; one for each segment of checks that are asked of segments.
        profile: what was checked, all rows together; None of a profile set without segments.
    """

    suite: Suite
    results: tuple[CheckResult, ...]
    profile: Profile | None = field(default=None, compare=False)

    def __len__(self) -> int:
        return len(self.results)

    def __iter__(self) -> Iterator[CheckResult]:
        return iter(self.results)

    def __getitem__(self, index: int) -> CheckResult:
        return self.results[index]

    def outcome(self, result: CheckResult) -> Outcome:
        """What one result counts as: its verdict, by its severity and by what undecided means."""
        if result.verdict is Verdict.PASS:
            return "pass"
        counts_as = "fail" if result.verdict is Verdict.FAIL else self.suite.undecided
        return "warn" if counts_as == "fail" and result.severity == "warn" else counts_as

    @property
    def passed(self) -> bool:
        """Whether nothing fails. Warnings let it pass; a suite of no checks passes."""
        return not self.failures

    @property
    def failures(self) -> list[CheckResult]:
        """The results that count as fail."""
        return [one for one in self.results if self.outcome(one) == "fail"]

    @property
    def warnings(self) -> list[CheckResult]:
        """The results that count as warn."""
        return [one for one in self.results if self.outcome(one) == "warn"]

    @property
    def counts(self) -> dict[str, int]:
        """How many results have which verdict: pass, fail and undecided, in this order."""
        found = [str(one.verdict) for one in self.results]
        return {str(verdict): found.count(verdict) for verdict in Verdict}

    def raise_for_failures(self) -> None:
        """Does nothing if the suite passed.

        Raises:
            CheckFailedError: it did not; the message lists each failure with its reason. It is an
                AssertionError, so that a test fails with it.

        Examples:
            >>> from drypoint.checks import Suite, col
            >>> ages = dp.profile({"age": [31, 45, None, 31]})
            >>> Suite([col("age").nulls() == 0]).run(ages).raise_for_failures()
            Traceback (most recent call last):
              ...
            drypoint.errors.CheckFailedError: 1 of 1 check failed
              fail: number of nulls in column 'age' is 1, not 0
                    col('age').nulls() == 0
        """
        if not self.passed:
            from drypoint.checks._shown import failures_as_text

            raise CheckFailedError(failures_as_text(self), self)

    def to_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        return {
            "suite": self.suite.name,
            "passed": self.passed,
            "undecided": self.suite.undecided,
            "counts": self.counts,
            "results": [one.to_dict() | {"outcome": self.outcome(one)} for one in self.results],
        }

    def to_arrow(self) -> pa.Table:
        """A row for each result; numbers as doubles, what is no number in `observed` as text."""
        from drypoint.checks._table import to_table

        return to_table(self)

    def __repr__(self) -> str:
        from drypoint.checks._shown import as_text

        return as_text(self)

    def _repr_html_(self) -> str:
        from drypoint.checks._shown import as_html

        return as_html(self)
