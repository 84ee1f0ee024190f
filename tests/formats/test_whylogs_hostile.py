"""Whatever the bytes are: a profile, or an error that names the file."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import drypoint as dp
from drypoint.formats import whylogs
from drypoint.formats.whylogs._component import integer
from drypoint.formats.whylogs._file import File, encode
from drypoint.formats.whylogs._wire import blob, delimited, packed, uint

if TYPE_CHECKING:
    from collections.abc import Callable

GOLDEN = Path(__file__).parents[1] / "golden" / "whylogs"
SMALL = ["base_head_1", "base_head_8", "legacy", "unknown", "v0", "perf_regression_v0",
         "perf_classification_v0"]  # fmt: skip

# What is damaged may hold other types, or names of metrics that nobody knows.
pytestmark = [
    pytest.mark.filterwarnings("ignore::drypoint.errors.MixedTypesWarning"),
    pytest.mark.filterwarnings("ignore::drypoint.errors.UnknownMetricWarning"),
]


SKETCHES = {"distribution__kll": 6, "cardinality__hll": 5, "frequent_items__frequent_strings": 4}
FLIPS = st.lists(st.tuples(st.integers(0, 2**20), st.integers(1, 255)), min_size=1, max_size=4)
"""Where to flip, and which bits."""


def attempt(data: bytes) -> Any:
    """The profile, or None for an error, which must name what was read."""
    try:
        profile = whylogs.read(data)
    except dp.DecodeError as error:
        assert str(error).startswith("these bytes")  # noqa: PT017 # it need not be raised
        return None
    whylogs.write(profile)
    return profile


@pytest.mark.parametrize("name", [*SMALL, "segment_a"])
def test_a_file_that_was_cut_is_refused(name: str) -> None:
    """Wherever it was cut; what follows the end of a segment is nothing that was needed."""
    data = (GOLDEN / f"{name}.bin").read_bytes()
    whole = attempt(data)
    assert whole is not None
    step = max(1, len(data) // 500)
    for cut in range(0, len(data), step):
        assert attempt(data[:cut]) in (None, whole)


@pytest.mark.parametrize("name", SMALL)
@given(
    flips=st.lists(st.tuples(st.integers(0, 2**20), st.integers(1, 255)), min_size=1, max_size=4)
)
def test_damaged_bytes_give_a_profile_or_an_error(name: str, flips: list[tuple[int, int]]) -> None:
    """And never anything else."""
    data = bytearray((GOLDEN / f"{name}.bin").read_bytes())
    for place, mask in flips:
        data[place % len(data)] ^= mask
    attempt(bytes(data))


@given(data=st.binary(max_size=200), magic=st.sampled_from([b"", b"WHY1", b"PK\x03\x04"]))
@example(data=b"", magic=b"")
@example(data=b"", magic=b"WHY1")
@example(data=b"\x00\x00", magic=b"WHY1")
def test_bytes_that_are_no_profile_are_refused(data: bytes, magic: bytes) -> None:
    """Whatever they begin with."""
    profile = attempt(magic + data)
    assert profile is None or len(profile) == 0


def test_other_files_are_told_by_how_they_begin() -> None:
    """Of what is no whylogs file the error says so."""
    with pytest.raises(dp.DecodeError, match=r"begins with b'ARRO' instead of b'WHY1'"):
        whylogs.read(b"ARROW1")


def test_errors_name_the_file_the_column_and_the_metric(
    tmp_path: Path, column: Callable[..., bytes]
) -> None:
    """So that it can be found."""
    path = tmp_path / "x.bin"
    path.write_bytes(column(counts__n=-1))
    with pytest.raises(dp.DecodeError, match=r"x\.bin: column 'x', counts/n: a count of -1"):
        whylogs.read(path)
    for where, number in SKETCHES.items():
        path.write_bytes(column(counts__n=1, **{where: blob(number, blob(1, b"\x01\x02"))}))
        with pytest.raises(dp.DecodeError, match=f"column 'x', {where.replace('__', '/')}: "):
            whylogs.read(path)
    archive = tmp_path / "x.zip"
    with zipfile.ZipFile(archive, "w") as opened:
        opened.writestr("inner.bin", b"WHY1")
    with pytest.raises(dp.DecodeError, match=r"x\.zip, inner\.bin: cut short"):
        whylogs.read(archive)
    with pytest.raises(dp.SourceError, match=r"none\.bin: cannot be read"):
        whylogs.read(tmp_path / "none.bin")
    with pytest.raises(dp.InputTypeError, match="got int"):
        whylogs.read(3)  # type: ignore[arg-type] # that is what is asked here


def test_columns_that_share_a_chunk_are_refused() -> None:
    """A thousand names for one chunk would take a thousand times the memory."""
    data = encode(File({"a": {"counts/n": integer(1)}}))
    header = data[6 : 6 + data[5]]
    assert data == b"WHY1\0" + delimited(header) + data[6 + data[5] :]
    again = blob(2, blob(1, "b") + blob(2, packed(1, [0])))
    shared = b"WHY1\0" + delimited(header + again) + data[6 + data[5] :]
    with pytest.raises(dp.DecodeError, match="column 'b' lies over another one"):
        whylogs.read(shared)


def test_zips_that_swell_or_are_locked_are_refused() -> None:
    """What is unpacked is bounded by what arrived."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x.bin", b"WHY1" + bytes(10_000_000))
    with pytest.raises(dp.DecodeError, match="more than 100 times its size"):
        whylogs.read(sink.getvalue())
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("x.bin", b"WHY1")
    with pytest.raises(dp.DecodeError, match="packed in an unusual way"):
        whylogs.read(sink.getvalue())
    empty = io.BytesIO()
    zipfile.ZipFile(empty, "w").close()
    with pytest.raises(dp.DecodeError, match="holds no file"):
        whylogs.read(empty.getvalue())


@given(cut=st.integers(0, 2000), flip=st.integers(0, 2000), mask=st.integers(0, 255))
def test_damaged_zips_give_a_profile_or_an_error(cut: int, flip: int, mask: int) -> None:
    """Whatever is wrong with them."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x.bin", whylogs.write(dp.profile({"x": [1, 2, 3]})))
    data = bytearray(sink.getvalue())
    data[flip % len(data)] ^= mask
    attempt(bytes(data[: len(data) - cut % 50]))


def test_a_file_of_several_segments_is_refused() -> None:
    """The format has a place for them, but no writer has ever used it."""
    segment = blob(4, blob(1, blob(1, "whylogs.tag.k") + blob(2, "v")))
    data = b"WHY1" + delimited(uint(1, 1) + segment * 2) + encode(File({}))[5:]
    with pytest.raises(dp.DecodeError, match="the file holds 2 segments"):
        whylogs.read(data)


@pytest.mark.parametrize("ms", [2**64 - 1, 10**15])
def test_times_beyond_the_calendar_are_refused(ms: int) -> None:
    """They are no times."""
    with pytest.raises(dp.DecodeError, match="out of range"):
        whylogs.read(encode(File({}, timestamp=ms)))
