"""Files into profiles."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from drypoint._warn import warn
from drypoint.errors import DecodeError, InputTypeError, ParameterError, SourceError
from drypoint.formats.whylogs._profile import Reading
from drypoint.formats.whylogs._zip import ZIP, members
from drypoint.profiles import ProfileSet

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from drypoint.formats.whylogs._profile import Unknown
    from drypoint.profiles import Profile

__all__ = ["read"]

One: TypeAlias = str | os.PathLike[str] | bytes | bytearray | memoryview


def read(
    source: One | Iterable[One],
    *,
    unknown: Unknown = "keep",
    window: dt.timedelta | None = None,
) -> Any:
    """The profile that whylogs wrote: version 1.x, or 0.x.

    Counts, types, distinct and frequent values, quantiles, mean and standard deviation are what
    whylogs says, from the same sketches. What it does not know is None, such as skewness, and of
    some columns zeros and negatives. Its own conventions stay: a NaN of a data frame counts among
    the `nulls` as well as among `nans`; the sum is the mean times the count.

    Integers are `int64`, fractions `float64`, booleans `bool`, strings `string`; of dates and other
    objects, here `struct`, and of tensors, here `list`, only the number is known. A column of
    several types has a part for each; its distinct and frequent values are those of all together,
    of which a `MixedTypesWarning` tells. What a profile has no place for stands in its tags, and
    `write` puts it back as long as the profile has not been merged.

    Args:
        source: a path or the bytes of a file, or of a zip of files; or several paths or bytes.
        unknown: what to do with metrics that a profile has no place for, such as `unicode_range`,
            `condition_count`, images or ones of users: `"keep"` them for `write`, `"skip"` them, or
            `"raise"` an error.
        window: how long the windows are that whylogs' users had in mind, such as a day. whylogs
            knows only one time of a profile; the window is the one that this falls into, counted
            in UTC from a Monday. None for no window: the time is in the tags.

    Returns:
        A profile; of several files, or a zip of them, a profile set of their segments. Files of the
        same segment are merged; one without a segment is the remainder.

    Raises:
        SourceError: a file cannot be read.
        DecodeError: it is no whylogs profile, is damaged, or has unknown metrics with `"raise"`.
        ParameterError: the files are of segments by different columns, or an option is none.
        InputTypeError: *source* is neither path nor bytes.
    """
    if unknown not in ("keep", "skip", "raise"):
        raise ParameterError(f"unknown must be 'keep', 'skip' or 'raise', got {unknown!r}")
    if window is not None and window <= window * 0:
        raise ParameterError(f"window must be longer than nothing, got {window}")
    reading = Reading(unknown, window)
    files = (file for part in parts(source) for file in members_of(*part))
    profiles = [reading.profile(name, data) for name, data in files]
    for text, category in reading.notes.items():
        warn(text, category)
    alone = isinstance(source, (str, os.PathLike, bytes, bytearray, memoryview))
    return profiles[0] if alone and len(profiles) == 1 else together(profiles)


def parts(source: One | Iterable[One]) -> Iterator[tuple[str, bytes]]:
    """The name and the bytes of each file."""
    if isinstance(source, (bytes, bytearray, memoryview)):
        yield "these bytes", bytes(source)
        return
    if isinstance(source, (str, os.PathLike)):
        yield os.fspath(source), contents(Path(source))
        return
    if isinstance(source, Iterable):
        for one in source:
            yield from parts(one)
        return
    raise InputTypeError(
        f"whylogs profiles are read from paths, bytes or lists of them, got {type(source).__name__}"
    )


def contents(path: Path) -> bytes:
    """The bytes of a file."""
    try:
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SourceError(f"{path}: cannot be read: {reason}") from error


def members_of(name: str, data: bytes) -> list[tuple[str, bytes]]:
    """The file itself, or the files of a zip."""
    if not data.startswith(ZIP):
        return [(name, data)]
    try:
        return [(f"{name}, {inner}", content) for inner, content in members(data)]
    except DecodeError as error:
        raise DecodeError(f"{name}: {error}") from error


def together(profiles: list[Profile]) -> ProfileSet:
    """The profile set of files."""
    segmented = [one for one in profiles if one.segment]
    rest = [one for one in profiles if not one.segment]
    if len(rest) > 1 or not segmented:
        raise ParameterError(
            f"{len(rest)} of {len(profiles)} files are of no segment; read them one by one and "
            "merge them with drypoint.merge"
        )
    keys = tuple(segmented[0].segment)
    places: dict[tuple[str | None, ...], list[Profile]] = {}
    for one in segmented:
        if set(one.segment) != set(keys):
            raise ParameterError(
                f"segments by {keys} and by {tuple(one.segment)} are no one set; read them apart"
            )
        ordered = replace(one, segment={key: one.segment[key] for key in keys})
        places.setdefault(tuple(ordered.segment.values()), []).append(ordered)
    merged = tuple(first.merge(*others) for first, *others in places.values())
    return ProfileSet(keys, merged, rest[0] if rest else None)
