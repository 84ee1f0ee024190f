"""Profiles into files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from drypoint._warn import warn
from drypoint.errors import InputTypeError, UnknownMetricWarning
from drypoint.formats.whylogs._about import file_of
from drypoint.formats.whylogs._components import components_of
from drypoint.formats.whylogs._file import encode
from drypoint.formats.whylogs._kept import facts_by_name, kept
from drypoint.formats.whylogs._zip import zipped
from drypoint.profiles import Profile, ProfileSet
from drypoint.profiles._file import put

if TYPE_CHECKING:
    import os

    from drypoint.formats.whylogs._components import Facts

__all__ = ["write"]

ELEMENTS = ("[]", "{key}", "{value}")
"""Marks of paths that lead into lists and maps."""


def write(profile: Profile | ProfileSet, path: str | os.PathLike[str] | None = None) -> bytes:
    """The profile as whylogs 1.6 reads it; a profile set as a zip of one file for each segment.

    whylogs has a place for rows, nulls, NaN, infinities, true, the types of values, mean and
    standard deviation, quantiles, the ends of integers, distinct values, and frequent integers,
    booleans and strings; for the name, tags and segment, and for the time at which the window
    begins. It reads all of them to the same numbers, but for quantiles, which it takes from
    exclusive ranks. The bytes depend on the profile alone.

    Left out is what it has no place for: zeros and negatives; skewness and kurtosis; the ends of
    times and strings; quantiles, hours and weekdays of times; frequent floats, decimals and times;
    empty and blank strings, words, lengths and contents; facts of vectors; bytes; what is inside
    lists and maps, whose rows are others; the end of the window. The fields of structs are columns
    under their path. A key of a segment that is null is written as `None`. The empty string is not
    among the distinct values.

    Args:
        profile: a profile or a profile set.
        path: a file to write as well; None for none.

    Raises:
        SourceError: the file cannot be written.
        InputTypeError: *profile* is none.
        ParameterError: a tag that should hold a time does not.
        DecodeError: what `read` kept in the tags is damaged.
    """
    if isinstance(profile, ProfileSet):
        data = zipped(files(profile))
    elif isinstance(profile, Profile):
        data = written(profile)
    else:
        raise InputTypeError(
            f"a Profile or a ProfileSet can be written, got {type(profile).__name__}"
        )
    if path is not None:
        put(Path(path), lambda draft: draft.write_bytes(data))
    return data


def files(profiles: ProfileSet) -> list[tuple[str, bytes]]:
    """The name and the bytes of each file of a zip."""
    everything = [*profiles.profiles, *([profiles.remainder] if profiles.remainder else [])]
    return [(f"profile_{index:06}.bin", written(one)) for index, one in enumerate(everything)]


def written(profile: Profile) -> bytes:
    """One file."""
    columns = {
        name: components_of(facts)
        for name, facts in facts_by_name(profile.core).items()
        if not is_of_elements(facts)
    }
    restored = kept(profile)
    if restored is None:
        warn(
            "what whylogs kept in the tags is not of these rows, since the profile was merged; "
            "it is left out",
            UnknownMetricWarning,
        )
    for name, components in (restored or {}).items():
        if name in columns:
            columns[name] |= components
    return encode(file_of(profile, columns))


def is_of_elements(facts: Facts) -> bool:
    """Whether a column is of what is inside lists and maps: its rows are not those of the table."""
    return any(part["nested"] and any(mark in part["name"] for mark in ELEMENTS) for part in facts)
