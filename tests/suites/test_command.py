"""`drypoint check`, `suggest` and `schema`: what they print, and the code that they leave."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
from pyarrow import parquet
from rich.cells import cell_len
from tests.commands import runner

import drypoint as dp
from drypoint.checks import Suite
from drypoint.checks._suite import UNDECIDED
from drypoint.checks.files import suite_schema
from drypoint.checks.formats import FORMATS
from drypoint.cli import app
from drypoint.cli.check import Format, Undecided

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.commands import Done

DATA = pa.table({"city": ["Oslo", "Kyiv", None, "Oslo"], "fare": [1.0, 2.0, 3.0, 4.0]})
PASSES = "table:\n  - rows > 0\ncolumns:\n  fare:\n    - max < 5\n"
FAILS = """\
suite: trips
table:
  - rows > 0
columns:
  city:
    - nulls == 0
    - check: nulls.ratio < 0.01
      severity: warn
      tags: [nightly]
"""


@pytest.fixture
def drypoint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Done]:
    """Runs the command in a folder with data, a profile and two suites."""
    monkeypatch.chdir(tmp_path)
    parquet.write_table(DATA, "data.parquet")
    dp.profile(DATA).save("data.arrow")
    dp.profile(DATA, segment_by="city").save("set.arrow")
    Path("passes.yaml").write_text(PASSES)
    Path("fails.yaml").write_text(FAILS)
    return runner(monkeypatch, capsys)


@pytest.mark.parametrize("file", ["data.parquet", "data.arrow", "set.arrow"])
def test_a_suite_that_passes_leaves_0_and_one_that_fails_1(drypoint: Any, file: str) -> None:
    """Of data, of a profile, and of all rows of a profile set."""
    good = drypoint("check", file, "passes.yaml")
    assert (good.code, good.err) == (0, "")
    assert good.out.splitlines()[0].endswith("2 checks: 2 pass")
    bad = drypoint("check", file, "fails.yaml")
    assert (bad.code, bad.err) == (1, "")
    assert "✗ number of nulls in column 'city' is 1, not 0" in bad.out


@pytest.mark.parametrize("width", [80, 120])
def test_the_table_fits_the_terminal(drypoint: Any, width: int) -> None:
    """And commands nothing in a pipe."""
    out = drypoint("check", "data.arrow", "fails.yaml", width=width).out
    assert all(cell_len(line) <= width for line in out.splitlines())
    assert "\x1b" not in out


@pytest.mark.parametrize("name", FORMATS)
def test_a_report_is_printed_or_written(drypoint: Any, name: str) -> None:
    """The same text, and the same code; of what is written one line tells."""
    printed = drypoint("check", "data.arrow", "fails.yaml", "--format", name)
    done = drypoint("check", "data.arrow", "fails.yaml", "--format", name, "-o", "report")
    assert (printed.code, done.code, done.out) == (1, 1, "")
    assert done.err == ("report: trips · 4 rows, 2 columns · 3 checks: 1 pass, 1 fail, 1 warn\n")
    assert Path("report").read_text() == printed.out


def test_the_command_knows_every_format_and_every_way_to_count() -> None:
    """It names them itself, so that other commands do not load checks."""
    assert [str(one) for one in Format] == list(FORMATS)
    assert [str(one) for one in Undecided] == list(UNDECIDED)


def test_tags_choose_checks(drypoint: Any) -> None:
    """Those that have one of them; here only what is told."""
    done = drypoint("check", "data.arrow", "fails.yaml", "--tag", "nightly,weekly")
    assert done.code == 0
    assert "1 check: 1 warn" in done.out.splitlines()[0]


def test_the_caller_chooses_what_undecided_means(drypoint: Any) -> None:
    """Strict unless the suite or the command says otherwise."""
    dp.profile({"id": range(100_000)}).save("many.arrow")
    line = "columns:\n  id:\n    - distinct == 100_000\n"
    for text, options, code in (
        (line, [], 1),
        (line, ["--undecided", "warn"], 0),
        (f"undecided: pass\n{line}", [], 0),
        (f"undecided: pass\n{line}", ["--undecided", "fail"], 1),
    ):
        Path("open.yaml").write_text(text)
        assert drypoint("check", "many.arrow", "open.yaml", *options).code == code


@pytest.mark.parametrize("file", ["data.parquet", "set.arrow"])
def test_segments_are_asked_one_by_one_or_one_alone(drypoint: Any, file: str) -> None:
    """Data are taken apart for it."""
    Path("each.yaml").write_text("table:\n  - check: rows == 2\n    per_segment: true\n")
    told = json.loads(
        drypoint("check", file, "each.yaml", "--segment", "city", "--format", "json").out
    )
    found = {one["segment"]["city"]: one["verdict"] for one in told["results"]}
    assert found == {"Oslo": "pass", "Kyiv": "fail", None: "fail"}
    assert drypoint("check", file, "each.yaml", "--segment", "city=Oslo").code == 0
    assert drypoint("check", file, "each.yaml", "--segment", "city=Kyiv").code == 1


def test_a_reference_is_what_changes_are_of(drypoint: Any) -> None:
    """A profile or data, of which segments are compared with the same or with all rows."""
    Path("change.yaml").write_text("table:\n  - rows.change between -0.1 and 0.1\n")
    dp.profile(DATA[:2]).save("half.arrow")
    for file, options, code in (
        ("data.arrow", ["--reference", "data.parquet"], 0),
        ("data.arrow", ["--reference", "half.arrow"], 1),
        ("data.arrow", [], 1),
        ("set.arrow", ["--reference", "half.arrow", "--segment", "city=Oslo"], 0),
        ("set.arrow", ["--reference", "set.arrow", "--segment", "city=Oslo"], 0),
    ):
        assert drypoint("check", file, "change.yaml", *options).code == code


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nowhere.arrow", "passes.yaml"], "nowhere.arrow: no such file"),
        (["data.arrow", "nowhere.yaml"], "nowhere.yaml: cannot be read: No such file"),
        (["data.arrow", "data.parquet"], "data.parquet:"),
        (["data.arrow", "wrong.yaml"], "wrong.yaml:3:7: there is no check 'null'; did you mean"),
        (["data.arrow", "empty.yaml"], "empty.yaml: has no checks, so there is nothing to pass"),
        (["data.arrow", "fails.yaml", "--tag", "nihtly"], "did you mean 'nightly'?"),
        (["data.arrow", "fails.yaml", "--segment", "city"], "data.arrow: has no segments"),
        (["set.arrow", "fails.yaml", "--segment", "town"], "set.arrow: key 'town' not found"),
        (["set.arrow", "fails.yaml", "--segment", "city=Rome"], "segment 'city=Rome' not found"),
        (["set.arrow", "fails.yaml", "--segment", "city,a=b"], "KEY or KEY=VALUE, not both"),
        (["data.arrow", "fails.yaml", "--reference", "nowhere"], "nowhere: no such file"),
        (["data.arrow", "fails.yaml", "-o", "no/report"], "there is no folder no"),
        (["data.arrow", "fails.yaml", "-o", "fails.yaml"], "is read and written"),
        (["broken.arrow", "fails.yaml"], "broken.arrow:"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_2(drypoint: Any, words: list[str], said: str) -> None:
    """So that nobody takes it for data that failed."""
    Path("wrong.yaml").write_text("columns:\n  fare:\n    - null < 5\n")
    Path("empty.yaml").write_text("columns:\n  fare:\n    # - max < 5\n")
    Path("broken.arrow").write_bytes(Path("data.arrow").read_bytes()[:-40])
    done = drypoint("check", *words)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert said in done.err


@pytest.mark.parametrize("words", [[], ["data.arrow"], ["data.arrow", "a", "--format", "xml"]])
def test_a_command_that_is_written_wrong_is_2(drypoint: Any, words: list[str]) -> None:
    """With how it is written."""
    assert drypoint("check", *words).code == 2


def test_a_fault_of_ours_is_2(drypoint: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Python would leave 1, which says that a check failed."""

    def broken(*_args: object, **_options: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(app, "app", broken)
    done = drypoint("check", "data.arrow", "passes.yaml")
    assert done.code == 2
    assert "ZeroDivisionError" in done.err


# ---- suggest, schema


def test_a_suite_is_proposed_and_passes(drypoint: Any) -> None:
    """Printed, or written to a file that is then brought up to date."""
    printed = drypoint("suggest", "data.parquet", "--name", "trips")
    assert printed.out.startswith("suite: trips\n\ntable:\n")
    done = drypoint("suggest", "data.parquet", "--name", "trips", "-o", "new.yaml")
    assert (done.code, done.out) == (0, "")
    assert done.err == f"new.yaml: {len(Suite.load('new.yaml'))} checks\n"
    assert Path("new.yaml").read_text() == printed.out
    assert drypoint("check", "data.parquet", "new.yaml").code == 0
    Path("new.yaml").write_text(f"# Mine.\n{printed.out}")
    assert drypoint("suggest", "data.arrow", "data.parquet", "-o", "new.yaml").code == 0
    assert Path("new.yaml").read_text() == f"# Mine.\n{printed.out}"


def test_segments_are_windows_to_propose_from(drypoint: Any) -> None:
    """Of one file, as several files are."""
    assert "1 to 2 in 3 profiles" in drypoint("suggest", "set.arrow", "--segment", "city").out
    assert "rows between 2 and 8  # 4\n" in drypoint("suggest", "set.arrow").out


def test_a_file_that_is_no_suite_is_not_replaced(drypoint: Any) -> None:
    """Nor is one that is read."""
    Path("there.yaml").write_text("no: suite")
    for file, said in (
        ("data.parquet", "data.parquet: a suite is written as .yaml or .yml"),
        ("data.arrow", "data.arrow: a suite is written as .yaml or .yml"),
        ("there.yaml", "there.yaml:1:1"),
    ):
        done = drypoint("suggest", "data.parquet", "-o", file)
        assert (done.code, done.out) == (2, "")
        assert said in done.err
    assert dp.load("data.arrow").rows == 4


def test_the_schema_is_printed(drypoint: Any) -> None:
    """For editors."""
    assert json.loads(drypoint("schema").out) == suite_schema()
