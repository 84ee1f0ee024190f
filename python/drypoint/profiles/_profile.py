"""What a table looks like."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from drypoint.errors import MergeError
from drypoint.profiles._column import ColumnProfile
from drypoint.profiles._conditions import CORE, ConditionCounts
from drypoint.profiles._custom import alike, merged
from drypoint.profiles._errors import all_errors
from drypoint.profiles._plain import column_as_dict
from drypoint.profiles._tasks import KINDS, Performance
from drypoint.sources._select import not_found

if TYPE_CHECKING:
    import datetime as dt
    import os
    from collections.abc import Iterator

    import pyarrow as pa

    from drypoint import _core
    from drypoint.profiles._custom import Custom, Place
    from drypoint.profiles._errors import DerivedErrors

__all__ = ["Profile"]


@dataclass(frozen=True, eq=False, repr=False)
class Profile:
    """The column profiles of a dataset, over one window and one segment. It never changes.

    Attributes:
        core: the compiled part.
        dataset: the name of what was profiled; None if it has none.
        window: the half-open range of time [start, end) that it covers, in UTC; None if unknown.
        segment: the key and value pairs that selected the rows; empty for everything.
        tags: whatever else is to be kept with it, text by name.
        errors: how often a derived column or a condition could not be computed, by name; empty if
            it always could.
        custom: the metrics that are written in Python, by column and type; ask columns for them.

    Examples:
        >>> import pyarrow as pa
        >>> import drypoint as dp
        >>> ages = dp.profile(pa.table({"age": [31, 45, None, 31]}))["age"]
        >>> ages.nulls, ages.max, round(ages.distinct), ages.top(1)
        (1, 45, 2, [Item(31, 2, lower=2, upper=2)])
    """

    core: _core.Profile
    dataset: str | None = None
    window: tuple[dt.datetime, dt.datetime] | None = None
    segment: dict[str, str | None] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    errors: dict[str, DerivedErrors] = field(default_factory=dict)
    custom: Custom = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """How many rows came."""
        return self.core.rows

    @cached_property
    def columns(self) -> dict[str, ColumnProfile]:
        """The columns by name, in the order of the table, what is inside a column after it."""
        parts: dict[str, list[dict[str, Any]]] = {}
        for facts in self._facts:
            if facts["type"] not in (CORE, *KINDS):
                own = self.custom.get((facts["name"], facts["type"]), {})
                parts.setdefault(facts["name"], []).append(facts | {"custom": own})
        return {name: ColumnProfile(facts, self.rows) for name, facts in parts.items()}

    @cached_property
    def conditions(self) -> dict[str, ConditionCounts]:
        """How many rows met the conditions, by name; they are not among the columns."""
        # A file may name a condition without its counts.
        known = [facts for facts in self._facts if CORE in facts["metrics"]]
        found = [facts for facts in known if facts["type"] == CORE]
        return {facts["name"]: ConditionCounts.of(facts) for facts in found}

    @cached_property
    def performance(self) -> Performance:
        """How well the tasks were done, by name; they are not among the columns.

        With one task its answers are at hand: `profile.performance.f1`.
        """
        # A file may name a task without its counts.
        return Performance.of(
            facts
            for facts in self._facts
            if facts["type"] in KINDS and facts["type"] in facts["metrics"]
        )

    @cached_property
    def _facts(self) -> list[dict[str, Any]]:
        """What the core says of columns, conditions and tasks."""
        return self.core.columns()

    @property
    def places(self) -> list[Place]:
        """The columns and types, conditions and tasks among them, as the rows of `to_arrow` are."""
        return [(facts["name"], facts["type"]) for facts in self._facts]

    def __iter__(self) -> Iterator[ColumnProfile]:
        return iter(self.columns.values())

    def __len__(self) -> int:
        return len(self.columns)

    def __contains__(self, name: object) -> bool:
        return name in self.columns

    def __getitem__(self, name: str) -> ColumnProfile:
        found = self.columns.get(name)
        if found is None:
            raise KeyError(not_found("column", name, self.columns))
        return found

    # ---- Parts

    def merge(self, *others: Profile) -> Profile:
        """The profile of these rows and of those of *others*, as if they had come in one table.

        Columns are merged by name and by type. A column that some lack says in `missing` how many
        rows lacked it; one that came with types that cannot be one keeps a part for each.

        The window of the result spans all windows; dataset, segment and tags are kept where all
        agree; errors add up. Custom metrics whose classes are not defined here cannot be merged
        and are dropped with a warning.

        Raises:
            MergeError: one of *others* is no profile, or a custom metric cannot be merged.
        """
        for other in others:
            if not isinstance(other, Profile):
                raise MergeError(f"cannot merge: a {type(other).__name__} into a Profile")
        everything = [self, *others]
        whole = replace(
            self,
            core=self.core.merged([other.core for other in others]),
            dataset=self.dataset
            if all(self.dataset == other.dataset for other in others)
            else None,
            window=span(everything),
            segment=common([one.segment for one in everything]),
            tags=common([one.tags for one in everything]),
            errors=all_errors(one.errors for one in everything),
            custom={},
        )
        if not any(one.custom for one in everything):
            return whole
        return replace(whole, custom=merged([one.custom for one in everything], whole.places))

    def __or__(self, other: Profile) -> Profile:
        return self.merge(other)

    def __eq__(self, other: object) -> bool:
        """Whether rows, columns and what they are of are the same, to the bit."""
        if not isinstance(other, Profile):
            return NotImplemented
        mine = (self.dataset, self.window, self.segment, self.tags, self.errors)
        theirs = (other.dataset, other.window, other.segment, other.tags, other.errors)
        same = mine == theirs and self.core.equals(other.core)
        return same and alike(self.custom, other.custom)

    __hash__ = None  # type: ignore[assignment] # equality is of contents

    # ---- As other things

    def to_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON: estimates as value, lower, upper and confidence."""
        return {
            "dataset": self.dataset,
            "window": self.window and [time.isoformat() for time in self.window],
            "segment": self.segment,
            "tags": self.tags,
            "rows": self.rows,
            "columns": [column_as_dict(column) for column in self],
            "conditions": [one.to_dict() for one in self.conditions.values()],
            "performance": [one.to_dict() for one in self.performance.values()],
            "errors": {name: one.to_dict() for name, one in self.errors.items()},
        }

    def to_arrow(self) -> pa.Table:
        """A row for each column and type, a struct for each metric, sketches as binary."""
        from drypoint.profiles._file import to_table

        return to_table(self)

    def to_pandas(self) -> Any:
        """A pandas data frame of plain facts: a row for each column, a float for each estimate."""
        from drypoint.profiles._frames import as_pandas

        return as_pandas(self)

    def to_polars(self) -> Any:
        """A polars data frame of plain facts; values are text, since their types differ."""
        from drypoint.profiles._frames import as_polars

        return as_polars(self)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the profile: an Arrow IPC file, or Parquet.

        Args:
            path: it ends in .arrow, .feather or .ipc for Arrow IPC, in .parquet or .pq for Parquet.

        Raises:
            ParameterError: *path* ends in something else.
            SourceError: the file cannot be written; what was there before is then unchanged.
        """
        from drypoint.profiles._file import save

        save(self, path)

    def __reduce__(self) -> tuple[Any, ...]:
        from drypoint.profiles._file import from_bytes, to_bytes

        return from_bytes, (to_bytes(self),)

    def __repr__(self) -> str:
        from drypoint.profiles._table import as_text

        return as_text(self)

    def _repr_html_(self) -> str:
        from drypoint.profiles._html import as_html

        return as_html(self)


def span(profiles: list[Profile]) -> tuple[dt.datetime, dt.datetime] | None:
    """The window that spans those of all *profiles*; None if one has none."""
    windows = [one.window for one in profiles if one.window is not None]
    if len(windows) < len(profiles):
        return None
    return min(start for start, _ in windows), max(end for _, end in windows)


def common(dicts: list[dict[str, Any]]) -> dict[str, Any]:
    """The items that all *dicts* have, in the order of the first."""
    first, rest = dicts[0], dicts[1:]
    absent = object()
    return {
        name: value
        for name, value in first.items()
        if all(one.get(name, absent) == value for one in rest)
    }
