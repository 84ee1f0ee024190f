"""What one image looks like."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from drypoint.images._exif import tags_of

if TYPE_CHECKING:
    from PIL import Image

__all__ = ["FACTS", "facts_of"]

CHANNELS = ("hue", "saturation", "brightness")
FACTS = {
    "width": "int64",
    "height": "int64",
    "mode": "string",
    **{f"{channel}.{fact}": "float64" for channel in CHANNELS for fact in ("mean", "std")},
    "entropy": "float64",
}
"""What is known of an image, and the types."""


def facts_of(
    source: bytes | str, *, wants_exif: bool
) -> tuple[dict[str, Any], dict[str, Any], str]:
    """The facts of the image in a file or in bytes, its tags, and why there are not all of them."""
    facts: dict[str, Any] = {}
    try:
        with opened(source) as image:
            facts = looks(image)
            return facts, tags_of(image) if wants_exif else {}, ""
    # Decoders raise whatever they like on bytes that are no image.
    except Exception as error:  # noqa: BLE001
        name = source if isinstance(source, str) else f"{len(source):,} bytes"
        # Pillow names the buffer that it reads from, by its address in memory.
        reason = str(error).split(" <_io.BytesIO", maxsplit=1)[0]
        return facts, {}, f"{name}: {type(error).__name__}: {reason}"


def opened(source: bytes | str) -> Image.Image:
    """The image, of which only the head is read yet."""
    from PIL import Image

    Image.init()
    formats = [name for name in Image.OPEN if name != "EPS"]
    image = Image.open(BytesIO(source) if isinstance(source, bytes) else source, formats=formats)
    most, pixels = Image.MAX_IMAGE_PIXELS, image.width * image.height
    # From here to twice as many Pillow only warns.
    if most is not None and pixels > most:
        image.close()
        raise Image.DecompressionBombError(f"{pixels:,} pixels are more than {most:,}")
    return image


def looks(image: Image.Image) -> dict[str, Any]:
    """Size, colours and entropy."""
    from PIL import ImageStat

    eight_bits = in_eight_bits(image)
    found = ImageStat.Stat(eight_bits.convert("RGB").convert("HSV"))
    pairs = zip(CHANNELS, zip(found.mean, found.stddev, strict=True), strict=True)
    colours = {
        f"{channel}.{fact}": value
        for channel, facts in pairs
        for fact, value in zip(("mean", "std"), facts, strict=True)
    }
    size = {"width": image.width, "height": image.height, "mode": image.mode}
    # Of one colour it is -0.0.
    return size | colours | {"entropy": abs(eight_bits.entropy())}


def in_eight_bits(image: Image.Image) -> Image.Image:
    """The image; of 16 bits the upper eight; of integers and floats of 32 those that are a byte."""
    if image.mode.startswith("I;16"):
        return image.point(lambda pixel: pixel * (1 / 256)).convert("L")
    if image.mode in ("I", "F"):
        return image.convert("L")
    image.load()
    return image
