"""What a table looks like."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from drypoint.errors import MergeError
from drypoint.profiles._column import ColumnProfile
from drypoint.profiles._plain import QUANTILES, column_as_dict

if TYPE_CHECKING:
    import datetime as dt
    import os
    from collections.abc import Iterator

    import pyarrow as pa

    from drypoint import _core

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

    @property
    def rows(self) -> int:
        """How many rows came."""
        return self.core.rows

    @cached_property
    def columns(self) -> dict[str, ColumnProfile]:
        """The columns by name, in the order of the table, what is inside a column after it."""
        parts: dict[str, list[dict[str, Any]]] = {}
        for facts in self.core.columns():
            parts.setdefault(facts["name"], []).append(facts)
        return {name: ColumnProfile(facts, self.rows) for name, facts in parts.items()}

    def __iter__(self) -> Iterator[ColumnProfile]:
        return iter(self.columns.values())

    def __len__(self) -> int:
        return len(self.columns)

    def __contains__(self, name: object) -> bool:
        return name in self.columns

    def __getitem__(self, name: str) -> ColumnProfile:
        found = self.columns.get(name)
        if found is None:
            raise KeyError(f"column {name!r} not found; there are {list(self.columns)}")
        return found

    # ---- Parts

    def merge(self, *others: Profile) -> Profile:
        """The profile of these rows and of those of *others*, as if they had come in one table.

        Columns are merged by name and by type. A column that some lack says in `missing` how many
        rows lacked it; one that came with types that cannot be one keeps a part for each.

        The window of the result spans all windows; dataset, segment and tags are kept where all
        agree.

        Raises:
            MergeError: one of *others* is no profile.
        """
        for other in others:
            if not isinstance(other, Profile):
                raise MergeError(f"cannot merge: a {type(other).__name__} into a Profile")
        return replace(
            self,
            core=self.core.merged([other.core for other in others]),
            dataset=self.dataset
            if all(self.dataset == other.dataset for other in others)
            else None,
            window=span([self, *others]),
            segment=dict(common([one.segment for one in (self, *others)])),
            tags=dict(common([one.tags for one in (self, *others)])),
        )

    def __or__(self, other: Profile) -> Profile:
        return self.merge(other)

    def __eq__(self, other: object) -> bool:
        """Whether rows, columns and what they are of are the same, to the bit."""
        if not isinstance(other, Profile):
            return NotImplemented
        mine = (self.dataset, self.window, self.segment, self.tags)
        theirs = (other.dataset, other.window, other.segment, other.tags)
        return mine == theirs and self.core.equals(other.core)

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
        }

    def to_arrow(self) -> pa.Table:
        """A row for each column and type, a struct for each metric, sketches as binary."""
        from drypoint.profiles._file import to_table

        return to_table(self)

    def to_pandas(self) -> Any:
        """A pandas data frame of plain facts: a row for each column, a float for each estimate."""
        import pandas as pd

        return pd.DataFrame(self._facts()).set_index("column")

    def to_polars(self) -> Any:
        """A polars data frame of plain facts; values are text, since their types differ."""
        import polars as pl

        values = {"min", "max", "sum", *QUANTILES}
        facts = [
            {
                name: str(fact) if name in values and fact is not None else fact
                for name, fact in column.items()
            }
            for column in self._facts()
        ]
        return pl.DataFrame(facts, infer_schema_length=None)

    def _facts(self) -> list[dict[str, Any]]:
        """The facts that are one number or text, by column."""
        return [column_as_dict(column, flat=True) for column in self]

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the profile: an Arrow IPC file, or Parquet if *path* ends so.

        Raises:
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


def common(dicts: list[dict[str, Any]]) -> set[tuple[str, Any]]:
    """The items that all *dicts* have."""
    return set.intersection(*(set(one.items()) for one in dicts))
