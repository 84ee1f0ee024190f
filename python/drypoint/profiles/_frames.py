"""Plain facts as data frames: a row for each column of each profile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drypoint.profiles._plain import QUANTILES, column_as_dict

if TYPE_CHECKING:
    from drypoint.profiles._profile import Profile
    from drypoint.profiles._set import ProfileSet

__all__ = ["as_pandas", "as_polars", "set_as_pandas", "set_as_polars"]

VALUES = frozenset({"min", "max", "sum", *QUANTILES})
"""Facts whose types are those of the columns."""
Rows = list[dict[str, Any]]


def as_pandas(profile: Profile) -> Any:
    """A pandas data frame whose index are the names of the columns."""
    return pandas_of(rows_of(profile), ["column"])


def as_polars(profile: Profile) -> Any:
    """A polars data frame."""
    return polars_of(rows_of(profile), ["column"])


def set_as_pandas(profiles: ProfileSet) -> Any:
    """A pandas data frame whose index are the keys of the segment and the names of the columns."""
    return pandas_of(rows_of_set(profiles), [*labels(profiles).values(), "column"])


def set_as_polars(profiles: ProfileSet) -> Any:
    """A polars data frame, the keys of the segment first."""
    return polars_of(rows_of_set(profiles), [*labels(profiles).values(), "column"])


def rows_of(profile: Profile) -> Rows:
    """The facts that are one number or text, by column."""
    return [column_as_dict(column, flat=True) for column in profile]


def rows_of_set(profiles: ProfileSet) -> Rows:
    """The same of each segment, after its keys."""
    names = labels(profiles)
    return [
        {names[key]: one.segment[key] for key in profiles.keys} | row
        for one in profiles
        for row in rows_of(one)
    ]


def labels(profiles: ProfileSet) -> dict[str, str]:
    """What each key is called: by its name, if that is not the name of a fact."""
    facts = next((row.keys() for one in profiles for row in rows_of(one)), ())
    return {key: f"segment.{key}" if key in facts else key for key in profiles.keys}


def pandas_of(rows: Rows, index: list[str]) -> Any:
    """A frame of rows, of which there may be none."""
    import pandas as pd

    frame = pd.DataFrame(rows, columns=None if rows else index)
    return frame.set_index(index if len(index) > 1 else index[0])


def polars_of(rows: Rows, leading: list[str]) -> Any:
    """A frame of rows, in which values of any type are text."""
    import polars as pl

    if not rows:
        return pl.DataFrame(schema=dict.fromkeys(leading, pl.String))
    keys = dict.fromkeys(leading, pl.String)
    facts = [{name: worded(name, fact) for name, fact in row.items()} for row in rows]
    return pl.DataFrame(facts, schema_overrides=keys, infer_schema_length=None)


def worded(name: str, fact: Any) -> Any:
    """A fact, as text if it is a value."""
    return str(fact) if name in VALUES and fact is not None else fact
