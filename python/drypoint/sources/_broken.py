"""What is wrong with a file that cannot be read, and the way out."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from drypoint.errors import SourceError
from drypoint.sources._find import packing, public

if TYPE_CHECKING:
    from collections.abc import Iterator

    from drypoint.sources._find import Found

__all__ = ["fault_of", "named"]


class Kind(NamedTuple):
    """How files of a kind are known.

    Attributes:
        name: what it is called.
        begins: its first bytes.
        ends: its last bytes; empty if an end is like any other bytes.
        behind: how many bytes follow them all the same.
        advice: what to do with a file that goes by the name of another kind.
    """

    name: str
    begins: bytes
    ends: bytes = b""
    advice: str = "unpack it first"
    behind: int = 0


KINDS = {
    "parquet": Kind("Parquet", b"PAR1", b"PAR1", "let its name end in .parquet"),
    "ipc": Kind("Arrow IPC", b"ARROW1", b"ARROW1", "let its name end in .arrow"),
    "stream": Kind("a stream of Arrow IPC", b"\xff" * 4, b"", "let its name end in .arrows"),
    "orc": Kind("ORC", b"ORC", b"ORC", "let its name end in .orc", 1),
    "feather": Kind(
        "Feather of version 1", b"FEA1", b"", "pass what pyarrow.feather.read_table makes of it"
    ),
    "gzip": Kind("gzip", b"\x1f\x8b"),
    "bzip2": Kind("bzip2", b"BZh"),
    "zstd": Kind("zstd", b"\x28\xb5\x2f\xfd"),
    "zip": Kind("zip", b"PK\x03\x04"),
}
LOOKED_AT = 8
"""Bytes of the beginning and of the end."""
OPENING = re.compile(r"(?:.*: )?Could not open \w+ input source '[^']*': ")
"""What pyarrow says before the reason."""
TYPED = ("conversion error", "unexpected field", "changed from")
"""What pyarrow says of a text file whose later rows are of other types."""
TYPED_BY_THE_FIRST_BLOCK = (
    "; the first megabyte of a text file tells its columns and their types: where others follow, "
    "pass a pyarrow Dataset with a schema"
)


@contextmanager
def named(found: Found, path: str, kind: str) -> Iterator[None]:
    """Errors of reading the file at *path* name it, and say what is wrong and the way out."""
    import pyarrow as pa

    try:
        yield
    except SourceError:
        raise
    except (pa.ArrowException, OSError) as error:
        reason = " ".join(OPENING.sub("", str(error)).split()).replace(path, "it")
        said = explained(found, path, kind, public(reason).removesuffix("."))
        raise SourceError(f"{public(path)}: cannot be read: {said}") from error


def explained(found: Found, path: str, kind: str, reason: str) -> str:
    """What is wrong with a file of which pyarrow tells a *reason*."""
    try:
        head, tail = ends_of(found, path)
    except OSError:
        return reason
    kind = kind if kind in ENDED else packing(path) or kind
    if fault := fault_of(kind, head, tail):
        return fault
    if any(sign in reason for sign in TYPED):
        return reason + TYPED_BY_THE_FIRST_BLOCK
    return f"{reason}; if it is damaged, write or copy it again" if kind in KINDS else reason


def fault_of(kind: str, head: bytes, tail: bytes) -> str | None:
    """What the first and the last bytes of a file say is wrong with it; None if nothing is."""
    wanted = KINDS.get(kind)
    seen = next((one for one in KINDS.values() if head.startswith(one.begins)), None)
    if wanted != seen and not (wanted and wanted.begins.startswith(head)):
        return misnamed(wanted, seen, head)
    if wanted and not is_ended(wanted, tail):
        return (
            "its end is missing: it was cut short, or is still being written; "
            "write or copy it again, or wait until it is whole"
        )
    return None


ENDED = tuple(name for name, one in KINDS.items() if one.ends)
"""Kinds that are read from their end, and therefore never packed."""


def is_ended(kind: Kind, tail: bytes) -> bool:
    """Whether *tail* is how files of a kind end."""
    return tail[: len(tail) - kind.behind].endswith(kind.ends)


def misnamed(wanted: Kind | None, seen: Kind | None, head: bytes) -> str:
    """What to say of a file that begins otherwise than its name says."""
    begins = f"its first bytes are those of {seen.name}" if seen else f"it begins with {head!r}"
    not_it = f"it is not {wanted.name}: " if wanted else ""
    advice = seen.advice if seen else "is it another file, or damaged? write or copy it again"
    return f"{not_it}{begins}; {advice}"


def ends_of(found: Found, path: str) -> tuple[bytes, bytes]:
    """The first bytes of a file, and the last behind them."""
    with found.filesystem.open_input_file(path) as file:
        head = file.read(LOOKED_AT)
        file.seek(max(len(head), file.size() - LOOKED_AT))
        return head, file.read(LOOKED_AT)
