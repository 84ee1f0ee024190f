"""What is asked of every quantity: its share, and its change against a reference."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from drypoint.checks._entry import Measured
from drypoint.checks._interval import as_estimate, combined, scaled
from drypoint.checks._target import NoFactError, known
from drypoint.estimate import Estimate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from drypoint.checks._entry import Entry
    from drypoint.checks._target import Target

__all__ = ["measured", "with_derived"]


def measured(found: Any) -> Measured:
    """What a quantity is, with or without more to say."""
    return found if isinstance(found, Measured) else Measured(found)


def with_derived(entry: Entry) -> Iterator[Entry]:
    """The entry and all that are made of it."""
    shares = [] if entry.total is None else [share(entry)]
    for one in (entry, *shares):
        yield one
        if one.takes_limit and not one.needs_reference and one.unit != "duration":
            yield from changes(one)


def changes(entry: Entry) -> Iterator[Entry]:
    """Its changes against a reference."""
    yield against(entry, "change", "relative change of the ", relative)
    yield against(entry, "difference", "change of the ", difference)
    if entry.unit == "value":
        about = "change, in standard deviations, of the "
        yield against(entry, "sigmas", about, None)


def share(entry: Entry) -> Entry:
    """The share of the rows or values that a count is of."""

    def measure(target: Target, **arguments: Any) -> Measured:
        """The count divided by what it is of; of nothing there is no share."""
        assert entry.measure is not None  # noqa: S101 # it is a quantity
        assert entry.total is not None  # noqa: S101 # and has a share
        found = measured(entry.measure(target, **arguments))
        total = entry.total(target, **arguments)
        if not total:
            where = "the profile" if target.name is None else f"column {target.name!r}"
            about = entry.about.format(**arguments)
            raise NoFactError(f"{where} has nothing that {about} could be a share of")
        return replace(found, value=scaled(found.value, total))

    return replace(
        entry,
        name=f"{entry.name}.ratio",
        about=f"share of {entry.about}",
        measure=measure,
        unit="ratio",
        total=None,
        page=entry.page or entry.name,
        base=entry,
    )


def against(
    entry: Entry, name: str, about: str, change: Callable[[Any, Any], Estimate[float]] | None
) -> Entry:
    """The change of a quantity; without a function of two in standard deviations."""

    def measure(target: Target, **arguments: Any) -> Measured:
        """How the quantity of the profile differs from that of the reference."""
        assert entry.measure is not None  # noqa: S101 # it is a quantity
        now = measured(entry.measure(target, **arguments))
        before = measured(entry.measure(target.referred, **arguments)).value
        made = sigmas(target, now.value, before) if change is None else change(now.value, before)
        return Measured(made if made.confidence < 1 or not made.is_exact else made.value)

    # Of times and strings there is no such number; the length of a string is one.
    without = {"value": ("string", "temporal"), "number": ("temporal",)}.get(entry.unit, ())
    kinds = tuple(kind for kind in entry.kinds if kind not in without)
    return replace(
        entry,
        name=f"{entry.name}.{name}",
        about=about + entry.phrase,
        measure=measure,
        unit="ratio",
        kinds=kinds,
        needs_reference=True,
        total=None,
        page=name,
        base=entry,
    )


def difference(now: Any, before: Any) -> Estimate[float]:
    """How much more."""
    return combined(now, before, lambda x, y: x - y)


def relative(now: Any, before: Any) -> Estimate[float]:
    """(now - before) / |before|.

    Raises:
        NoFactError: *before* is 0, or may be.
    """
    reference = as_estimate(before)
    if reference.lower <= 0 <= reference.upper:
        if reference.is_exact and as_estimate(now).bounds == reference.bounds:
            return Estimate(0.0, 0.0, 0.0)
        may_be = "is" if reference.is_exact else "may be"
        raise NoFactError(f"the reference {may_be} 0, so there is no relative change")
    return combined(float_of(now), float_of(before), lambda x, y: (x - y) / abs(y))


def float_of(found: Any) -> Any:
    """An integer or a decimal as a float; an estimate as it is."""
    return found if isinstance(found, Estimate) else float(found)


def sigmas(target: Target, now: Any, before: Any) -> Estimate[float]:
    """(now - before) / std, of the values of the reference.

    Raises:
        NoFactError: they have no spread.
    """
    column = target.referred.column
    std = known(column, column.std, "standard deviation in the reference")
    moved = difference(float_of(now), float_of(before))
    if not std:
        if moved.is_exact and not moved.value:
            return Estimate(0.0, 0.0, 0.0)
        raise NoFactError("the values of the reference are all one, so they have no spread")
    return combined(moved, std, lambda x, y: x / y)
