"""The command line, as a user runs it: most of it in this process, what needs one in its own."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
from pyarrow import csv, parquet
from rich.cells import cell_len
from tests.commands import Done, runner

import drypoint as dp
from drypoint.cli.progress import pace

if TYPE_CHECKING:
    from collections.abc import Callable


WITH_OPTIONS = ("profile", "show", "merge", "diff", "trace", "fairness", "check", "suggest")
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
def drypoint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Done]:
    """Runs the command in a folder with a table in `data.parquet`, in a pipe of 80 cells."""
    monkeypatch.chdir(tmp_path)
    parquet.write_table(TABLE, "data.parquet")
    return runner(monkeypatch, capsys)


def shown(done: Done) -> str:
    """What a command that went well printed."""
    assert (done.code, done.err) == (0, "")
    return done.out


def written(done: Done) -> str:
    """The one line of a command that went well and printed nothing."""
    assert (done.code, done.out, done.err.count("\n")) == (0, "", 1)
    return done.err


def refused(done: Done) -> str:
    """The one line of a command that could do nothing."""
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    return done.err.removeprefix("drypoint: ").rstrip()


def read_json(done: Done) -> Any:
    """What a command told, to be read by any parser: no NaN, no infinity."""

    def refuse(name: str) -> None:
        raise AssertionError(name)

    return json.loads(shown(done), parse_constant=refuse)


# ---- profile


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_the_table_fits_the_terminal(drypoint: Any, width: int) -> None:
    """Every column has a line, none is wider than the terminal, nothing in it commands it."""
    out = shown(drypoint("profile", "data.parquet", width=width))
    lines = out.splitlines()
    assert lines[0] == "2,000 rows, 6 columns"
    assert all(cell_len(line) <= width for line in lines)
    for name in ("id", "a column", "city", "at", "list"):
        assert any(line.startswith(name) for line in lines)
    assert "\x1b" not in out


def test_a_wide_terminal_shows_more(drypoint: Any) -> None:
    """More moments and quantiles, shapes and top values."""
    narrow, wide = (drypoint("profile", "data.parquet", width=width).out for width in (80, 200))
    for title in ("std", "95 %", "shape", "top"):
        assert title in wide.split("\n")[2]
        assert title not in narrow.split("\n")[2].replace("median/top", "")
    assert "北京 ×500" in wide


def test_json_holds_every_fact(drypoint: Any) -> None:
    """And can be read by any parser."""
    parquet.write_table(TABLE.append_column("f", pa.array([float("inf")] * 2_000)), "f.parquet")
    told = read_json(drypoint("profile", "--json", "f.parquet"))
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


def test_json_commands_no_terminal(drypoint: Any) -> None:
    """One-byte escape sequences and marks that turn text around are escaped; letters are not."""
    parquet.write_table(pa.table({"x\x9b31m\u202e北": ["\x9b0m"]}), "hostile.parquet")
    done = drypoint("profile", "--json", "hostile.parquet")
    assert done.out.replace("\n", "").isprintable()
    assert "北" in done.out
    assert read_json(done)["columns"][0]["column"] == "x\x9b31m\u202e北"


@pytest.mark.parametrize("suffix", ["arrow", "parquet"])
def test_output_is_what_python_would_save(drypoint: Any, suffix: str) -> None:
    """With the dataset, the seed and the metrics that were asked for."""
    options = ["--dataset", "trips", "--seed", 7, "--metrics", "moments,quantiles", "--threads", 1]
    line = written(drypoint("profile", "data.parquet", *options, "-o", f"made.{suffix}"))
    assert line.startswith(f"made.{suffix}: trips: 2,000 rows, 6 columns, ")
    parameters = dp.Parameters(seed=7, metrics=["moments", "quantiles"])
    expected = dp.profile("data.parquet", dataset="trips", parameters=parameters)
    assert dp.load(f"made.{suffix}") == expected
    assert expected["id"].distinct is None


def test_only_the_columns_that_are_named_are_profiled(drypoint: Any) -> None:
    """In comma lists, once or more, a name with a comma in quotes."""
    parquet.write_table(pa.table({"a": [1], "b,c": [2], "d": [3]}), "names.parquet")
    told = read_json(
        drypoint("profile", "names.parquet", "--columns", '"b,c",a', "--columns", "d", "--json")
    )
    assert [column["column"] for column in told["columns"]] == ["b,c", "a", "d"]


def test_segments_are_profiled_apart(drypoint: Any) -> None:
    """The columns of the keys are read too."""
    out = shown(drypoint("profile", "data.parquet", "--segment", "city", "--columns", "id"))
    assert out.startswith("2,000 rows, 4 segments")
    written(drypoint("profile", "data.parquet", "--segment", "city", "-o", "set.arrow"))
    made = dp.load("set.arrow")
    assert made == dp.profile("data.parquet", segment_by=["city"])
    assert read_json(drypoint("show", "set.arrow", "--json")) == made.to_dict()


def test_too_many_segments_are_kept_together_with_a_warning(tmp_path: Path) -> None:
    """One line on standard error; the rest is in the remainder."""
    parquet.write_table(TABLE, tmp_path / "data.parquet")
    done = run("profile", tmp_path / "data.parquet", "--segment", "id", "--max-segments", 2)
    assert done.returncode == 0
    assert done.stderr.startswith("drypoint: there are more than 2 segments: 1,998 rows")
    assert done.stderr.count("\n") == 1
    assert done.stdout.splitlines()[-1].split() == ["remainder", "1,998", "99.9", "%"]


# ---- show


def test_show_prints_what_profile_printed(drypoint: Any) -> None:
    """Of a profile that was kept, as of data."""
    printed = shown(drypoint("profile", "data.parquet"))
    written(drypoint("profile", "data.parquet", "-o", "made.arrow"))
    for file in ("made.arrow", "data.parquet"):
        assert shown(drypoint("show", file)) == printed


def test_show_tells_one_column_in_full(drypoint: Any) -> None:
    """Its quantiles and top values, or all of it as JSON."""
    out = shown(drypoint("show", "data.parquet", "--column", "city"))
    assert out.startswith("city\nstring, 2,000 rows\n")
    assert "a\\tb\\x1b[31m" in out
    told = read_json(drypoint("show", "data.parquet", "--column", "id", "--json"))
    assert told == dp.profile("data.parquet").to_dict()["columns"][0]


def test_show_picks_a_segment(drypoint: Any) -> None:
    """By all keys or by some, a null one too; or one column of all segments."""
    keys = {"a": ["x", "x", None, "y"], "b": ["1", "2", "1", "1"], "n": [10, 20, 30, 40]}
    parquet.write_table(pa.table(keys), "keys.parquet")
    written(drypoint("profile", "keys.parquet", "--segment", "a,b", "-o", "set.arrow"))
    for pairs, rows in ((["a=x"], 2), (["a=x", "b=2"], 1), (["a=null"], 1), (["b=1"], 3)):
        options = [word for pair in pairs for word in ("--segment", pair)]
        assert read_json(drypoint("show", "set.arrow", *options, "--json"))["rows"] == rows
    out = shown(drypoint("show", "set.arrow", "--column", "n"))
    assert out.startswith("n, by a, b\n")
    told = read_json(drypoint("show", "set.arrow", "--column", "n", "--json"))
    assert [(one["segment"], one["max"]) for one in told][2] == ({"a": None, "b": "1"}, 30)


# ---- merge


def test_merged_profiles_are_that_of_the_whole(drypoint: Any) -> None:
    """By names or by globs; more of them than are held at once."""
    for part in range(100):
        dp.profile(TABLE[part * 20 : part * 20 + 20]).save(f"part{part:03}.arrow")
    line = written(drypoint("merge", "part*.arrow", "-o", "whole.arrow"))
    assert line.startswith("whole.arrow: 2,000 rows, 6 columns, ")
    whole = dp.load("whole.arrow")
    for column in dp.profile(TABLE):
        other = whole[column.name]
        assert (column.nulls, column.min, column.max) == (other.nulls, other.min, other.max)


def test_merged_sets_are_merged_segment_by_segment(drypoint: Any) -> None:
    """As in Python."""
    parts = [dp.profile(TABLE[:700], segment_by=["city"]), dp.profile(TABLE, segment_by=["city"])]
    for index, part in enumerate(parts):
        part.save(f"{index}.arrow")
    written(drypoint("merge", "0.arrow", "1.arrow", "-o", "whole.parquet"))
    assert dp.load("whole.parquet") == dp.merge([dp.load("0.arrow"), dp.load("1.arrow")])


def test_what_does_not_fit_is_named(drypoint: Any) -> None:
    """And nothing is written."""
    dp.profile(TABLE).save("one.arrow")
    dp.profile(TABLE, segment_by=["city"]).save("set.arrow")
    dp.profile(TABLE[:9], segment_by=["id"]).save("other.arrow")
    for first, second in (("one", "set"), ("set", "one"), ("set", "other")):
        files = [f"{first}.arrow", f"{second}.arrow"]
        assert refused(drypoint("merge", *files, "-o", "out.arrow")).startswith(f"{files[1]}: ")
    line = refused(drypoint("merge", "one.arrow", "data.parquet", "-o", "out.arrow"))
    assert line.startswith("data.parquet: not a drypoint profile")
    assert "drypoint profile data.parquet -o" in line
    assert not Path("out.arrow").exists()


def test_a_profile_that_is_taken_for_data_is_told(drypoint: Any) -> None:
    """It may be meant; what is mostly meant is said."""
    dp.profile(TABLE).save("one.arrow")
    done = drypoint("profile", "one.arrow")
    assert (done.code, done.out[:6]) == (0, f"{len(dp.load('one.arrow'))} rows")
    assert "one.arrow: is a profile, and is taken for data; `drypoint show one.arrow`" in done.err
    assert drypoint("profile", "data.parquet").err == ""


def test_every_command_says_in_a_line_what_it_does(drypoint: Any) -> None:
    """None is cut, at 80 cells."""
    told = drypoint("--help").out.partition("Commands:")[2].split("\n")
    assert len(told) > 10
    assert [line for line in told if line.strip() and not line.endswith(".")] == []
    assert [line for line in told if line.endswith("...")] == []


# ---- diff


BEFORE = pa.table(
    {
        "x": [1, 2, 3, None],
        "gone": ["a"] * 4,
        "type": [1, 2, 3, 4],
        "at": pa.array([0, 10_000, 20_000, 30_000], pa.timestamp("ms")),
        "top": ["a", "a", "a", "b"],
    }
)
AFTER = pa.table(
    {
        "type": ["1", "2"] * 4,
        "x": [2.0, 4.0, 6.0, 8.0] * 2,
        "at": pa.array([3_600_000, 3_610_000, 3_620_000, 3_660_000] * 2, pa.timestamp("ms")),
        "top": ["a", "b"] * 4,
        "new": [True] * 8,
    }
)


@pytest.fixture
def two(drypoint: Any) -> Any:
    """A profile in `before.arrow`, and other data in `after.parquet`."""
    dp.profile(BEFORE).save("before.arrow")
    parquet.write_table(AFTER, "after.parquet")
    return lambda *words, width=80: drypoint(
        "diff", "before.arrow", "after.parquet", *words, width=width
    )


@pytest.mark.parametrize("width", [60, 80, 120])
def test_a_difference_stands_side_by_side(two: Any, width: int) -> None:
    """In the order of the columns; what is on one side only and changed types are told."""
    out = shown(two(width=width))
    lines = out.splitlines()
    assert all(cell_len(line) <= width for line in lines)
    heads = [line for line in lines if line and not line.startswith((" ", "─", "rows"))]
    assert heads == [
        "x  int64 → float64",
        "gone  string, only in before.arrow",
        "type  int64 → string",
        "at  timestamp[ms]",
        "top  string",
        "new  bool, only in after.parquet",
    ]


def test_a_change_is_told_absolute_and_in_per_cent(two: Any) -> None:
    """Of shares in percentage points, of times as a duration; what is the same is =."""
    out = shown(two(width=120))
    facts = [line.split() for line in out.splitlines()]
    assert ["rows", "4", "8", "+4", "+100.0", "%"] in facts
    assert ["null", "25.0", "%", "0", "%", "-25.0", "pp", "-100.0", "%"] in facts
    assert ["max", "3", "8", "+5", "+166.7", "%"] in facts
    assert ["mean", "2", "5", "+3", "+150.0", "%"] in facts
    assert ["max", "4", "2", "differs"] in facts
    assert ["min", "1970-01-01T00:00:00", "1970-01-01T01:00:00", "+1", "h"] in facts
    assert ["top", "a", "75.0", "%", "a", "50.0", "%", "-25.0", "pp", "-33.3", "%"] in facts
    assert ["distinct", "4", "4", "="] in facts


def test_a_difference_as_json_has_bounds_on_both_sides(two: Any) -> None:
    """And its change where there is one."""
    told = read_json(two("--json"))
    assert told["before"] == {"file": "before.arrow", "rows": 4}
    columns = {column["column"]: column for column in told["columns"]}
    assert list(columns) == ["x", "gone", "type", "at", "top", "new"]
    assert columns["gone"]["type"] == {"before": "string", "after": None}
    assert columns["new"]["facts"] == {}
    exact = {"confidence": 1.0}
    assert columns["x"]["facts"]["median"] == {
        "before": {"value": 2.0, "lower": 2.0, "upper": 2.0} | exact,
        "after": {"value": 4.0, "lower": 4.0, "upper": 4.0} | exact,
        "change": 2.0,
        "percent": 100.0,
    }
    assert columns["at"]["facts"]["max"]["change"] == 3_630
    assert columns["type"]["facts"]["min"]["change"] is None
    assert columns["top"]["top"]["after"]["item"] == "a"


def test_a_difference_of_one_column_is_shown_alone(two: Any) -> None:
    """By its name."""
    assert [one["column"] for one in read_json(two("--column", "x", "--json"))["columns"]] == ["x"]
    assert "gone" not in shown(two("--column", "x"))


def test_drift_is_told_by_the_exit_code(drypoint: Any) -> None:
    """0 for none, 1 for some, 2 where it cannot be tested; AFTER is compared with BEFORE."""
    dp.profile({"x": range(1_000), "y": range(1_000)}).save("a.arrow")
    dp.profile({"x": range(1_000), "y": range(500, 1_500)}).save("b.arrow")
    assert shown(drypoint("diff", "a.arrow", "a.arrow", "--drift")).startswith("0 of 2")
    done = drypoint("diff", "a.arrow", "b.arrow", "--drift")
    assert (done.code, done.err) == (1, "")
    assert done.out.startswith("1 of 2 comparisons drifted")
    assert drypoint("diff", "a.arrow", "b.arrow", "--drift", "--column", "x").code == 0
    done = drypoint("diff", "a.arrow", "none.arrow", "--drift")
    assert (done.code, done.out) == (2, "")


def test_drift_as_json_has_all_that_was_found(drypoint: Any) -> None:
    """By the measures that are asked for."""
    words = ["diff", "data.parquet", "data.parquet", "--drift", "--measure", "ks,psi", "--json"]
    found = read_json(drypoint(*words, "--column", "id", "--alpha", "0.01"))
    assert found["alpha"] == 0.01
    assert [row["measure"] for row in found["columns"]] == ["ks", "psi"]
    assert all(row["verdict"] == "none" for row in found["columns"])


def test_drift_of_sets_is_of_their_segments(drypoint: Any) -> None:
    """And of a segment that is picked, alone."""
    made = dp.profile({"k": ["a", "b"] * 500, "x": range(1_000)}, segment_by=["k"])
    made.save("set.arrow")
    whole = read_json(drypoint("diff", "set.arrow", "set.arrow", "--drift", "--json"))
    assert {row["segment"]["k"] for row in whole["columns"]} == {"a", "b"}
    options = ["--segment", "k=a", "--drift", "--json"]
    one = read_json(drypoint("diff", "set.arrow", "set.arrow", *options))
    assert len(one["columns"]) == len(whole["columns"]) / 2


def test_nothing_differs_from_itself(drypoint: Any) -> None:
    """Every change is =."""
    out = shown(drypoint("diff", "data.parquet", "data.parquet", width=120))
    facts = [line for line in out.splitlines() if line.startswith((" ", "rows"))]
    changes = [line for line in facts[1:] if line.split()[-1] != "="]
    assert changes == []


def test_sets_are_compared_as_a_whole_or_by_a_segment(drypoint: Any) -> None:
    """The same one on both sides."""
    dp.profile(TABLE, segment_by=["city"]).save("set.arrow")
    whole = read_json(drypoint("diff", "set.arrow", "data.parquet", "--json"))
    assert (whole["before"]["rows"], whole["after"]["rows"]) == (2_000, 2_000)
    options = ["--segment", "city=Oslo", "--json"]
    assert read_json(drypoint("diff", "set.arrow", "set.arrow", *options))["after"]["rows"] == 500


# ---- What goes wrong


def broken_footer(path: Path) -> None:
    """A Parquet file cut short."""
    parquet.write_table(TABLE, path)
    path.write_bytes(path.read_bytes()[:-10])


def late_surprise(path: Path) -> None:
    """A CSV whose numbers end in text, after its types have been guessed."""
    csv.write_csv(pa.table({"x": range(1_000_000)}), path)
    with path.open("a") as file:
        file.write("surprise\n")


@pytest.mark.parametrize("command", [["profile"], ["profile", "--json"], ["show"]])
@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("missing.csv", lambda _: None),
        ("folder", Path.mkdir),
        ("empty.csv", Path.touch),
        ("broken.parquet", broken_footer),
        ("late.csv", late_surprise),
        ("x" * 300, lambda _: None),
        ("no.suffix", lambda path: path.write_text("x")),
        ("red\x1b[31m.csv", lambda _: None),
    ],
)
def test_what_cannot_be_read_is_one_line_that_names_it(
    drypoint: Any, command: list[str], name: str, make: Callable[[Path], None]
) -> None:
    """On standard error, with exit 2; nothing is printed that looks like a result."""
    make(Path(name))
    line = refused(drypoint(*command, name))
    assert name.replace("\x1b", "\\x1b") in line


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["show", "set.arrow", "--column", "cty"], "set.arrow: column 'cty' not found; did you"),
        (["show", "data.parquet", "--column", "cty"], "mean 'city'?"),
        (["diff", "data.parquet", "set.arrow", "--column", "cty"], "mean 'city'?"),
        (["diff", "data.parquet", "data.parquet", "--measure", "ks"], "add --drift"),
        (["diff", "data.parquet", "data.parquet", "--drift", "--measure", "k"], "mean 'ks'?"),
        (["diff", "data.parquet", "data.parquet", "--drift", "--alpha", "5"], "between 0 and 1"),
        (
            ["profile", "data.parquet", "--columns", "ID"],
            "column 'ID' not found; did you mean 'id'?",
        ),
        (["profile", "data.parquet", "--segment", "cty"], "column 'cty' not found"),
        (["show", "set.arrow", "--segment", "city=Olso"], "did you mean 'city=Oslo'?"),
        (["show", "set.arrow", "--segment", "town=Oslo"], "key 'town' not found"),
        (["show", "set.arrow", "--segment", "Oslo"], "--segment takes KEY=VALUE, got 'Oslo'"),
        (["show", "data.parquet", "--segment", "a=b"], "data.parquet: has no segments"),
        (["profile", "data.parquet", "--max-segments", "9"], "--max-segments says nothing without"),
        (["profile", "data.parquet", "--metrics", "mean"], "metric 'mean' not found; there are"),
        (
            ["profile", "data.parquet", "--threads", "0"],
            "threads must be an integer in 1..=1024, got 0",
        ),
        (["profile", "data.parquet", "-o", "made.csv"], "made.csv: a profile is written as .arrow"),
        (["profile", "data.parquet", "-o", "data.parquet"], "data.parquet: is read and written"),
        (
            ["profile", "*.parquet", "-o", "data.parquet"],
            "data.parquet: is there and is no profile",
        ),
        (["profile", "data.parquet", "-o", "no/made.arrow"], "there is no folder no"),
        (["merge", "set.arrow", "-o", "set.arrow"], "set.arrow: is read and written"),
        (["merge", "*.nothing", "-o", "made.arrow"], "*.nothing: no file matches"),
        (["merge", "missing.arrow", "-o", "made.arrow"], "missing.arrow: cannot be read"),
    ],
    ids=lambda value: "" if isinstance(value, str) else " ".join(value),
)
def test_what_cannot_be_done_is_one_line_with_the_way_out(
    drypoint: Any, words: list[str], message: str
) -> None:
    """And data is never overwritten."""
    dp.profile(TABLE, segment_by=["city"]).save("set.arrow")
    before = {path: path.read_bytes() for path in Path().iterdir()}
    assert message in refused(drypoint(*words))
    assert {path: path.read_bytes() for path in Path().iterdir()} == before


@pytest.mark.parametrize(
    "words", [["profile"], ["profil", "x"], ["show", "x", "--jso"], ["merge", "x"]]
)
def test_wrong_use_is_exit_2_with_the_way_out(drypoint: Any, words: list[str]) -> None:
    """As every command does."""
    done = drypoint(*words)
    assert (done.code, done.out) == (2, "")
    assert "--help" in done.err


def test_an_interrupt_is_exit_130(drypoint: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a traceback."""

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("drypoint.cli.read.open_source", interrupted)
    assert drypoint("profile", "data.parquet") == Done(130, "", "")


def test_every_option_is_documented(drypoint: Any) -> None:
    """On the page of the command line."""
    page = (Path(__file__).parents[1] / "docs" / "command-line.md").read_text()
    for command in WITH_OPTIONS:
        options = re.findall(r"--[a-z-]+", shown(drypoint(command, "--help", width=200)))
        assert len(options) > 1
        assert [name for name in options if name != "--help" and f"`{name}" not in page] == []


def test_the_version_and_the_help_are_told(drypoint: Any) -> None:
    """Of the whole and of each command."""
    assert shown(drypoint("--version")).startswith("drypoint 0.")
    told = shown(drypoint("--help"))
    for command in (*WITH_OPTIONS, "schema"):
        assert command in told
        assert "--help" in shown(drypoint(command, "--help"))


# ---- In a process of its own


def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command in a pipe."""
    words = [str(argument) for argument in arguments]
    return subprocess.run(
        [COMMAND, *words],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


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
    read = b""
    try:
        while part := os.read(ours, 65536):
            read += part
    except OSError:  # how Linux says that the other side is closed
        pass
    os.close(ours)
    assert process.wait() == 0
    return read.decode()


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Parquet file of 3,000 columns."""
    path = tmp_path_factory.mktemp("wide") / "wide.parquet"
    parquet.write_table(pa.table({f"column {i}": [i] for i in range(3_000)}), path)
    return path


def test_a_terminal_has_progress_and_a_table_that_ends(wide: Path) -> None:
    """Progress is wiped away; of many columns the first are shown."""
    hide_cursor = "\x1b[?25l"
    terminal = on_a_terminal("profile", wide)
    assert hide_cursor in terminal
    assert "… and 2,950 more" in terminal


def test_a_pipe_has_no_progress_and_the_whole_table(wide: Path) -> None:
    """So that it can be searched."""
    done = run("profile", wide)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout
    assert done.stdout.count("\ncolumn ") == 1 + 3_000


@pytest.mark.parametrize("words", [[], ["--json"]], ids=["table", "json"])
def test_a_reader_that_leaves_early_is_told_nothing(wide: Path, words: list[str]) -> None:
    """As in `drypoint profile ... | head`: no traceback on the terminal."""
    process = subprocess.Popen(
        [COMMAND, "profile", *words, wide], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 1


def test_a_terminal_without_unicode_shows_escapes(tmp_path: Path) -> None:
    """Instead of a traceback."""
    parquet.write_table(TABLE, tmp_path / "data.parquet")
    done = run("profile", tmp_path / "data.parquet", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.isascii()


@pytest.mark.parametrize(
    ("arguments", "exact", "text"),
    [
        ((1_000, None, None), False, "1,000 rows"),
        ((1_000, None, 50.0), False, "1,000 rows  50 rows/s"),
        ((1_000, 3_000, None), True, "1,000 of 3,000 rows"),
        ((1e6, 9e6, 2e6), True, "1,000,000 of 9,000,000 rows  2.0 M rows/s  4 s left"),
        ((1e6, 9e6, 2e4), False, "1,000,000 of ~9,000,000 rows  20,000 rows/s  ~7 min left"),
        ((1e6, 9e9, 1e6), True, "1,000,000 of 9,000,000,000 rows  1.0 M rows/s  2.5 h left"),
        ((9e6, 8e6, 1e6), False, "9,000,000 of ~8,000,000 rows  1.0 M rows/s"),
    ],
)
def test_progress_tells_what_can_be_told(arguments: Any, exact: bool, text: str) -> None:
    """The time left is known where the rows are, and about where they are guessed."""
    assert pace(*arguments, exact=exact) == text
