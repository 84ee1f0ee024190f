"""What the answers of all tasks have in common: facts by name, and how many rows each rests on."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar

from drypoint.drift._measure import Found
from drypoint.errors import ParameterError
from drypoint.estimate import Estimate
from drypoint.profiles._plain import measured
from drypoint.profiles._table import counted

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

    from drypoint.performance._change import Figure

__all__ = ["Answers", "told"]


class Answers(ABC):
    """How well one task was done.

    Numbers that are counted exactly are plain; those that come out of sketches are estimates with
    bounds; None stands for what is not defined, such as a recall without positive rows.

    Attributes:
        name: what the task is called.
        rows: how many rows came.
    """

    METRICS: ClassVar[tuple[str, ...]]
    """The names of its numbers, in the order in which they are shown."""
    kind: ClassVar[str]
    """What kind of task it is."""

    def __init__(self, facts: Mapping[str, Any]) -> None:
        self.name: str = facts["name"]
        self.rows: int = facts["rows"]
        self._facts: Mapping[str, Any] = facts["metrics"][facts["type"]]

    UNTESTED: ClassVar[tuple[str, ...]] = ()
    """Those of which profiles do not keep how much they vary from sample to sample."""
    TWICE: ClassVar[tuple[str, ...]] = ()
    """Those that say the same as another, which drift asks once."""
    SAME: ClassVar[tuple[str, ...]] = ()
    """What two tasks must have in common to be compared, as attributes."""

    @property
    @abstractmethod
    def n(self) -> int:
        """How many rows tell how good it is."""

    @abstractmethod
    def rows_of(self, metric: str) -> int:
        """How many rows a number rests on.

        Raises:
            ParameterError: no number is called so.
        """

    def value(self, metric: str) -> Any:
        """A number by its name: as it is, an `Estimate` of it, or None.

        Raises:
            ParameterError: no number is called so.
        """
        self._check(metric)
        return getattr(self, metric)

    def _check(self, metric: str) -> None:
        if metric not in self.METRICS:
            raise ParameterError(
                f"task {self.name!r} has no {metric!r}; {self.kind} has {list(self.METRICS)}"
            )

    @property
    def about(self) -> tuple[str, ...]:
        """What the title says beside the kind of the task."""
        return ()

    @property
    def asked(self) -> tuple[str, ...]:
        """The names of the numbers that the task can have with the columns that it was given."""
        return self.METRICS

    # ---- Beside a reference: what `drift` asks

    @property
    def tested(self) -> tuple[str, ...]:
        """The numbers that drift compares unless others are asked for."""
        left_out = (*self.UNTESTED, *self.TWICE)
        return tuple(name for name in self.asked if name not in left_out)

    @abstractmethod
    def figure(self, metric: str) -> Figure | None:
        """A number with how much it varies, None where it is not defined; not of `UNTESTED`."""

    def unlike(self, reference: Answers) -> str | None:
        """Why the two cannot be compared; None where they can."""
        if self.kind != reference.kind:
            return f"the task has changed from {reference.kind} to {self.kind}"
        for name in self.SAME:
            mine, theirs = getattr(self, name), getattr(reference, name)
            if mine != theirs:
                return f"the task has changed: {name} was {theirs!r} and is {mine!r}"
        return None

    def lawless(self, reference: Answers, metric: str) -> str | None:
        """Why it is not known what chance does to a number; None where it is."""
        del reference
        if metric not in self.UNTESTED:
            return None
        return f"profiles do not keep how much {metric} varies from sample to sample"

    def changed_from(self, reference: Answers, metric: str) -> Found:
        """How far a number is from that of a reference, and what chance does to it.

        Raises:
            ParameterError: no number is called so.
        """
        from drypoint.performance._change import found_between

        sides = self, reference
        values = [one.value(metric) for one in sides]
        if None in values:
            return Found(None, reason=f"{metric} {undefined(values, sides, metric)}")
        reason = self.lawless(reference, metric)
        if reason is not None:
            apart = abs(float(values[0]) - float(values[1]))
            return Found(Estimate(apart, apart, apart), reason=reason)
        figures = [one.figure(metric) for one in sides]
        assert figures[0] is not None and figures[1] is not None  # noqa: S101, PT018 # defined
        return found_between(figures[0], figures[1])

    @property
    @abstractmethod
    def flags(self) -> tuple[str, ...]:
        """What is to be known before the numbers are believed, in sentences; empty if nothing."""

    def _about(self) -> dict[str, Any]:
        """What else there is to tell, as plain values."""
        return {}

    def to_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON: estimates as value, lower, upper and confidence."""
        metrics = {
            name: {"value": measured(self.value(name)), "rows": self.rows_of(name)}
            for name in self.METRICS
        }
        about = {"name": self.name, "task": self.kind, "rows": self.rows, **self._about()}
        return about | {"metrics": metrics, "flags": list(self.flags)}

    def to_arrow(self) -> pa.Table:
        """A row for each number: its name, its value with bounds, and the rows that it rests on."""
        import pyarrow as pa

        found = [(name, self.value(name), self.rows_of(name)) for name in self.METRICS]
        ends = [
            (float(value), *bounds_of(value)) if value is not None else (None,) * 3
            for _, value, _ in found
        ]
        return pa.table(
            {
                "metric": pa.array([name for name, _, _ in found], pa.string()),
                "value": pa.array([end[0] for end in ends], pa.float64()),
                "lower": pa.array([end[1] for end in ends], pa.float64()),
                "upper": pa.array([end[2] for end in ends], pa.float64()),
                "rows": pa.array([rows for _, _, rows in found], pa.uint64()),
            }
        )

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, type(self)):
            return NotImplemented
        mine, theirs = (self.name, self.rows), (other.name, other.rows)
        return mine == theirs and self._facts == other._facts

    __hash__ = None  # type: ignore[assignment] # equality is of contents

    @property
    def summary(self) -> str:
        """The first of the numbers in one line."""
        from drypoint.performance._shown import brief

        return brief(self)

    def __repr__(self) -> str:
        from drypoint.performance._shown import as_text

        return as_text(self)

    def _repr_html_(self) -> str:
        from drypoint.performance._shown import as_html

        return as_html(self)


def told(*counts: tuple[int, str, str]) -> list[str]:
    """A sentence for each count that is not 0: how many, of what, and what of it.

    Examples:
        >>> told((1, "row", "without a label: left out"), (0, "list", "is empty"))
        ['1 row without a label: left out']
    """
    return [f"{counted(count, noun)} {rest}" for count, noun, rest in counts if count]


def undefined(values: list[Any], sides: tuple[Answers, Answers], metric: str) -> str:
    """On which side a number is not defined."""
    place = values.index(None)
    side, one = ("current", "reference")[place], sides[place]
    return f"is not defined in the {side} profile, of {counted(one.rows_of(metric), 'row')}"


def bounds_of(value: Any) -> tuple[float, float]:
    """The bounds of a number; of one that is exact, itself."""
    lower, upper = getattr(value, "bounds", (value, value))
    return float(lower), float(upper)
