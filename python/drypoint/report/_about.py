"""What was profiled."""

from __future__ import annotations

import datetime as dt
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from drypoint.profiles._format import clean, count, share
from drypoint.profiles._table import counted, label
from drypoint.profiles._table import title as title_of

if TYPE_CHECKING:
    from drypoint.profiles import Profile
    from drypoint.report._inputs import Inputs

__all__ = ["about_of"]

UNITS = ("bytes", "KB", "MB", "GB", "TB")
KILO = 1_000


def about_of(inputs: Inputs) -> dict[str, Any]:
    """What stands at the top of the page: of what it is, how large, made when and how."""
    profile = inputs.profile
    sizes = (counted(profile.rows, "row"), counted(len(profile), "column"))
    return {
        "title": clean(inputs.title),
        "size": ", ".join(sizes),
        "reference": None if inputs.reference is None else title_of(inputs.reference),
        "figures": figures(profile),
        "rest": [*told(profile), *errors(profile), ["Sketches", sketches(profile)], *made()],
    }


def figures(profile: Profile) -> list[list[str]]:
    """The numbers that are read first."""
    columns = list(profile)
    cells, nulls = sum(one.rows for one in columns), sum(one.nulls for one in columns)
    return [
        ["Rows", count(profile.rows)],
        ["Columns", count(len(columns))],
        ["Null cells", share(nulls, cells)],
        ["Size unpacked", size_of(sum(one.bytes for one in columns if not one.nested))],
    ]


def size_of(amount: float) -> str:
    """Bytes in the largest unit of which there is one."""
    unit = 0
    while amount >= KILO and unit < len(UNITS) - 1:
        amount, unit = amount / KILO, unit + 1
    return f"{amount:,.{0 if amount >= 10 or not unit else 1}f} {UNITS[unit]}"  # noqa: PLR2004


def told(profile: Profile) -> list[list[str]]:
    """Window, segment and tags."""
    found = []
    if profile.window:
        times = (time.isoformat(sep=" ").removesuffix("+00:00") for time in profile.window)
        first, last = (time.removesuffix(" 00:00:00") for time in times)
        found.append(["Window", f"{first} up to {last}, UTC"])
    if profile.segment:
        pairs = (f"{clean(key)}={label(value)}" for key, value in profile.segment.items())
        found.append(["Segment", ", ".join(pairs)])
    return found + [[clean(name), clean(value)] for name, value in profile.tags.items()]


def errors(profile: Profile) -> list[list[str]]:
    """What could not be computed."""
    return [[f"Errors in {clean(name)}", clean(repr(one))] for name, one in profile.errors.items()]


def sketches(profile: Profile) -> str:
    """How finely it was measured."""
    parts = {
        "KLL k = {}": next((one.kll.k for one in profile if one.kll is not None), None),
        "HLL lg k = {}": next((one.hll.lg_k for one in profile if one.hll is not None), None),
        "frequent items lg = {}": next(
            (one.items.lg_max_map_size for one in profile if one.items is not None), None
        ),
    }
    found = [text.format(size) for text, size in parts.items() if size is not None]
    return ", ".join(found) or "none"


def made() -> list[list[str]]:
    """When and by what the page was made."""
    now = dt.datetime.now(dt.UTC).isoformat(sep=" ", timespec="minutes").removesuffix("+00:00")
    return [["Report made", f"{now} UTC, by Drypoint {version('drypoint')}"]]
