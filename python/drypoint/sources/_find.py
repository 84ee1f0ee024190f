"""The files that paths, globs, folders and URLs name."""

from __future__ import annotations

import glob
import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, NamedTuple

from drypoint.errors import InputTypeError, SourceError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

__all__ = ["Found", "find", "packing", "public", "suffix"]

COMPRESSIONS = {".gz": "gzip", ".bz2": "bzip2", ".zst": "zstd"}
URL = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+://")
PASSWORD = re.compile(r"(://[^/@:\s]*):[^/@\s]*@")
SECRET = re.compile(r"(?i)([?&](?:sig|\w*(?:secret|token|password|key))=)[^&\s'\"]*")
"""What opens a storage to whoever holds it, such as the signature in a URL of Azure."""
HIDDEN = ("_", ".")
"""How files begin that other tools leave in a folder beside the data."""
RETRY = "retry_limit_seconds"
SECONDS = 10
"""For so long a storage that does not answer is asked again."""


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
    from pathlib import PurePosixPath

    suffixes = [part.lower() for part in PurePosixPath(path).suffixes]
    if suffixes and suffixes[-1] in COMPRESSIONS:
        suffixes.pop()
    return suffixes[-1] if suffixes else ""


def packing(path: str) -> str | None:
    """How a file is packed, if its name says so."""
    from pathlib import PurePosixPath

    return COMPRESSIONS.get(PurePosixPath(path).suffix.lower())


def find(patterns: Sequence[str], suffixes: Collection[str], filesystem: Any = None) -> Found:
    """All files that *patterns* name; of folders those whose suffix is one of *suffixes*."""
    places = [place(pattern, filesystem) for pattern in patterns]
    first = places[0][0]
    if any(not one.equals(first) for one, _ in places):
        names = [public(pattern) for pattern in patterns]
        raise SourceError(f"files of several filesystems cannot be one table: {names}")
    paths: list[str] = []
    for pattern, (_, path) in zip(patterns, places, strict=True):
        paths += reached(first, public(pattern), path, suffixes)
    return Found(first, paths)


def public(url: str) -> str:
    """What may be shown of a URL, or of a text with URLs: no passwords, keys and signatures."""
    return SECRET.sub(r"\1…", PASSWORD.sub(r"\1:…@", url))


def place(pattern: str, filesystem: Any) -> tuple[Any, str]:
    """The filesystem that a path is on, and the path there."""
    import pyarrow as pa
    from pyarrow.fs import FileSystem, LocalFileSystem

    if filesystem is not None:
        if not isinstance(filesystem, FileSystem):
            raise InputTypeError(
                f"filesystem must be a pyarrow.fs.FileSystem, got {type(filesystem).__qualname__}; "
                "wrap what fsspec has as PyFileSystem(FSSpecHandler(filesystem))"
            )
        return filesystem, pattern
    if not URL.match(pattern):
        return LocalFileSystem(), pattern
    try:
        found, path = FileSystem.from_uri(impatient(pattern))
    except (pa.ArrowException, ValueError, OSError) as error:
        raise SourceError(
            f"{public(pattern)}: no filesystem for this URL: {reason_of(error, pattern)}; known "
            "are s3://, gs://, abfs://, hdfs:// and file://, or pass filesystem="
        ) from error
    return found, path


def impatient(url: str) -> str:
    """A URL of Google's storage without the 15 minutes for which pyarrow tries again."""
    if not url.startswith(("gs://", "gcs://")) or RETRY in url:
        return url
    return f"{url}{'&' if '?' in url else '?'}{RETRY}={SECONDS}"


def reason_of(error: Exception, pattern: str) -> str:
    """What an error says, on one line and without passwords."""
    return public(" ".join(str(error).replace(pattern, public(pattern)).split()))


def reached(filesystem: Any, name: str, path: str, suffixes: Collection[str]) -> list[str]:
    """The files at one path or pattern, which errors call *name*."""
    import pyarrow as pa
    from pyarrow.fs import LocalFileSystem

    local = isinstance(filesystem, LocalFileSystem)
    try:
        matches = local_matches(path) if local else remote_matches(filesystem, path)
        return files_of(filesystem, name, path, matches, suffixes)
    except (pa.ArrowException, OSError) as error:
        if isinstance(error, SourceError):
            raise
        raise SourceError(
            f"{name}: cannot be reached: {reason_of(error, path)}; is the address right, and are "
            "there credentials? or pass filesystem="
        ) from error


def local_matches(pattern: str) -> list[str]:
    """The paths on this machine; a name with brackets is a name first."""
    from pathlib import Path

    if Path(pattern).exists() or not glob.has_magic(pattern):
        return [pattern]
    found = glob.glob(pattern, recursive=True)  # noqa: PTH207 # a pattern may be absolute
    return sorted(name for name in found if not is_hidden(name, pattern))


def remote_matches(filesystem: Any, pattern: str) -> list[str]:
    """The paths elsewhere: below the folder before the first wildcard."""
    from pyarrow.fs import FileSelector, FileType

    if not glob.has_magic(pattern):
        return [pattern]
    if "[" in pattern and filesystem.get_file_info(pattern).type != FileType.NotFound:
        return [pattern]
    fixed = re.split(r"[*?\[]", pattern, maxsplit=1)[0]
    base = fixed.rpartition("/")[0]
    wanted = re.compile(as_regex(pattern))
    selector = FileSelector(base, recursive=True, allow_not_found=True)
    names = sorted(info.path for info in filesystem.get_file_info(selector))
    return [name for name in names if wanted.fullmatch(name) and not is_hidden(name, pattern)]


def as_regex(pattern: str) -> str:
    """A glob in which only `**` crosses folders."""
    parts = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    pieces = re.split(r"(\*\*/|\*\*|\*|\?|\[!?\]?[^\]]*\])", pattern)
    return "".join(parts.get(piece) or one_of(piece) or re.escape(piece) for piece in pieces)


def one_of(piece: str) -> str | None:
    """A choice of characters in brackets; None if *piece* is none."""
    if not (piece.startswith("[") and piece.endswith("]")):
        return None
    inside = piece[1:-1].replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    return f"[^{inside[1:]}]" if inside.startswith("!") else f"[{inside}]"


def is_hidden(path: str, pattern: str) -> bool:
    """Whether a match is of those files that other tools leave, and was not asked for."""
    asked = [part for part in pattern.split("/") if part.startswith(HIDDEN)]
    return any(
        part.startswith(HIDDEN) and not any(fnmatchcase(part, one) for one in asked)
        for part in path.split("/")
        if part not in (".", "..")
    )


def files_of(
    filesystem: Any, name: str, path: str, matches: list[str], suffixes: Collection[str]
) -> list[str]:
    """The files among *matches*, and those in their folders."""
    from pyarrow.fs import FileType

    files: list[str] = []
    infos = filesystem.get_file_info(matches)
    for info in infos:
        if info.type == FileType.Directory:
            files += inside(filesystem, info.path, suffixes)
        elif info.type == FileType.File:
            if info.size == 0:
                raise SourceError(
                    f"{public(info.path)}: the file is empty; write it again, or leave it out"
                )
            files.append(info.path)
    if files:
        return files
    if any(info.type == FileType.Directory for info in infos):
        known = ", ".join(sorted(suffixes))
        raise SourceError(f"{name}: no file in this folder has a known suffix; known are {known}")
    raise SourceError(
        f"{name}: no file matches" if glob.has_magic(path) else f"{name}: no such file"
    )


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
