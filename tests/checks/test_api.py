"""Checks as one writes them: they read back, compare as data, and say what is misspelt."""

from __future__ import annotations

import datetime as dt
import inspect
import pickle
from typing import TYPE_CHECKING, Any

import pytest
from tests.checks.conftest import check_of

import drypoint as dp
from drypoint.checks import CHECKS, Check, Limit, col, columns, performance, rows, schema

if TYPE_CHECKING:
    from drypoint.checks import Entry

NAMES = {
    "col": col,
    "columns": columns,
    "performance": performance,
    "rows": rows,
    "schema": schema,
}
WRITTEN = [
    "col('age').nulls().ratio() < 0.01",
    "col('fare').quantile(0.99).between(10, 500)",
    "col('fare').quantile(0.99).change() <= 0.1",
    "rows() > 1000",
    "rows().meeting('fair').ratio() >= 0.99",
    "col('dest').values().within({'JFK', 'ORD'})",
    "col('dest').values().top_within({'JFK'}, top=3)",
    "col('age').values().between(0, 120)",
    "col('id').unique(certainty='probable')",
    "col('id').distinct() == 12",
    "col('id').distinct() != 12",
    "schema({'a': 'integer', 'b': ['string', 'null'], 'c': None}, exact=True)",
    "columns().new() == 0",
    "col('at').freshness() < '26 h'",
    "col('at').max() < '2013-01-31'",
    "col('fare').drift(measure='psi') < 0.2",
    "col('odd \"name\"').exists()",
]


@pytest.mark.parametrize("text", WRITTEN)
def test_a_check_reads_as_it_was_written(text: str) -> None:
    """Word by word, and what is read is the same check."""
    check = eval(text, dict(NAMES))  # noqa: S307 # our own words
    assert str(check) == text
    assert check == eval(text, dict(NAMES))  # noqa: S307
    assert check.name == text
    assert repr(check) == f"<Check {text}>"


def test_every_check_of_the_catalogue_reads_as_it_is_written(entry: Entry) -> None:
    """Whatever its arguments."""
    check = check_of(entry, "x")
    assert eval(str(check), dict(NAMES)) == check  # noqa: S307


def test_a_check_is_data(entry: Entry) -> None:
    """Hashable, comparable, picklable, and made of plain values."""
    check = check_of(entry, "x")
    again = pickle.loads(pickle.dumps(check))
    assert again == check
    assert len({again, check}) == 1
    assert Check(check.check, check.column, dict(check.arguments), check.limit) == check


def test_every_check_tells_what_it_is_and_takes(entry: Entry) -> None:
    """To `help` and to editors, in a word that `dir` lists."""
    if entry.name in ("rows", "columns", "performance", "schema", "values.between"):
        return  # which are written out
    starts: dict[str, Any] = {
        "rows": rows,
        "columns": columns,
        "performance": lambda: performance("f1"),
    }
    start: Any = starts.get(entry.name.split(".")[0])
    path = entry.name.split(".")
    at = col("x") if entry.of == "column" else start()
    given = {one.name: check_of(entry, "x").arguments for one in entry.required}
    for word in path[:-1] if entry.of == "column" else path[1:-1]:
        assert word in dir(at)
        step = getattr(at, word)
        named = {
            name: value
            for name, value in check_of(entry, "x").arguments
            if name in inspect.signature(step).parameters and given
        }
        at = step(**named)
    step = getattr(at, path[-1])
    assert path[-1] in dir(at)
    assert step.__doc__ == f"{entry.phrase[0].upper()}{entry.phrase[1:]}."
    own = set() if entry.base else {one.name for one in entry.arguments}
    assert set(inspect.signature(step).parameters) == own


def test_marks_make_new_checks() -> None:
    """The one that was marked stays as it is."""
    check = col("x").nulls() == 0
    marked = check.warn().tagged("a", "b").tagged("b", "c").per_segment().named("no nulls")
    assert (marked.severity, marked.tags, marked.segmented) == ("warn", ("a", "b", "c"), True)
    assert (marked.name, str(marked)) == ("no nulls", "col('x').nulls() == 0")
    assert repr(marked) == "<Check no nulls: col('x').nulls() == 0>"
    assert (check.severity, check.tags, check.segmented) == ("error", (), False)


def test_arguments_are_kept_in_one_form() -> None:
    """Sets, lists and their order make no difference, nor how a duration is written."""
    x = col("x").values()
    assert x.within({"b", "a"}) == x.within(["a", "b", "a"])
    assert (col("t").freshness() < "26 h") == (col("t").freshness() < dt.timedelta(hours=26))
    assert schema({"a": "integer"}) == schema({"a": ["integer"]})
    assert (col("t").range() < "2 days") == (col("t").range() < dt.timedelta(days=2))


@pytest.mark.parametrize(
    ("written", "error", "says"),
    [
        ("col('x').nuls()", AttributeError, "col('x') has no 'nuls'; did you mean 'nulls'?"),
        ("col('x').nulls().rati()", AttributeError, "did you mean 'ratio'?"),
        ("col('x').length() < 3", dp.ParameterError, "col('x').length() is no number to compare"),
        ("col('x') < 3", dp.ParameterError, "col('x') is no number to compare"),
        ("col('x').quantile() < 3", dp.ParameterError, "quantile: needs q, the rank"),
        ("col('x').quantile(2) < 3", dp.ParameterError, "a number from 0 to 1, got 2"),
        ("col('x').quantile(True) < 3", dp.ParameterError, "a number from 0 to 1, got True"),
        ("col('x').quantile(.5, .6) < 3", dp.ParameterError, "takes q by position"),
        ("col('x').quantile(.5, q=.6) < 3", dp.ParameterError, "q is given twice"),
        ("col('x').quantile(p=.5) < 3", dp.ParameterError, "no argument 'p'"),
        ("col('x').nulls(3) == 0", dp.ParameterError, "nulls() takes no arguments by position"),
        ("col('x').nulls().ratio(3) == 0", dp.ParameterError, "takes no arguments"),
        ("col('x').unique('probable')", dp.ParameterError, "by position"),
        ("col('x').unique(certainty='sure')", dp.ParameterError, "one of certain, probable"),
        ("col('x').values().within('abc')", dp.ParameterError, "several values, got 'abc'"),
        ("col('x').values().within([])", dp.ParameterError, "several values, got []"),
        ("col('x').values().within([float('nan')])", dp.ParameterError, "NaN"),
        ("col('x').type('integr')", dp.ParameterError, "'integr' is no type"),
        ("col('x').freshness() < '26 parsecs'", dp.ParameterError, "got '26 parsecs'"),
        ("col('x').drift(measure='kss') < 1", dp.ParameterError, "did you mean 'ks'?"),
        ("col('x').content('number') < 1", dp.ParameterError, "must be one of blank, integer"),
        ("col(3)", dp.ParameterError, "a column is called by its name, got 3"),
        ("1 < col('x').mean() < 3", dp.InputTypeError, "x.between(a, b)"),
        ("bool(col('x').exists())", dp.InputTypeError, "neither true nor false"),
        ("hash(col('x').nulls())", TypeError, "unhashable"),
    ],
)
def test_what_is_misspelt_is_refused_where_it_is_written(
    written: str, error: type[Exception], says: str
) -> None:
    """With what was given, and the way out."""
    with pytest.raises(error) as caught:
        eval(written, dict(NAMES))  # noqa: S307
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (("nuls", "x"), "there is no check 'nuls'; did you mean 'nulls'?"),
        ((3, "x"), "there is no check 3"),
        (("nulls", None, {}, Limit("<", 1)), "nulls: takes a column, got None"),
        (("rows", "x", {}, Limit("<", 1)), "rows: takes no column, got 'x'"),
        (("nulls", "x"), "nulls: needs a limit"),
        (("exists", "x", {}, Limit("<", 1)), "exists: takes no limit"),
        (("exists", "x", {}, None, "fatal"), "severity must be 'error' or 'warn', got 'fatal'"),
        (("exists", "x", {}, None, "warn", "tag"), "tags are several words, got 'tag'"),
    ],
)
def test_what_is_no_check_is_refused(made: tuple[Any, ...], says: str) -> None:
    """By what the catalogue says of it."""
    with pytest.raises(dp.ParameterError) as caught:
        Check(*made)
    assert says in str(caught.value)


def test_a_check_asks_a_profile_only() -> None:
    """Tables and profile sets are refused with the way out."""
    for wrong in ({"x": [1]}, None):
        with pytest.raises(dp.InputTypeError, match=r"a check asks a Profile, got"):
            (rows() > 0).run(wrong)  # type: ignore[arg-type]


def test_limits_of_another_kind_fail_with_both_named() -> None:
    """Text beside numbers, numbers beside times."""
    profile = dp.profile({"x": [1], "s": ["a"], "t": [dt.date(2013, 1, 1)]})
    for check in (col("x").min() < "a", col("s").min() < 3, col("t").max() < "soon"):
        found = check.run(profile)
        assert found.verdict == "fail"
        assert "which does not compare with <" in found.reason


def test_the_catalogue_holds_what_derives_from_it() -> None:
    """Shares of counts, changes of numbers; judgements have neither."""
    assert {"nulls.ratio", "nulls.ratio.change", "mean.sigmas", "rows.difference"} <= CHECKS.keys()
    for name, entry in CHECKS.items():
        assert (entry.measure is None) != (entry.judge is None)
        assert entry.base is None or name.startswith(f"{entry.base.name}.")
        assert entry.takes_limit or entry.base is None
