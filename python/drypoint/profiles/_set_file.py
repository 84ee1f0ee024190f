"""Profiles of many segments as one Arrow table."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from drypoint import _core
from drypoint.errors import DecodeError
from drypoint.profiles._about import count_of, texts_of
from drypoint.profiles._custom_file import custom_from_table, names_in, with_custom
from drypoint.profiles._file import KEY, VERSION, named, read_metadata
from drypoint.profiles._profile import Profile
from drypoint.profiles._set import ProfileSet

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["set_from_table", "set_to_table"]

LEADING = 6
"""Columns that say of which profile a row is; the others are those of a single profile."""


def set_to_table(profiles: ProfileSet) -> pa.Table:
    """A row for each segment, column and type: first what the profile is of, then its columns."""
    import pyarrow as pa

    rest = [] if profiles.remainder is None else [profiles.remainder]
    everything = [*profiles.profiles, *rest]
    tables = [labelled(index, one, profiles) for index, one in enumerate(everything)]
    about = {
        "version": VERSION,
        "kind": "set",
        "rows": profiles.rows,
        "keys": list(profiles.keys),
        "profiles": [
            {"rows": one.rows, "tags": one.tags, "segment": one.segment} for one in everything
        ],
        "remainder": profiles.remainder is not None,
        "metrics": names_in([one.custom for one in everything]),
        "errors": {what: one.to_dict() for what, one in profiles.errors.items()},
    }
    table = pa.concat_tables(tables, promote_options="default") if tables else pa.table({})
    table = with_custom(table, [(one.custom, one.places) for one in everything])
    return table.replace_schema_metadata({KEY: json.dumps(about, ensure_ascii=False)})


def labelled(index: int, profile: Profile, profiles: ProfileSet) -> pa.Table:
    """The table of one profile with columns that say of what it is."""
    import pyarrow as pa

    table = pa.table(profile.core.to_batch())
    size = table.num_rows
    start, end = profile.window or (None, None)
    # The remainder has no values of keys: null, where a segment has at least the names.
    segment = None if profile is profiles.remainder else list(profile.segment.items())
    time = pa.timestamp("us", "UTC")
    leading = {
        "profile": pa.array([index] * size, pa.int32()),
        "dataset": pa.array([profile.dataset] * size, pa.string()),
        "window_start": pa.array([start] * size, time),
        "window_end": pa.array([end] * size, time),
        "segment": pa.array([segment] * size, pa.map_(pa.string(), pa.string())),
        "profile_rows": pa.array([profile.rows] * size, pa.uint64()),
    }
    columns = leading | dict(zip(table.column_names, table.columns, strict=True))
    return pa.table(columns)


def set_from_table(table: pa.Table, name: str) -> ProfileSet:
    """Reads what `set_to_table` made; *name* is who is named in errors."""
    import pyarrow as pa

    known = read_metadata(table.schema, name)
    try:
        about = json.loads(table.schema.metadata[KEY])
        table.validate(full=True)
        keys = tuple(map(str, about["keys"]))
        found = [
            read_one(table, index, one | {"metrics": known["metrics"]}, name)
            for index, one in enumerate(about["profiles"])
        ]
        if any(tuple(one.segment) != keys for one in found[: len(found) - about["remainder"]]):
            raise DecodeError(f"{name}: not a drypoint profile: segments without their keys {keys}")
    except (pa.ArrowException, KeyError, TypeError, AttributeError, ValueError) as error:
        raise named(error, name) from error
    remainder = found.pop() if about["remainder"] and found else None
    return ProfileSet(keys, tuple(found), remainder, known["errors"])


def read_one(table: pa.Table, index: int, about: dict[str, Any], name: str) -> Profile:
    """The profile whose rows are marked with *index*; *name* is who is named in errors."""
    import pyarrow as pa
    import pyarrow.compute as pc

    rows = table.filter(pc.equal(table["profile"], index))
    first = rows.slice(0, 1).to_pylist()
    of = first[0] if first else {}
    bare = rows.select(rows.column_names[LEADING:]).combine_chunks()
    (batch,) = bare.to_batches() or [pa.RecordBatch.from_pylist([], schema=bare.schema)]
    window: Any = (of.get("window_start"), of.get("window_end"))
    profile = Profile(
        _core.Profile.from_batch(batch, count_of(about["rows"])),
        of.get("dataset"),
        None if None in window else window,
        texts_of("segment", about["segment"]),
        texts_of("tags", about["tags"]),
    )
    custom = custom_from_table(bare, about["metrics"], profile.places, name)
    return replace(profile, custom=custom)
