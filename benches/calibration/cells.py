"""What is measured: alarms where nothing changed, and where something did."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from itertools import product, repeat
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy import stats
from scipy.special import ndtri

from benches.calibration.streams import (
    AT_ONCE,
    KS,
    SEED,
    SHAPES,
    column,
    merged,
    sketches,
    with_metrics,
)
from benches.calibration.streams import RUNS as STREAMS
from drypoint.drift import MEASURES
from drypoint.drift._measure import Pair
from drypoint.sketches import FrequentItems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ALPHA = 0.05
RUNS, MERGED_RUNS = 3_000, 500
CATEGORY_RUNS = {"five": 4_000, "Zipf": 1_000, "unique": 500}
"""That have not changed, by kind: only of five kinds are alarms near α at all sizes."""
SIZES = (
    (1_000, 1_000), (10_000, 10_000), (100_000, 100_000), (1_000_000, 1_000_000),
    (10_000_000, 10_000_000), (1_000, 1_000_000), (10_000, 100_000), (100_000, 10_000_000),
)  # fmt: skip
POISSON = stats.poisson.cdf(np.arange(40), 3)
LAWS: dict[str, Callable[[Any], Any]] = {
    "uniform": lambda u: u,
    "normal": ndtri,
    "exponential": lambda u: -np.log1p(-u),
    "Cauchy": lambda u: np.tan(np.pi * (u - 0.5)),
    "Poisson(3)": lambda u: np.searchsorted(POISSON, u),
    "tied": lambda u: np.round(-np.log1p(-u), 1),
}
WIDTHS = ("normal", "exponential", "Cauchy", "tied")
"""Of which the area is looked at."""
LIKE_UNIFORM = ("normal", "exponential")
"""Of which ks and psi are not measured again; Cauchy numbers lie farthest from uniform ones."""
CONTINUOUS = ("uniform", "normal", "exponential", "Cauchy")
CHANGES: dict[str, Callable[[float], Callable[[Any], Any]]] = {
    "shift": lambda by: lambda u: ndtri(u) + by,
    "scale": lambda by: lambda u: ndtri(u) * (1 + by),
    "shape": lambda by: lambda u: ndtri(u) + by * (ndtri(u) ** 2 - 1) / 2,
}
"""Of a normal law: moved, stretched, and made skew (which is monotone in all but the far tail)."""
TIMES = (1.0, 1.25, 1.5, 2.0)
POWER_RUNS = 500
POWER_SIZES = {1_000: 500, 10_000: 500, 100_000: 50, 1_000_000: 5, 10_000_000: 1}
"""By size, how often scipy is asked."""
NUMBERS = ("ks", "wasserstein", "psi")


class Cell(NamedTuple):
    """A line of results."""

    what: str
    law: str
    m: int
    n: int
    k: int
    measure: str
    runs: int
    rate: float
    peer: float | None = None
    times: float | None = None


def pairs_of(  # noqa: PLR0913, PLR0917 # two sizes, two laws
    m: int, n: int, k: int, runs: int, one: Any, other: Any
) -> list[Pair]:
    """Pairs of columns of *m* values that follow *one* law, and *n* values that follow another."""
    current, reference = sketches(m)[k], sketches(n)[k]
    if m == n:
        half = len(current) // 2
        current, reference = current[:half], reference[half:]
    runs = min(runs, len(current), len(reference))
    return [
        Pair(column(a, one), column(b, other))
        for a, b in zip(current[:runs], reference[:runs], strict=True)
    ]


def rate_of(measure: str, pairs: list[Pair]) -> float:
    """How often the p-value of a pair alone is below α."""
    found = MEASURES[measure].compare(pairs)
    return sum(one.p_value is not None and one.p_value < ALPHA for one in found) / len(pairs)


def false_alarms() -> Iterator[Cell]:
    """Numbers that have not changed."""
    for size in STREAMS:
        # Each once, before two cells ask for it.
        sketches(size)
    with ProcessPoolExecutor() as processes:
        for made in processes.map(alarms_of, [(m, n, k) for m, n in SIZES for k in KS]):
            yield from made


def alarms_of(sizes: tuple[int, int, int]) -> list[Cell]:
    """The cells of *m* and *n* values in sketches of *k*."""
    known: dict[str, float] = {}
    made = []
    for law, of in LAWS.items():
        pairs = pairs_of(*sizes, RUNS, of, of)
        for measure in NUMBERS:
            if measure == "wasserstein" and law not in WIDTHS:
                continue
            # What knows ranks says the same, but for how values lie between the items of a sketch.
            same = law in LIKE_UNIFORM and measure != "wasserstein"
            rate = known[measure] if same else rate_of(measure, pairs)
            known.setdefault(measure, rate)
            made.append(Cell("alarm", law, *sizes, measure, len(pairs), rate))
    return made


def of_merged() -> Iterator[Cell]:
    """Profiles of several parts that have not changed."""
    with ProcessPoolExecutor() as processes:
        for shape, k in product(SHAPES, KS):
            tasks = range(2 * MERGED_RUNS // AT_ONCE)
            parts = processes.map(merged, repeat(shape), repeat(k), tasks)
            made = [column(one, ndtri) for part in parts for one in part]
            pairs = [Pair(*both) for both in zip(made[::2], made[1::2], strict=True)]
            n = sum(SHAPES[shape])
            for measure in NUMBERS:
                rate = rate_of(measure, pairs)
                yield Cell("merged", shape, n, n, k, measure, len(pairs), rate)


def power() -> Iterator[Cell]:
    """Numbers that have changed so far that the distance is so many times the noise floor."""
    cells = [(n, k, change) for n in POWER_SIZES for k in KS for change in CHANGES]
    with ProcessPoolExecutor() as processes:
        for made in processes.map(powers_of, cells):
            yield from made


def powers_of(what: tuple[int, int, str]) -> list[Cell]:
    """The cells of a change, for *n* values on both sides in sketches of *k*."""
    n, k, change = what
    floor = np.mean([found_floor(one) for one in pairs_of(n, n, k, 20, ndtri, ndtri)])
    made = []
    for times in TIMES:
        law = CHANGES[change](size_of(CHANGES[change], times * float(floor)))
        pairs = pairs_of(n, n, k, POWER_RUNS, law, ndtri)
        peer = scipy_power(n, law, POWER_SIZES[n])
        rate = rate_of("ks", pairs)
        made.append(Cell("power", change, n, n, k, "ks", len(pairs), rate, peer, times))
    return made


def found_floor(pair: Pair) -> float:
    """The noise floor of a pair."""
    (found,) = MEASURES["ks"].compare([pair])
    return found.noise_floor or 0.0


def size_of(change: Callable[[float], Callable[[Any], Any]], distance: float) -> float:
    """The parameter with which a change has this distance, by halving."""
    grid = np.linspace(1e-4, 1 - 1e-4, 9_999)
    low, high = 0.0, 3.0
    for _ in range(40):
        middle = (low + high) / 2
        moved = np.interp(ndtri(grid), change(middle)(grid), grid)
        low, high = (middle, high) if np.abs(moved - grid).max() < distance else (low, middle)
    return low


def scipy_power(n: int, law: Callable[[Any], Any], runs: int) -> float:
    """How often scipy calls drift, given all values."""
    rng = np.random.default_rng([SEED, n, 1])
    asked = (stats.ks_2samp(law(rng.random(n)), ndtri(rng.random(n))) for _ in range(runs))
    return sum(one.pvalue < ALPHA for one in asked) / runs


def zipf(rng: np.random.Generator, n: int, shift: float) -> Any:
    """Values whose frequencies fall as 1 / rank, of which the first has more."""
    ranks = np.arange(1, 10_001)
    shares = 1 / ranks / (1 / ranks).sum()
    shares[0] += shift
    return np.searchsorted(np.cumsum(shares / shares.sum()), rng.random(n)).astype(np.int64)


def five(rng: np.random.Generator, n: int, shift: float) -> Any:
    """Values of five kinds."""
    shares = np.array([0.5 + shift, 0.25, 0.15, 0.07, 0.03])
    return np.searchsorted(np.cumsum(shares / shares.sum()), rng.random(n)).astype(np.int64)


def unique(rng: np.random.Generator, n: int, shift: float) -> Any:
    """Values that hardly ever come twice; they cannot change."""
    del shift
    return rng.integers(0, 2**40, n)


KINDS = {"five": five, "Zipf": zipf, "unique": unique}


def categories() -> Iterator[Cell]:
    """Categories that have not changed, and whose first has become more frequent."""
    sizes = ((1_000, 1_000), (10_000, 10_000), (100_000, 100_000), (1_000, 100_000))
    what = [
        (kind, m, n, changed)
        for kind in KINDS
        for m, n in sizes
        for changed in (False, True)
        if not (changed and kind == "unique")
    ]
    with ProcessPoolExecutor() as processes:
        yield from processes.map(of_kind, what)


def of_kind(what: tuple[str, int, int, bool]) -> Cell:
    """A cell of categories."""
    kind, m, n, changed = what
    rng = np.random.default_rng([SEED, m, n, changed])
    shift = 4 / min(m, n) ** 0.5 if changed else 0.0
    runs, ours, peer = POWER_RUNS if changed else CATEGORY_RUNS[kind], 0.0, 0
    for _ in range(runs):
        one, other = KINDS[kind](rng, m, shift), KINDS[kind](rng, n, 0.0)
        ours += rate_of("chi_square", [Pair(counted(one), counted(other))])
        peer += scipy_chi_square(one, other) < ALPHA
    name = "power" if changed else "alarm"
    return Cell(name, kind, m, n, 0, "chi_square", runs, ours / runs, peer / runs)


def counted(values: Any) -> Any:
    """The profile of a column of categories."""
    items = FrequentItems(10, "i64").update(values)
    return with_metrics("int64", len(values), {"frequent": {"items": items.to_bytes()}})


def scipy_chi_square(one: Any, other: Any) -> float:
    """The p-value of scipy, of values that both together have ten times; the others are one."""
    most = int(max(one.max(), other.max())) + 1
    if most > 1_000_000:
        return 1.0
    table = np.array([np.bincount(side, minlength=most) for side in (one, other)])
    expected = table.sum(axis=0) * min(len(one), len(other)) / (len(one) + len(other))
    often = expected >= 5
    rest = table[:, ~often].sum(axis=1)
    kept = np.column_stack([table[:, often], rest]) if rest.sum() else table[:, often]
    return float(stats.chi2_contingency(kept, correction=False).pvalue)
