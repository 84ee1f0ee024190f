"""Object storage: a server of S3 on this machine, and storage that does not answer."""

from __future__ import annotations

import logging
import socket
from typing import TYPE_CHECKING
from urllib.parse import quote

import pyarrow as pa
import pytest
from moto.server import ThreadedMotoServer
from pyarrow import parquet
from pyarrow.fs import S3FileSystem

import drypoint as dp
from drypoint import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLE = pa.table({"id": range(100), "name": [f"name {i % 7}" for i in range(100)]})
NAMES = ("year=2013/a b.parquet", "year=2014/c.parquet", "year=2014/_SUCCESS")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Of a server that nobody else reaches, with a bucket called lake."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    filesystem = connected(f"{host}:{port}")
    filesystem.create_dir("lake")
    for name in NAMES:
        with filesystem.open_output_stream(f"lake/flights/{name}") as file:
            parquet.write_table(TABLE, file)
    yield f"{host}:{port}"
    server.stop()


def connected(address: str) -> S3FileSystem:
    """As pyarrow reaches it."""
    return S3FileSystem(
        access_key="key",
        secret_key="no secret",  # noqa: S106 # it is none
        region="us-east-1",
        scheme="http",
        endpoint_override=address,
        allow_bucket_creation=True,
    )


def url(path: str, address: str) -> str:
    """The URL that says all of it."""
    return (
        f"s3://key:no%20secret@lake/{path}?endpoint_override={quote(address)}&scheme=http"
        "&region=us-east-1"
    )


@pytest.mark.parametrize(
    ("path", "rows"),
    [
        ("flights", 200),
        ("flights/", 200),
        ("flights/*/*.parquet", 200),
        ("flights/year=2013/*", 100),
        ("flights/year=2014/*", 100),
        ("**/c.parquet", 100),
        ("flights/year=2014/c.parquet", 100),
        ("flights/year=2013/a b.parquet", 100),
    ],
)
def test_objects_are_files(path: str, rows: int, address: str) -> None:
    """By URL, percent-encoded where it must be, and by a filesystem; keys are columns."""
    by_url = dp.profile(url(path.replace(" ", "%20"), address))
    by_filesystem = dp.profile(f"lake/{path}", filesystem=connected(address))
    assert by_url == by_filesystem
    assert (by_url.rows, list(by_url.columns)) == (rows, ["id", "name", "year"])
    segments = dp.profile(f"lake/{path}", filesystem=connected(address), segment_by=["year"])
    assert sum(one.rows for one in segments) == rows


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("gone.parquet", "no such file"),
        ("gone/*.parquet", "no file matches"),
        ("flights/*.csv", "no file matches"),
    ],
)
def test_objects_that_are_not_there_are_named_without_the_password(
    path: str, message: str, address: str
) -> None:
    """As files are."""
    with pytest.raises(SourceError, match=message) as caught:
        dp.profile(url(path, address))
    assert f"s3://key:…@lake/{path}" in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.fixture(scope="module")
def nobody() -> Iterator[str]:
    """An address that refuses connections: it is taken, but nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"127.0.0.1:{taken.getsockname()[1]}"


@pytest.mark.parametrize(
    "place",
    [
        pytest.param(
            "s3://key:secret@lake/x.parquet?endpoint_override={}&scheme=http&region=us-east-1",
            marks=pytest.mark.slow,
        ),
        "gs://anonymous@lake/x.parquet?endpoint_override={}&scheme=http&retry_limit_seconds=1",
        "gs://anonymous@lake/*.parquet?endpoint_override={}&scheme=http&retry_limit_seconds=1",
        "abfs://account:c2VjcmV0@{}/lake/x.parquet?enable_tls=false",
    ],
)
def test_storage_that_does_not_answer_is_an_error_with_the_way_out(place: str, nobody: str) -> None:
    """No password is shown, and pyarrow's own errors do not get through."""
    with pytest.raises(SourceError, match=r"cannot be reached|no filesystem for") as caught:
        dp.profile(place.format(nobody))
    text = str(caught.value)
    assert text.startswith(place.partition("://")[0])
    assert "pass filesystem=" in text
    assert "secret" not in text
    assert "c2VjcmV0" not in text
    assert "\n" not in text


@pytest.mark.parametrize(
    "place",
    ["s4://lake/x.parquet", "abfs://x.parquet", "s3:///x.parquet", "http://x/y.csv"],
)
def test_what_is_no_address_of_storage_is_refused(place: str) -> None:
    """With those that are known."""
    with pytest.raises(SourceError, match="known are s3://, gs://, abfs://"):
        dp.profile(place)


def test_files_of_two_places_are_no_table(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Both are named."""
    path = tmp_path_factory.mktemp("here") / "x.parquet"
    parquet.write_table(TABLE, path)
    other = "s3://key:secret@lake/x.parquet?region=us-east-1"
    with pytest.raises(SourceError, match="files of several filesystems") as caught:
        dp.profile([path, other])
    assert "secret" not in str(caught.value)


def test_google_is_not_asked_for_a_quarter_of_an_hour() -> None:
    """Which is how long pyarrow tries again; who says how long is heard."""
    from drypoint.sources._find import impatient

    assert impatient("gs://lake/x.parquet") == "gs://lake/x.parquet?retry_limit_seconds=10"
    assert impatient("gs://lake/x?scheme=http") == "gs://lake/x?scheme=http&retry_limit_seconds=10"
    own = "gs://lake/x.parquet?retry_limit_seconds=60"
    assert impatient(own) == own
    assert impatient("s3://lake/x.parquet") == "s3://lake/x.parquet"
