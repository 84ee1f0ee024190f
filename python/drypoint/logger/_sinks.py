"""Where profiles go: a function, an object that takes them, or a folder."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

from drypoint.errors import ParameterError, SourceError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["Folder", "as_sink"]


class Folder:
    """Writes each profile to a file of its own: `dataset/start--end--unique.arrow`.

    A file is there as a whole or not at all, and no two writers ever choose the same name, on
    whatever machine they run.

    Args:
        path: of the folder; made when the first profile comes.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        from pathlib import Path

        self._path = Path(path)

    def __call__(self, profile: Any) -> Path:
        """Writes a `Profile` or a `ProfileSet`.

        Raises:
            SourceError: the file cannot be written.
        """
        from uuid import uuid4

        dataset, window = about(profile)
        folder = self._path / file_name(dataset or "unnamed")
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SourceError(f"{folder}: cannot be made: {error.strerror or error}") from error
        target = folder / f"{'--'.join([*map(clock_name, window or ()), uuid4().hex])}.arrow"
        profile.save(target)
        return target

    def __repr__(self) -> str:
        return f"Folder({str(self._path)!r})"


def about(profile: Any) -> tuple[str | None, tuple[dt.datetime, dt.datetime] | None]:
    """The dataset and the window of a profile, or of those of a set."""
    one = profile if hasattr(profile, "dataset") else profile.overall
    return one.dataset, one.window


def clock_name(time: dt.datetime) -> str:
    """A time as a part of the name of a file, on any system."""
    return time.replace(tzinfo=None).isoformat(timespec="seconds").replace(":", ".") + "Z"


def file_name(dataset: str) -> str:
    """The name of a dataset as that of a folder: what means something to a system is escaped."""
    from urllib.parse import quote

    return re.sub(r"^\.", "%2E", quote(dataset, safe=" "))


def as_sink(sink: Any) -> Callable[[Any], Any]:
    """What takes a profile.

    Raises:
        ParameterError: *sink* is nothing that could.
    """
    if isinstance(sink, (str, os.PathLike)):
        return Folder(sink)
    put = getattr(sink, "put", None)
    if callable(put):
        return put  # type: ignore[no-any-return]
    if callable(sink):
        return sink  # type: ignore[no-any-return]
    raise ParameterError(
        f"sink must be a function of a profile, an object with put(profile) or the path of a "
        f"folder, got {sink!r}"
    )
