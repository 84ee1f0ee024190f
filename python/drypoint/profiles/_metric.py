"""Metrics that are written in Python, on Arrow arrays."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar

from drypoint import _core
from drypoint.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pyarrow as pa

__all__ = ["Metric", "metric_classes", "registered"]

RESERVED = {
    "column", "type", "nested", "rows", "nulls", "bytes", "condition",
    "profile", "dataset", "window_start", "window_end", "segment", "profile_rows",
}  # fmt: skip
"""What other columns of the table of a profile are called."""
CLASSES: dict[str, type[Metric]] = {}


class Metric(ABC):
    """A fact about a column, written in Python: base class of your own.

    A class with a `name` is known by it from its definition on, so that profiles which were saved
    can be read; defining the same class again (in a notebook) takes its place. It is made without
    arguments, and is then of no rows. What is measured should depend on the rows alone: updates in
    parts, and merging what measured the parts, give the same as one update, at least within the
    bounds that it states.

    Profiles compare metrics by `==` where the class defines it, and else by what they encode.

    Pass classes as `metrics=` to `profile`; ask by `profile["column"].metric("name").value`.

    Attributes:
        name: under which it is asked for and stored: letters, digits and underscores.

    Raises:
        ParameterError: when a class is defined: its name is no such name, or is taken.

    Examples:
        >>> import pyarrow as pa
        >>> import pyarrow.compute as pc
        >>> import drypoint as dp
        >>> class Vowels(dp.Metric):
        ...     '''How many vowels there are.'''
        ...     name = "vowel_count"
        ...
        ...     def __init__(self):
        ...         self.count = 0
        ...
        ...     @classmethod
        ...     def takes(cls, data_type):
        ...         return pa.types.is_string(data_type)
        ...
        ...     def update(self, values):
        ...         self.count += pc.sum(pc.count_substring_regex(values, "[aeiou]")).as_py() or 0
        ...
        ...     def merge(self, other):
        ...         self.count += other.count
        ...
        ...     def encode(self):
        ...         return {"count": self.count}
        ...
        ...     @classmethod
        ...     def decode(cls, record):
        ...         made = cls()
        ...         made.count = record["count"]
        ...         return made
        ...
        ...     @property
        ...     def value(self):
        ...         return self.count
        >>> words = dp.profile(pa.table({"word": ["one", "two", None]}), metrics=[Vowels])
        >>> words["word"].metric("vowel_count").value
        3
    """

    name: ClassVar[str]

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if "name" in vars(cls):
            register(cls)

    @classmethod
    @abstractmethod
    def takes(cls, data_type: pa.DataType) -> bool:
        """Whether columns of this type are measured."""

    @abstractmethod
    def update(self, values: pa.Array) -> None:
        """Folds the values of some rows in, in the type in which the column came."""

    @abstractmethod
    def merge(self, other: Any) -> None:
        """Folds another of this class in, which stays as it is."""

    @abstractmethod
    def encode(self) -> dict[str, Any]:
        """What `decode` needs: None, booleans, integers, floats, text, bytes, and lists of these.

        The names are always the same, and the type of each too.
        """

    @classmethod
    @abstractmethod
    def decode(cls, record: Mapping[str, Any]) -> Metric:
        """Reads what `encode` made; may raise anything if it is not valid."""

    @property
    @abstractmethod
    def value(self) -> Any:
        """What was measured."""


def register(cls: type[Metric]) -> None:
    """Makes a class known by its name."""
    name: Any = cls.name
    if not isinstance(name, str) or not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name):
        raise ParameterError(
            f"the name of a metric must be letters, digits and underscores, got {name!r}"
        )
    if name in RESERVED or name in _core.metric_names():
        raise ParameterError(f"metric name {name!r} is taken by drypoint; choose another")
    known = CLASSES.get(name)
    if known is not None and path_of(known) != path_of(cls):
        raise ParameterError(f"metric name {name!r} is taken by {path_of(known)}; choose another")
    CLASSES[name] = cls


def path_of(cls: type) -> str:
    """Where a class was defined."""
    return f"{cls.__module__}.{cls.__qualname__}"


def registered(name: str) -> type[Metric] | None:
    """The class of a name; None if there is none."""
    return CLASSES.get(name)


def metric_classes(metrics: Iterable[Any] | None) -> list[type[Metric]]:
    """Classes of metrics, if they are some.

    Raises:
        ParameterError: one is none, lacks a method or a name, or two have the same name.
    """
    if isinstance(metrics, type):
        raise ParameterError(f"metrics must be a list of classes, got {metrics!r}; put it in one")
    classes = list(metrics or ())
    for one in classes:
        if not isinstance(one, type) or not issubclass(one, Metric):
            raise ParameterError(f"metrics must be classes made of dp.Metric, got {one!r}")
        if registered(getattr(one, "name", "")) is not one:
            raise ParameterError(
                f"metric {path_of(one)} is not known by a name; give it a name of its own"
            )
        lacking = sorted(getattr(one, "__abstractmethods__", ()))
        if lacking:
            raise ParameterError(f"metric {one.name!r} lacks {lacking}")
    names = [one.name for one in classes]
    twice = [name for name in names if names.count(name) > 1]
    if twice:
        raise ParameterError(f"two metrics are called {twice[0]!r}")
    return classes
