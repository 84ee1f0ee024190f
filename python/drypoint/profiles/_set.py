"""What the segments of a table look like."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from drypoint.errors import MergeError, ParameterError
from drypoint.profiles._errors import all_errors
from drypoint.profiles._profile import Profile

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    import pyarrow as pa

    from drypoint import _core
    from drypoint.profiles._custom import Custom
    from drypoint.profiles._errors import DerivedErrors
    from drypoint.profiles._plots import SegmentPlots

__all__ = ["ProfileSet"]


@dataclass(frozen=True, eq=False, repr=False)
class ProfileSet:
    """The profiles of the segments of one dataset. It never changes.

    Attributes:
        keys: the names of the key columns.
        profiles: one for each segment, in the order in which they came; what selects its rows is in
            its `segment`, a null key being None.
        remainder: of the rows whose segments were too many to keep apart; None if there are none.
        errors: how often a derived column or a condition could not be computed, in all segments
            together.
    """

    keys: tuple[str, ...]
    profiles: tuple[Profile, ...]
    remainder: Profile | None = None
    errors: dict[str, DerivedErrors] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        parts: list[tuple[list[str | None] | None, _core.Profile]],
        keys: tuple[str, ...],
        custom: list[Custom],
        **about: Any,
    ) -> Self:
        """From the keys and the profile of each segment, as the core has them, and its metrics."""
        profiles, rest = [], None
        for (values, core), metrics in zip(parts, custom, strict=True):
            one = Profile(core, custom=metrics, **about)
            if values is None:
                rest = one
            else:
                profiles.append(replace(one, segment=dict(zip(keys, values, strict=True))))
        return cls(keys, tuple(profiles), rest)

    @property
    def rows(self) -> int:
        """How many rows came."""
        return sum(one.rows for one in self._all())

    def _all(self) -> list[Profile]:
        return [*self.profiles, *([] if self.remainder is None else [self.remainder])]

    @cached_property
    def overall(self) -> Profile | None:
        """The profile of all rows, merged from all segments; None if there are none."""
        parts = self._all()
        return replace(together(parts), segment={}, errors=self.errors) if parts else None

    @cached_property
    def _places(self) -> dict[tuple[str | None, ...], Profile]:
        return {tuple(one.segment[key] for key in self.keys): one for one in self.profiles}

    def __getitem__(self, values: str | tuple[str | None, ...] | None) -> Profile:
        """The profile of a segment by the value of its key, or by a tuple if there are several."""
        wanted = values if isinstance(values, tuple) else (values,)
        found = self._places.get(wanted)
        if found is None:
            raise KeyError(
                f"no segment has {self.keys} = {wanted}; there are {len(self)}, such as "
                f"{list(self._places)[:5]}"
            )
        return found

    def __contains__(self, values: object) -> bool:
        return (values if isinstance(values, tuple) else (values,)) in self._places

    def __iter__(self) -> Iterator[Profile]:
        return iter(self.profiles)

    def __len__(self) -> int:
        return len(self.profiles)

    # ---- Parts

    def merge(self, *others: ProfileSet) -> ProfileSet:
        """The profiles of these rows and of those of *others*, segment by segment.

        Raises:
            MergeError: one of *others* is no profile set, or has other keys.
        """
        for other in others:
            if not isinstance(other, ProfileSet):
                raise MergeError(f"cannot merge: a {type(other).__name__} into a ProfileSet")
            if other.keys != self.keys:
                raise MergeError(f"cannot merge: segments by {other.keys} into some by {self.keys}")
        places: dict[tuple[str | None, ...], list[Profile]] = {}
        for one in (self, *others):
            for values, profile in one._places.items():  # noqa: SLF001 # of this class
                places.setdefault(values, []).append(profile)
        rest = [one.remainder for one in (self, *others) if one.remainder is not None]
        profiles = tuple(together(parts) for parts in places.values())
        errors = all_errors(one.errors for one in (self, *others))
        return ProfileSet(self.keys, profiles, together(rest) if rest else None, errors)

    def __or__(self, other: ProfileSet) -> ProfileSet:
        return self.merge(other)

    def by(self, *keys: str) -> ProfileSet:
        """Larger segments, of some of the keys only.

        Raises:
            ParameterError: one is none of the keys, or there are none.
        """
        unknown = [key for key in keys if key not in self.keys]
        if unknown or not keys:
            raise ParameterError(f"keys must be some of {self.keys}, got {keys}")
        places: dict[tuple[str | None, ...], list[Profile]] = {}
        for one in self.profiles:
            places.setdefault(tuple(one.segment[key] for key in keys), []).append(one)
        profiles = tuple(
            # What only one segment goes into has its other keys still.
            replace(together(parts), segment=dict(zip(keys, values, strict=True)))
            for values, parts in places.items()
        )
        return ProfileSet(keys, profiles, self.remainder, self.errors)

    def __eq__(self, other: object) -> bool:
        """Whether keys, segments and profiles are the same, to the bit, in whatever order."""
        if not isinstance(other, ProfileSet):
            return NotImplemented
        mine, theirs = (self.keys, self.errors), (other.keys, other.errors)
        places = self._places == other._places
        return mine == theirs and places and self.remainder == other.remainder

    __hash__ = None  # type: ignore[assignment] # equality is of contents

    # ---- As other things

    def to_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON: a list of the profiles as their `to_dict`."""
        return {
            "keys": list(self.keys),
            "rows": self.rows,
            "profiles": [one.to_dict() for one in self.profiles],
            "remainder": None if self.remainder is None else self.remainder.to_dict(),
            "errors": {name: one.to_dict() for name, one in self.errors.items()},
        }

    def to_arrow(self) -> pa.Table:
        """A row for each segment, column and type, with what the profile is of as columns."""
        from drypoint.profiles._set_file import set_to_table

        return set_to_table(self)

    def to_pandas(self) -> Any:
        """A pandas data frame of plain facts: a row for each segment and column, an index of both.

        A null key is missing, which pandas writes as NaN. A key that is called like a fact has
        `segment.` before its name. The remainder is of no segment, so it is not there:
        `remainder.to_pandas()` has its facts.
        """
        from drypoint.profiles._frames import set_as_pandas

        return set_as_pandas(self)

    def to_polars(self) -> Any:
        """A polars data frame of the same; values are text, since their types differ."""
        from drypoint.profiles._frames import set_as_polars

        return set_as_polars(self)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the profiles: one Arrow IPC file, or Parquet.

        Args:
            path: it ends in .arrow, .feather or .ipc for Arrow IPC, in .parquet or .pq for Parquet.

        Raises:
            ParameterError: *path* ends in something else.
            SourceError: the file cannot be written; what was there before is then unchanged.
        """
        from drypoint.profiles._file import save

        save(self, path)

    def __reduce__(self) -> tuple[Any, ...]:
        return ProfileSet, (self.keys, self.profiles, self.remainder, self.errors)

    @property
    def plot(self) -> SegmentPlots:
        """Its charts: `plot.segments("accuracy")`; they need the extra `drypoint[report]`."""
        from drypoint.profiles._plots import SegmentPlots

        return SegmentPlots(self)

    def __repr__(self) -> str:
        from drypoint.profiles._table import set_as_text

        return set_as_text(self)

    def _repr_html_(self) -> str:
        from drypoint.profiles._html import set_as_html

        return set_as_html(self)


def together(parts: list[Profile]) -> Profile:
    """The merged profile of one or more."""
    return parts[0].merge(*parts[1:])
