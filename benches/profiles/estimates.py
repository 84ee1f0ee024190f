"""How far off the accuracy is that scores let expect, on data whose labels are known after all.

`python -m benches.profiles.estimates [--out FILE]`. Flights: late arrivals by month, from the
winter. Digits and breast cancer of scikit-learn, with noise, so that there is something to get
wrong: a third trains, a third calibrates, and the labels of a third are withheld; by draw.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from sklearn import datasets
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from tests.performance.flights import TASK, predicted

import drypoint as dp
from benches import results

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = """
## Accuracy without labels

The accuracy that scores let expect beside the one that labels show, in points (hundredths); last,
how far off one is on average who believes that the accuracy is still that of the reference.

- {where}

| data | cases | mean error | largest | bounds ± | within them (95 %) | no change |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
"""
DRAWS = 40
SURE = dp.performance.classification(label="y", prediction="guess", confidence="p")


class Case(NamedTuple):
    """One estimate beside the truth.

    Attributes:
        error: how far off it is.
        within: whether the truth is within the bounds.
        reach: half of how far the bounds are apart.
        stale: how far off the accuracy of the reference is.
    """

    error: float
    within: bool
    reach: float
    stale: float


def case(current: dp.Profile, reference: list[dp.Profile]) -> Case:
    """What is expected of one profile, whose labels are there but not looked at."""
    truth = current.performance.accuracy
    found = dp.performance.estimate(current, reference)
    assert found is not None
    within = found.accuracy.lower <= truth <= found.accuracy.upper
    stale = abs(dp.merge(reference).performance.accuracy - truth)
    reach = (found.accuracy.upper - found.accuracy.lower) / 2
    return Case(abs(found.accuracy.value - truth), within, reach, stale)


def flights(*, apart: bool) -> Iterator[Case]:
    """Nine months, from the first three, as one reference or as three windows of it."""
    months = dp.profile(predicted(), segment_by="month", performance=TASK)
    winter = [months[month] for month in ("1", "2", "3")]
    for month in range(4, 13):
        yield case(months[str(month)], winter if apart else [dp.merge(winter)])


def shipped(name: str) -> Iterator[Case]:
    """A data set of scikit-learn, drawn again and again."""
    data = getattr(datasets, f"load_{name}")()
    for seed in range(DRAWS):
        random = np.random.default_rng(seed)
        features = data.data + random.normal(0, data.data.std(0) * 1.5)
        train, known, fresh = np.array_split(random.permutation(len(data.target)), 3)
        model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1_000))
        model.fit(features[train], data.target[train])
        sure = model.predict_proba(features)
        guess = model.classes_[sure.argmax(1)]
        profiles: list[Any] = [
            dp.profile(
                {"y": data.target[rows], "guess": guess[rows], "p": sure.max(1)[rows]},
                performance=SURE,
            )
            for rows in (fresh, known)
        ]
        yield case(profiles[0], profiles[1:])


def line(name: str, cases: list[Case]) -> str:
    """A row of the table."""
    errors, stale = [one.error for one in cases], mean(one.stale for one in cases)
    within = sum(one.within for one in cases)
    return (
        f"| {name} | {len(cases)} | {100 * mean(errors):.2f} | {100 * max(errors):.2f} | "
        f"{100 * mean(one.reach for one in cases):.2f} | "
        f"{within} of {len(cases)} | {100 * stale:.2f} |"
    )


def main() -> None:
    """Measures and writes."""
    parser = argparse.ArgumentParser(prog="python -m benches.profiles.estimates")
    parser.add_argument("--out", type=Path, default=None)
    options = parser.parse_args()
    lines = [
        line("flights by month, late or not; one reference", list(flights(apart=False))),
        line("the same; a reference of three windows", list(flights(apart=True))),
        line("digits, ten labels", list(shipped("digits"))),
        line("breast cancer, two labels", list(shipped("breast_cancer"))),
    ]
    made = HEAD.format(where=results.where()) + "\n".join(lines) + "\n"
    print(made)
    if options.out is not None:
        results.put(options.out, made)


if __name__ == "__main__":
    main()
