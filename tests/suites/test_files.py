"""Suites in files: laws of reading and writing, then what people write."""

from __future__ import annotations

import datetime as dt
import pickle
from decimal import Decimal
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.suites.strategies import suites

if TYPE_CHECKING:
    from pathlib import Path

import drypoint as dp
from drypoint.checks import Suite, col, rows, schema
from drypoint.checks.files import as_yaml, read_text
from drypoint.checks.files._rewrite import holds, rewritten
from drypoint.checks.files._write import grouped

HAND = """\
# The flights of a month.
suite: flights
undecided: warn

table:
  - rows >= 20_000   # a quiet month has more
  - schema: {year: integer, "NO": [string, binary], x: }
    ordered: true

columns:
  # Delays are in minutes.
  dep_delay:
    # few are cancelled
    - nulls.ratio < 0.05
    - 'quantile(0.99) between 100 and 300'   # measured

    - check: mean <= 40
      severity: warn
      tags: [slow, 7]
      name: "on time: mostly"
    # the end
  time_hour: [max < 2013-02-01, min.difference < 26 h]
"""


# ---- Laws


@given(suites())
@settings(max_examples=150)
def test_what_is_written_reads_as_the_same_checks(suite: Suite) -> None:
    """By column, in the order in which columns first come; names and options to the character."""
    read = read_text(as_yaml(suite))
    assert [one for of in grouped(suite.checks).values() for one in of if one.column is None] == [
        one for one in read if one.column is None
    ]
    assert holds(read, suite)
    assert list(grouped(read.checks)) == sorted(
        grouped(suite.checks), key=lambda name: name is not None
    )


@given(suites())
def test_writing_what_was_read_changes_nothing(suite: Suite) -> None:
    """One text for one suite."""
    text = as_yaml(suite)
    assert as_yaml(read_text(text)) == text
    assert rewritten(text, read_text(text)) == text


@given(suites(), suites())
@settings(max_examples=150)
def test_a_file_that_is_brought_up_to_date_holds_the_new_suite(old: Suite, new: Suite) -> None:
    """Whatever was there before."""
    assert holds(read_text(rewritten(as_yaml(old), new)), new)


@given(suites(), st.data())
def test_lines_of_checks_that_stay_are_not_touched(suite: Suite, data: st.DataObject) -> None:
    """Of a file with a comment beside each check, only those of checks that go are gone."""
    checks = [one for of in grouped(suite.checks).values() for one in of]
    notes = {one: f"why {number}" for number, one in enumerate(dict.fromkeys(checks))}
    text = as_yaml(Suite(checks, notes=notes))
    kept = [one for one in checks if data.draw(st.booleans())]
    before, after = text.splitlines(), rewritten(text, Suite(kept)).splitlines()
    for note in (notes[one] for one in kept):
        lines = [line for line in before if line.endswith(f"# {note}")]
        assert [line for line in after if line.endswith(f"# {note}")][:1] == lines[:1]


@given(suites())
def test_every_check_knows_its_line(suite: Suite) -> None:
    """For reports that point into the file."""
    read = read_text(as_yaml(suite), "a.yaml")
    assert read.source is not None
    lines = [read.source.places[one][0] for one in dict.fromkeys(read)]
    assert lines == sorted(set(lines))


@given(st.text(max_size=60) | st.text("-:[]{}&*!|>'\"#%@`,?\n ab1<=.()", max_size=60))
@settings(max_examples=300)
def test_any_text_is_a_suite_or_an_error_that_says_where(text: str) -> None:
    """Nothing else comes out of it."""
    try:
        read_text(text, "a.yaml")
    except dp.SuiteError as error:
        assert str(error).startswith("a.yaml:")  # noqa: PT017 # only some texts are wrong


@given(st.text('nulsratioqe.()<>=! 0123456789"betwnd,', max_size=30))
@settings(max_examples=300)
def test_any_line_is_a_check_or_an_error_that_says_where(line: str) -> None:
    """Also of what nearly is one."""
    try:
        read_text(f"columns:\n  a:\n    - {line}", "a.yaml")
    except dp.SuiteError as error:
        assert str(error).startswith("a.yaml:")  # noqa: PT017


# ---- What people write


def test_a_file_reads_as_what_it_says() -> None:
    """Every form there is."""
    suite = read_text(HAND)
    late = col("dep_delay").mean() <= 40
    assert list(suite) == [
        rows() >= 20_000,
        schema({"year": "integer", "NO": ["string", "binary"], "x": None}, ordered=True),
        col("dep_delay").nulls().ratio() < 0.05,
        col("dep_delay").quantile(0.99).between(100, 300),
        late.warn().tagged("slow", "7").named("on time: mostly"),
        col("time_hour").max() < dt.date(2013, 2, 1),
        col("time_hour").min().difference() < dt.timedelta(hours=26),
    ]
    assert (suite.name, suite.undecided) == ("flights", "warn")


def test_comments_stay_where_they_are(tmp_path: Path) -> None:
    """Those above a check and beside it, blank lines, quotes and the order of columns too."""
    file = tmp_path / "flights.yaml"
    file.write_text(HAND)
    suite = Suite.load(file)
    changed = [
        *(one for one in suite if one.check not in ("quantile", "nulls.ratio")),
        col("dep_delay").nulls().ratio() < 0.1,
        col("carrier").nulls() == 0,
    ]
    Suite(changed, name="flights", undecided="warn").save(file)
    expected = HAND.replace("    - 'quantile(0.99) between 100 and 300'   # measured\n", "")
    expected = expected.replace("    # few are cancelled\n    - nulls.ratio < 0.05\n", "")
    expected = expected.replace(
        '      name: "on time: mostly"\n',
        '      name: "on time: mostly"\n    - nulls.ratio < 0.1\n',
    )
    assert file.read_text() == expected + "  carrier:\n    - nulls == 0\n"


def test_a_limit_that_changes_is_all_that_changes(tmp_path: Path) -> None:
    """In its place, with its comments."""
    file = tmp_path / "flights.yaml"
    file.write_text(HAND)
    suite = Suite.load(file)
    old, new = col("dep_delay").nulls().ratio() < 0.05, col("dep_delay").nulls().ratio() < 0.07
    checks = [new if one == old else one for one in suite]
    Suite(checks, name=suite.name, undecided=suite.undecided).save(file)
    assert file.read_text() == HAND.replace("< 0.05", "< 0.07")
    assert Suite.load(file) == Suite(checks, name=suite.name, undecided=suite.undecided)


def test_a_file_that_is_no_suite_is_not_replaced(tmp_path: Path) -> None:
    """Whatever it is, someone wrote it."""
    file = tmp_path / "other.yaml"
    file.write_text("jobs: [build]\n")
    with pytest.raises(dp.SuiteError, match=r"other\.yaml:1:1: a suite has no 'jobs'"):
        Suite([rows() > 0]).save(file)
    assert file.read_text() == "jobs: [build]\n"


def test_line_ends_of_windows_stay() -> None:
    """A file is as its editor likes it."""
    text = "table:\r\n  - rows > 0\r\n"
    assert rewritten(text, Suite([rows() > 0, rows() < 9])) == f"{text}  - rows < 9\r\n"
    assert read_text(text) == Suite([rows() > 0])


def test_a_machine_without_libyaml_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """PyYAML has a parser in Python too, with the same places."""
    quick = read_text(HAND, "a.yaml")
    monkeypatch.delattr(yaml, "CSafeLoader")
    slow = read_text(HAND, "a.yaml")
    assert (slow, slow.source) == (quick, quick.source)


def test_a_byte_order_mark_is_not_text(tmp_path: Path) -> None:
    """Some editors write one."""
    file = tmp_path / "a.yaml"
    file.write_bytes("\ufefftable:\n  - rows > 0\n".encode())
    assert Suite.load(file) == Suite([rows() > 0])


def test_judgements_take_lists_below_and_single_values_in_parentheses() -> None:
    """As little as can be."""
    text = """\
columns:
  a:
    - unique
    - unique(certainty="probable")
    - values.between(0, 2013-01-31)
    - type: [integer, float]
    - values.top_within: [x, "1"]
      top: 3
    - content("date").ratio >= 0.99
    - rows.meeting
"""
    with pytest.raises(dp.SuiteError, match=r"10:7: rows\.meeting is asked of the table"):
        read_text(text)
    suite = read_text(text.replace("    - rows.meeting\n", "").replace("2013-01-31", "9"))
    assert list(suite) == [
        col("a").unique(),
        col("a").unique(certainty="probable"),
        col("a").values().between(0, 9),
        col("a").type(["integer", "float"]),
        col("a").values().top_within(["x", "1"], top=3),
        col("a").content("date").ratio() >= 0.99,
    ]


def test_a_decimal_is_not_above_the_number_that_it_reads_as() -> None:
    """9.99 as a float is a little less than 9.99: a limit that someone wrote must not say so."""
    prices = dp.profile(pa.table({"x": pa.array([Decimal("9.99")], pa.decimal128(4, 2))}))
    text = "columns: {x: [max <= 9.99, min == 9.99, 'values.between(9.99, 9.99)', max < 9.990001]}"
    assert read_text(text).run(prices).counts["pass"] == 4


def test_words_that_older_yaml_takes_for_booleans_are_text() -> None:
    """NO is Norway; names and tags are text whatever they look like."""
    suite = read_text(
        "suite: 2013\ncolumns:\n  NO: [{check: nulls == 0, tags: [on, 1.0, 2013-01-01]}]"
    )
    assert suite.name == "2013"
    assert suite[0] == (col("NO").nulls() == 0).tagged("on", "1.0", "2013-01-01")


def test_notes_are_comments() -> None:
    """In one line each, whatever they hold."""
    check = rows() > 0
    text = as_yaml(Suite([check], notes={check: "always\nso"}))
    assert text == "table:\n  - rows > 0  # always so\n"


# ---- What is wrong

WRONG = [
    ("rows: > 5", "1:9: is no YAML"),
    ("table:\n  - rows: > 5", "a check stands in one line without a colon: - rows > 5"),
    ("table:\n  - row > 5", "2:5: there is no check 'row'; did you mean 'rows'?"),
    ("columns:\n a:\n  - nulls.ratio: < 4", "3:5: nulls.ratio is written in one line without"),
    ("columns:\n a:\n  - values.between: 5", "in one line without the colon: values.between(lower"),
    ("columns:\n a:\n  - values.between(1)", "values.between: needs upper"),
    ("columns:\n a:\n  - nulls.ratio = 4", "3:17: '=' is no comparison"),
    ("columns:\n a:\n  - nulls.ratio = 4", "did you mean ==?"),
    ("columns:\n a:\n  - quantile(99) < 4", "3:5: quantile: q must be a number from 0 to 1"),
    ("columns:\n a:\n  - quantile < 4", "3:5: quantile: needs q"),
    ("columns:\n a:\n  - quantile(0.5, 0.6) < 4", "takes no more arguments"),
    ("columns:\n a:\n  - quantile(0.5, q=0.6) < 4", "q is given twice"),
    ("columns:\n a:\n  - quantile.change(0.9) < 4", "stand after quantile: quantile(…).change"),
    ("columns:\n a:\n  - max < abc", "3:11: 'abc' is no number"),
    ("columns:\n a:\n  - max <= 2013-02-31", "3:12: 2013-02-31 is no date"),
    ("columns:\n a:\n  - max < 1__0", "underscores stand between digits"),
    ("columns:\n a:\n  - max < 1e999", "larger than any number"),
    ("columns:\n a:\n  - max < " + "9" * 200, "more than 100 digits"),
    ("columns:\n a:\n  - nulls", "3:10: nulls needs a limit"),
    ("columns:\n a:\n  - nulls <", "the limit is missing"),
    ("columns:\n a:\n  - nulls < 5 < 6", "'5 < 6' is no number"),
    ("columns:\n a:\n  - nulls between 5", "between takes two ends"),
    ("columns:\n a:\n  - nulls between 5 and 1", "3:11: between takes the lower end first"),
    ("columns:\n a:\n  - rows < 4", "3:5: rows is asked of the table; it stands below table:"),
    ("table:\n - nulls < 4", "2:4: nulls is asked of the column"),
    ("colums: {}", "1:1: a suite has no 'colums'; did you mean 'columns'?"),
    ("", "is empty"),
    ("# nothing", "is empty"),
    ("[1]", "1:1: a suite is a mapping"),
    ("table: [rows > 1]\ntable: []", "2:1: 'table' is there twice, first in line 1"),
    ("columns: {a: [], 'a': []}", "1:18: 'a' is there twice, first in line 1"),
    ("columns: {a: &x [nulls < 4], b: *x}", "1:14: anchors are not taken"),
    ("table: *x", "1:8: aliases are not taken"),
    ("suite: !!python/object:os.system x", "1:8: the name of the suite must be text, without tag:"),
    ("table: !!set {}", "lists and mappings have no tag"),
    ("table:\n - !x rows > 1", "a check has no tag"),
    ("columns:\n a:\n  - {check: nulls < 4, sverity: warn}", "did you mean 'severity'?"),
    ("columns:\n a:\n  - {check: nulls < 4, severity: wran}", "3:34: must be one of error, warn"),
    ("columns:\n a:\n  - {check: nulls < 4, per_segment: 1}", "must be true or false"),
    ("columns:\n a:\n  - {check: nulls < 4, tags: x}", "tags: takes a list of words"),
    ("columns:\n a:\n  - {check: nulls < 4, name: }", "name must be text"),
    ("columns:\n a:\n  - {check: [nulls < 4]}", "check: takes one line"),
    ("columns:\n a:\n  - {severity: warn}", "says no check; add check:"),
    ("columns:\n a: nulls < 3", "2:5: checks are a list: each stands after a dash"),
    ("columns:\n a:\n  -", "a check is missing after the dash"),
    ("columns:\n a:\n  - []", "a check is one line"),
    ("columns:\n a:\n\t- x", "lines are indented by spaces, not by tabs"),
    ("columns: [a]", "columns: takes the names of columns"),
    ("columns: {'': [nulls < 4]}", "the name of a column is missing"),
    ("columns: {[a]: [nulls < 4]}", "a key is text"),
    ("table:\n  - schema: {a: interger}", "'interger' is no type"),
    ("table:\n  - {rows: 5, columns: 6}", "two checks; each stands after a dash"),
    ("table: [rows > 1]\n---\ntable: []", "a file holds one suite"),
    ("suite: a\x01", "1:9: U+0001 is a character that is not text"),
    ("{" * 30 + "}" * 30, "is nested deeper than 20 levels"),
    ("[" * 100_000, "nest"),
    ("undecided: maybe", "must be one of fail, warn, pass, got 'maybe'"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), WRONG)
def test_what_is_wrong_is_said_with_its_place(text: str, said: str) -> None:
    """File, line and column, the thing, and the way out."""
    with pytest.raises(dp.SuiteError) as caught:
        read_text(text, "a.yaml")
    assert said in str(caught.value)
    assert str(caught.value).startswith("a.yaml:")
    assert "\n" not in str(caught.value)


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    """Nor one that is no text, or is not there."""
    file = tmp_path / "a.yaml"
    file.write_bytes(b"#" * 1_000_001)
    with pytest.raises(dp.SuiteError, match="larger than 1,000,000 bytes"):
        Suite.load(file)
    file.write_bytes(b"table:\n  - rows > \xff")
    with pytest.raises(dp.SuiteError, match=r"a\.yaml:2: is no text in UTF-8"):
        Suite.load(file)
    with pytest.raises(dp.SourceError, match="cannot be read"):
        Suite.load(tmp_path)


def test_suites_and_their_errors_survive_pickle() -> None:
    """They come from other processes, too."""
    suite = read_text(HAND, "a.yaml")
    again = pickle.loads(pickle.dumps(suite))
    assert (again, again.source) == (suite, suite.source)
    with pytest.raises(dp.SuiteError) as caught:
        read_text("rows", "a.yaml")
    error = pickle.loads(pickle.dumps(caught.value))
    assert (str(error), error.file, error.line, error.column) == (
        "a.yaml:1:1: a suite is a mapping of suite, undecided, table, columns", "a.yaml", 1, 1,
    )  # fmt: skip


def test_a_message_does_not_repeat_a_whole_file() -> None:
    """What is quoted may be long."""
    for long in ("x" * 400_000, "max < " + "a " * 200_000, "max < " + '"' * 200_000):
        with pytest.raises(dp.SuiteError) as caught:
            read_text(f"columns:\n a:\n  - {long}", "a.yaml")
        assert len(str(caught.value)) < 600


def test_a_bomb_of_aliases_is_refused_at_once() -> None:
    """Nine levels of ten would be a billion."""
    bomb = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10))
    with pytest.raises(dp.SuiteError, match="anchors are not taken"):
        read_text(f"a0: &a0 [x]\n{bomb}", "a.yaml")
