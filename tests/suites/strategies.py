"""Any suite that can be made: checks of the whole catalogue with arguments of their forms."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from hypothesis import reject
from hypothesis import strategies as st

from drypoint.checks import CHECKS, Check, Limit, Suite
from drypoint.checks._entry import REQUIRED
from drypoint.errors import ParameterError

if TYPE_CHECKING:
    from drypoint.checks import Argument, Entry

__all__ = ["checks", "suites", "texts"]

# Everything that UTF-8 can hold, and what a reader could take for something else.
texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8) | st.sampled_from(
    ["NO", "yes", "null", "~", "1", "1e3", "2013-01-01", "08:30:00", "26 h", ".inf", "a: b", "x #y",
     "- a", "{a}", "[", "'", '"', "\\", "a\nb", "\u2028", "\x85", " a ", "!decimal 1", "true", "<<",
     "check", "name", "between 1 and 2", "北京", "\U0001f600", "\ufeff", "=", "*a", "&a", "%", "@"]
)  # fmt: skip
zones = st.just(dt.UTC) | st.just(dt.timezone(dt.timedelta(hours=-3, minutes=-30))) | st.none()
moments = st.datetimes(timezones=zones)
numbers = (
    st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False)
    | st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9))
)
durations = st.timedeltas()
scalars = numbers | texts | st.dates() | moments | st.times() | durations | st.booleans()
types = st.sampled_from(["int64", "string", "integer", "number", "timestamp[us, UTC]", "float"])
type_forms = types | st.lists(types, min_size=1, max_size=3)


def of_argument(argument: Argument) -> st.SearchStrategy[Any]:
    """What an argument can be given, by what its form says of itself."""
    found = of_schema(dict(argument.form.schema), argument.form.name)

    def fits(value: Any) -> bool:
        try:
            argument.read("", value)
        except ParameterError:
            return False
        return True

    return found.filter(fits)


def of_schema(schema: dict[str, Any], name: str) -> st.SearchStrategy[Any]:
    """Values of a form."""
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if "duration" in name:
        return durations
    if "types by" in name:
        return st.dictionaries(texts, type_forms | st.none(), min_size=1, max_size=3)
    if "type" in name and "anyOf" in schema:
        return type_forms
    by_type = {
        "number": st.floats(0, 1),
        "integer": st.integers(1, 9),
        "string": texts,
        "boolean": st.booleans(),
        "array": st.lists(texts if schema.get("items") == {"type": "string"} else values()),
    }
    return by_type[schema["type"]] if isinstance(schema["type"], str) else scalars


def values() -> st.SearchStrategy[Any]:
    """Single values that are compared with each other: of one kind in each list."""
    return numbers | texts | st.dates() | st.times() | durations | st.booleans()


def limits(entry: Entry) -> st.SearchStrategy[Limit]:
    """What a quantity can be compared with."""
    of = durations if entry.unit == "duration" else scalars
    single = st.builds(Limit, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), of)
    ends = (
        st.one_of(*(st.tuples(kind, kind) for kind in (numbers, texts, st.dates(), durations)))
        if entry.unit != "duration"
        else st.tuples(durations, durations)
    )
    return single | ends.map(lambda pair: Limit("between", min(pair), max(pair)))


@st.composite
def checks(draw: st.DrawFn, columns: st.SearchStrategy[str] = texts) -> Check:
    """Any check of the catalogue."""
    entry = draw(st.sampled_from(list(CHECKS.values())))
    arguments = {
        one.name: draw(of_argument(one))
        for one in entry.arguments
        if one.default is REQUIRED or draw(st.booleans())
    }
    try:
        return Check(
            entry.name,
            draw(columns) if entry.of == "column" else None,
            arguments,
            draw(limits(entry)) if entry.takes_limit else None,
            severity=draw(st.sampled_from(["error", "warn"])),
            tags=tuple(draw(st.lists(texts, max_size=2, unique=True))),
            segmented=draw(st.booleans()),
            label=draw(st.none() | texts),
        )
    except ParameterError:  # ends that are the wrong way round, or of two kinds
        reject()


def suites() -> st.SearchStrategy[Suite]:
    """Any suite, of few columns so that each has several checks."""
    names = st.lists(texts, min_size=1, max_size=3).flatmap(
        lambda some: st.lists(checks(st.sampled_from(some)), max_size=6)
    )
    return st.builds(
        Suite, names, name=st.none() | texts, undecided=st.sampled_from(["fail", "warn", "pass"])
    )
