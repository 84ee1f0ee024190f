"""Storage of Azure and of Google: servers of both on this machine."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import os
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, urlencode

import pyarrow as pa
import pytest
from pyarrow import parquet
from pyarrow.fs import AzureFileSystem, GcsFileSystem

import drypoint as dp
from drypoint import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BUILD = Path(__file__).parents[2] / "build"
AZURE = BUILD / "azurite" / "node_modules" / ".bin" / "azurite-blob"
GOOGLE = BUILD / "fake-gcs" / "fake-gcs-server"

TABLE = pa.table({"id": range(100), "name": [f"name {i % 7}" for i in range(100)]})
NAMES = ("year=2013/a b.parquet", "year=2014/c.parquet", "year=2014/_SUCCESS")
# The account that every Azurite has, and its key, which its documentation tells.
ACCOUNT = "devstoreaccount1"
KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
PATIENCE = 60.0
"""Seconds for which a server may take to start."""


class Store(NamedTuple):
    """A storage that holds the container, or bucket, called lake.

    Attributes:
        filesystem: as pyarrow reaches it.
        url: the URL of a path in the lake, which says all that is needed.
    """

    filesystem: Any
    url: Callable[[str], str]


def needs(server: Path, command: str) -> pytest.MarkDecorator:
    """A test that is not run where the server is not installed, unless everything must be."""
    return pytest.mark.skipif(
        not os.environ.get("CI") and not server.exists(), reason=f"needs a server: make {command}"
    )


@contextmanager
def serving(command: list[str], port: int, folder: Path) -> Iterator[None]:
    """A server that nobody else reaches, while it is needed."""
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        try:
            wait_for(server, port)
            yield
        finally:
            server.terminate()
            server.wait(PATIENCE)


def wait_for(server: subprocess.Popen[bytes], port: int) -> None:
    """Until it takes connections."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        with socket.socket() as asked:
            if not asked.connect_ex(("127.0.0.1", port)):
                return
        time.sleep(0.05)
    raise AssertionError(f"the server did not start: {server.poll()}")


def free_port() -> int:
    """One that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
    return port


def filled(store: Store) -> Store:
    """The store with the files that tests read."""
    store.filesystem.create_dir("lake")
    for name in NAMES:
        with store.filesystem.open_output_stream(f"lake/flights/{name}") as file:
            parquet.write_table(TABLE, file)
    return store


@pytest.fixture(scope="module")
def azure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Azurite, which is reached by the key of its account, and by URLs with a signature."""
    port = free_port()
    options = ["--inMemoryPersistence", "--silent", "--disableTelemetry", "--skipApiVersionCheck"]
    command = [str(AZURE), "--blobPort", str(port), *options]
    address = f"127.0.0.1:{port}"
    with serving(command, port, tmp_path_factory.mktemp("azure")):
        filesystem = AzureFileSystem(
            ACCOUNT,
            account_key=KEY,
            blob_storage_authority=address,
            dfs_storage_authority=address,
            blob_storage_scheme="http",
            dfs_storage_scheme="http",
        )
        base = f"abfs://{ACCOUNT}@{address}/lake/"
        ending = f"?enable_tls=false&{signature()}"
        yield filled(Store(filesystem, lambda path: f"{base}{quote(path)}{ending}"))


@pytest.fixture(scope="module")
def google(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A server of Google's storage that lets everybody in."""
    port = free_port()
    address = f"127.0.0.1:{port}"
    options = ["-scheme", "http", "-host", "127.0.0.1", "-backend", "memory"]
    command = [str(GOOGLE), *options, "-port", str(port), "-public-host", address]
    with serving(command, port, tmp_path_factory.mktemp("google")):
        filesystem = GcsFileSystem(
            anonymous=True,
            scheme="http",
            endpoint_override=address,
            project_id="lake",
            retry_time_limit=dt.timedelta(seconds=10),
        )
        ending = f"?endpoint_override={address}&scheme=http"
        base = "gs://anonymous@lake/"
        yield filled(Store(filesystem, lambda path: f"{base}{quote(path)}{ending}"))


STORES = [
    pytest.param("azure", marks=needs(AZURE, "azurite")),
    pytest.param("google", marks=needs(GOOGLE, "fake-gcs")),
]


@pytest.fixture
def store(request: pytest.FixtureRequest) -> Store:
    """The one that the test names."""
    found: Store = request.getfixturevalue(request.param)
    return found


def signature() -> str:
    """What lets whoever has it read and list, as Azure's reference of account SAS says."""
    fields = {
        "sp": "rl", "ss": "b", "srt": "sco", "st": "", "se": "2099-01-01T00:00:00Z", "sip": "",
        "spr": "http,https", "sv": "2021-12-02", "ses": "",
    }  # fmt: skip
    text = "\n".join([ACCOUNT, *fields.values(), ""])
    signed = hmac.new(base64.b64decode(KEY), text.encode(), hashlib.sha256).digest()
    known = {name: value for name, value in fields.items() if value}
    return urlencode(known | {"sig": base64.b64encode(signed).decode()})


@pytest.mark.parametrize("store", STORES, indirect=True)
@pytest.mark.parametrize(
    ("path", "rows"),
    [
        ("flights", 200),
        ("flights/", 200),
        ("flights/*/*.parquet", 200),
        ("flights/year=2013/*", 100),
        ("**/c.parquet", 100),
        ("flights/year=2014/c.parquet", 100),
        ("flights/year=2013/a b.parquet", 100),
    ],
)
def test_objects_are_files(path: str, rows: int, store: Store) -> None:
    """By URL and by a filesystem; keys in paths are columns."""
    by_url = dp.profile(store.url(path))
    by_filesystem = dp.profile(f"lake/{path}", filesystem=store.filesystem)
    assert by_url == by_filesystem
    assert (by_url.rows, list(by_url.columns)) == (rows, ["id", "name", "year"])
    segments = dp.profile(store.url(path), segment_by=["year"])
    assert sum(one.rows for one in segments) == rows


@pytest.mark.parametrize("store", STORES, indirect=True)
@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("gone.parquet", "no such file"),
        ("gone/*.parquet", "no file matches"),
        ("flights/*.csv", "no file matches"),
    ],
)
def test_objects_that_are_not_there_are_named(path: str, message: str, store: Store) -> None:
    """As files are; but whoever reads a log must not get a signature with which to read more."""
    address = store.url(path)
    with pytest.raises(SourceError, match=message) as caught:
        dp.profile(address)
    start, found, secret = address.partition("&sig=")
    assert str(caught.value).startswith(start)
    assert ("&sig=…" in str(caught.value)) == bool(found)
    assert not secret or secret not in str(caught.value)


@needs(AZURE, "azurite")
def test_a_signature_that_is_wrong_is_told_without_it(azure: Store) -> None:
    """The server refuses it, and says why."""
    address = azure.url("flights").replace("sp=rl", "sp=rwdl")
    with pytest.raises(SourceError, match="cannot be reached") as caught:
        dp.profile(address)
    assert address.partition("&sig=")[2] not in str(caught.value)
