"""How often drift calls figures of tasks that have not changed, and that have.

`python -m benches.calibration.tasks` writes the table into docs/drift/performance.md.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
from tests.performance.predictions import profiled

import drypoint as dp
from benches import results
from drypoint.performance._change import FEWEST

PAGE = Path(__file__).resolve().parents[2] / "docs" / "drift" / "performance.md"
ALPHA, SEED = 0.05, 1954
ALARMS = {
    (60, 1_500): 1_000,
    (400, 400): 1_000,
    (4_000, 4_000): 1_000,
    (4_000, 100_000): 300,
    (100_000, 100_000): 300,
}
"""By the sizes of both sides, how many pairs."""
WORSE, SIZE = 0.08, 4_000
"""By how much predictions get worse where power is measured, and of how many rows."""
HEAD = """
## How often it is called

Made by `python -m benches.calibration.tasks`: how often p is below 0.05, of one figure alone and
without a limit, where nothing has changed, by the rows of both sides; the last column is how
often of {size:,} rows that are a little worse, scores, labels and errors each by {worse}
(lists are as they were). Calibrated scores of which a third is positive, four labels from 5 to 50
%, errors with the tails of a Laplace law, lists of six. {most:,} pairs of profiles where both are
small, {least:,} else: a standard error of {errors[0]:.3f} and {errors[1]:.3f}. A dash: of fewer
than {few} rows of a class, or 5 of a label, most of the time, there is no p.

"""


def rates(m: int, n: int, runs: int, worse: float = 0.0) -> dict[tuple[str, str], float]:
    """By task and figure; those that mostly have no p-value are left out."""
    random = np.random.default_rng([SEED, m, n, int(1_000 * worse)])
    called: Counter[tuple[str, str]] = Counter()
    known: Counter[tuple[str, str]] = Counter()
    for _ in range(runs):
        current, reference = profiled(random, m, worse), profiled(random, n)
        for row in dp.drift(current, reference, columns=[*current.performance]):
            key = row.column, row.measure
            called[key] += row.p_value is not None and row.p_value < ALPHA
            known[key] += row.p_value is not None
    return {key: called[key] / known[key] for key in known if 2 * known[key] > runs}


def main() -> None:
    """Measures, and writes the section."""
    runs, percent = ALARMS.values(), f"{100 * WORSE:.0f} %"
    errors = [(ALPHA * (1 - ALPHA) / of) ** 0.5 for of in (max(runs), min(runs))]
    head = HEAD.format(
        size=SIZE, worse=percent, most=max(runs), least=min(runs), errors=errors, few=FEWEST
    )
    found = {f"{m:,} and {n:,}": rates(m, n, runs) for (m, n), runs in ALARMS.items()}
    found[f"worse by {percent}"] = rates(SIZE, SIZE, min(runs), WORSE)
    lines = [
        results.row("task", "figure", *found),
        results.row("---", "---", *["---:"] * len(found)),
    ]
    for key in dict.fromkeys(key for one in reversed(found.values()) for key in one):
        told = (one.get(key) for one in found.values())
        lines.append(results.row(*key, *("–" if rate is None else f"{rate:.3f}" for rate in told)))
    results.put(PAGE, head + "\n".join(lines))


if __name__ == "__main__":
    main()
