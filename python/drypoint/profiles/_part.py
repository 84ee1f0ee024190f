"""The rows of one schema, while they come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from drypoint import _core
from drypoint.profiles._choice import names_of
from drypoint.profiles._custom import updated
from drypoint.profiles._profile import Profile

if TYPE_CHECKING:
    import pyarrow as pa

    from drypoint.profiles._choice import Chosen
    from drypoint.profiles._custom import Custom, Place
    from drypoint.profiles._metric import Metric

__all__ = ["Measured", "Part", "Plan", "measured_by"]


class Plan(NamedTuple):
    """What is measured of the tables of one schema.

    Attributes:
        schema: the columns that are profiled, conditions among them.
        default: parameters of columns that have no others, as the core takes them.
        parameters: by column or path.
        threads: how many to use.
        measured: the classes of custom metrics of each column.
    """

    schema: pa.Schema
    default: dict[str, Any]
    parameters: dict[str, dict[str, Any]]
    threads: int | None
    measured: Measured


class Measured(NamedTuple):
    """Which custom metrics measure which columns.

    Attributes:
        places: the columns and their types, as the core calls them.
        classes: of each place.
    """

    places: list[Place]
    classes: list[list[type[Metric]]]

    def fresh(self) -> Custom:
        """The metrics of no rows."""
        pairs = zip(self.places, self.classes, strict=True)
        return {place: {one.name: one() for one in classes} for place, classes in pairs}


def measured_by(metrics: list[type[Metric]], schema: pa.Schema, chosen: Chosen) -> Measured:
    """Which of the *metrics* measure which of the *chosen* columns."""
    if not metrics:
        return Measured([], [])
    types = {one.name: one.type for one in names_of(schema) if one.name == one.column}
    fits = {
        name: [one for one in metrics if one.takes(schema.field(name).type)]
        for name in chosen.names
    }
    some = {name: classes for name, classes in fits.items() if classes}
    return Measured([(name, types[name]) for name in some], list(some.values()))


class Part:
    """Makes a profile of rows of one schema.

    Attributes:
        streams: how many threads are feeding it a stream of batches.
    """

    def __init__(self, plan: Plan) -> None:
        self._core = _core.Profiler(plan.schema, plan.default, plan.parameters, plan.threads)
        self._custom = plan.measured.fresh()
        self.streams = 0

    @property
    def rows(self) -> int:
        """How many rows came so far."""
        return self._core.rows

    def take(self, stream: Any) -> None:
        """Folds an Arrow stream in, as it comes, without custom metrics."""
        self._core.update_stream(stream)

    def update(self, batches: list[pa.RecordBatch]) -> None:
        """Folds batches in: all of them, or nothing if it raises."""
        drafts: Custom = {
            place: {
                name: updated(one, place[0], (batch.column(place[0]) for batch in batches))  # type: ignore[arg-type] # made here, so none is merely kept
                for name, one in metrics.items()
            }
            for place, metrics in self._custom.items()
        }
        self._core.update(batches)
        self._custom = drafts

    def profile(self) -> Profile:
        """The profile of the rows so far."""
        return Profile(self._core.profile(), custom=self._custom)
