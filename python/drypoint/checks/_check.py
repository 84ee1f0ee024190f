"""A check: a condition on a profile, kept as data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, NoReturn

from drypoint.checks._derived import measured
from drypoint.checks._entry import Finding, meant
from drypoint.checks._interval import as_estimate
from drypoint.checks._result import CheckResult
from drypoint.checks._target import NoFactError, Target, is_nan
from drypoint.checks._verdict import Verdict
from drypoint.checks._words import code, compared, in_words
from drypoint.checks.catalogue import CHECKS
from drypoint.errors import InputTypeError, ParameterError
from drypoint.profiles import Profile

if TYPE_CHECKING:
    from collections.abc import Mapping

    from drypoint.checks._entry import Entry
    from drypoint.checks._limit import Limit

__all__ = ["SEVERITIES", "Check", "Severity", "entry_of"]

Severity = Literal["error", "warn"]
SEVERITIES = ("error", "warn")


@dataclass(frozen=True)
class Check:
    """A condition on a profile: a check of the catalogue with its arguments and its limit.

    Written as `col("age").nulls().ratio() < 0.01`, or kept in a file; this is what both come to.
    It never changes, compares by what it asks, and can be a key.

    Attributes:
        check: its name in the catalogue, such as `nulls.ratio`.
        column: the column that is asked; None for checks of the whole profile.
        arguments: those that the catalogue lists for it, by name.
        limit: what the quantity is compared with; None for judgements.
        severity: "error", or "warn" for what is told but lets a suite pass.
        tags: words to find it by.
        segmented: whether every segment is asked, and not all rows together.
        label: what it is called; None for what it reads as.

    Raises:
        ParameterError: the catalogue has no such check, an argument is not known, is missing or has
            the wrong form, or there is a limit where none is taken, or none where one is needed.

    Examples:
        >>> from drypoint.checks import Limit, col
        >>> check = col("age").quantile(0.99).between(18, 99)
        >>> check
        <Check col('age').quantile(0.99).between(18, 99)>
        >>> check.check, check.arguments, str(check.limit)
        ('quantile', (('q', 0.99),), 'between 18 and 99')
        >>> check == Check("quantile", "age", {"q": 0.99}, Limit("between", 18, 99))
        True
    """

    check: str
    column: str | None = None
    arguments: Any = ()
    limit: Limit | None = None
    severity: Severity = "error"
    tags: tuple[str, ...] = ()
    segmented: bool = False
    label: str | None = None

    def __post_init__(self) -> None:
        entry = entry_of(self.check)
        if (self.column is None) == (entry.of == "column"):
            needs = "a column" if entry.of == "column" else "no column"
            raise ParameterError(f"{self.check}: takes {needs}, got {self.column!r}")
        if self.severity not in SEVERITIES:
            raise ParameterError(f"severity must be 'error' or 'warn', got {self.severity!r}")
        given = dict(self.arguments)
        kept = entry.read_arguments(given)
        object.__setattr__(self, "arguments", tuple(kept.items()))
        object.__setattr__(self, "limit", entry.read_limit(self.limit))
        object.__setattr__(self, "tags", words_of(self.tags))

    # ---- As one likes it

    def warn(self) -> Check:
        """The same, but only told: a suite passes whatever it says."""
        return replace(self, severity="warn")

    def tagged(self, *tags: str) -> Check:
        """The same with these *tags* too."""
        return replace(self, tags=(*self.tags, *(tag for tag in tags if tag not in self.tags)))

    def per_segment(self) -> Check:
        """The same, asked of every segment of a profile set."""
        return replace(self, segmented=True)

    def named(self, label: str) -> Check:
        """The same, called *label*."""
        return replace(self, label=label)

    @property
    def name(self) -> str:
        """What it is called: its label, or what it reads as."""
        return str(self) if self.label is None else self.label

    @property
    def entry(self) -> Entry:
        """What the catalogue says of it."""
        return entry_of(self.check)

    # ---- What it says

    def run(self, profile: Profile, reference: Profile | None = None) -> CheckResult:
        """Asks a profile.

        Args:
            profile: what is checked.
            reference: what it is compared with, by checks that compare.

        Returns:
            The verdict with its reason. Where the column is not there or is of another kind, it is
            fail; where the profile does not hold the fact, or there are no values that it could be
            of, undecided.

        Raises:
            InputTypeError: *profile* or *reference* is no profile; a `Suite` takes profile sets.
        """
        given = [profile] if reference is None else [profile, reference]
        for one in given:
            if not isinstance(one, Profile):
                raise InputTypeError(
                    f"a check asks a Profile, got {type(one).__name__}; dp.profile makes one, and "
                    "a Suite takes profile sets"
                )
        found = self._find(Target(profile, reference, self.column, self.entry.kinds))
        return CheckResult(
            check=self,
            verdict=found.verdict,
            reason=found.reason,
            observed=found.observed,
            type_name=found.type_name,
            segment=dict(profile.segment),
            failed_rows=found.failed_rows,
        )

    def _find(self, target: Target) -> Finding:
        """What it says of *target*; of a fact that is not there, why."""
        try:
            if self.entry.needs_reference:
                _ = target.referred
            if self.entry.judge is not None:
                return self.entry.judge(target, **dict(self.arguments))
            return self._compare(target)
        except NoFactError as error:
            return Finding(error.verdict, str(error))

    def _compare(self, target: Target) -> Finding:
        """What a quantity comes to, beside the limit."""
        assert self.entry.measure is not None  # noqa: S101 # as the entry takes a limit
        assert self.limit is not None  # noqa: S101
        found = measured(self.entry.measure(target, **dict(self.arguments)))
        if found.value is None or is_nan(found.value):
            raise NoFactError(f"there is no {self._subject()}")
        try:
            verdict = self.limit.compare(as_estimate(found.value), found.type_name)
        except (TypeError, InputTypeError) as error:
            observed = in_words(found.value, found.type_name)
            raise NoFactError(
                f"{self._subject()} is {observed}, which does not compare with {self.limit}",
                Verdict.FAIL,
            ) from error
        observed = in_words(found.value, found.type_name, limit=self.limit)
        said = compared(verdict, observed, self.limit)
        note = f" ({found.note})" if found.note else ""
        reason = f"{self._subject()} is {said}{note}"
        return Finding(verdict, reason, found.value, found.type_name, found.failed_rows)

    def _subject(self) -> str:
        """What is measured, and where."""
        about = self.entry.phrase.format(**dict(self.arguments))
        first = self.entry
        while first.base is not None:
            first = first.base
        where = "in" if first.unit in ("count", "ratio") else "of"
        return about if self.column is None else f"{about} {where} column {self.column!r}"

    # ---- As text

    def __str__(self) -> str:
        steps = f"col({self.column!r})." if self.entry.of == "column" else ""
        call = steps + called(self.entry, dict(self.arguments))
        if self.limit is None:
            return call
        bounds = [code(end) for end in (self.limit.bound, self.limit.upper)]
        if self.limit.operator == "between":
            return f"{call}.between({bounds[0]}, {bounds[1]})"
        return f"{call} {self.limit.operator} {bounds[0]}"

    def __repr__(self) -> str:
        return f"<Check {self.name}>" if self.label is None else f"<Check {self.label}: {self}>"

    def __bool__(self) -> NoReturn:
        # So that 1 < col("x").mean() < 2, of which Python would keep the second half, is told.
        raise InputTypeError(
            f"a check is neither true nor false before it is run: {self}; write a < x < b as "
            "x.between(a, b), and several checks as a list"
        )


def words_of(tags: Any) -> tuple[str, ...]:
    """Tags as kept."""
    if isinstance(tags, str) or not all(isinstance(tag, str) and tag for tag in tags):
        raise ParameterError(f"tags are several words, got {tags!r}")
    return tuple(tags)


def entry_of(check: Any) -> Entry:
    """What the catalogue says of the check of that name.

    Raises:
        ParameterError: there is none; the message says which may have been meant.
    """
    if not isinstance(check, str) or check not in CHECKS:
        raise ParameterError(f"there is no check {check!r}{meant(check, CHECKS)}")
    return CHECKS[check]


def called(entry: Entry, arguments: Mapping[str, Any]) -> str:
    """How a check is written in Python, without its limit."""
    own = {one.name: one for one in entry.arguments}
    if entry.base is None:
        *path, last = entry.name.split(".")
        before = "".join(f"{step}()." for step in path)
    else:
        before = f"{called(entry.base, arguments)}."
        last = entry.name.removeprefix(f"{entry.base.name}.")
        own = {}
    texts = [
        code(arguments[name]) if one in entry.required else f"{name}={code(arguments[name])}"
        for name, one in own.items()
        if arguments[name] != one.default
    ]
    return f"{before}{last}({', '.join(texts)})"
