"""How well predictions are: counted in the one pass, by segment, in parts that merge."""

from drypoint.performance._calibration import CalibrationBin
from drypoint.performance._classification import Classification
from drypoint.performance._classification_task import ClassificationTask, classification
from drypoint.performance._confusion import Confusion, LabelCounts
from drypoint.performance._curves import Curve
from drypoint.performance._estimate import ExpectedAccuracy, estimate
from drypoint.performance._ranking import Ranking
from drypoint.performance._ranking_task import RankingTask, ranking
from drypoint.performance._regression import Regression
from drypoint.performance._regression_task import RegressionTask, regression
from drypoint.performance._threshold import ThresholdCounts

__all__ = [
    "ANSWERS",
    "CalibrationBin",
    "Classification",
    "ClassificationTask",
    "Confusion",
    "Curve",
    "ExpectedAccuracy",
    "LabelCounts",
    "Ranking",
    "RankingTask",
    "Regression",
    "RegressionTask",
    "ThresholdCounts",
    "classification",
    "estimate",
    "ranking",
    "regression",
]

ANSWERS = {
    "classification": Classification,
    "regression": Regression,
    "ranking": Ranking,
}
"""What answers for each kind of task."""
