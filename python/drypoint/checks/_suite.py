"""Checks that belong together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from drypoint.checks._check import Check
from drypoint.checks._result import CheckResult
from drypoint.checks._suite_result import SuiteResult
from drypoint.checks._verdict import Verdict
from drypoint.errors import InputTypeError, ParameterError
from drypoint.profiles import Profile, ProfileSet

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Mapping

    from drypoint.checks.files import Source

__all__ = ["UNDECIDED", "Suite", "Undecided"]

Undecided = Literal["fail", "warn", "pass"]
UNDECIDED = ("fail", "warn", "pass")


@dataclass(frozen=True)
class Suite:
    """Checks that belong together, in order.

    Args:
        checks: made with `col`, `rows`, `columns` and `schema`.
        name: what the suite is called; None if it has no name.
        undecided: what a verdict that is undecided counts as: "fail", which is strict and the
            default, "warn", or "pass".
        notes: why a check is there; in a file a comment beside it.
        source: the file that it came from; None of one that was made in Python.

    Raises:
        ParameterError: one of *checks* is none, or *undecided* is none of these.

    Examples:
        >>> from drypoint.checks import col, rows
        >>> suite = Suite([rows() >= 3, col("age").nulls() == 0, col("age").max() <= 120])
        >>> result = suite.run(dp.profile({"age": [31, 45, None, 31]}))
        >>> result.passed, [str(one.verdict) for one in result]
        (False, ['pass', 'fail', 'pass'])
    """

    checks: tuple[Check, ...]
    name: str | None = None
    undecided: Undecided = "fail"
    notes: Mapping[Check, str] = field(default_factory=dict, compare=False, repr=False)
    source: Source | None = field(default=None, compare=False, repr=False)

    def __init__(
        self,
        checks: Iterable[Check],
        *,
        name: str | None = None,
        undecided: Undecided = "fail",
        notes: Mapping[Check, str] | None = None,
        source: Source | None = None,
    ) -> None:
        if isinstance(checks, Check) or not isinstance(checks, Iterable):
            raise ParameterError(f"a suite takes several checks, got {checks!r}")
        kept = tuple(checks)
        for one in kept:
            if not isinstance(one, Check):
                raise ParameterError(
                    f"a suite is made of checks, such as col('age').nulls() == 0; got {one!r}"
                )
        if undecided not in UNDECIDED:
            raise ParameterError(f"undecided must be one of {UNDECIDED}, got {undecided!r}")
        object.__setattr__(self, "checks", kept)
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "undecided", undecided)
        object.__setattr__(self, "notes", dict(notes or {}))
        object.__setattr__(self, "source", source)

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Suite:
        """The suite in a YAML file; docs/suites.md says how it is written.

        Files are hostile: at most a megabyte, no aliases, and nothing is made but checks.

        Raises:
            SuiteError: it is no suite; the message has file, line and column, and what may have
                been meant.
            OSError: the file cannot be read.
        """
        from drypoint.checks.files import read_suite

        return read_suite(path)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the suite as a YAML file, by column in the order in which they first come.

        A suite that is there already is brought up to date: its comments, its order of columns and
        all lines that still hold stay as they are. A file is there as a whole or not at all.

        Raises:
            ParameterError: *path* ends neither in .yaml nor in .yml.
            SuiteError: there is a file that is no suite.
            SourceError: the file cannot be written; what was there before is then unchanged.
        """
        from drypoint.checks.files import save_suite

        save_suite(self, path)

    def to_yaml(self) -> str:
        """The suite as `save` writes it to a new file.

        Examples:
            >>> from drypoint.checks import col, rows
            >>> print(Suite([rows() > 0, col("age").max() <= 120], name="people").to_yaml(), end="")
            suite: people
            <BLANKLINE>
            table:
              - rows > 0
            <BLANKLINE>
            columns:
              age:
                - max <= 120
        """
        from drypoint.checks.files import as_yaml

        return as_yaml(self)

    def __len__(self) -> int:
        return len(self.checks)

    def __iter__(self) -> Iterator[Check]:
        return iter(self.checks)

    def __getitem__(self, index: int) -> Check:
        return self.checks[index]

    def tagged(self, *tags: str) -> Suite:
        """The suite of those checks that have one of the *tags*."""
        kept = tuple(one for one in self.checks if set(tags) & set(one.tags))
        return replace(self, checks=kept)

    def run(
        self,
        profile: Profile | ProfileSet,
        reference: Profile | ProfileSet | None = None,
    ) -> SuiteResult:
        """Asks a profile, or the profiles of segments.

        Args:
            profile: what is checked. Of a profile set, checks ask all rows together, and those that
                are `per_segment()` every segment by itself.
            reference: what it is compared with, by checks that compare; segments with the same
                segment, where it has them.

        Returns:
            What every check found, in the order of the suite, its segments together.

        Raises:
            InputTypeError: *profile* or *reference* is neither.
        """
        for one in (profile, reference):
            if not isinstance(one, (Profile, ProfileSet)) and one is not None:
                raise InputTypeError(
                    f"a suite asks a Profile or a ProfileSet, got {type(one).__name__}; "
                    "dp.profile makes one of data, dp.load of a file"
                )
        if profile is None:
            raise InputTypeError("a suite asks a Profile or a ProfileSet, got None")
        found = [one for check in self.checks for one in results(check, profile, reference)]
        return SuiteResult(self, tuple(found), whole_of(profile))


def whole_of(profiles: Profile | ProfileSet) -> Profile | None:
    """All rows together; None of a set without segments."""
    return profiles.overall if isinstance(profiles, ProfileSet) else profiles


def results(
    check: Check, profile: Profile | ProfileSet, reference: Profile | ProfileSet | None
) -> Iterator[CheckResult]:
    """What a check finds in a profile, or in each segment."""
    if check.segmented and isinstance(profile, ProfileSet) and len(profile):
        for one in profile:
            yield check.run(one, counterpart(one, profile, reference))
        return
    whole = whole_of(profile)
    other = None if reference is None else whole_of(reference)
    if whole is None:
        yield CheckResult(check, Verdict.UNDECIDED, "the profile set has no segments, so no rows")
    else:
        # A set of which all rows are asked is of no segment, whatever its parts have in common.
        found = check.run(whole, other)
        yield replace(found, segment={}) if isinstance(profile, ProfileSet) else found


def counterpart(segment: Profile, within: ProfileSet, reference: Any) -> Profile | None:
    """The profile of the same segment in the reference; all of it if it has no segments."""
    if not isinstance(reference, ProfileSet):
        return reference  # type: ignore[no-any-return]
    values = tuple(segment.segment[key] for key in within.keys)
    if reference.keys != within.keys or values not in reference:
        return None
    return reference[values]
