"""Draws `docs/plots/*.png`: the flights from New York in 2013, July beside January."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from PIL import Image
from tests.performance import flights

import drypoint as dp
from drypoint.report import charts

FOLDER = Path(__file__).parents[2] / "docs" / "plots"
WIDTH = 560
COLORS = 128
"""So many are told apart, and make a file five times smaller."""


def of_month(table: Any, month: int) -> Any:
    """The rows of a month."""
    return table.filter(pc.equal(table["month"], month))


def drawings() -> dict[str, charts.Drawing | None]:
    """All of them by the name of their file."""
    table = pa.Table.from_pandas(flights.read(), preserve_index=False)
    whole = dp.profile(table)
    january, july = (dp.profile(of_month(table, month)) for month in (1, 7))
    predicted = flights.predicted()
    scored = dp.profile(predicted, performance=flights.TASK)
    months = [
        dp.profile(of_month(predicted, month), performance=flights.TASK, segment_by="carrier")
        for month in (7, 1)
    ]
    moved = dp.trace(*months, metric="mean", column="arr_delay")
    return {
        "histogram": charts.histogram(whole["dep_delay"]),
        "calendar": charts.calendar(whole["time_hour"]),
        "compared": charts.histogram(july["dep_delay"], january["dep_delay"]),
        "drift": charts.drift(dp.drift(july, january)),
        "roc": charts.roc(scored.performance.only),
        "segments": charts.segments_performance(months[0], "accuracy"),
        "contributions": charts.contributions(moved),
    }


def main() -> None:
    """Draws all of them."""
    for name, drawing in drawings().items():
        assert drawing is not None, name
        picture = Image.open(io.BytesIO(drawing.png(width=WIDTH))).convert("RGB")
        picture.quantize(COLORS).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
