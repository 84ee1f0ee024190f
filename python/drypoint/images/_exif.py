"""EXIF tags as values of two types: numbers and text."""

from __future__ import annotations

from numbers import Real
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa
    from PIL import Image

__all__ = ["as_arrays", "tags_of"]

POINTERS = {"ExifOffset", "GPSInfo", "ExifInteroperabilityOffset", "SubIFDs"}
"""Where other tags are."""
LONG = {"MakerNote", "XMLPacket", "PrintImageMatching", "UserComment"}
"""Blocks of bytes in formats of their own."""


def tags_of(image: Image.Image) -> dict[str, float | str]:
    """The tags of an image by name."""
    from PIL import ExifTags

    exif = image.getexif()
    values = {**exif, **exif.get_ifd(ExifTags.IFD.Exif)}
    named = {ExifTags.TAGS.get(tag): value for tag, value in values.items()}
    return {
        name: plain(value)
        for name, value in named.items()
        if name is not None and name not in POINTERS | LONG
    }


def plain(value: Any) -> float | str:
    """A number as a float, anything else as text."""
    if isinstance(value, Real):
        return float(value)
    if isinstance(value, tuple):
        return " ".join(str(plain(one)) for one in value)
    text = value.decode("latin-1") if isinstance(value, bytes) else str(value)
    return text.strip("\0 ")


def as_arrays(exif: list[dict[str, Any]], tags: Sequence[str] | None) -> dict[str, pa.Array]:
    """The tags as columns, in the order of their names; *tags* only, if some are given."""
    names = sorted({name for one in exif for name in one}) if tags is None else tags
    return {f"exif.{name}": as_array([one.get(name) for one in exif]) for name in names}


def as_array(values: list[float | str | None]) -> pa.Array:
    """Numbers if all are, or else text."""
    import pyarrow as pa

    if any(isinstance(value, str) for value in values):
        return pa.array([None if value is None else str(value) for value in values], pa.string())
    return pa.array(values, pa.float64() if any(value is not None for value in values) else None)
