"""Tables that the checks are asked of."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest

import drypoint as dp
from drypoint.checks import CHECKS, Check, Limit

if TYPE_CHECKING:
    from drypoint.checks import Entry

DAY = dt.datetime(2013, 1, 1, tzinfo=dt.UTC)
WINDOW = (DAY, DAY + dt.timedelta(days=2))
# What every check can be asked with.
ARGUMENTS: dict[str, Any] = {
    "condition": "some",
    "q": 0.5,
    "kind": "integer",
    "name": "own",
    "values": [1, 3],
    "lower": 0,
    "upper": 10,
    "type": "number",
    "types": {"int": "integer"},
    "metric": "accuracy",
}


def check_of(entry: Entry, column: str, limit: Limit | None = None) -> Check:
    """A check of the catalogue with some arguments, and a limit if it takes one."""
    bound: Any = dt.timedelta(hours=1) if entry.unit == "duration" else 1
    given = {one.name: ARGUMENTS[one.name] for one in entry.required}
    name = None if entry.of == "table" else column
    asked = (limit or Limit("<=", bound)) if entry.takes_limit else None
    return Check(entry.name, name, given, asked)


def everything(rows: int) -> pa.Table:
    """A column of every kind, with nulls."""
    index = range(rows)
    holes = [None if row % 3 == 2 else row for row in index]

    def some(of: Any) -> list[Any]:
        """Values with nulls between."""
        return [None if row is None else of(row) for row in holes]

    return pa.table(
        {
            "int": pa.array(holes, pa.int64()),
            "unsigned": pa.array(some(lambda row: 2**64 - 1 - row), pa.uint64()),
            "float": pa.array(some(lambda row: row / 2), pa.float64()),
            "odd": pa.array([float("nan"), float("inf"), -0.0, None] * rows, pa.float64())[:rows],
            "decimal": pa.array(some(lambda row: Decimal(row) / 4), pa.decimal128(9, 2)),
            "string": pa.array(some(lambda row: f"{row % 4}"), pa.string()),
            "bool": pa.array(some(lambda row: row % 2 == 0), pa.bool_()),
            "date": pa.array(some(lambda row: DAY.date() + dt.timedelta(row)), pa.date32()),
            "at": pa.array(
                some(lambda row: DAY + dt.timedelta(hours=row)), pa.timestamp("us", "UTC")
            ),
            "span": pa.array(some(dt.timedelta), pa.duration("s")),
            "time": pa.array(some(lambda row: dt.time(row % 24)), pa.time32("s")),
            "binary": pa.array(some(lambda row: b"x" * row), pa.binary()),
            "list": pa.array(some(lambda row: [row]), pa.list_(pa.int64())),
            "struct": pa.array(some(lambda row: {"a": row}), pa.struct({"a": pa.int64()})),
            "vector": pa.array(some(lambda row: [row, 1.0]), pa.list_(pa.float32(), 2)),
            "null": pa.nulls(rows),
            "all null": pa.nulls(rows, pa.int64()),
        }
    )


def profile_of(rows: int, **options: Any) -> dp.Profile:
    """The profile of such a table, with a condition and a task."""
    asked = [dp.condition("some", pc.field("int") < 3)]
    task = dp.performance.classification(label="int", prediction="float")
    found = dp.profile(
        everything(rows), conditions=asked, performance=task, window=WINDOW, **options
    )
    assert isinstance(found, dp.Profile)
    return found


@pytest.fixture(scope="session")
def whole() -> dp.Profile:
    """A profile of columns of every kind."""
    return profile_of(30)


@pytest.fixture(scope="session")
def empty() -> dp.Profile:
    """The same without rows."""
    return profile_of(0)


@pytest.fixture(scope="session")
def bare() -> dp.Profile:
    """The same of which nothing was measured but counts."""
    return profile_of(30, parameters=dp.Parameters(metrics=[]))


@pytest.fixture(params=sorted(CHECKS))
def entry(request: pytest.FixtureRequest) -> Entry:
    """One check of the catalogue after the other."""
    found: Entry = CHECKS[request.param]
    return found
