"""The command line, as a user runs it: in a process of its own, on a terminal or in a pipe."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import csv, parquet
from rich.cells import cell_len

COMMAND = Path(sys.executable).parent / "drypoint"
TABLE = pa.table(
    {
        "id": range(2_000),
        "a column with quite a long name": [i / 7 for i in range(2_000)],
        "city": [["Oslo", "北京", "a\tb\x1b[31m", None][i % 4] for i in range(2_000)],
        "at": pa.array([1_700_000_000 + i for i in range(2_000)], pa.timestamp("s")),
        "list": [[i] for i in range(2_000)],
    }
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A Parquet file of all kinds of columns."""
    parquet.write_table(TABLE, tmp_path / "data.parquet")
    return tmp_path / "data.parquet"


def run(*arguments: object, width: int = 80) -> subprocess.CompletedProcess[str]:
    """The command in a pipe."""
    environment = os.environ | {"COLUMNS": str(width)}
    words = [str(argument) for argument in arguments]
    return subprocess.run(
        [COMMAND, *words], env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("width", [80, 200])
def test_the_table_fits_the_terminal(file: Path, width: int) -> None:
    """Every column has a line, none is wider than the terminal, nothing in it commands it."""
    done = run("profile", file, width=width)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == "2,000 rows, 6 columns"
    assert all(cell_len(line) <= width for line in lines)
    for name in ("id", "a column", "city", "at", "list"):
        assert any(line.startswith(name) for line in lines)
    assert "\x1b" not in done.stdout


def test_a_wide_terminal_shows_more(file: Path) -> None:
    """Moments, more quantiles and the top values."""
    narrow, wide = (run("profile", file, width=width).stdout for width in (80, 200))
    for title in ("mean", "std", "95 %", "top"):
        assert title in wide
        assert title not in narrow.split("\n\n")[1]
    assert "北京 ×500" in wide


def test_json_holds_every_fact(file: Path) -> None:
    """And can be read by any parser: no NaN, no infinity."""
    parquet.write_table(TABLE.append_column("f", pa.array([float("inf")] * 2_000)), file)
    done = run("profile", "--json", file)
    assert (done.returncode, done.stderr) == (0, "")

    def refuse(name: str) -> None:
        raise AssertionError(name)

    told = json.loads(done.stdout, parse_constant=refuse)
    assert told["rows"] == 2_000
    columns = {column["column"]: column for column in told["columns"]}
    assert list(columns) == [*TABLE.column_names, "list[]", "f"]
    assert columns["city"]["nulls"] == 500
    assert (columns["id"]["min"], columns["id"]["max"]) == (0, 1_999)
    assert columns["f"]["max"] == "inf"
    median = columns["id"]["quantiles"][3]
    assert median["rank"] == 0.5
    assert median["lower"] <= median["value"] <= median["upper"]
    assert columns["id"]["distinct"].keys() == {"value", "lower", "upper", "confidence"}
    assert columns["city"]["top"][0]["value"] == 500


def on_a_terminal(*arguments: object) -> str:
    """What the command writes to a terminal of 100 columns, standard error included."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [COMMAND, *map(str, arguments)],
        stdout=theirs,
        stderr=theirs,
        env=os.environ | {"COLUMNS": "100", "TERM": "xterm-256color"},
    )
    os.close(theirs)
    written = b""
    try:
        while part := os.read(ours, 65536):
            written += part
    except OSError:  # how Linux says that the other side is closed
        pass
    os.close(ours)
    assert process.wait() == 0
    return written.decode()


def test_progress_is_shown_on_a_terminal_only(file: Path) -> None:
    """And is wiped away at the end."""
    hide_cursor = "\x1b[?25l"
    assert hide_cursor in on_a_terminal("profile", file)
    piped = run("profile", file)
    assert hide_cursor not in piped.stdout + piped.stderr


def test_a_reader_that_leaves_early_is_told_nothing(tmp_path: Path) -> None:
    """As in `drypoint profile ... | head`: no traceback on the terminal."""
    wide = pa.table({f"column {i}": [i] for i in range(3_000)})
    parquet.write_table(wide, tmp_path / "wide.parquet")
    process = subprocess.Popen(
        [COMMAND, "profile", tmp_path / "wide.parquet"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 1


def broken_footer(folder: Path) -> Path:
    """A Parquet file cut short."""
    path = folder / "broken.parquet"
    parquet.write_table(TABLE, path)
    path.write_bytes(path.read_bytes()[:-10])
    return path


def empty(folder: Path) -> Path:
    """A file of no bytes."""
    path = folder / "empty.csv"
    path.touch()
    return path


def late_surprise(folder: Path) -> Path:
    """A CSV whose numbers end in text, after its types have been guessed."""
    path = folder / "late.csv"
    csv.write_csv(pa.table({"x": range(1_000_000)}), path)
    with path.open("a") as file:
        file.write("surprise\n")
    return path


@pytest.mark.parametrize("json_too", [[], ["--json"]], ids=["table", "json"])
@pytest.mark.parametrize(
    "make",
    [
        lambda folder: folder / "missing.csv",
        lambda folder: folder,
        empty,
        broken_footer,
        late_surprise,
    ],
    ids=["missing", "folder", "empty", "broken footer", "late surprise"],
)
def test_what_cannot_be_read_is_one_line_and_exit_2(
    make: object, json_too: list[str], tmp_path: Path
) -> None:
    """On standard error; nothing is printed that looks like a result."""
    assert callable(make)
    path = make(tmp_path)
    done = run("profile", *json_too, path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"drypoint: {path}: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("arguments", [["profile"], ["profil", "x"], ["profile", "x", "--jso"]])
def test_wrong_use_is_exit_2_with_the_way_out(arguments: list[str]) -> None:
    """As every command does."""
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--help" in done.stderr


def test_the_version_and_the_help_are_told() -> None:
    """Exit 0."""
    assert run("--version").stdout.startswith("drypoint 0.")
    assert "profile" in run("--help").stdout
    assert "--json" in run("profile", "--help").stdout
