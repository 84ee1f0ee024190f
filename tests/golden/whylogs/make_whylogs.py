"""Makes golden files of whylogs, each with the version that writes so.

Run in an environment of that version: `make_whylogs.py v0` with whylogs 0.7.10 (Python 3.8),
`make_whylogs.py legacy` with 1.0.2 and `make_whylogs.py now` with 1.6.4. KLL tosses coins, so a
file is another one each time that it is made; the answers are written beside it.

`base_*`, `merged_ab`, `segment_*` and `perf_*` were made by whylogs 1.6.4 with NumPy 1.26 and
pandas 2.3, from tables that are not here: the first rows of one, its halves merged, its segments
by `s`, and the performance of a model.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import os
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
DAY = dt.datetime(2021, 1, 2, 15, tzinfo=dt.timezone.utc)  # noqa: UP017 # Python 3.8 has no dt.UTC


def columns(start: int, stop: int) -> dict[str, list[Any]]:
    """Rows whose truth anyone can count."""
    rows = range(start, stop)
    return {
        "i": [row * 7 % 1000 - 300 for row in rows],
        "f": [row * 37 % 2000 / 4 - 100 for row in rows],
        "n": [None if row % 10 == 0 else row / 2 for row in rows],
        "s": [f"user {row % 300}" for row in rows],
        "b": [row % 3 == 0 for row in rows],
    }


def frame(start: int, stop: int) -> Any:
    """The rows as a data frame."""
    import pandas as pd

    return pd.DataFrame(columns(start, stop))


def plain(fact: Any) -> Any:
    """A fact as JSON has it."""
    if isinstance(fact, list):
        return [[item.value, item.est, item.lower, item.upper] for item in fact]
    fact = fact.item() if hasattr(fact, "item") else fact
    return str(fact) if isinstance(fact, float) and not math.isfinite(fact) else fact


def summary(view: Any) -> dict[str, Any]:
    """What whylogs 1.x says of each column."""
    return {
        name: {key: plain(fact) for key, fact in column.to_summary_dict().items()}
        for name, column in view.get_columns().items()
    }


def save(name: str, data: bytes, answers: Any) -> None:
    """A file and what is in it."""
    (HERE / f"{name}.bin").write_bytes(data)
    text = json.dumps(answers, indent=1, ensure_ascii=False, sort_keys=True)
    (HERE / f"{name}.json").write_text(text + "\n")


def v0() -> None:
    """A file of whylogs 0.7, whose quantiles are of f32."""
    from whylogs import DatasetProfile

    about = {"session_timestamp": DAY, "dataset_timestamp": DAY, "session_id": "session"}
    profile = DatasetProfile("old", tags={"env": "test"}, metadata={"who": "me"}, **about)
    profile.track_dataframe(frame(0, 400))
    facts = profile.flat_summary()["summary"].set_index("column").to_dict("index")
    answers = {name: {key: plain(fact) for key, fact in of.items()} for name, of in facts.items()}
    path = HERE / "v0.bin"
    path.unlink(missing_ok=True)
    profile.write_protobuf(str(path), delimited_file=True)
    save("v0", path.read_bytes(), answers)


def legacy() -> None:
    """A file of whylogs 1.0, whose KLL has the header of DataSketches."""
    import whylogs

    view = whylogs.log(frame(0, 100)).view()
    view.write(str(HERE / "legacy.bin"))
    save("legacy", (HERE / "legacy.bin").read_bytes(), summary(view))


def unknown() -> Any:
    """A profile of whylogs 1.6 with metrics that have no place in ours."""
    import whylogs
    from whylogs.core.metrics import MetricConfig
    from whylogs.core.metrics.condition_count_metric import Condition
    from whylogs.core.relations import Predicate
    from whylogs.core.resolvers import STANDARD_RESOLVER, ResolverSpec
    from whylogs.core.schema import DeclarativeSchema
    from whylogs.core.specialized_resolvers import ConditionCountMetricSpec

    conditions = {"is 'user 1'": Condition(Predicate().equals("user 1"))}
    specs = [ConditionCountMetricSpec(conditions)]
    config = MetricConfig(track_unicode_ranges=True, kll_k_large=128)
    resolvers = [*STANDARD_RESOLVER, ResolverSpec(column_name="s", metrics=specs)]
    schema = DeclarativeSchema(resolvers, default_config=config)
    return whylogs.log(frame(0, 40), schema=schema, dataset_timestamp=DAY).view()


def now() -> None:
    """Files of whylogs 1.6: of 2,000 rows, and one of metrics that have no place in a profile."""
    import whylogs

    view = whylogs.log(frame(0, 2000), dataset_timestamp=DAY, name="rows").view()
    save("two_thousand", view.serialize(), summary(view))
    view = unknown()
    save("unknown", view.serialize(), summary(view))


if __name__ == "__main__":
    os.environ["WHYLOGS_NO_ANALYTICS"] = "True"
    os.environ["PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION"] = "python"
    {"v0": v0, "legacy": legacy, "now": now}[sys.argv[1]]()
