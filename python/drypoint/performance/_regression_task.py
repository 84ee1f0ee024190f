"""Predictions of numbers: what is compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from drypoint.performance._columns import as_numbers, check_numbers
from drypoint.profiles import Parameters, Task

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["RegressionTask", "regression"]


@dataclass(frozen=True)
class RegressionTask(Task):
    """What is compared; made by `regression`.

    Attributes:
        prediction: the column of what was predicted.
        label: that of the truth.
        k: of the sketches of errors.
    """

    kind: ClassVar[str] = "regression"
    prediction: Any
    label: Any
    k: int = 512

    @property
    def columns(self) -> dict[str, Any]:
        return {"prediction": self.prediction, "label": self.label}

    @property
    def options(self) -> dict[str, Any]:
        return {"positive": None, "scored": None, "threshold": None, "most": 0}

    @property
    def parameters(self) -> Parameters:
        return Parameters(k=self.k)

    def prepared(self, name: str, columns: dict[str, pa.Array]) -> dict[str, pa.Array]:
        found = {role: as_numbers(array) for role, array in columns.items()}
        check_numbers(name, found)
        return found


def regression(*, prediction: Any, label: Any, k: int = 512) -> RegressionTask:
    """A task for `profile(performance=)`: a number is predicted.

    Columns are names, `pyarrow.compute` expressions, or functions of a record batch. A null or NaN
    is missing; rows with one, and rows with an infinity, are counted apart.

    Args:
        prediction: the column of what was predicted.
        label: the column of the truth; null where it is not known yet.
        k: accuracy of the sketches of errors, 8 to 65,535: ranks within 2.296 / k**0.9723.

    Raises:
        ParameterError: *k* is out of range.

    Examples:
        >>> import pyarrow as pa
        >>> import drypoint as dp
        >>> rows = pa.table({"minutes": [10, 20, 30], "guess": [11.0, 18.0, 30.0]})
        >>> task = dp.performance.regression(prediction="guess", label="minutes")
        >>> found = dp.profile(rows, performance=task).performance
        >>> found.mae, found.bias, found.error_quantile(0.5).value
        (1.0, -0.3333333333333333, 0.0)
    """
    Parameters(k=k)
    return RegressionTask(prediction, label, k)
