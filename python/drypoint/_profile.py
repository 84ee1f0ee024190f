"""What a table looks like: a first profile, column by column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from drypoint import _core
from drypoint.errors import InputTypeError, MergeError
from drypoint.estimate import Estimate

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Column", "Profile", "profile"]

RANKS = (0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99)
TOP = 5


class Column(NamedTuple):
    """What one column looks like.

    Attributes:
        name: its name.
        type: its Arrow type.
        rows: rows, nulls included.
        nulls: rows that are null.
        nans: NaN among floats; None for other types.
        min: the least value, exactly; None if there is none, or the type has no order.
        max: the greatest value, likewise.
        mean: arithmetic mean of the finite numbers.
        std: their sample standard deviation.
        quantiles: values at the ranks 0.01, 0.05, 0.25, 0.5, 0.75, 0.95 and 0.99.
        distinct: how many values there are; None for nested types.
        top: up to five most frequent values and how often they came, of those that came more often
            than the counts may be off; none for continuous numbers, binary and nested types.
    """

    name: str
    type: str
    rows: int
    nulls: int
    nans: int | None
    min: Any
    max: Any
    mean: float | None
    std: float | None
    quantiles: dict[float, Estimate[Any]]
    distinct: Estimate[float] | None
    top: list[tuple[Any, Estimate[int]]]


class Profile:
    """The column profiles of a table, made batch by batch.

    Examples:
        >>> import pyarrow as pa
        >>> table = pa.table({"age": [31, 45, None, 31]})
        >>> ages = profile(table)["age"]
        >>> ages.nulls, ages.max, round(ages.distinct)
        (1, 45, 2)
    """

    __slots__ = ("_core",)

    def __init__(self, schema: Any) -> None:
        """A profile of no rows of a table with *schema*, anything with `__arrow_c_schema__`."""
        self._core = _core.Profile(schema)

    def update(self, batch: Any) -> Profile:
        """Folds a record batch in: all of it, or nothing if it raises.

        Args:
            batch: anything with `__arrow_c_array__` that has the columns of the schema.

        Raises:
            InputValueError: it has other columns, or its buffers contradict each other.
        """
        self._core.update(batch)
        return self

    def merge(self, other: Profile) -> Profile:
        """Folds the profile of other rows of the same table in.

        Raises:
            MergeError: *other* is no profile.
            InputValueError: the columns differ.
        """
        if not isinstance(other, Profile):
            raise MergeError(f"cannot merge: a {type(other).__name__} into a Profile")
        self._core.merge(other._core)
        return self

    @property
    def rows(self) -> int:
        """How many rows came."""
        return self._core.rows

    @property
    def columns(self) -> list[Column]:
        """The columns, in the order of the schema."""
        return [column(facts) for facts in self._core.columns(list(RANKS), TOP)]

    def __iter__(self) -> Iterator[Column]:
        return iter(self.columns)

    def __getitem__(self, name: str) -> Column:
        for found in self.columns:
            if found.name == name:
                return found
        raise KeyError(f"column {name!r} not found; there are {[c.name for c in self.columns]}")

    def to_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON: estimates as value, lower, upper and confidence."""
        return {"rows": self.rows, "columns": [as_dict(found) for found in self.columns]}

    def __repr__(self) -> str:
        return f"<Profile: {self.rows:,} rows of {len(self.columns)} columns>"


def profile(data: Any) -> Profile:
    """Summarises a table in one pass, without copying it.

    Args:
        data: anything with `__arrow_c_stream__`: pyarrow, polars, pandas, duckdb. Read once.

    Raises:
        InputTypeError: *data* is no Arrow stream.
    """
    import pyarrow as pa

    if not hasattr(data, "__arrow_c_stream__"):
        raise InputTypeError(
            f"a profile is made of an Arrow stream, got {type(data).__qualname__}; "
            "pass a pyarrow, polars or pandas table, or a RecordBatchReader"
        )
    reader = pa.RecordBatchReader.from_stream(data)
    made = Profile(reader.schema)
    for batch in reader:
        made.update(batch)
    return made


def column(facts: dict[str, Any]) -> Column:
    """A column from the facts of the core."""
    found, quantiles = facts["distinct"], facts["quantiles"]
    return Column(
        **facts
        | {
            "distinct": None if found is None else Estimate(*found),
            "quantiles": dict(zip(RANKS, (Estimate(*q) for q in quantiles or ()), strict=False)),
            "top": [(value, Estimate(*count)) for value, count in facts["top"]],
        }
    )


def as_dict(found: Column) -> dict[str, Any]:
    """A column as plain values."""
    plain = found._asdict()
    plain["distinct"] = None if found.distinct is None else bounds(found.distinct)
    plain["quantiles"] = [{"rank": q, **bounds(value)} for q, value in found.quantiles.items()]
    plain["top"] = [{"item": item, **bounds(count)} for item, count in found.top]
    return plain


def bounds(estimate: Estimate[Any]) -> dict[str, Any]:
    """An estimate as plain values."""
    return {
        "value": estimate.value,
        "lower": estimate.lower,
        "upper": estimate.upper,
        "confidence": estimate.confidence,
    }
