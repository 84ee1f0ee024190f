"""What a profile is of: times, names, tags and segments."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from typing import TYPE_CHECKING, Any

from drypoint.errors import DecodeError, ParameterError
from drypoint.formats.whylogs._file import TAG, File

if TYPE_CHECKING:
    from drypoint.profiles import Profile

__all__ = ["KEPT", "about_of", "file_of"]

CREATED = "whylogs.creation_timestamp"
TIMESTAMP = "whylogs.dataset_timestamp"
KEPT = "whylogs.kept"
PERFORMANCE = "whylogs.performance"
OURS = (CREATED, TIMESTAMP, KEPT, PERFORMANCE)
"""Tags for what a profile has no place for; in a file they have places of their own."""
NAMES = ("name", "whylogs.name")
"""Under one of them whylogs keeps the name of a dataset; it writes the first."""

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
MONDAY = dt.datetime(1969, 12, 29, tzinfo=dt.UTC)
"""Where windows are counted from, so that those of a week begin on Mondays."""
MILLISECOND = dt.timedelta(milliseconds=1)


# ---- From a file


def about_of(file: File, window: dt.timedelta | None) -> dict[str, Any]:
    """Dataset, window, segment and tags of the profile in *file*."""
    segment = file.segment or {}
    tags = {
        key: text for key, text in file.metadata.items() if key.removeprefix(TAG) not in segment
    }
    named = next((key for key in NAMES if key in tags), None)
    tags |= {key: time(ms).isoformat() for key, ms in times(file).items() if ms}
    if file.performance:
        tags[PERFORMANCE] = base64.b64encode(file.performance).decode()
    return {
        "dataset": None if named is None else tags.pop(named),
        "window": window_of(file, window),
        "segment": dict(segment),
        "tags": tags,
    }


def times(file: File) -> dict[str, int]:
    """The two times of a file by the tags that keep them."""
    return {CREATED: file.created, TIMESTAMP: file.timestamp}


def time(ms: int) -> dt.datetime:
    """A time in UTC."""
    try:
        return EPOCH + ms * MILLISECOND
    except OverflowError as error:
        raise DecodeError(f"a time {ms} milliseconds after 1970 is out of range") from error


def window_of(file: File, window: dt.timedelta | None) -> tuple[dt.datetime, dt.datetime] | None:
    """The window of that width that the profile's time falls into; None without one."""
    if window is None or not file.timestamp:
        return None
    at = time(file.timestamp)
    try:
        start = at - (at - MONDAY) % window
        return start, start + window
    except OverflowError as error:
        raise DecodeError(f"the window of {at} is out of range") from error


# ---- Into a file


def file_of(profile: Profile, columns: dict[str, dict[str, bytes]]) -> File:
    """The file of *profile*, whose columns have these components."""
    tags = {key: text for key, text in profile.tags.items() if key not in OURS}
    if profile.dataset is not None:
        tags[NAMES[0]] = profile.dataset
    segment = {key: str(value) for key, value in profile.segment.items()}
    start = profile.window and milliseconds(profile.window[0])
    return File(
        columns=columns,
        created=stated(profile, CREATED),
        timestamp=stated(profile, TIMESTAMP) or start or 0,
        metadata=partition(list(segment)) | tags,
        segment=segment or None,
    )


def stated(profile: Profile, tag: str) -> int:
    """The time that a tag keeps, in milliseconds since 1970; 0 if there is none."""
    text = profile.tags.get(tag)
    if text is None:
        return 0
    try:
        return milliseconds(dt.datetime.fromisoformat(text))
    except (TypeError, ValueError) as error:
        raise ParameterError(
            f"tag {tag!r} must be a time with a zone such as {EPOCH.isoformat()!r}, got {text!r}"
        ) from error


def milliseconds(at: dt.datetime) -> int:
    """Milliseconds since 1970; of earlier times 0, since whylogs has no place for them."""
    return max(0, (at - EPOCH) // MILLISECOND)


def partition(keys: list[str]) -> dict[str, str]:
    """What whylogs notes of how the rows were split: by the values of columns."""
    if not keys:
        return {}
    columns = ",".join(sorted(keys))
    one = {"segp_col": keys[0]}
    several = {"segp_cols": "".join(f"({key})" for key in keys)}
    return {
        "segp_id": sha512(sha512(columns)),
        "segp_name": ",".join(keys),
        **(one if len(keys) == 1 else several),
    }


def sha512(text: str) -> str:
    """The hash that whylogs names partitions by."""
    return hashlib.sha512(text.encode()).hexdigest()
