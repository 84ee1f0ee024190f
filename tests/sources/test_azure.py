"""Azure's storage: a server of it on this machine, which Microsoft writes for tests."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import socket
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import pyarrow as pa
import pytest
from pyarrow import parquet
from pyarrow.fs import AzureFileSystem

import drypoint as dp
from drypoint import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

SERVER = Path(__file__).parents[2] / "build" / "azurite" / "node_modules" / ".bin" / "azurite-blob"
pytestmark = pytest.mark.skipif(
    not os.environ.get("CI") and not SERVER.exists(), reason="needs Azurite: make azurite"
)

TABLE = pa.table({"id": range(100), "name": [f"name {i % 7}" for i in range(100)]})
NAMES = ("year=2013/a b.parquet", "year=2014/c.parquet", "year=2014/_SUCCESS")
# The account that every Azurite has, and its key, which its documentation tells.
ACCOUNT = "devstoreaccount1"
KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
PATIENCE = 60.0
"""Seconds for which the server may take to start."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Of a server that nobody else reaches, with a container called lake."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    options = ["--inMemoryPersistence", "--silent", "--disableTelemetry", "--skipApiVersionCheck"]
    folder = tmp_path_factory.mktemp("azurite")
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(
            [SERVER, "--blobPort", str(port), *options], cwd=folder, stdout=log, stderr=log
        )
        try:
            wait_for(server, port)
            fill(connected(f"127.0.0.1:{port}"))
            yield f"127.0.0.1:{port}"
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
    raise AssertionError(f"Azurite did not start: {server.poll()}")


def fill(filesystem: AzureFileSystem) -> None:
    """Writes the files that tests read."""
    filesystem.create_dir("lake")
    for name in NAMES:
        with filesystem.open_output_stream(f"lake/flights/{name}") as file:
            parquet.write_table(TABLE, file)


def connected(address: str) -> AzureFileSystem:
    """As pyarrow reaches it with the key of the account."""
    return AzureFileSystem(
        ACCOUNT,
        account_key=KEY,
        blob_storage_authority=address,
        dfs_storage_authority=address,
        blob_storage_scheme="http",
        dfs_storage_scheme="http",
    )


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


def url(path: str, address: str) -> str:
    """The URL that says all of it."""
    return f"abfs://{ACCOUNT}@{address}/lake/{quote(path)}?enable_tls=false&{signature()}"


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
def test_blobs_are_files(path: str, rows: int, address: str) -> None:
    """By URL with a signature, and by a filesystem with a key; keys in paths are columns."""
    by_url = dp.profile(url(path, address))
    by_filesystem = dp.profile(f"lake/{path}", filesystem=connected(address))
    assert by_url == by_filesystem
    assert (by_url.rows, list(by_url.columns)) == (rows, ["id", "name", "year"])
    segments = dp.profile(url(path, address), segment_by=["year"])
    assert sum(one.rows for one in segments) == rows


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("gone.parquet", "no such file"),
        ("gone/*.parquet", "no file matches"),
        ("flights/*.csv", "no file matches"),
    ],
)
def test_blobs_that_are_not_there_are_named_without_the_signature(
    path: str, message: str, address: str
) -> None:
    """Whoever reads a log could read the storage with it."""
    with pytest.raises(SourceError, match=message) as caught:
        dp.profile(url(path, address))
    assert f"abfs://{ACCOUNT}@{address}/lake/" in str(caught.value)
    assert "&sig=…" in str(caught.value)
    assert signature().partition("sig=")[2] not in str(caught.value)


def test_a_signature_that_is_wrong_is_told_without_it(address: str) -> None:
    """The server refuses it, and says why."""
    wrong = url("flights", address).replace("sp=rl", "sp=rwdl")
    with pytest.raises(SourceError, match="cannot be reached") as caught:
        dp.profile(wrong)
    assert signature().partition("sig=")[2] not in str(caught.value)
