"""How well items were ranked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from drypoint.performance._answers import Answers, told
from drypoint.performance._change import Sampled, root
from drypoint.performance._confusion import ratio

if TYPE_CHECKING:
    from drypoint.performance._change import Figure

__all__ = ["Ranking"]


class Ranking(Answers):
    """How well items were ranked; what `Profile.performance` has of such a task.

    Every number is a mean over the lists that have a relevant item. The first k items of a list
    count; r of all are relevant, and hits(i) of the first i.

    Attributes:
        name: what the task is called.
        rows: how many rows came.
    """

    kind = "ranking"
    METRICS: ClassVar[tuple[str, ...]] = (
        "precision",
        "recall",
        "average_precision",
        "ndcg",
        "reciprocal_rank",
    )

    SAME = ("k",)

    @property
    def k(self) -> int:
        """So many of the first items count."""
        return self._facts["k"]  # type: ignore[no-any-return]

    @property
    def n(self) -> int:
        """Lists that have a relevant item."""
        return self._facts["n"]  # type: ignore[no-any-return]

    @property
    def missing_predictions(self) -> int:
        """Rows without a list of items, or without a score for each item."""
        return self._facts["missing"]  # type: ignore[no-any-return]

    @property
    def missing_labels(self) -> int:
        """Rows with items whose label is null."""
        return self._facts["unlabelled"]  # type: ignore[no-any-return]

    @property
    def irrelevant(self) -> int:
        """Rows in which nothing is relevant: recall is not defined, so they are left out."""
        return self._facts["irrelevant"]  # type: ignore[no-any-return]

    @property
    def short(self) -> int:
        """Lists of fewer than k items; what they lack is not relevant."""
        return self._facts["short"]  # type: ignore[no-any-return]

    @property
    def precision(self) -> float | None:
        """hits(k) / k; None without lists."""
        return self._mean(0)

    @property
    def recall(self) -> float | None:
        """hits(k) / r; None without lists."""
        return self._mean(1)

    @property
    def average_precision(self) -> float | None:
        """Σ hits(i) / i over the hits among the first k, divided by min(k, r) (MAP at k).

        None without lists.
        """
        return self._mean(2)

    @property
    def ndcg(self) -> float | None:
        """Normalised discounted cumulative gain (Järvelin and Kekäläinen 2002).

        Σ relevance / log₂(place + 1) over the first k, divided by that of the best order; None
        without lists.
        """
        return self._mean(3)

    @property
    def reciprocal_rank(self) -> float | None:
        """1 / the place of the first hit among the first k, 0 without one (MRR at k).

        None without lists.
        """
        return self._mean(4)

    def _mean(self, place: int) -> float | None:
        return ratio(self._facts["sums"][place], self.n)

    def figure(self, metric: str) -> Figure | None:
        place = self.METRICS.index(metric)
        n, value = self.n, self._mean(place)
        if value is None:
            return None
        square = self._facts["squares"][place] / n - value * value
        return Sampled.mean(value, root(square * n / max(1, n - 1)), n)

    @property
    def about(self) -> tuple[str, ...]:
        return (f"the first {self.k}",)

    def rows_of(self, metric: str) -> int:
        self._check(metric)
        return self.n

    @property
    def flags(self) -> tuple[str, ...]:
        left_out = told(
            (
                self.missing_predictions,
                "row",
                "without items, or a score for each: left out",
            ),
            (self.missing_labels, "row", "without a label: left out"),
            (self.irrelevant, "row", "in which nothing is relevant: left out"),
            (self.short, "list", f"of fewer than {self.k} items"),
        )
        return (*left_out, *([] if self.n else ["no row has a relevant item"]))

    def _about(self) -> dict[str, Any]:
        names = ("k", "n", "missing_predictions", "missing_labels", "irrelevant", "short")
        return {name: getattr(self, name) for name in names}
