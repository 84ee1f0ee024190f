"""Rows of results as Arrow tables and data frames.

A kind of column is "number", "count", "text" or "keys": what selects rows, a dict of text. In Arrow
that is a map; in a data frame a column for each key, `name.key`, before all others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pyarrow as pa

    from drypoint.estimate import Estimate

    Rows: TypeAlias = Sequence[Mapping[str, Any]]
    Kinds: TypeAlias = Mapping[str, "Kind"]

__all__ = ["Framed", "Kind"]

Kind: TypeAlias = Literal["number", "count", "text", "keys"]


Row = TypeVar("Row")


class Framed(Sequence[Row]):
    """Results of which each is a row, as a table and as data frames.

    Who has them says which fields are its columns: `_KINDS`, and `_FACT`, the field that is an
    estimate, with what its value, lower, upper and confidence are called, or the first of them.

    Attributes:
        rows: what was found.
    """

    __slots__ = ()

    _FACT: ClassVar[tuple[str, Sequence[str]]]
    _KINDS: ClassVar[Kinds]
    rows: tuple[Row, ...]

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def _keys(self) -> Iterable[str] | None:
        """The keys that data frames have columns for; None for those that rows have."""
        return None

    def to_arrow(self) -> pa.Table:
        """A row for each of `rows`: an estimate as several columns, what selects rows as a map."""
        return as_arrow(flat(self.rows, *self._FACT), self._KINDS)

    def to_pandas(self) -> Any:
        """A pandas data frame, with a column for each key of what selects rows."""
        return as_pandas(flat(self.rows, *self._FACT), self._KINDS, self._keys)

    def to_polars(self) -> Any:
        """A polars data frame, with a column for each key of what selects rows."""
        return as_polars(flat(self.rows, *self._FACT), self._KINDS, self._keys)


def flat(rows: Iterable[Any], fact: str, names: Sequence[str]) -> list[dict[str, Any]]:
    """The fields of rows that are dataclasses, of which one is an estimate or None.

    Args:
        rows: what was found.
        fact: the field that is an estimate.
        names: what its value, lower, upper and confidence are called, or the first of them.
    """
    return [
        {name: getattr(row, name) for name in row.__dataclass_fields__}
        | numbers_of(getattr(row, fact), names)
        for row in rows
    ]


def numbers_of(found: Estimate[float] | None, names: Sequence[str]) -> dict[str, float | None]:
    """An estimate as its value, lower, upper and confidence, under the first of *names*.

    Examples:
        >>> from drypoint import Estimate
        >>> numbers_of(Estimate(2.0, 1.0, 3.0, 0.99), ("mean", "lower", "upper"))
        {'mean': 2.0, 'lower': 1.0, 'upper': 3.0}
    """
    if found is None:
        return dict.fromkeys(names)
    facts = (found.value, *found.bounds, found.confidence)
    return dict(zip(names, facts, strict=False))


def as_arrow(rows: Rows, kinds: Kinds) -> pa.Table:
    """A table of these columns, in their order."""
    import pyarrow as pa

    number, count, text = pa.float64(), pa.int64(), pa.string()
    types = {"number": number, "count": count, "text": text, "keys": pa.map_(text, text)}
    return pa.table(
        {
            name: pa.array([cell(row[name], kind) for row in rows], types[kind])
            for name, kind in kinds.items()
        }
    )


def as_pandas(rows: Rows, kinds: Kinds, keys: Iterable[str] | None = None) -> Any:
    """A pandas data frame.

    Args:
        rows: what it holds.
        kinds: its columns.
        keys: those of the column of keys; None for those that rows have.
    """
    import pandas as pd

    columns = spread(rows, kinds, keys)
    return pd.DataFrame(records(rows, columns), columns=[*columns])


def as_polars(rows: Rows, kinds: Kinds, keys: Iterable[str] | None = None) -> Any:
    """A polars data frame, likewise."""
    import polars as pl

    types = {"number": pl.Float64, "count": pl.Int64, "text": pl.String}
    columns = spread(rows, kinds, keys)
    schema = {name: types[kind] for name, (_, _, kind) in columns.items()}
    return pl.DataFrame(records(rows, columns), schema=schema)


def cell(value: Any, kind: Kind) -> Any:
    """A value as Arrow takes it."""
    return [*value.items()] if kind == "keys" and value is not None else value


Columns: TypeAlias = "dict[str, tuple[str, str | None, Kind]]"


def spread(rows: Rows, kinds: Kinds, keys: Iterable[str] | None) -> Columns:
    """By the name of the column: the fact, the key in it, and the kind; keys come first."""
    found: Columns = {}
    for name in (name for name, kind in kinds.items() if kind == "keys"):
        there = dict.fromkeys(key for row in rows for key in row[name] or {})
        found |= {f"{name}.{key}": (name, key, "text") for key in (there if keys is None else keys)}
    rest = {name: (name, None, kind) for name, kind in kinds.items() if kind != "keys"}
    return found | rest


def records(rows: Rows, columns: Columns) -> list[dict[str, Any]]:
    """A dict of the cells of each row."""
    return [
        {
            column: row[name] if key is None else (row[name] or {}).get(key)
            for column, (name, key, _) in columns.items()
        }
        for row in rows
    ]
