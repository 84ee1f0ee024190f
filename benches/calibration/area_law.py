"""Makes python/drypoint/drift/_area_table.py: the null law of the area between two functions.

Half a million draws of what `benches.calibration.law` draws, a Brownian bridge and the error of
sketches in the means over cells. Their area is that of cells as wide as those of a normal law, and
of cells that are all alike, for eleven shares that the sketches have in the variance in the middle.
The first row is the normal law, which the sum of many that are independent has, and the last that
of one absolute value. What tells rows apart is how far they scatter.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from scipy.special import ndtri
from scipy.stats import halfnorm, norm

from benches.calibration.law import AT_ONCE, DRAWS, LOGS, draws, wrapped
from drypoint.drift._numbers import CELLS

TARGET = Path(__file__).resolve().parents[2] / "python/drypoint/drift/_area_table.py"
SHARES = np.linspace(0, 1, 11)
OWN_PART = 0.06
"""Of the variance of sketches, what a rank does not share with others: near that of k 200."""
HALVES = (np.arange(CELLS) + 0.5) / CELLS
NORMAL = np.diff(ndtri(HALVES)).astype(np.float32)
SEED = 2017


def rows() -> list[tuple[float, list[float]]]:
    """Variance over mean², and quantiles in standard deviations from the mean."""
    rng = np.random.default_rng(SEED)
    found: list[list[np.ndarray]] = [[] for _ in range(len(SHARES) + 1)]
    for _ in range(DRAWS // AT_ONCE):
        bridge, error = draws(rng, OWN_PART)
        found[0].append(np.abs(bridge) @ NORMAL)
        for row, share in zip(found[1:], SHARES, strict=True):
            row.append(np.abs(np.sqrt(1 - share) * bridge + np.sqrt(share) * error).mean(axis=1))
    drawn = (of_draws(np.concatenate(row).astype(float)) for row in found)
    return [(0.0, [*norm.isf(np.exp(LOGS))]), *drawn, of_one()]


def of_draws(areas: np.ndarray) -> tuple[float, list[float]]:
    """A row."""
    mean, deviation = areas.mean(), areas.std()
    quantiles = np.quantile(areas, 1 - np.exp(LOGS))
    return (deviation / mean) ** 2, [*((quantiles - mean) / deviation)]


def of_one() -> tuple[float, list[float]]:
    """The absolute value of one normal variable."""
    mean, deviation = halfnorm.mean(), halfnorm.std()
    return (deviation / mean) ** 2, [*((halfnorm.isf(np.exp(LOGS)) - mean) / deviation)]


def main() -> None:
    """Writes the table."""
    made = rows()
    scatter = wrapped([round(float(one), 4) for one, _ in made], 4)
    table = "\n".join(
        f"    (\n{wrapped([round(float(one), 3) for one in row], 8)}\n    )," for _, row in made
    )
    TARGET.write_text(
        '"""The null law of the area between two distribution functions.\n\n'
        'Made by `python -m benches.calibration.area_law`.\n"""\n\n'
        '__all__ = ["LOGS", "QUANTILES", "SCATTERED"]\n\n'
        f"SCATTERED = (\n{scatter}\n)  # fmt: skip\n"
        '"""Variance over mean², by row."""\n'
        f"LOGS = (\n{wrapped(LOGS, 4)}\n)  # fmt: skip\n"
        '"""Logarithms of the chance to be above."""\n'
        f"QUANTILES = (\n{table}\n)  # fmt: skip\n"
        '"""In standard deviations from the mean."""\n'
    )


if __name__ == "__main__":
    main()
