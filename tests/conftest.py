"""What the tests share: every library that can hand in a column, and profiles of Hypothesis."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import arro3.core
import duckdb
import nanoarrow
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import settings

import drypoint
from drypoint.sketches import FrequentItems, HllSketch, KllSketch

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

# HYPOTHESIS_PROFILE=thorough looks a hundred times longer.
settings.register_profile("default", deadline=None, max_examples=100, derandomize=True)
settings.register_profile("thorough", deadline=None, max_examples=10_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where everything is installed that tests need (CI=1), none is skipped: it fails."""
    report = yield
    if os.environ.get("CI") and report.skipped and not hasattr(report, "wasxfail"):
        why = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and with CI set none may be: {why}"
    return report


def duckdb_relation(array: pa.Array) -> Any:
    """A relation of one column."""
    table = pa.table({"x": array})
    return duckdb.connect().from_arrow(table)


def numpy_array(array: pa.Array) -> Any:
    """What NumPy makes of the array, text as objects."""
    return array.to_numpy(zero_copy_only=False)


LIBRARIES: dict[str, Callable[[pa.Array], Any]] = {
    "pyarrow.Array": lambda array: array,
    "pyarrow.ChunkedArray": lambda array: pa.chunked_array([array]),
    "pyarrow.RecordBatch": lambda array: pa.record_batch({"x": array}),
    "pyarrow.Table": lambda array: pa.table({"x": array}),
    "polars.Series": pl.Series,
    "pandas.Series": lambda array: pd.Series(array.to_pandas()),
    "pandas.ArrowDtype": lambda array: pd.Series(array, dtype=pd.ArrowDtype(array.type)),
    "duckdb.Relation": duckdb_relation,
    "arro3.Array": arro3.core.Array.from_arrow,
    "nanoarrow.Array": nanoarrow.Array,
    "numpy.ndarray": numpy_array,
    "list": lambda array: array.to_pylist(),
    "tuple": lambda array: tuple(array.to_pylist()),
    "generator": lambda array: (value for value in array.to_pylist()),
}


@pytest.fixture(params=LIBRARIES)
def as_library(request: pytest.FixtureRequest) -> Callable[[pa.Array], Any]:
    """Turns a pyarrow array into the column of one library after the other."""
    return LIBRARIES[request.param]


@pytest.fixture(autouse=True)
def _names_for_doctests(doctest_namespace: dict[str, Any]) -> None:
    """Examples start where users do: after the imports."""
    doctest_namespace.update(
        dp=drypoint,
        np=np,
        pa=pa,
        Estimate=drypoint.Estimate,
        FrequentItems=FrequentItems,
        HllSketch=HllSketch,
        KllSketch=KllSketch,
    )
