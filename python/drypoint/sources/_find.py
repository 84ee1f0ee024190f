"""The files that paths, globs, folders and URLs name."""

from __future__ import annotations

import glob
import re
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from drypoint.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

__all__ = ["Found", "find", "suffix"]

COMPRESSIONS = {".gz", ".bz2", ".zst"}
URL = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+://")
HIDDEN = ("_", ".")
"""How files begin that other tools leave in a folder beside the data."""


class Found(NamedTuple):
    """Files of one filesystem.

    Attributes:
        filesystem: a `pyarrow.fs.FileSystem`.
        paths: in the order in which they are read.
    """

    filesystem: Any
    paths: list[str]


def suffix(path: str) -> str:
    """What tells the format: the last suffix, or the one before a compression."""
    suffixes = [part.lower() for part in PurePosixPath(path).suffixes]
    if suffixes and suffixes[-1] in COMPRESSIONS:
        suffixes.pop()
    return suffixes[-1] if suffixes else ""


def find(patterns: Sequence[str], suffixes: Collection[str], filesystem: Any = None) -> Found:
    """All files that *patterns* name; of folders those whose suffix is one of *suffixes*."""
    from pyarrow.fs import LocalFileSystem

    places = [place(pattern, filesystem) for pattern in patterns]
    first = places[0][0]
    if any(not one.equals(first) for one, _ in places):
        raise SourceError(f"files of several filesystems cannot be one table: {list(patterns)}")
    local = isinstance(first, LocalFileSystem)
    paths: list[str] = []
    for pattern, (_, path) in zip(patterns, places, strict=True):
        matches = local_matches(path) if local else remote_matches(first, path)
        paths += files_of(first, pattern, matches, suffixes)
    return Found(first, paths)


def place(pattern: str, filesystem: Any) -> tuple[Any, str]:
    """The filesystem that a path is on, and the path there."""
    import pyarrow as pa
    from pyarrow.fs import FileSystem, LocalFileSystem

    if filesystem is not None:
        return filesystem, pattern
    if not URL.match(pattern):
        return LocalFileSystem(), pattern
    try:
        found, path = FileSystem.from_uri(pattern)
    except (pa.ArrowException, ValueError, OSError) as error:
        reason = " ".join(str(error).split())
        raise SourceError(
            f"{pattern}: no filesystem for this URL: {reason}; known are s3://, gs://, abfs://, "
            "hdfs:// and file://, or pass filesystem="
        ) from error
    return found, path


def local_matches(pattern: str) -> list[str]:
    """The paths on this machine; a name with brackets is a name first."""
    if Path(pattern).exists() or not glob.has_magic(pattern):
        return [pattern]
    return sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 # a pattern may be absolute


def remote_matches(filesystem: Any, pattern: str) -> list[str]:
    """The paths elsewhere: below the folder before the first wildcard."""
    from pyarrow.fs import FileSelector

    if not glob.has_magic(pattern):
        return [pattern]
    fixed = re.split(r"[*?\[]", pattern, maxsplit=1)[0]
    base = fixed.rpartition("/")[0]
    wanted = re.compile(as_regex(pattern))
    selector = FileSelector(base, recursive=True, allow_not_found=True)
    names = sorted(info.path for info in filesystem.get_file_info(selector))
    return [name for name in names if wanted.fullmatch(name)]


def as_regex(pattern: str) -> str:
    """A glob in which only `**` crosses folders."""
    parts = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    pieces = re.split(r"(\*\*/|\*\*|\*|\?)", pattern)
    return "".join(parts.get(piece) or re.escape(piece) for piece in pieces)


def files_of(
    filesystem: Any, pattern: str, matches: list[str], suffixes: Collection[str]
) -> list[str]:
    """The files among *matches*, and those in their folders."""
    from pyarrow.fs import FileType

    files: list[str] = []
    for info in filesystem.get_file_info(matches):
        if info.type == FileType.Directory:
            files += inside(filesystem, info.path, suffixes)
        elif info.type == FileType.File:
            if info.size == 0:
                raise SourceError(f"{info.path}: the file is empty")
            files.append(info.path)
    if files:
        return files
    if glob.has_magic(pattern):
        raise SourceError(f"{pattern}: no file matches")
    if Path(pattern).is_dir() or pattern.endswith("/"):
        known = ", ".join(sorted(suffixes))
        raise SourceError(
            f"{pattern}: no file in this folder has a known suffix; known are {known}"
        )
    raise SourceError(f"{pattern}: no such file")


def inside(filesystem: Any, folder: str, suffixes: Collection[str]) -> list[str]:
    """The files of a folder and of those in it, without what is hidden or of another kind."""
    from pyarrow.fs import FileSelector, FileType

    infos = filesystem.get_file_info(FileSelector(folder, recursive=True))
    below = len(folder.rstrip("/")) + 1
    return sorted(
        info.path
        for info in infos
        if info.type == FileType.File
        and info.size != 0
        and suffix(info.path) in suffixes
        and not any(part.startswith(HIDDEN) for part in info.path[below:].split("/"))
    )
