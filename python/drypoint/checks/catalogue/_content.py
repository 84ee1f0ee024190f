"""`content`: how many strings hold an integer, a date, an address, …."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint import _core
from drypoint.checks._entry import Argument, Entry
from drypoint.checks._forms import choice
from drypoint.checks._interval import whole
from drypoint.checks._target import known, valued, values_of
from drypoint.estimate import Estimate
from drypoint.profiles._samples import share_of

if TYPE_CHECKING:
    from drypoint.checks._target import Target

__all__ = ["ENTRY"]


def measure(target: Target, *, kind: str) -> Estimate[float]:
    """Strings of the kind: exactly up to 4,096 strings, then of a sample, with bounds at 99 %."""
    column = target.column
    if not valued(column):
        return Estimate(0, 0, 0)
    kinds = known(column, column.contents, "kinds of contents")
    if kind in kinds:
        return whole(kinds[kind])
    # A kind that was not seen in the sample may be among the rest.
    looked = sum(column._metrics["contents"]["looked"])  # noqa: SLF001 # the size of the sample
    return whole(share_of(0, looked, values_of(target)))


ENTRY = Entry(
    "content",
    "strings that hold {kind}",
    measure,
    arguments=(Argument("kind", choice(*_core.content_kinds()), "what the strings hold"),),
    kinds=("string",),
    total=values_of,
)
