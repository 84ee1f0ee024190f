"""The constraints of whylogs 1.6.4, verdict by verdict beside our functions of the same names."""

from __future__ import annotations

import itertools
import json
import math
import os
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

import drypoint as dp
from drypoint.checks import whylogs
from drypoint.formats import whylogs as files

PROJECT = Path(__file__).parents[2]
PYTHON = PROJECT / "build" / "whylogs-venv" / "bin" / "python"
WORKER = Path(__file__).with_name("whylogs_constraints_worker.py")
FACTORIES, MANY = 26, 5_000

pytestmark = [
    pytest.mark.skipif(
        not os.environ.get("CI") and not PYTHON.exists(),
        reason="needs an environment with whylogs 1.6.4: make test-whylogs",
    ),
    pytest.mark.filterwarnings("ignore::drypoint.errors.UnknownMetricWarning"),
]

TYPES = {
    "string": pa.string(),
    "float64": pa.float64(),
    "int64": pa.int64(),
    "bool": pa.bool_(),
    "time": pa.timestamp("s"),
}
Table = dict[str, tuple[str, list[Any]]]
RANDOM = np.random.default_rng(11)

TABLES: dict[str, Table] = {
    # The predecessor's own fixture.
    "animals": {
        "animal": ("string", ["cat", "hawk", "snake", "cat"]),
        "legs": ("int64", [4, 2, 0, 4]),
        "weight": ("float64", [4.3, 1.8, None, 4.1]),
    },
    "empty": {"animal": ("string", []), "legs": ("int64", []), "weight": ("float64", [])},
    "nulls": {"animal": ("string", [None] * 3), "weight": ("float64", [None] * 3)},
    "one": {"animal": ("string", ["cat"]), "legs": ("int64", [4]), "weight": ("float64", [4.3])},
    "more": {
        "flag": ("bool", [True, False, True, True, False]),
        "id": ("int64", [5, 1, -4, 2, 3]),
        "signed": ("float64", [-1.5, 0.0, 2.25, 2.25, 7.0]),
        "some": ("string", ["a", None, "", "b", "b"]),
    },
    "times": {"at": ("time", ["2013-01-01T00:00:00", "2013-01-02T08:30:00"])},
    "large": {
        "id": ("int64", list(range(5000))),
        "drawn": ("float64", RANDOM.gamma(2, 3, 5000).tolist()),
        "letter": ("string", RANDOM.choice(list("abcde"), 5000).tolist()),
    },
}
CONDITIONS = {
    "animals": {
        "above two": ("legs", 2),
        "above minus one": ("legs", -1),
        "above ten": ("legs", 10),
        "heavy": ("weight", 4),
    },
}


def profile_of(name: str) -> dp.Profile:
    """Our profile of a table."""
    columns = {
        column: pa.array(of, pa.string() if kind == "time" else TYPES[kind]).cast(TYPES[kind])
        for column, (kind, of) in TABLES[name].items()
    }
    asked = CONDITIONS.get(name, {})
    conditions = [
        dp.condition(label, pc.field(column) > bound) for label, (column, bound) in asked.items()
    ]
    return dp.profile(pa.table(columns), conditions=conditions)


def ends(values: list[Any]) -> list[float]:
    """Limits at, just below and just above the facts of some numbers."""
    numbers = [float(value) for value in values if value is not None] or [0.0]
    facts = [min(numbers), max(numbers), float(np.mean(numbers)), float(np.median(numbers))]
    facts += [float(np.std(numbers, ddof=1)) if len(numbers) > 1 else 0.0]
    near = [
        (math.nextafter(fact, -math.inf), fact, math.nextafter(fact, math.inf)) for fact in facts
    ]
    return sorted({limit for limits in near for limit in limits})


def of_numbers(column: str, values: list[Any]) -> list[list[Any]]:
    """Constraints on the distribution, around its facts."""
    limits, skips = ends(values), (True, False)
    pairs = [(low, high) for low, high in itertools.product(limits, limits) if low <= high][::3]
    one = ("greater_than_number", "smaller_than_number")
    two = ("is_in_range", "mean_between_range", "stddev_between_range")
    ranks = (0.0, 0.01, 0.25, 0.5, 0.6, 0.75, 1.0)
    return [
        *([name, [column, limit, skip]] for name in one for limit in limits for skip in skips),
        *([name, [column, *pair, skip]] for name in two for pair in pairs for skip in skips),
        *(
            ["quantile_between_range", [column, rank, *pair, skip]]
            for rank in ranks
            for pair in pairs[::2]
            for skip in skips
        ),
        *(["is_non_negative", [column, skip]] for skip in skips),
    ]


def of_counts(column: str, values: list[Any]) -> list[list[Any]]:
    """Constraints on counts and distinct values, around theirs."""
    rows, nulls = len(values), values.count(None)
    distinct = len({value for value in values if value is not None})
    shares = {0.0, nulls / max(rows, 1), 0.2, 1.0}
    about = [distinct - 1, distinct, distinct + 1]
    return [
        ["no_missing_values", [column]],
        *(["count_below_number", [column, rows + off]] for off in (-1, 0, 1)),
        *(["null_values_below_number", [column, nulls + off]] for off in (-1, 0, 1)),
        *(["null_percentage_below_number", [column, share]] for share in sorted(shares)),
        *(
            ["distinct_number_in_range", [column, low, high]]
            for low, high in itertools.product(about, about)
        ),
        *(["column_is_probably_unique", [column, std]] for std in (1, 2, 3, 4)),
        ["column_is_probably_unique", [column]],
    ]


def of_values(column: str, values: list[Any]) -> list[list[Any]]:
    """Constraints on frequent values, and on types."""
    texts = sorted({str(value) for value in values[:50] if value is not None})
    sets = [texts, texts[:1], [], ["cat", "dog"]]
    types = ["integral", "fractional", "boolean", "string", "object", "tensor"]
    lists = [[], types, *([name] for name in types), ["integral", "string"]]
    return [
        *(["frequent_strings_in_reference_set", [column, each]] for each in sets),
        *(["n_most_common_items_in_set", [column, n, each]] for n in (0, 1, 10) for each in sets),
        *(["column_is_nullable_datatype", [column, name]] for name in (*types, "other")),
        *([f"column_is_nullable_{name}", [column]] for name in types[:-1]),
        *(["column_has_non_zero_types", [column, each]] for each in lists),
        *(["column_has_zero_count_types", [column, each]] for each in lists),
    ]


def of_conditions() -> list[list[Any]]:
    """Constraints on conditions, of the tables that have some."""
    asked = [
        (table, label, column)
        for table, conditions in CONDITIONS.items()
        for label, (column, _) in conditions.items()
    ]
    return [
        [table, name, [column, label, *more]]
        for table, label, column in asked
        for name, more in [
            ("condition_meets", []),
            ("condition_never_meets", []),
            *(("condition_count_below", [count]) for count in range(5)),
        ]
    ]


def all_constraints() -> list[list[Any]]:
    """Every constraint of every column of every table, and of a column that is not there."""
    made = []
    for table, columns in TABLES.items():
        absent: Table = {"no such column": ("string", [])}
        for column, (kind, values) in (columns | absent).items():
            numbers = [] if kind in ("string", "time") else values
            for of in (of_numbers(column, numbers), of_counts(column, values)):
                made += [[table, *one] for one in of]
            made += [[table, *one] for one in of_values(column, values)]
    return made + of_conditions()


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[tuple[list[Any], Any]]]:
    """A folder of profiles that whylogs made, and all constraints with what it said of them."""
    assert PYTHON.exists(), "there is no environment with whylogs 1.6.4: make test-whylogs"
    folder = tmp_path_factory.mktemp("constraints")
    constraints = all_constraints()
    tables = {
        name: {"columns": columns, "conditions": CONDITIONS.get(name, {})}
        for name, columns in TABLES.items()
    }
    done = subprocess.run(
        [PYTHON, "-W", "ignore", WORKER, folder],
        input=json.dumps({"tables": tables, "constraints": constraints}),
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"WHYLOGS_NO_ANALYTICS": "True"},
    )
    assert done.returncode == 0, done.stderr
    return folder, list(zip(constraints, json.loads(done.stdout), strict=True))


def made(factory: str, arguments: list[Any]) -> whylogs.Constraint:
    """Our constraint of that name."""
    constraint: whylogs.Constraint = getattr(whylogs, factory)(*arguments)
    return constraint


def said(constraint: whylogs.Constraint, profile: dp.Profile) -> Any:
    """What it says, or what it raises; whylogs divides by zero where ours does not hold."""
    try:
        builder = whylogs.ConstraintsBuilder(profile).add_constraint(
            constraint, ignore_missing=True
        )
        report = builder.build()
        (line,) = report.generate_constraints_report()
        assert report.validate() == (line.passed == 1)
        return report.validate()
    except ValueError:
        return "ValueError"


def expected(theirs: Any) -> Any:
    """The verdict of whylogs, where it has one."""
    return False if theirs == "ZeroDivisionError" else theirs


def test_every_factory_is_there_and_asked(asked: tuple[Path, list[Any]]) -> None:
    """By its own name, and each holds of something and does not hold of something."""
    ours = {name for name in whylogs.__all__ if name[0].islower()}
    assert len(ours) == FACTORIES
    found: dict[str, set[Any]] = {}
    for (_, factory, _), (_, verdict) in asked[1]:
        found.setdefault(factory, set()).add(verdict)
    assert found.keys() == ours
    assert [name for name, verdicts in found.items() if not {True, False} <= verdicts] == []
    assert len(asked[1]) > MANY


def test_every_constraint_is_called_as_it_is_there(asked: tuple[Path, list[Any]]) -> None:
    """Names of reports are what users' tests compare with."""
    for (_, factory, arguments), (name, _) in asked[1]:
        ours = made(factory, arguments).name
        if factory == "column_has_zero_count_types":
            # A set there, whose order changes from run to run.
            assert sorted(ours) == sorted(name)
        else:
            assert ours == name


def test_every_verdict_is_the_same_of_our_profile(asked: tuple[Path, list[Any]]) -> None:
    """Of the same rows; but for large tables, whose sketches draw other samples."""
    profiles = {name: profile_of(name) for name in TABLES}
    wrong = [
        (table, factory, arguments, theirs, ours)
        for (table, factory, arguments), (_, theirs) in asked[1]
        if table != "large"
        and (ours := said(made(factory, arguments), profiles[table])) != expected(theirs)
    ]
    assert wrong == []


def test_every_verdict_is_the_same_of_its_profile(asked: tuple[Path, list[Any]]) -> None:
    """Of the very sketches that it made, read from its file; conditions are not read."""
    folder, answers = asked
    profiles = {name: files.read(folder / f"{name}.bin") for name in TABLES}
    wrong = [
        (table, factory, arguments, theirs, ours)
        for (table, factory, arguments), (_, theirs) in answers
        if not factory.startswith("condition_")
        and (ours := said(made(factory, arguments), profiles[table])) != expected(theirs)
    ]
    assert wrong == []
