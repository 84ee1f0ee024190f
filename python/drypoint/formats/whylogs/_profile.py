"""One file into one profile."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from drypoint.errors import DecodeError, MixedTypesWarning, UnknownMetricWarning
from drypoint.formats.whylogs._about import about_of
from drypoint.formats.whylogs._column import Column
from drypoint.formats.whylogs._component import KNOWN
from drypoint.formats.whylogs._file import MAGIC, decode
from drypoint.formats.whylogs._kept import left_over, tag_of, unknown_metrics
from drypoint.formats.whylogs._table import profile_of
from drypoint.formats.whylogs._v0 import decode_v0
from drypoint.profiles import Profile

if TYPE_CHECKING:
    import datetime as dt

    from drypoint.formats.whylogs._file import File

__all__ = ["Reading", "Unknown"]

Unknown: TypeAlias = Literal["keep", "skip", "raise"]


@dataclass(frozen=True)
class Reading:
    """How files are read, and what there was to say about it.

    Attributes:
        unknown: what to do with metrics that have no place.
        window: how long windows are.
        notes: warnings, each once.
    """

    unknown: Unknown
    window: dt.timedelta | None
    notes: dict[str, type[Warning]] = field(default_factory=dict)

    def profile(self, name: str, data: bytes) -> Profile:
        """The profile in *data*; *name* is who is named in errors and warnings."""
        try:
            file = decode(data) if data.startswith(MAGIC) else old(data)
            return self._made(name, self._wanted(name, file))
        except DecodeError as error:
            raise DecodeError(f"{name}: {error}") from error

    def _made(self, name: str, file: File) -> Profile:
        """The profile of a file."""
        columns = [Column(*column) for column in file.columns.items()]
        rows = max((column.rows for column in columns), default=0)
        core = profile_of([part for column in columns for part in column.facts()], rows)
        mixed = {column.name for column in columns if column.is_mixed}
        if mixed:
            self.notes[
                f"{name}: columns {sorted(mixed)} hold values of several types; their distinct and "
                "frequent values are of all types together, as whylogs counts them"
            ] = MixedTypesWarning
        profile = Profile(core, **about_of(file, self.window))
        return replace(profile, tags=profile.tags | tag_of(left_over(file, core, mixed), rows))

    def _wanted(self, name: str, file: File) -> File:
        """The file with or without the metrics that have no place."""
        unknown = sorted(unknown_metrics(file))
        if not unknown:
            return file
        if self.unknown == "raise":
            raise DecodeError(f"unknown metrics {unknown}; read with unknown='keep' or 'skip'")
        keep = self.unknown == "keep"
        done = "kept for writing, but not read" if keep else "left out"
        self.notes[f"{name}: unknown metrics {unknown} are {done}"] = UnknownMetricWarning
        return file if keep else replace(file, columns=known(file.columns))


def old(data: bytes) -> File:
    """A file that does not begin as those of whylogs 1.x."""
    try:
        return decode_v0(data)
    except DecodeError as error:
        raise DecodeError(
            f"not a whylogs profile: it begins with {data[:4]!r} instead of {MAGIC!r}, and is "
            f"none of whylogs 0.x: {error}"
        ) from error


def known(columns: dict[str, dict[str, bytes]]) -> dict[str, dict[str, bytes]]:
    """The components of the metrics that a profile has a place for."""
    return {
        name: {path: one for path, one in components.items() if path.split("/", 1)[0] in KNOWN}
        for name, components in columns.items()
    }
