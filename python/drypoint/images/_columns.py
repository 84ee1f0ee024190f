"""A column of images as columns of what they look like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from drypoint._extra import pillow
from drypoint.errors import InputTypeError, ParameterError
from drypoint.images._exif import as_arrays
from drypoint.images._facts import FACTS, facts_of
from drypoint.profiles import Derived
from drypoint.sources._select import not_found

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pyarrow as pa

__all__ = ["columns"]


class Seen(NamedTuple):
    """What was found out of one image; both may be there if only part of it could be read.

    Attributes:
        facts: by name.
        exif: its tags by name.
        error: why it could not be read; empty if it could.
    """

    facts: dict[str, Any]
    exif: dict[str, Any]
    error: str = ""


def columns(
    column: str, *, exif: bool | Sequence[str] = True
) -> Callable[[pa.RecordBatch], Derived]:
    """A function for `derive=` that looks at the images of a column.

    With `derive={"image": columns("photo")}` there are these columns more:

    * `image.width`, `image.height`: in pixels, as stored.
    * `image.mode`: how Pillow calls the kind of pixels: RGB, L, …
    * `image.hue.mean`, `image.hue.std`, and the same of `saturation` and `brightness`: over the
      pixels of the image in HSV, each 0 to 255; the population standard deviation. Alpha is
      ignored, 16 bits are made 8. Hue is not treated as an angle: 0 and 255 are two reds.
    * `image.entropy`: of the histogram of its pixels, in bits.
    * `image.exif.…`: a column for each EXIF tag that comes, numbers as floats and all else as text;
      places (GPS), maker notes and tags without a name are left out. Rows of the batches before the
      first that has a tag are `missing` of its column.

    Of images with several frames it is the first. A null has no facts. An image that cannot be read
    has none either, and is counted in `Profile.errors`; so is one of more pixels than Pillow allows
    (`PIL.Image.MAX_IMAGE_PIXELS`). EPS is not read, since that would run another program.

    Args:
        column: its values are the bytes of images, paths of files, or structs of `bytes` and
            `path`.
        exif: whether to read tags; or the names of those to read, which are then columns also of
            batches that have none of them.

    Raises:
        MissingExtraError: Pillow is not installed.
        ParameterError: no EXIF tag has such a name.

    Examples:
        >>> from io import BytesIO
        >>> import pyarrow as pa
        >>> import drypoint as dp
        >>> from PIL import Image
        >>> red = BytesIO()
        >>> Image.new("RGB", (40, 30), "red").save(red, "PNG")
        >>> photos = pa.table({"photo": [red.getvalue()]})
        >>> made = dp.profile(photos, derive={"image": dp.images.columns("photo")})
        >>> made["image.width"].max, made["image.brightness.mean"].max
        (40, 255.0)
    """
    pillow()
    tags = None if isinstance(exif, bool) else known_tags(exif)
    wanted = exif is not False
    from concurrent.futures import ThreadPoolExecutor

    def look(batch: pa.RecordBatch) -> Derived:
        values = values_of(batch, column)
        with ThreadPoolExecutor() as pool:
            seen = list(pool.map(lambda value: see(value, wants_exif=wanted), values))
        made = as_columns([one.facts for one in seen])
        made |= as_arrays([one.exif for one in seen], tags)
        return Derived(made, [one.error for one in seen if one.error])

    return look


def known_tags(names: Sequence[str]) -> list[str]:
    """The names of EXIF tags, if they are some."""
    from PIL import ExifTags

    known = set(ExifTags.TAGS.values())
    unknown = [names] if isinstance(names, str) else [one for one in names if one not in known]
    if unknown:
        raise ParameterError(f"exif must be a list of names of EXIF tags, got {unknown}")
    return list(names)


def values_of(batch: pa.RecordBatch, column: str) -> list[Any]:
    """The images of a column: bytes, paths or None."""
    if column not in batch.schema.names:
        raise ParameterError(not_found("column", column, batch.schema.names))
    return [of_struct(value) for value in batch.column(column).to_pylist()]


def of_struct(value: Any) -> Any:
    """The bytes or else the path of a struct; anything else as it is."""
    if not isinstance(value, dict):
        return value
    found = value.get("bytes")
    return value.get("path") if found is None else found


def see(value: Any, *, wants_exif: bool) -> Seen:
    """What there is to see of one image."""
    if value is None:
        return Seen({}, {})
    if not isinstance(value, (bytes, str)):
        raise InputTypeError(f"an image is bytes or a path, got {type(value).__name__}")
    return Seen(*facts_of(value, wants_exif=wants_exif))


def as_columns(facts: list[dict[str, Any]]) -> dict[str, pa.Array]:
    """The facts by name, null where there are none."""
    import pyarrow as pa

    return {
        name: pa.array([one.get(name) for one in facts], pa.type_for_alias(of))
        for name, of in FACTS.items()
    }
