"""Rankings: which lists are compared, and how many of their first items count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from drypoint.errors import ParameterError
from drypoint.performance._columns import check_labels, check_numbers
from drypoint.profiles import Task
from drypoint.sketches._parameters import integer

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["RankingTask", "ranking"]

MOST_K = 1_000_000


@dataclass(frozen=True)
class RankingTask(Task):
    """What is compared; made by `ranking`.

    Attributes:
        label: the column of the items that are relevant, or of how relevant each is.
        prediction: that of the ranked items; None if *label* says how relevant each is.
        score: that of the scores of the items; None if they come from the best.
        k: so many of the first items count.
    """

    kind: ClassVar[str] = "ranking"
    label: Any
    prediction: Any = None
    score: Any = None
    k: int = 10

    @property
    def columns(self) -> dict[str, Any]:
        found = {"prediction": self.prediction, "label": self.label, "score": self.score}
        return {role: what for role, what in found.items() if what is not None}

    @property
    def options(self) -> dict[str, Any]:
        return {"positive": None, "scored": None, "threshold": None, "most": self.k}

    def prepared(self, name: str, columns: dict[str, pa.Array]) -> dict[str, pa.Array]:
        lists = {role: as_lists(name, role, array) for role, array in columns.items()}
        items = {role: array.values for role, array in lists.items()}
        numbers = ["score"] if self.prediction is not None else ["score", "label"]
        check_numbers(name, {role: items[role] for role in items if role in numbers})
        check_labels(name, {role: items[role] for role in items if role not in numbers})
        return lists


def as_lists(name: str, role: str, array: pa.Array) -> pa.Array:
    """Lists, with booleans in them as numbers; one relevant item is a list of it."""
    import numpy as np
    import pyarrow as pa

    types = pa.types
    if types.is_null(array.type):
        return array.cast(pa.list_(pa.null()))
    if types.is_fixed_size_list(array.type) or types.is_large_list(array.type):
        array = array.cast(pa.list_(array.type.value_type))
    if types.is_list(array.type):
        is_boolean = types.is_boolean(array.type.value_type)
        return array.cast(pa.list_(pa.int8())) if is_boolean else array
    if role != "label":
        raise ParameterError(
            f"task {name!r}: the {role} is a column of {array.type}, and must be lists"
        )
    offsets = pa.array(np.arange(len(array) + 1, dtype=np.int32), mask=None)
    return pa.ListArray.from_arrays(offsets, array, mask=array.is_null())


def ranking(*, label: Any, prediction: Any = None, score: Any = None, k: int = 10) -> RankingTask:
    """A task for `profile(performance=)`: items are ranked, and the first k count.

    Columns are names, `pyarrow.compute` expressions, or functions of a record batch, of lists.

    Args:
        label: the items that are relevant: lists, or one item a row. Without *prediction*, how
            relevant each item is: numbers from 0 on, or booleans, in the order of *score*.
        prediction: the items, from the best; or in any order, with a *score* for each.
        score: the scores of the items, the highest being the best; equal ones stay as they come,
            and a null or NaN comes last.
        k: so many of the first items count, 1 to 1,000,000. Lists may be shorter: they are counted,
            and what they lack is not relevant.

    Raises:
        ParameterError: *k* is out of range, or there is neither *prediction* nor *score*.

    Examples:
        >>> import drypoint as dp
        >>> shown = {"shown": [["a", "b", "c"], ["b", "c", "a"]], "bought": [["a"], ["a", "c"]]}
        >>> task = dp.performance.ranking(prediction="shown", label="bought", k=2)
        >>> found = dp.profile(shown, performance=task).performance
        >>> found.precision, found.recall, found.reciprocal_rank
        (0.5, 0.75, 0.75)
    """
    integer("k", k, 1, MOST_K)
    if prediction is None and score is None:
        raise ParameterError(
            "prediction= names the column of ranked items; without it score= ranks those of label="
        )
    return RankingTask(label, prediction, score, k)
