"""How far off a sketch of one stream is, from what its core did: halvings are known, coins are not.

What a KLL sketch of the core does to a stream depends on k and on how many values came, and never
on the values (`rust/sketches/src/kll/sampler.rs`, `levels.rs`). So its course is gone over here
without values, and the variance of its ranks is the sum over its coins (Karnin, Lang and Liberty
2016):

- Of a run of items of weight w every s-th is kept, from a random one on. A rank that cuts it t
  after a multiple of s is off by a variance of w²·t·(s - t), on the average w²·(s² - 1) / 6. Of it
  one half is the same for all ranks: where the first one is. A halved level is a run with s = 2.
- Of each block of b values one is kept at random, which is as if there were b times fewer.

The other half each rank has of its own. As a function of the rank it changes its sign at random,
with every item: a telegraph signal (Rice 1944), of whose variance the mean over x changes keeps
R(x) = (1 - (1 - exp(-2x)) / 2x) / x. Items are spread more evenly than at random, so less of it is
left of levels, and next to nothing of runs; how much was measured.

The sizes of the levels come out as well. Where those of a sketch are others it was merged, or
comes of another library.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cache, lru_cache
from math import exp
from threading import Lock
from typing import NamedTuple

__all__ = ["CELLS", "Course", "course", "telegraph"]

CELLS = 60
"""The mean over so small a part of the ranks is what is compared."""
MOST_RUNS = 50_000
"""That are followed: a file may say what it likes, and of k 512 the first 951 hold 2^59 values."""
FOLLOWED = Lock()
"""Held while runs are followed: each is made of the one before."""
STAYS_HALVED, STAYS_THINNED = 0.6, 0.1
"""Of what the mean over a cell keeps of a random signal, as measured at k 100 to 1,000."""

ENTRY_DEPTH, LEAST_ENTRY, MOST_LG_STRIDE, LEAST_DEPTH = 1, 3, 6, 5
MOST_LG_EARLY, LONGEST_RUN, LEAST_CAPACITY = 2, 16, 8
TRIMMED_TENTHS, LEAST_TRIMMED = 21, 128
"""The constants of the core, under their names there."""


class Course(NamedTuple):
    """What came of a stream.

    Attributes:
        sizes: items of each level, as they are stored.
        variance: of a rank, in squared values, for all that was thinned and halved.
        white: what stays of its half that ranks do not share, in the mean over a cell.
        blocks: by how much the sum of squared weights of blocks exceeds the number of values.
    """

    sizes: tuple[int, ...]
    variance: float
    white: float
    blocks: int


class Plan(NamedTuple):
    """How the next run is taken: blocks of 2^lg_block, a stride of 2^lg_stride, so many of them."""

    lg_block: int
    lg_stride: int
    run: int

    @classmethod
    def of(cls, k: int, n: int, levels: int) -> Plan:
        """The plan of a sketch that has seen *n* values and has so many levels."""
        height = min(max((n // k).bit_length() - 1, 0), levels - 1)
        bound = 1 << (k - 1).bit_length()
        depth = max(bound.bit_length() - 2, LEAST_DEPTH)
        lg_block = max(height - depth, min(max(height - depth + 1, 0), MOST_LG_EARLY))
        entry = max(height - ENTRY_DEPTH, LEAST_ENTRY)
        lg_stride = min(entry - lg_block, MOST_LG_STRIDE)
        entry = lg_block + lg_stride
        room = capacity(k, max(height, entry) - entry)
        run = (1 << (room // 2 - 1).bit_length()) << lg_stride
        return cls(lg_block, lg_stride, min(run, bound * LONGEST_RUN))


@dataclass(slots=True)
class Levels:
    """How many items each level has, and what has come of thinning them: see `Course`."""

    k: int
    sizes: list[int] = field(default_factory=lambda: [0])
    variance: float = 0.0
    white: float = 0.0

    def spend(self, variance: float, items: int, stays: float) -> None:
        """Adds an error whose sign changes with each of so many *items*."""
        self.variance += variance
        self.white += variance / 2 * stays * telegraph(items / CELLS)

    def add(self, level: int, items: int) -> None:
        """Puts items into a level."""
        self.sizes += [0] * (level + 1 - len(self.sizes))
        self.sizes[level] += items

    def halve(self, level: int) -> None:
        """Moves every other item up; an odd one stays."""
        pairs, self.sizes[level] = divmod(self.sizes[level], 2)
        self.add(level + 1, pairs)
        self.spend(4.0**level / 2, 2 * pairs, STAYS_HALVED)

    def compress(self) -> None:
        """Halves the lowest level that is full, until all items fit."""
        while sum(self.sizes) > total_capacity(self.k, len(self.sizes)):
            top = len(self.sizes) - 1
            full = (i for i, size in enumerate(self.sizes) if size >= capacity(self.k, top - i))
            level = next(full, None)
            if level is None:
                return
            self.halve(level)

    def trim(self) -> None:
        """Halves the lowest level of more than one item, until few enough are left to be stored."""
        most = max(self.k * TRIMMED_TENTHS // 10, LEAST_TRIMMED)
        while sum(self.sizes) > most:
            level = next((i for i, size in enumerate(self.sizes) if size > 1), None)
            if level is None:
                return
            self.halve(level)


class Entered(NamedTuple):
    """A sketch when a run has just entered."""

    n: int
    plan: Plan
    sizes: list[int]
    variance: float
    white: float
    blocks: int


@lru_cache(maxsize=4096)
def course(k: int, n: int) -> Course:
    """What a sketch of *k* has been through that is stored after a stream of *n* values."""
    last = entered(k, n)
    levels = Levels(k, [*last.sizes], last.variance, last.white)
    lg_block = last.plan.lg_block
    kept, seen = divmod(n - last.n, 1 << lg_block)
    if kept or seen:
        levels.add(lg_block, kept)
        for level in range(seen.bit_length()):
            if seen >> level & 1:
                levels.add(level, 1)
        levels.compress()
    levels.trim()
    blocks = last.blocks + (kept << lg_block) * ((1 << lg_block) - 1) + seen * (seen - 1)
    return Course(tuple(levels.sizes), levels.variance, levels.white, blocks)


@cache
def history(k: int) -> list[Entered]:
    """The runs that have entered a sketch of *k*, as far as it was followed."""
    return [Entered(0, Plan.of(k, 0, 1), [0], 0.0, 0.0, 0)]


def entered(k: int, n: int) -> Entered:
    """The sketch after the last run that *n* values complete."""
    known = history(k)
    with FOLLOWED:
        while (last := known[-1]).n + (last.plan.run << last.plan.lg_block) <= n:
            if len(known) == MOST_RUNS:
                break
            known.append(after(k, last))
    return known[bisect_right(known, n, key=lambda one: one.n) - 1]


def after(k: int, last: Entered) -> Entered:
    """The sketch after one more run."""
    lg_block, lg_stride, run = last.plan
    levels = Levels(k, [*last.sizes], last.variance, last.white)
    kept = run >> lg_stride
    levels.add(lg_block + lg_stride, kept)
    levels.spend(4.0**lg_block * (4.0**lg_stride - 1) / 6, kept, STAYS_THINNED)
    levels.compress()
    values = run << lg_block
    n = last.n + values
    blocks = last.blocks + values * ((1 << lg_block) - 1)
    plan = Plan.of(k, n, len(levels.sizes))
    return Entered(n, plan, levels.sizes, levels.variance, levels.white, blocks)


@cache
def telegraph(flips: float) -> float:
    """The variance of the mean of a random signal of ±1 over so many *flips*.

    >>> round(telegraph(1e-6), 3), round(telegraph(10.0), 3)
    (1.0, 0.095)
    """
    return (1 - (1 - exp(-2 * flips)) / (2 * flips)) / flips


@cache
def capacity(k: int, depth: int) -> int:
    """Items of the level so deep below the top: k·(2/3)^depth, rounded as the core does."""
    return max((((2 * k) << depth) // int(3**depth) + 1) // 2, LEAST_CAPACITY)


@cache
def total_capacity(k: int, levels: int) -> int:
    """Items that so many levels hold together."""
    return sum(capacity(k, depth) for depth in range(levels))
