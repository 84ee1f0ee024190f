"""What a check found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from drypoint.checks._words import in_words, limit_words
from drypoint.estimate import Estimate
from drypoint.profiles._plain import bounds, plain

if TYPE_CHECKING:
    from drypoint.checks._check import Check
    from drypoint.checks._verdict import Verdict

__all__ = ["CheckResult"]


@dataclass(frozen=True)
class CheckResult:
    """What a check found in a profile.

    Attributes:
        check: what was asked.
        verdict: pass, fail or undecided.
        reason: why, in a sentence.
        observed: the number, an `Estimate` where it may be off; None where there is none.
        type_name: the type of the column that it is a value of; "" for plain numbers.
        segment: the key and value pairs of the segment; empty for everything.
        failed_rows: of checks of conditions: the numbers of at most 32 rows that failed, a random
            sample, as `ConditionCounts` has them.

    Examples:
        >>> from drypoint.checks import col
        >>> ages = dp.profile({"age": [31, 45, None, 31]})
        >>> result = (col("age").nulls().ratio() < 0.01).run(ages)
        >>> result.verdict, result.observed, result.limit
        (<Verdict.FAIL: 'fail'>, 0.25, '< 0.01')
        >>> result.reason
        "share of nulls in column 'age' is 0.25, not below 0.01"
    """

    check: Check
    verdict: Verdict
    reason: str
    observed: Any = None
    type_name: str = ""
    segment: dict[str, str | None] = field(default_factory=dict, hash=False)
    failed_rows: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        """What the check is called."""
        return self.check.name

    @property
    def column(self) -> str | None:
        """The column that was asked; None where it was the whole profile."""
        return self.check.column

    @property
    def severity(self) -> str:
        """How bad it is if it fails, "error" or "warn", as the check says."""
        return self.check.severity

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags of the check."""
        return self.check.tags

    @property
    def limit(self) -> str:
        """The limit as text, such as `< 0.01`; empty for judgements."""
        return limit_words(self.check.limit)

    @property
    def observed_text(self) -> str:
        """What was observed as text, with its bounds; empty where it was nothing."""
        if self.observed is None:
            return ""
        return in_words(self.observed, self.type_name, limit=self.check.limit)

    def to_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON: estimates as value, lower, upper and confidence."""
        observed = self.observed
        return {
            "name": self.name,
            "check": self.check.check,
            "column": self.column,
            "segment": self.segment,
            "verdict": str(self.verdict),
            "observed": bounds(observed, of=self.type_name)
            if isinstance(observed, Estimate)
            else plain(observed, of=self.type_name),
            "limit": self.limit or None,
            "reason": self.reason,
            "severity": self.severity,
            "tags": list(self.tags),
            "failed_rows": list(self.failed_rows),
        }

    def _repr_html_(self) -> str:
        from drypoint.checks._shown import result_as_html

        return result_as_html(self)

    def __repr__(self) -> str:
        return f"<CheckResult {self.verdict}: {self.name}: {self.reason}>"
