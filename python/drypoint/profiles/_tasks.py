"""Tasks: predictions and labels that are counted beside each other, as one more column."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar

from drypoint.errors import ParameterError
from drypoint.profiles._expressions import check_kind, evaluate
from drypoint.profiles._parameters import Parameters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyarrow as pa

__all__ = ["KINDS", "Performance", "Task", "Tasks"]

KINDS = ("classification", "regression", "ranking")
"""What the core calls the types of such columns, and their metrics."""
ANSWERS = "drypoint.performance"
"""Who reads what was counted. It is a later part of the house, loaded when it is asked."""


class Task(ABC):
    """What is predicted: which columns are compared, and how; made in `drypoint.performance`."""

    kind: ClassVar[str]
    """One of `KINDS`."""

    @property
    @abstractmethod
    def columns(self) -> dict[str, Any]:
        """What its columns are computed from, by what they are for the task."""

    @property
    @abstractmethod
    def options(self) -> dict[str, Any]:
        """What else the core is to know."""

    @property
    def parameters(self) -> Parameters:
        """How finely scores and errors are sketched."""
        return Parameters()

    @abstractmethod
    def prepared(self, name: str, columns: dict[str, pa.Array]) -> dict[str, pa.Array]:
        """The columns as the core takes them.

        Raises:
            ParameterError: one is of a type that the task *name* has no use for.
        """

    def to_core(self) -> dict[str, Any]:
        """The parameters of its column, as the core takes them."""
        return self.parameters.to_core() | {"task": {"kind": self.kind, **self.options}}


class Tasks:
    """Tasks by name.

    Args:
        performance: one task, which is then called like its kind, or several by name.

    Raises:
        ParameterError: one is no task.
    """

    def __init__(self, performance: Task | Mapping[str, Task] | None) -> None:
        if isinstance(performance, Task):
            performance = {performance.kind: performance}
        if not isinstance(performance or {}, Mapping):
            raise ParameterError(no_task(performance))
        self._tasks = dict(performance or {})
        for name, one in self._tasks.items():
            if not isinstance(one, Task):
                raise ParameterError(f"{name!r}: {no_task(one)}")
            for what in one.columns.values():
                check_kind(name, what)

    @property
    def parameters(self) -> dict[str, dict[str, Any]]:
        """The parameters of their columns, as the core takes them."""
        return {name: one.to_core() for name, one in self._tasks.items()}

    @property
    def names(self) -> list[str]:
        """The columns of the table that they need, by name."""
        named = (what for one in self._tasks.values() for what in one.columns.values())
        return [what for what in named if isinstance(what, str)]

    def apply(self, batch: pa.RecordBatch) -> dict[str, pa.StructArray]:
        """The column of each.

        Raises:
            ParameterError: one is called like a column, or does not fit the columns there are.
        """
        import pyarrow as pa

        made = {}
        for name, one in self._tasks.items():
            if name in batch.schema.names:
                raise ParameterError(
                    f"task {name!r} is called like a column; give it another name, "
                    'as in performance={"another": task}'
                )
            found = evaluate(batch, one.columns)
            columns = one.prepared(name, dict(zip(one.columns, found.columns, strict=True)))
            made[name] = pa.StructArray.from_arrays(list(columns.values()), list(columns))
        return made


def no_task(given: Any) -> str:
    """What is said of what is no task."""
    return (
        "performance= takes a task such as performance.classification(prediction=…, label=…), or a "
        f"dict of them by name, got {type(given).__name__}"
    )


class Performance(Mapping[str, Any]):
    """How well tasks were done, by name; with one task, its answers are attributes of this too."""

    __slots__ = ("_tasks",)

    def __init__(self, tasks: Mapping[str, Any]) -> None:
        self._tasks = dict(tasks)

    @classmethod
    def of(cls, facts: Iterable[Mapping[str, Any]]) -> Performance:
        """From what the core says of the columns of tasks."""
        found = list(facts)
        answers = import_module(ANSWERS).ANSWERS if found else {}
        return cls({one["name"]: answers[one["type"]](one) for one in found})

    def __getitem__(self, name: str) -> Any:
        found = self._tasks.get(name)
        if found is None:
            raise KeyError(f"task {name!r} not found; there are {list(self._tasks)}")
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._tasks)

    def __len__(self) -> int:
        return len(self._tasks)

    def __getattr__(self, name: str) -> Any:
        # Slots that are not set are asked for while it is copied or unpickled.
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self.only, name)

    @property
    def only(self) -> Any:
        """The answers, if there is one task.

        Raises:
            ParameterError: there is none, or there are several.
        """
        if len(self) != 1:
            there = f"several, choose one of {list(self)}" if self._tasks else "none"
            raise ParameterError(
                f"the profile has not one task but {there}; profile(performance=) takes them"
            )
        (found,) = self._tasks.values()
        return found

    def __repr__(self) -> str:
        return "\n\n".join(map(repr, self.values())) or "no tasks"

    def _repr_html_(self) -> str:
        return "".join(one._repr_html_() for one in self.values())

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *(dir(self.only) if len(self) == 1 else [])]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Performance) and self._tasks == other._tasks

    __hash__ = None  # type: ignore[assignment] # equality is of contents

    def __reduce__(self) -> tuple[Any, ...]:
        return Performance, (self._tasks,)
