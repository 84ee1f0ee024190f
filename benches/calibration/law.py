"""Makes python/drypoint/drift/_law_table.py: the null law of the largest difference over ranks.

Half a million draws of a Brownian bridge and of the error of sketches, as `drypoint.drift._numbers`
says what they are, each the mean over a cell; their largest absolute value, in standard deviations
of the middle, for eleven shares that the sketches have in the variance there.
"""

from __future__ import annotations

import textwrap
from pathlib import Path

import numpy as np

from drypoint.drift._numbers import CELLS, SHARED

TARGET = Path(__file__).resolve().parents[2] / "python/drypoint/drift/_law_table.py"
STEPS = 4
"""Of the bridge in half a cell."""
SHARES = np.linspace(0, 1, 11)
OWN_PARTS = (0.02, 0.08, 0.2, 0.5)
"""Of the variance of sketches, what a rank does not share with others."""
DRAWS, AT_ONCE = 500_000, 10_000
LOGS = (
    -0.05, -0.1, -0.2, -0.35, -0.5, -0.75, -1, -1.3, -1.6, -2, -2.5,
    -3, -3.5, -4, -4.6, -5.3, -6, -6.9, -8, -9.2, -10.4,
)  # fmt: skip
SEED = 2016


def draws(rng: np.random.Generator, part: float) -> tuple[np.ndarray, np.ndarray]:
    """Bridges and errors of sketches at the ranks, both with variance 1 in the middle."""
    fine = 2 * STEPS * CELLS
    walk = np.cumsum(rng.standard_normal((AT_ONCE, fine), dtype=np.float32), axis=1)
    walk -= walk[:, -1:] * (np.arange(1, fine + 1, dtype=np.float32) / fine)
    inner = walk[:, STEPS : fine - STEPS] * np.float32(2 / np.sqrt(fine))
    bridge = inner.reshape(AT_ONCE, CELLS - 1, -1).mean(axis=2)
    shared = rng.standard_normal((AT_ONCE, 1), dtype=np.float32) * np.sqrt(SHARED)
    own = rng.standard_normal((AT_ONCE, CELLS - 1), dtype=np.float32) * np.sqrt(part)
    return bridge, (shared + own) / np.sqrt(SHARED + part)


def table(part: float) -> list[list[float]]:
    """The quantiles, a row for each share."""
    rng = np.random.default_rng(SEED)
    found: list[list[np.ndarray]] = [[] for _ in SHARES]
    for _ in range(DRAWS // AT_ONCE):
        bridge, error = draws(rng, part)
        for row, share in zip(found, SHARES, strict=True):
            row.append(np.abs(np.sqrt(1 - share) * bridge + np.sqrt(share) * error).max(axis=1))
    ranks = 1 - np.exp(LOGS)
    return [[round(float(q), 3) for q in np.quantile(np.concatenate(r), ranks)] for r in found]


def wrapped(values: object, indent: int) -> str:
    """Numbers in lines."""
    pad = " " * indent
    text = ", ".join(f"{value:g}" for value in values) + ","  # type: ignore[attr-defined]
    return textwrap.fill(text, 100, initial_indent=pad, subsequent_indent=pad)


def main() -> None:
    """Writes the table."""
    blocks = [
        "    (\n" + "\n".join(f"        (\n{wrapped(row, 12)}\n        )," for row in table(part))
        for part in OWN_PARTS
    ]
    rows = "\n    ),\n".join(blocks) + "\n    ),"
    TARGET.write_text(
        f'"""The null law of the largest difference over {CELLS - 1} ranks.\n\n'
        'Made by `python -m benches.calibration.law`.\n"""\n\n'
        '__all__ = ["LOGS", "OWN_PARTS", "QUANTILES"]\n\n'
        f"OWN_PARTS = {OWN_PARTS}\n"
        '"""Of the variance of sketches, what a rank has of its own; half is shared."""\n'
        f"LOGS = (\n{wrapped(LOGS, 4)}\n)  # fmt: skip\n"
        '"""Logarithms of the chance to be above."""\n'
        f"QUANTILES = (\n{rows}\n)  # fmt: skip\n"
        '"""In standard deviations; by own part, and by the share of sketches: none, a tenth, …, '
        'all."""\n'
    )


if __name__ == "__main__":
    main()
