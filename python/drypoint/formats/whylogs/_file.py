"""The file: what is in it, and in which order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from drypoint.errors import DecodeError
from drypoint.formats.whylogs._wire import (
    Message,
    blob,
    delimited,
    int64,
    packed,
    read_bytes,
    read_delimited,
    uint,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["MAGIC", "TAG", "File", "decode", "encode"]

MAGIC = b"WHY1"
TAG = "whylogs.tag."
"""So begin the names of the tags that lie apart, such as those of the key columns of a segment."""
COLUMN_CHUNK = 2


@dataclass
class File:
    """One profile.

    Attributes:
        columns: the metric components of each column by path, as the messages that they are.
        created: when it was made, in milliseconds since 1970; 0 if that is not known.
        timestamp: what time its rows are of, likewise.
        metadata: text by name, tags among them.
        segment: the values of the key columns; None if it is of no segment.
        performance: how well a model did, as the message of whylogs 0.x; empty if there is none.
    """

    columns: dict[str, dict[str, bytes]]
    created: int = 0
    timestamp: int = 0
    metadata: dict[str, str] = field(default_factory=dict)
    segment: dict[str, str] | None = None
    performance: bytes = b""


# ---- Reading


def decode(data: bytes) -> File:
    """Reads a file of whylogs 1.x. What follows its end is ignored, as whylogs writes some."""
    segment, at = read_delimited(data, len(MAGIC))
    header_bytes, start = read_delimited(data, at)
    if not header_bytes:
        raise DecodeError("the profile has no header")
    header = Message(header_bytes)
    about = header.message(1)
    chunks, _ = read_bytes(data, start, header.uint(4))
    return File(
        columns=read_columns(header, chunks),
        created=about.uint(4),
        timestamp=about.uint(5),
        metadata=about.texts(6) | about.texts(7),
        segment=read_segment(Message(segment)),
    )


def read_segment(header: Message) -> dict[str, str] | None:
    """The values of the key columns."""
    segments = len(header.blobs(4))
    if segments > 1:
        raise DecodeError(f"the file holds {segments} segments; whylogs writes one to a file")
    if not segments:
        return None
    tags = header.message(4).messages(1)
    return {tag.text(1).removeprefix(TAG): tag.text(2) for tag in tags}


def read_columns(header: Message, chunks: bytes) -> dict[str, dict[str, bytes]]:
    """The components of each column, by name."""
    paths = {entry.uint(1): entry.text(2) for entry in header.messages(5)}
    places = {entry.text(1): entry.message(2).uints(1) for entry in header.messages(2)}
    columns: dict[str, dict[str, bytes]] = {}
    # Columns that shared a chunk would take more memory than the file has.
    left = len(chunks)
    for name in sorted(places):
        columns[name] = {}
        for place in places[name]:
            chunk = read_chunk(chunks, place)
            left -= len(chunk)
            if left < 0:
                raise DecodeError(f"column {name!r} lies over another one")
            columns[name] |= read_components(name, chunk, paths)
    return columns


def read_chunk(chunks: bytes, at: int) -> bytes:
    """The chunk that begins at *at*."""
    if at >= len(chunks):
        raise DecodeError(f"a column begins at byte {at} of {len(chunks)}")
    header, at = read_delimited(chunks, at)
    return read_bytes(chunks, at, Message(header).uint(3))[0]


def read_components(name: str, chunk: bytes, paths: Mapping[int, str]) -> dict[str, bytes]:
    """The components of one column by path."""
    made = {}
    for entry in Message(chunk).messages(1):
        path = paths.get(entry.uint(1))
        if path is None:
            raise DecodeError(f"column {name!r} has a metric {entry.uint(1)} without a path")
        made[path] = entry.blob(2)
    return made


# ---- Writing


def encode(file: File) -> bytes:
    """Writes what `decode` reads, sorted as whylogs does: the same gives the same bytes."""
    paths = sorted({path for components in file.columns.values() for path in components})
    indices = {path: index for index, path in enumerate(paths)}
    places: list[bytes] = []
    chunks: list[bytes] = []
    size = 0
    for name in sorted(file.columns):
        places.append(blob(2, blob(1, name) + blob(2, packed(1, [size]))))
        chunks.append(column(file.columns[name], indices))
        size += len(chunks[-1])
    header = blob(1, properties(file)) + b"".join(places) + uint(4, size)
    header += b"".join(blob(5, uint(1, index) + blob(2, path)) for path, index in indices.items())
    return MAGIC + delimited(segment(file)) + delimited(header) + b"".join(chunks)


def column(components: Mapping[str, bytes], indices: Mapping[str, int]) -> bytes:
    """The chunk of a column."""
    entries = (
        blob(1, uint(1, indices[path]) + blob(2, components[path])) for path in sorted(components)
    )
    chunk = b"".join(entries)
    return delimited(int64(1, COLUMN_CHUNK) + uint(3, len(chunk))) + chunk


def properties(file: File) -> bytes:
    """What the profile is of; tags and the rest of the metadata lie apart."""
    tags = {f"{TAG}{key}": value for key, value in (file.segment or {}).items()}
    tags |= {key: value for key, value in file.metadata.items() if key.startswith(TAG)}
    rest = {key: value for key, value in file.metadata.items() if not key.startswith(TAG)}
    maps = [(6, tags), (7, rest)]
    return (
        uint(4, file.created)
        + uint(5, file.timestamp)
        + b"".join(
            blob(number, blob(1, key) + blob(2, value))
            for number, texts in maps
            for key, value in sorted(texts.items())
        )
    )


def segment(file: File) -> bytes:
    """The header that says which segment it is."""
    if file.segment is None:
        return b""
    tags = (blob(1, blob(1, f"{TAG}{key}") + blob(2, value)) for key, value in file.segment.items())
    return uint(1, 1) + blob(4, b"".join(tags))
