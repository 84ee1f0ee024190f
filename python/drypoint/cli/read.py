"""Profiles out of files: kept ones, and of data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drypoint.cli.progress import watched
from drypoint.errors import ParameterError
from drypoint.profiles import Profile, ProfileSet, load, profile
from drypoint.profiles._file import KEY
from drypoint.profiles._table import label
from drypoint.sources import open_source
from drypoint.sources._select import not_found

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Sequence

__all__ = [
    "as_reference",
    "check_column",
    "in_segments",
    "is_profile",
    "of_data",
    "picked",
    "read",
    "sets_of",
]


def read(path: str) -> Profile | ProfileSet:
    """What `profile -o` wrote to *path*; or the profile of the data there."""
    if is_profile(path):
        return load(path)  # type: ignore[no-any-return]
    return of_data([path])


def in_segments(
    path: str, wanted: Sequence[str], threads: int | None = None
) -> Profile | ProfileSet:
    """The profile of *path*, or of its segments by the KEY or KEY=VALUE that are *wanted*.

    Data are profiled segment by segment; of a profile set the segments are merged by the keys.

    Raises:
        ParameterError: there are no such segments, or some are keys and some have a value.
    """
    keys = [one.partition("=")[0] for one in wanted]
    options: dict[str, Any] = {"segment_by": keys} if keys else {}
    made = load(path) if is_profile(path) else of_data([path], threads=threads, **options)
    with_value = [one for one in wanted if "=" in one]
    if with_value and len(with_value) < len(wanted):
        raise ParameterError(f"--segment takes KEY or KEY=VALUE, not both: {', '.join(wanted)}")
    if with_value or not wanted or not isinstance(made, ProfileSet):
        return picked(made, wanted, path)
    for key in keys:
        if key not in made.keys:
            raise ParameterError(f"{path}: {not_found('key', key, made.keys)}")
    return made.by(*keys)


def sets_of(path: str, keys: Sequence[str], threads: int | None) -> ProfileSet:
    """The profiles of the segments of *path* by *keys*.

    Raises:
        ParameterError: it is a profile without segments.
    """
    made = in_segments(path, keys, threads)
    if not isinstance(made, ProfileSet):
        raise ParameterError(f"{path}: has no segments; `profile --segment KEY` makes some")
    return made


def as_reference(path: str, wanted: Sequence[str], threads: int | None) -> Profile | ProfileSet:
    """What segments are compared with: the same segments, or a profile that has none."""
    made = load(path) if is_profile(path) else None
    return made if isinstance(made, Profile) else in_segments(path, wanted, threads)


def is_profile(path: str | os.PathLike[str]) -> bool:
    """Whether a file says that it holds a profile, however damaged."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pa.OSFile(str(path), "rb") as file:
            if file.read(4) == b"PAR1":
                schema = pq.read_schema(path)
            else:
                schema = pa.ipc.open_file(file).schema
    except (OSError, ValueError, pa.ArrowException):
        return False
    return KEY in (schema.metadata or {})


def of_data(
    files: list[str],
    *,
    only: Sequence[str] | None = None,
    threads: int | None = None,
    **options: Any,
) -> Profile | ProfileSet:
    """Profiles rows, of the columns *only* if some are given, with progress on a terminal."""
    if threads is not None and threads > 0:
        import pyarrow as pa

        pa.set_cpu_count(threads)
    source = open_source(files, columns=only)
    watching = source._replace(batches=watched(source, files))
    return profile(watching, threads=threads, **options)  # type: ignore[no-any-return]


def check_column(name: str, known: Iterable[str], file: str) -> None:
    """Refuses the name of a column that is not among those *known* of a file.

    Raises:
        ParameterError: it is not there.
    """
    names = list(known)
    if name not in names:
        raise ParameterError(f"{file}: {not_found('column', name, names)}")


def picked(made: Profile | ProfileSet, pairs: Sequence[str], name: str) -> Profile | ProfileSet:
    """The segment that *pairs* of KEY=VALUE select; everything without them.

    Raises:
        ParameterError: they are no such pairs, or select nothing.
    """
    if not pairs:
        return made
    if not isinstance(made, ProfileSet):
        raise ParameterError(f"{name}: has no segments; `profile --segment KEY` makes some")
    wanted = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals:
            raise ParameterError(
                f"--segment takes KEY=VALUE, got {pair!r}; the keys are {made.keys}"
            )
        if key not in made.keys:
            raise ParameterError(f"{name}: {not_found('key', key, made.keys)}")
        wanted[key] = value
    return segment(made.by(*wanted), tuple(wanted.values()), name)


def segment(made: ProfileSet, values: tuple[str, ...], file: str) -> Profile:
    """The profile of one segment; `null` is a null key where no value is called so."""
    nulls = tuple(None if value == "null" else value for value in values)
    for one in (values, nulls):
        if one in made:
            return made[one]
    named = [said(tuple(one.segment[key] for key in made.keys), made.keys) for one in made]
    raise ParameterError(f"{file}: {not_found('segment', said(values, made.keys), named)}")


def said(values: tuple[str | None, ...], keys: tuple[str, ...]) -> str:
    """A segment in words."""
    pairs = zip(keys, values, strict=True)
    return ", ".join(f"{key}={label(value)}" for key, value in pairs)
