"""Profiles as Arrow tables, and as files of them."""

from __future__ import annotations

import datetime as dt
import json
import os
import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from drypoint import _core
from drypoint.errors import DecodeError, ParameterError, SourceError
from drypoint.profiles._about import count_of, text_of, texts_of, window_of
from drypoint.profiles._custom_file import custom_from_table, names_in, with_custom
from drypoint.profiles._errors import DerivedErrors
from drypoint.profiles._profile import Profile
from drypoint.sources._broken import fault_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import pyarrow as pa

    from drypoint.profiles._set import ProfileSet

__all__ = ["SUFFIXES", "from_bytes", "load", "named_as", "put", "save", "to_bytes", "to_table"]

KEY = b"drypoint"
"""Under it the schema holds everything that is not of one column, as JSON."""
VERSION = 1
PARQUET = (".parquet", ".pq")
SUFFIXES = (".arrow", ".feather", ".ipc", *PARQUET)
"""How names of profiles end; what is no Parquet is Arrow IPC."""


def to_table(profile: Profile) -> pa.Table:
    """The profile as a table that tells all there is of it."""
    import pyarrow as pa

    table = pa.table(profile.core.to_batch())
    table = with_custom(table, [(profile.custom, profile.places)])
    return table.replace_schema_metadata({KEY: json.dumps(metadata(profile), ensure_ascii=False)})


def from_table(table: pa.Table, name: str) -> Profile | ProfileSet:
    """Reads what `to_table` or `set_to_table` made; *name* is who is named in errors."""
    import pyarrow as pa

    about = read_metadata(table.schema, name)
    if about.pop("kind") == "set":
        from drypoint.profiles._set_file import set_from_table

        return set_from_table(table, name)
    try:
        table.validate(full=True)
        batches = table.combine_chunks().to_batches()
        (batch,) = batches or [pa.RecordBatch.from_pylist([], schema=table.schema)]
        profile = Profile(_core.Profile.from_batch(batch, about.pop("rows")))
        custom = custom_from_table(table, about.pop("metrics"), profile.places, name)
    except (pa.ArrowException, KeyError, ValueError) as error:
        raise named(error, name) from error
    return replace(profile, custom=custom, **about)


def named(error: Exception, name: str) -> DecodeError:
    """The error of a table that is no profile, as one that says which."""
    reason = " ".join(str(error).split())
    return DecodeError(reason if reason.startswith(name) else f"{name}: {reason}")


def metadata(profile: Profile) -> dict[str, Any]:
    """Everything that is not of one column."""
    return {
        "version": VERSION,
        "rows": profile.rows,
        "dataset": profile.dataset,
        "window": profile.window and [time.isoformat() for time in profile.window],
        "segment": profile.segment,
        "tags": profile.tags,
        "metrics": names_in([profile.custom]),
        "errors": {what: one.to_dict() for what, one in profile.errors.items()},
    }


def read_metadata(schema: pa.Schema, name: str) -> dict[str, Any]:
    """What `metadata` made, with what it lacks filled in."""
    try:
        about = json.loads((schema.metadata or {})[KEY])
        version = int(about["version"])
        window = about.get("window")
        found = {
            "kind": about.get("kind"),
            "rows": count_of(about["rows"]),
            "dataset": text_of("dataset", about.get("dataset")),
            "window": window_of(window and [dt.datetime.fromisoformat(time) for time in window]),
            "segment": texts_of("segment", about.get("segment")),
            "tags": texts_of("tags", about.get("tags")),
            "metrics": [str(metric) for metric in about.get("metrics") or ()],
            "errors": errors_from(about.get("errors") or {}),
        }
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DecodeError(
            f"{name}: not a drypoint profile: its schema has no sound {KEY.decode()!r} metadata"
        ) from error
    if version > VERSION:
        raise DecodeError(
            f"{name}: the profile is of format {version}, this drypoint reads up to {VERSION}; "
            "update drypoint"
        )
    return found


def errors_from(records: dict[str, Any]) -> dict[str, DerivedErrors]:
    """What could not be computed."""
    return {what: DerivedErrors.from_dict(one) for what, one in records.items()}


def to_bytes(profile: Profile | ProfileSet) -> bytes:
    """The profile as an Arrow IPC file."""
    import pyarrow as pa

    table = profile.to_arrow()
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue().to_pybytes()  # type: ignore[no-any-return]


def from_bytes(data: bytes) -> Any:
    """Reads what `to_bytes` made.

    Raises:
        DecodeError: the bytes are no profile, or are damaged.
    """
    return read(data, "these bytes")


def read(data: Any, name: str) -> Profile | ProfileSet:
    """A profile out of an Arrow IPC or a Parquet file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    is_parquet = bytes(data[:4]) == b"PAR1"
    try:
        if is_parquet:
            return from_table(pq.read_table(pa.BufferReader(data)), name)
        with pa.ipc.open_file(pa.BufferReader(data)) as reader:
            return from_table(reader.read_all(), name)
    except (pa.ArrowException, OSError, ValueError) as error:
        if isinstance(error, DecodeError):
            raise
        ends = bytes(data[:8]), bytes(data[max(8, len(data) - 8) :])
        reason = fault_of("parquet" if is_parquet else "ipc", *ends)
        reason = reason or " ".join(str(error).split())
        raise DecodeError(f"{name}: not a drypoint profile: {reason}") from error


def save(profile: Profile | ProfileSet, path: str | os.PathLike[str]) -> None:
    """Writes the profile to *path*, as Arrow IPC or as Parquet, as its name says."""
    target = named_as("a profile", path, SUFFIXES)

    def write(draft: Path) -> None:
        if target.suffix.lower() in PARQUET:
            import pyarrow.parquet as pq

            pq.write_table(profile.to_arrow(), draft)
        else:
            draft.write_bytes(to_bytes(profile))

    put(target, write)


def named_as(what: str, path: str | os.PathLike[str], suffixes: Sequence[str]) -> Path:
    """The *path*, whose name must say what is written there.

    Raises:
        ParameterError: it does not.
    """
    from pathlib import Path

    target = Path(path)
    if target.suffix.lower() not in suffixes:
        forms = " or ".join([", ".join(suffixes[:-1]), suffixes[-1]] if suffixes[1:] else suffixes)
        raise ParameterError(f"{target}: {what} is written as {forms}; let its name end so")
    return target


def put(target: Path, write: Callable[[Path], object]) -> None:
    """Has *write* make a file beside *target*, and puts it in its place when it is whole.

    Raises:
        SourceError: it cannot be written; what was there before is then unchanged.
    """
    # Of its own, since another thread or process may write to the same path.
    draft = target.with_name(f".{target.name}.{os.getpid()}.{threading.get_ident()}.part")
    try:
        write(draft)
        draft.replace(target)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise SourceError(f"{target}: cannot be written: {error.strerror or error}") from error


def load(path: str | os.PathLike[str]) -> Any:
    """Reads what `Profile.save` wrote, or `ProfileSet.save`: a `Profile` or a `ProfileSet`.

    Raises:
        SourceError: the file is not there or cannot be read.
        DecodeError: it is no profile, is damaged, or is of a newer format.
    """
    from pathlib import Path

    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror or error}") from error
    return read(data, str(path))
