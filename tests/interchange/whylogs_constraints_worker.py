"""What the constraints of whylogs itself say, in an environment of its own.

It reads JSON: tables by name, and constraints as [table, factory, arguments]. It writes the profile
of each table into a folder, and prints the name and the verdict of each constraint as JSON.
"""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path
from typing import Any

logging.disable(logging.WARNING)

import pandas as pd  # noqa: E402 # the silence comes first
import whylogs  # noqa: E402
from whylogs.core.constraints import ConstraintsBuilder, factories  # noqa: E402
from whylogs.core.metrics.condition_count_metric import Condition  # noqa: E402
from whylogs.core.resolvers import STANDARD_RESOLVER  # noqa: E402
from whylogs.core.schema import DeclarativeSchema  # noqa: E402
from whylogs.core.specialized_resolvers import ConditionCountMetricSpec  # noqa: E402

DTYPES = {
    "time": "datetime64[s]",
    "string": "object",
    "float64": "float64",
    "int64": "int64",
    "bool": "bool",
}


def view_of(table: dict[str, Any]) -> Any:
    """The profile of a table, with the conditions that it names: that numbers are above a bound."""
    columns = {
        name: pd.Series(
            values, dtype="object" if None in values and of != "float64" else DTYPES[of]
        )
        for name, (of, values) in table["columns"].items()
    }
    schema = DeclarativeSchema(STANDARD_RESOLVER)
    above: dict[str, dict[str, Any]] = {}
    for name, (column, bound) in table["conditions"].items():
        above.setdefault(column, {})[name] = Condition(lambda x, bound=bound: x > bound)
    for column, conditions in above.items():
        spec = ConditionCountMetricSpec(conditions)
        schema.add_resolver_spec(column_name=column, metrics=[spec])
    return whylogs.log(pd.DataFrame(columns), schema=schema).view()


def verdict(view: Any, factory: str, arguments: list[Any]) -> list[Any]:
    """The name in the report, and whether it holds, or what was raised."""
    made = getattr(factories, factory)(*arguments)
    try:
        # Without this flag it forgets constraints on metrics that a column lacks.
        built = ConstraintsBuilder(view).add_constraint(made, True).build()
        (line,) = built.generate_constraints_report()
        held = [built.validate(), line.passed == 1]
    except Exception as error:  # noqa: BLE001 # whatever it is, it is told
        return [made.name, type(error).__name__]
    return [made.name, held[0] if len(set(held)) == 1 else held]


def main() -> None:
    """Answers what is asked."""
    asked, folder = json.load(sys.stdin), Path(sys.argv[1])
    views = {name: view_of(table) for name, table in asked["tables"].items()}
    for name, view in views.items():
        (folder / f"{name}.bin").write_bytes(view.serialize())
    said = [verdict(views[table], *how) for table, *how in asked["constraints"]]
    json.dump(said, sys.stdout)


if __name__ == "__main__":
    main()
