"""Zips of profiles, one file for each segment."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from drypoint.errors import DecodeError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ZIP", "members", "zipped"]

ZIP = b"PK"
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ENCRYPTED = 1
SWELLS = 100
"""Sketches pack to about half; what claims to unpack to so many times its size is no profile."""
WRONG = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)


def members(data: bytes) -> list[tuple[str, bytes]]:
    """The name and the bytes of each file in a zip."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = [one for one in archive.infolist() if not one.is_dir()]
            check(found, len(data))
            return [(one.filename, archive.read(one)) for one in found]
    except DecodeError:
        raise
    except WRONG as error:
        raise DecodeError(f"the zip is damaged: {error}") from error


def check(found: list[zipfile.ZipInfo], size: int) -> None:
    """Refuses what would take more memory than *size* bytes are worth, or cannot be unpacked."""
    if not found:
        raise DecodeError("the zip holds no file")
    for one in found:
        if one.compress_type not in METHODS or one.flag_bits & ENCRYPTED:
            raise DecodeError(f"{one.filename!r} in the zip is packed in an unusual way")
    if sum(one.file_size for one in found) > SWELLS * size:
        raise DecodeError(f"the zip of {size} bytes unpacks to more than {SWELLS} times its size")


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip of files, not packed, as whylogs makes them; the same files give the same bytes."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        for name, data in files:
            archive.writestr(zipfile.ZipInfo(name), data)
    return sink.getvalue()
