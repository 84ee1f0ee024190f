"""What a report is made of, checked and made one kind each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from drypoint.errors import InputTypeError, ParameterError
from drypoint.profiles import Performance, Profile, ProfileSet
from drypoint.profiles._about import text_of

if TYPE_CHECKING:
    from drypoint.checks import SuiteResult
    from drypoint.drift import DriftTable
    from drypoint.fairness import FairnessTable
    from drypoint.performance._answers import Answers
    from drypoint.tracing import Trace

__all__ = ["Inputs", "inputs_of"]

UNNAMED = "Profile"


@dataclass(frozen=True)
class Inputs:
    """What a report is made of.

    Attributes:
        profile: all rows together.
        reference: the same of what it is compared with; None without it.
        checks: what a suite found; None without it.
        drift: what has drifted; None where nobody asked.
        tasks: the answers of tasks.
        sets: profiles of segments.
        traces: which segments moved a number.
        fairness: how groups fare beside each other.
        title: what stands above.
    """

    profile: Profile
    reference: Profile | None
    checks: SuiteResult | None
    drift: DriftTable | None
    tasks: tuple[Answers, ...]
    sets: tuple[ProfileSet, ...]
    traces: tuple[Trace, ...]
    fairness: tuple[FairnessTable, ...]
    title: str


def inputs_of(  # noqa: PLR0913, PLR0917 # those of `report`
    profile: Any,
    reference: Any,
    checks: Any,
    drift: Any,
    performance: Any,
    segments: Any,
    title: str | None = None,
) -> Inputs:
    """See `drypoint.report`."""
    whole = whole_of("profile", profile)
    other = None if reference is None else whole_of("reference", reference)
    parts = parts_of(profile, segments)
    return Inputs(
        profile=whole,
        reference=other,
        checks=checks_of(checks, profile, reference),
        drift=drift_of(drift, whole, other),
        tasks=tasks_of(performance, whole),
        sets=tuple(one for one in parts if isinstance(one, ProfileSet)),
        traces=tuple(one for one in parts if kind_of(one) == "Trace"),
        fairness=tuple(one for one in parts if kind_of(one) == "FairnessTable"),
        title=text_of("title", title) or whole.dataset or UNNAMED,
    )


def whole_of(what: str, given: Any) -> Profile:
    """All rows together.

    Raises:
        InputTypeError: it is no profile.
        ParameterError: it is a set of no segments.
    """
    if isinstance(given, Profile):
        return given
    if not isinstance(given, ProfileSet):
        raise InputTypeError(
            f"a report shows a Profile or a ProfileSet, got {what}={named(given)}; "
            "dp.profile makes one of data, dp.load of a file"
        )
    if given.overall is None:
        raise ParameterError(f"{what} is a profile set without segments; there is nothing to show")
    return given.overall


def checks_of(given: Any, profile: Any, reference: Any) -> SuiteResult | None:
    """What a suite found, which may have to be asked first."""
    if given is None:
        return None
    from drypoint.checks import Suite, SuiteResult

    if isinstance(given, SuiteResult):
        return given
    if not isinstance(given, Suite):
        raise InputTypeError(f"checks takes a Suite or its result, got {named(given)}")
    return given.run(profile, reference)


def drift_of(given: Any, profile: Profile, reference: Profile | None) -> DriftTable | None:
    """What has drifted, which may have to be tested first."""
    if given is False or (given is None and reference is None):
        return None
    from drypoint.drift import DriftTable
    from drypoint.drift import drift as compare

    if isinstance(given, DriftTable):
        return given
    if given is not None and given is not True:
        raise InputTypeError(f"drift takes True, False or what dp.drift found, got {named(given)}")
    if reference is None:
        raise ParameterError("drift=True compares with a reference; give reference=")
    return compare(profile, reference)


def tasks_of(given: Any, profile: Profile) -> tuple[Answers, ...]:
    """The answers of tasks: those that are given, or those of the profile."""
    if given is None:
        return tuple(profile.performance.values())
    if isinstance(given, Performance):
        return tuple(given.values())
    from drypoint.performance._answers import Answers

    if isinstance(given, Answers):
        return (given,)
    raise InputTypeError(
        f"performance takes answers such as profile.performance, got {named(given)}"
    )


def parts_of(profile: Any, given: Any) -> list[Any]:
    """What is told of segments; those of a profile set are told unless others are given."""
    several = isinstance(given, Sequence) and kind_of(given) not in KINDS
    parts = [] if given is None else list(given) if several else [given]
    for one in parts:
        if kind_of(one) not in KINDS:
            raise InputTypeError(
                f"segments takes a ProfileSet, a Trace or a FairnessTable, got {named(one)}"
            )
    own = isinstance(profile, ProfileSet) and not any(isinstance(p, ProfileSet) for p in parts)
    return [*([profile] if own else []), *parts]


KINDS = ("ProfileSet", "Trace", "FairnessTable")
"""Traces and fairness are told by name, so that what makes them is not loaded to tell."""


def kind_of(given: Any) -> str:
    """The name of the class, if it is one of ours."""
    kind = type(given)
    return kind.__name__ if kind.__module__.startswith("drypoint.") else ""


def named(given: Any) -> str:
    """What was given instead."""
    return f"a {type(given).__name__}"
