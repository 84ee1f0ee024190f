"""Accuracy without labels: what calibrated scores let expect.

A score that is calibrated is the probability of its outcome, so the mean over rows of the
probability that the prediction is right is the accuracy to be expected (Guillory et al. 2021,
"Predicting with confidence on unseen distributions"; the confidence-based performance estimation of
NannyML). Scores are calibrated by the rows of a reference whose labels are known: bin by bin, what
came true there.

With nᵦ rows of which the share qᵦ is right in bin b of the current profile, and mᵦ rows of the
reference in it, the variance of the estimate as a forecast of the accuracy of these very rows is
Σ nᵦ² qᵦ (1 - qᵦ) (1/nᵦ + 1/mᵦ) / n². That is all there is if labels depend on scores as they did.
They seldom do for long (concept drift). How much they move is seen in a reference of several
windows: each is forecast from the others, and what its error has more than this variance is the
variance between windows, which is added, with Student's t for as many windows as there are.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

from drypoint.errors import ParameterError
from drypoint.estimate import Estimate
from drypoint.performance._classification import Classification
from drypoint.profiles import Profile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["ExpectedAccuracy", "estimate"]

Z, CONFIDENCE = 1.959963984540054, 0.95


class ExpectedAccuracy(NamedTuple):
    """The accuracy that scores let expect.

    Attributes:
        accuracy: within bounds at 95 %: of a reference that is one profile, as long as labels
            depend on scores as they did; of several, if that moves on as it did between them.
        rows: the rows that it rests on: with a prediction and a score in [0, 1].
        uncovered: those of them whose score is in a bin without rows of the reference; they are
            believed to be calibrated, and may be all right or all wrong within the bounds.
    """

    accuracy: Estimate[float]
    rows: int
    uncovered: int


class Cell(NamedTuple):
    """Rows of one bin and one side of the threshold.

    Attributes:
        bin: which bin.
        rows: how many.
        score: their mean score.
        positive: whether the score is of what was predicted.
    """

    bin: int
    rows: int
    score: float
    positive: bool


class Forecast(NamedTuple):
    """What bins let expect.

    Attributes:
        value: the accuracy.
        variance: of its error.
        uncovered: the share of the rows that no row of a reference is like.
    """

    value: float
    variance: float
    uncovered: float


def estimate(
    current: Profile,
    reference: Profile | Iterable[Profile] | None = None,
    *,
    task: str | None = None,
) -> ExpectedAccuracy | None:
    """The accuracy to be expected of predictions whose labels are not known yet.

    Args:
        current: a profile with a task of classification that has scores; labels are not needed.
        reference: one of the same task with labels, which calibrates the scores; or several, of
            windows or as a profile set, which also tell how much calibration moves between them.
            None to believe that scores are calibrated.
        task: its name; None for the only one.

    Returns:
        The accuracy with bounds; None without rows that have a prediction and a score.

    Raises:
        ParameterError: there is no such task, it has no scores, or the two differ.

    Examples:
        >>> import drypoint as dp
        >>> task = dp.performance.classification(label="y", score="p", positive=1, threshold=0.5)
        >>> known = {"p": [0.1, 0.9] * 500, "y": [0, 1] * 400 + [1, 0] * 100}
        >>> fresh = {"p": [0.1, 0.9] * 500, "y": [None] * 1000}
        >>> before, now = (dp.profile(rows, performance=task) for rows in (known, fresh))
        >>> found = dp.performance.estimate(now, before)
        >>> round(found.accuracy.value, 3), round(found.accuracy.lower, 3), found.rows
        (0.8, 0.765, 1000)
    """
    now = scored(current, task)
    known = [scored(one, task) for one in listed(reference)]
    for one in known:
        check_alike(now, one)
    cells = list(cells_of(now))
    rows = sum(one.rows for one in cells)
    if not rows:
        return None
    found = forecast(cells, calibrated(known) if known else None)
    moved, quantile = moves(known)
    reach = quantile * sqrt(found.variance + moved) + found.uncovered
    ends = max(0.0, found.value - reach), min(1.0, found.value + reach)
    bounded = Estimate(found.value, *ends, CONFIDENCE)
    return ExpectedAccuracy(bounded, rows, round(found.uncovered * rows))


def listed(reference: Profile | Iterable[Profile] | None) -> list[Profile]:
    """The profiles of a reference."""
    if reference is None:
        return []
    return [reference] if isinstance(reference, Profile) else list(reference)


def check_alike(now: Classification, before: Classification) -> None:
    """Refuses a reference whose scores are of something else."""
    if (before.scored, before.positive) != (now.scored, now.positive):
        raise ParameterError(
            f"the scores of the reference are of {said(before)}, those of the profile of "
            f"{said(now)}"
        )


def calibrated(known: list[Classification]) -> list[tuple[int, int]]:
    """By bin: the rows of all references, and those that came true."""
    facts = [one._facts for one in known]  # noqa: SLF001 # of this part of the house
    rows = map(sum, zip(*(one["bin_rows"] for one in facts), strict=True))
    hits = map(sum, zip(*(one["bin_hits"] for one in facts), strict=True))
    return list(zip(rows, hits, strict=True))


def forecast(cells: list[Cell], known: list[tuple[int, int]] | None) -> Forecast:
    """Expected over all rows, each with the chance of its bin."""
    right = variance = uncovered = 0.0
    for one in cells:
        seen, hits = known[one.bin] if known is not None else (0, 0)
        chance = hits / seen if seen else one.score
        right += one.rows * (chance if one.positive else 1 - chance)
        uncovered += one.rows if known is not None and not seen else 0
        variance += one.rows * spread(chance, seen) * (1 + (one.rows / seen if seen else 0))
    rows = sum(one.rows for one in cells)
    return Forecast(right / rows, variance / rows**2, uncovered / rows)


def moves(known: list[Classification]) -> tuple[float, float]:
    """The variance between windows of a reference, and how many deviations are 95 %.

    Each window is forecast from the others; what its squared error has more than the variance of
    the forecast, on average, is between windows.
    """
    there = [one for one in known if one.accuracy is not None and list(cells_of(one))]
    if len(there) < 2:  # noqa: PLR2004 # of one there are no others
        return 0.0, Z
    from scipy.special import stdtrit

    more = 0.0
    for index, one in enumerate(there):
        found = forecast(list(cells_of(one)), calibrated(there[:index] + there[index + 1 :]))
        more += (found.value - (one.accuracy or 0.0)) ** 2 - found.variance
    return max(0.0, more / len(there)), float(stdtrit(len(there) - 1, (1 + CONFIDENCE) / 2))


def spread(chance: float, seen: int) -> float:
    """The variance of one outcome; of few that all went one way it is not 0 (Laplace)."""
    smooth = (chance * seen + 1) / (seen + 2) if seen else chance
    return smooth * (1 - smooth)


def cells_of(found: Classification) -> Iterator[Cell]:
    """The rows with a prediction and a score, by bin and by what was predicted."""
    for side in ("positive", "negative"):
        facts = found._facts  # noqa: SLF001 # of this part of the house
        pairs = zip(facts[f"{side}_rows"], facts[f"{side}_sums"], strict=True)
        for index, (rows, total) in enumerate(pairs):
            if rows:
                yield Cell(index, rows, total / rows, side == "positive")


def scored(profile: Profile, task: str | None) -> Classification:
    """The answers of a classification with scores.

    Raises:
        ParameterError: there are none.
    """
    tasks = profile.performance
    if task is not None and task not in tasks:
        raise ParameterError(f"task {task!r} not found; there are {list(tasks)}")
    found = tasks.only if task is None else tasks[task]
    if not isinstance(found, Classification) or found.scored == "nothing":
        raise ParameterError(
            f"task {found.name!r} has no scores to expect anything from; "
            "classification(score=) or classification(confidence=) takes them"
        )
    return found


def said(found: Classification) -> str:
    """Of what scores are."""
    return "the prediction" if found.scored == "prediction" else repr(found.positive)
