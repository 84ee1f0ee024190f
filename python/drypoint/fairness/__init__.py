"""Fairness: how groups of people fare beside each other, and whether that is accepted.

`dp.fairness(profiles, …)` is the function; what else is here comes from this module, which is
called as the function.
"""

from drypoint._callable import make_callable
from drypoint.fairness._disparity import Disparity, GroupRates
from drypoint.fairness._fairness import fairness
from drypoint.fairness._fairness_table import FairnessTable
from drypoint.fairness._measures import MEASURES, Measure

__all__ = ["MEASURES", "Disparity", "FairnessTable", "GroupRates", "Measure", "fairness"]

make_callable(__name__, fairness)
