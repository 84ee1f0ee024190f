"""Images become columns of facts; those that cannot be read are null and counted."""

from __future__ import annotations

import struct
import sys
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image

import drypoint as dp
from drypoint import ParameterError
from drypoint.images import columns

if TYPE_CHECKING:
    from pathlib import Path

RANDOM = np.random.default_rng(23)
CHANNELS = ("hue", "saturation", "brightness")


def random_image(mode: str, width: int = 17, height: int = 9) -> Image.Image:
    """Noise, seen in one of the modes of Pillow."""
    pixels = RANDOM.integers(0, 256, (height, width, 4), np.uint8)
    return Image.fromarray(pixels, "RGBA").convert("RGB").convert(mode)


def encoded(image: Image.Image, form: str = "PNG", **options: Any) -> bytes:
    """The bytes of a file."""
    sink = BytesIO()
    image.save(sink, form, **options)
    return sink.getvalue()


def facts(
    *images: Any, type_: pa.DataType | None = None, **options: Any
) -> tuple[pa.RecordBatch, list[str]]:
    """The columns that are made of images, and what went wrong."""
    batch = pa.record_batch({"photo": pa.array(list(images), type_)})
    made = columns("photo", **options)(batch)
    return pa.record_batch(made.columns), list(made.errors)


def photo_with_tags() -> bytes:
    """A JPEG with tags of every type."""
    image = random_image("RGB")
    exif = image.getexif()
    exif[ExifTags.Base.Make] = "Aquatint"
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.DateTime] = "2013:01:01 10:00:00"
    exif[ExifTags.Base.XResolution] = 72.0
    inner = exif.get_ifd(ExifTags.IFD.Exif)
    inner[ExifTags.Base.ExposureTime] = 0.25
    inner[ExifTags.Base.ISOSpeedRatings] = 200
    inner[ExifTags.Base.ExifVersion] = b"0232"
    inner[ExifTags.Base.MakerNote] = b"\1\2\3"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    return encoded(image, "JPEG", exif=exif)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1", "CMYK"])
def test_colours_are_those_of_the_pixels_in_hsv(mode: str) -> None:
    """Mean and population standard deviation of each channel, by NumPy."""
    image = random_image(mode)
    form = "TIFF" if mode == "CMYK" else "PNG"
    made, errors = facts(encoded(image, form))
    (found,) = made.to_pylist()
    assert errors == []
    assert (found["width"], found["height"], found["mode"]) == (17, 9, mode)
    pixels = np.asarray(image.convert("RGB").convert("HSV"), float).reshape(-1, 3)
    for index, channel in enumerate(CHANNELS):
        assert found[f"{channel}.mean"] == pytest.approx(pixels[:, index].mean())
        assert found[f"{channel}.std"] == pytest.approx(pixels[:, index].std(), abs=1e-6)


@given(seed=st.integers(0, 1_000), levels=st.integers(1, 256))
@settings(max_examples=25)
def test_entropy_is_that_of_the_histogram(seed: int, levels: int) -> None:
    """In bits; none in an image of one colour."""
    pixels = np.random.default_rng(seed).integers(0, levels, (12, 10), np.uint8)
    (found,) = facts(encoded(Image.fromarray(pixels)))[0]["entropy"].to_pylist()
    shares = np.unique(pixels, return_counts=True)[1] / pixels.size
    assert found == pytest.approx(-(shares * np.log2(shares)).sum(), abs=1e-9)


def test_of_sixteen_bits_the_upper_eight_are_looked_at() -> None:
    """So that they are not all white."""
    pixels = RANDOM.integers(0, 2**16, (8, 8), np.uint16)
    made, errors = facts(encoded(Image.fromarray(pixels)))
    assert errors == []
    assert made["brightness.mean"][0].as_py() == pytest.approx((pixels >> 8).mean())


@pytest.mark.parametrize(("mode", "value"), [("I", 7), ("F", 7.0)])
def test_numbers_of_32_bits_are_looked_at_as_bytes(mode: str, value: float) -> None:
    """An image of one of them has no entropy."""
    made, errors = facts(encoded(Image.new(mode, (3, 3), value), "TIFF"))
    assert errors == []
    assert (made["brightness.mean"][0].as_py(), made["entropy"][0].as_py()) == (7, 0)


@pytest.mark.parametrize(
    "kind", [pa.binary(), pa.large_binary(), pa.dictionary(pa.int8(), pa.binary())]
)
def test_bytes_come_in_every_layout(kind: pa.DataType) -> None:
    """A null has no facts and is no error."""
    made, errors = facts(encoded(random_image("RGB")), None, type_=pa.binary())
    table = pa.table({"photo": pa.array([encoded(random_image("RGB")), None]).cast(kind)})
    found = dp.profile(table, derive={"image": columns("photo")})
    assert (found["image.width"].nulls, found.errors) == (1, {})
    assert (made["width"].to_pylist(), errors) == ([17, None], [])


def test_paths_and_structs_are_read(tmp_path: Path) -> None:
    """Of a struct the bytes, or else the path."""
    image = random_image("RGB")
    image.save(tmp_path / "a.png")
    path, data = str(tmp_path / "a.png"), encoded(image)
    by_path, errors = facts(path, str(tmp_path / "missing.png"))
    assert by_path["width"].to_pylist() == [17, None]
    assert errors[0].startswith(f"{tmp_path}/missing.png: FileNotFoundError")
    structs, errors = facts({"bytes": data, "path": None}, {"bytes": None, "path": path}, None)
    assert (structs["width"].to_pylist(), errors) == ([17, 17, None], [])


def test_tags_are_columns_of_numbers_and_text() -> None:
    """Without places and maker notes; images without tags are null there."""
    made, errors = facts(photo_with_tags(), encoded(random_image("RGB")))
    tags = {name: made[name].to_pylist() for name in made.schema.names if "exif" in name}
    assert errors == []
    assert tags == {
        "exif.DateTime": ["2013:01:01 10:00:00", None],
        "exif.ExifVersion": ["0232", None],
        "exif.ExposureTime": [0.25, None],
        "exif.ISOSpeedRatings": [200.0, None],
        "exif.Make": ["Aquatint", None],
        "exif.Orientation": [6.0, None],
        "exif.XResolution": [72.0, None],
    }


def test_tags_may_be_left_out_or_named() -> None:
    """Those that are named are columns in any case."""
    plain = encoded(random_image("RGB"))
    for exif, image, expected in (
        (False, photo_with_tags(), []),
        (["Make", "Model"], photo_with_tags(), ["exif.Make", "exif.Model"]),
        (["Make", "Model"], plain, ["exif.Make", "exif.Model"]),
        (True, plain, []),
    ):
        names = facts(image, exif=exif)[0].schema.names
        assert [name for name in names if name.startswith("exif")] == expected
    for wrong in (["Maker"], "Maker"):
        with pytest.raises(ParameterError, match=r"names of EXIF tags, got \['Maker'\]"):
            columns("photo", exif=wrong)


@pytest.mark.filterwarnings("ignore:could not be computed")
def test_what_is_no_image_is_null_and_counted() -> None:
    """By row; the other rows of the batch are whole."""
    good = encoded(random_image("RGB"))
    broken = [b"", b"no image", good[:60], good[:-40]]
    table = pa.table({"photo": [*broken, good]})
    made = dp.profile(table, derive={"image": columns("photo")})
    assert (made["image.width"].rows, made["image.width"].nulls) == (5, 4)
    errors = made.errors["image"]
    assert (errors.rows, errors.batches) == (4, 1)
    assert errors.messages[0] == "0 bytes: UnidentifiedImageError: cannot identify image file"
    assert "0x" not in "".join(errors.messages)


def png_of(width: int, height: int) -> bytes:
    """A PNG that says it is so large, and has no pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b""))


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("side", [10_000, 50_000])
def test_images_of_more_pixels_than_pillow_allows_are_refused(side: int) -> None:
    """Also those of which it only warns; before a pixel is read."""
    made, errors = facts(png_of(side, side))
    assert made["width"].null_count == 1
    assert "DecompressionBombError" in errors[0]


def test_no_other_program_is_run() -> None:
    """An EPS is a program for Ghostscript."""
    eps = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n%%EndComments\nshowpage\n%%EOF\n"
    made, errors = facts(eps)
    assert "UnidentifiedImageError" in errors[0]
    assert made["width"].null_count == 1


@given(data=st.data())
@settings(max_examples=50)
def test_damaged_images_never_stop_a_profile(data: st.DataObject) -> None:
    """They are read or they are errors."""
    damaged = bytearray(PHOTO)
    for _ in range(data.draw(st.integers(1, 6))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    made, errors = facts(bytes(damaged), PHOTO)
    assert made["width"][1].as_py() == 17
    assert made["width"].null_count <= len(errors)


PHOTO = photo_with_tags()


@pytest.mark.filterwarnings("ignore:could not be computed")
def test_columns_of_another_type_are_named() -> None:
    """As any other function that fails."""
    made = dp.profile(pa.table({"photo": [1, 2]}), derive={"image": columns("photo")})
    assert made.errors["image"].rows == 2
    assert "an image is bytes or a path, got int" in made.errors["image"].messages[0]
    with pytest.raises(ParameterError, match="column 'foto' not found"):
        dp.profile(pa.table({"photo": [b""]}), derive={"image": columns("foto")})


def test_tags_that_come_later_do_not_close_what_came_before() -> None:
    """Batches without a tag that came are null there; earlier ones lack it."""
    plain, tagged = encoded(random_image("RGB")), photo_with_tags()
    batches = [pa.record_batch({"photo": [one]}) for one in (plain, tagged, plain, tagged)]
    profiler = dp.Profiler(derive={"image": columns("photo")})
    for batch in batches:
        profiler.update(batch)
    make = profiler.profile()["image.exif.Make"]
    assert (make.missing, make.rows, make.nulls) == (1, 3, 1)


def test_without_pillow_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """When images are asked for, not before."""
    monkeypatch.setitem(sys.modules, "PIL", None)
    with pytest.raises(dp.MissingExtraError, match=r'pip install "drypoint\[images\]"'):
        columns("photo", exif=["Make"])
