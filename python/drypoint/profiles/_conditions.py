"""Conditions on rows: how many met them, and which did not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from drypoint.errors import InputTypeError, InputValueError, ParameterError
from drypoint.profiles._errors import DerivedErrors, message_of
from drypoint.profiles._expressions import as_array, check_kind, reason_of
from drypoint.profiles._parameters import Parameters

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pyarrow as pa

    from drypoint.profiles._derived import Attempts

__all__ = ["CORE", "Condition", "ConditionCounts", "Conditions", "condition", "numbered"]

CORE = "condition"
"""What the core calls the type of such a column, and its metric."""
MATCHED = 1 << 63
"""Set in the number of a row that matched."""


@dataclass(frozen=True)
class Condition:
    """What rows are to meet; made by `condition`.

    Attributes:
        name: what it is called.
        expression: an expression, a function of a record batch, or the name of a column.
        matches: the regular expression that the column is to match.
    """

    name: str
    expression: Any
    matches: str | None = None


def condition(name: str, expression: Any, *, matches: str | None = None) -> Condition:
    """A condition for the `conditions=` of `profile`.

    Of a row it can be true (the row matched), false (it failed) or null (unknown): a comparison
    with null is null.

    Args:
        name: what it is called; not like a column.
        expression: a `pyarrow.compute` expression such as `pc.field("dep") < pc.field("arr")`, a
            function of a record batch that returns booleans, or the name of a column: of booleans,
            or of text if *matches* is given.
        matches: a regular expression (RE2) that is to match somewhere in the text; `^…$` for all of
            it.

    Raises:
        ParameterError: *expression* is none of these, or *matches* is no regular expression.

    Examples:
        >>> import pyarrow as pa
        >>> import pyarrow.compute as pc
        >>> import drypoint as dp
        >>> late = dp.condition("in time", pc.field("delay") <= 15)
        >>> code = dp.condition("is a code", "dest", matches="^[A-Z]{3}$")
        >>> flights = pa.table({"delay": [3, 40, None], "dest": ["ORD", "JFK", "?"]})
        >>> found = dp.profile(flights, conditions=[late, code]).conditions
        >>> found["in time"].matched, found["in time"].failed_rows, found["in time"].unknown
        (1, (1,), 1)
        >>> found["is a code"].failed_rows
        (2,)
    """
    check_kind(name, expression)
    if matches is not None:
        check_regex(name, expression, matches)
    return Condition(name, expression, matches)


def check_regex(name: str, column: Any, matches: str) -> None:
    """Refuses what is no regular expression, and one on what is no column."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not isinstance(column, str):
        raise ParameterError(
            f"{name!r}: a regular expression is matched with the name of a column, "
            f"got {type(column).__name__}"
        )
    try:
        pc.match_substring_regex(pa.array([""]), matches)
    except (pa.ArrowException, TypeError) as error:
        raise ParameterError(
            f"{name!r}: {matches!r} is no regular expression: {reason_of(error)}"
        ) from error


@dataclass(frozen=True)
class ConditionCounts:
    """How many rows met a condition.

    Attributes:
        name: what it is called.
        total: rows of which it was asked.
        matched: rows that met it.
        failed: rows that did not.
        unknown: rows of which it cannot be said.
        failed_rows: the numbers of at most 32 rows that failed, a random sample, ascending; counted
            from 0 from the first row that the profiler took. Of merged profiles each number is
            that of its part.
    """

    name: str
    total: int
    matched: int
    failed: int
    unknown: int
    failed_rows: tuple[int, ...] = ()

    @classmethod
    def of(cls, facts: Mapping[str, Any]) -> ConditionCounts:
        """From the facts of the core."""
        found = facts["metrics"][CORE]
        return cls(
            facts["name"],
            facts["rows"],
            found["matched"],
            found["failed"],
            facts["nulls"],
            tuple(found["rows"]),
        )

    @property
    def ratio(self) -> float | None:
        """Rows that met it, as a share of those of which it can be said; None without any."""
        said = self.matched + self.failed
        return self.matched / said if said else None

    def to_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        counts = {name: getattr(self, name) for name in ("total", "matched", "failed", "unknown")}
        return {"name": self.name, **counts, "ratio": self.ratio, "rows": list(self.failed_rows)}


class Conditions:
    """Conditions by name.

    Args:
        conditions: some.
        attempts: what happens when one fails; the rows are then unknown.

    Raises:
        ParameterError: one is none, or two have the same name.
    """

    def __init__(self, conditions: Iterable[Condition] | None, attempts: Attempts) -> None:
        self._conditions: dict[str, Condition] = {}
        self._attempts = attempts
        if isinstance(conditions, Condition):
            raise ParameterError("conditions must be a list of conditions; put the one in a list")
        for one in conditions or ():
            if not isinstance(one, Condition):
                raise ParameterError(
                    f"conditions are made by condition(name, …), got {type(one).__name__}"
                )
            if one.name in self._conditions:
                raise ParameterError(f"two conditions are called {one.name!r}")
            self._conditions[one.name] = one

    @property
    def parameters(self) -> dict[str, dict[str, Any]]:
        """The parameters of their columns, as the core takes them."""
        asked = Parameters().to_core() | {CORE: True}
        return dict.fromkeys(self._conditions, asked)

    def apply(
        self, batch: pa.RecordBatch
    ) -> tuple[dict[str, pa.BooleanArray], dict[str, DerivedErrors]]:
        """What each says of each row, and what went wrong.

        Raises:
            ParameterError: one is called like a column, does not fit the columns there are, or says
                neither true nor false.
            InputValueError: one failed, and errors are to be raised.
        """
        answers, errors = {}, {}
        for name, one in self._conditions.items():
            if name in batch.schema.names:
                raise ParameterError(f"condition {name!r} is called like a column; rename it")
            answers[name], error = self._answer(batch, one)
            if error is not None and batch.num_rows:
                errors[name] = DerivedErrors.of(batch.num_rows, 1, [message_of(error)])
        return answers, errors

    def _answer(
        self, batch: pa.RecordBatch, one: Condition
    ) -> tuple[pa.BooleanArray, Exception | None]:
        """What a condition says of each row; unknown with an error where it failed."""
        import pyarrow as pa

        made = self._attempts.compute(batch, one.name, one.expression)
        if not isinstance(made, Exception):
            try:
                array = as_array(one.name, made, batch.num_rows)
                return booleans(array if one.matches is None else matched(array, one), one), None
            except (InputTypeError, InputValueError) as error:
                made = self._attempts.failed(one.name, error)
        return pa.nulls(batch.num_rows, pa.bool_()), made


def matched(text: pa.Array, one: Condition) -> pa.Array:
    """Whether each text matches."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_dictionary(text.type):
        return matched(text.dictionary, one).take(text.indices)
    if pa.types.is_run_end_encoded(text.type):
        ends, values = text.run_ends, matched(text.values, one)
        runs = pa.RunEndEncodedArray.from_arrays(ends, values)
        return pc.run_end_decode(runs).slice(text.offset, len(text))
    if pa.types.is_string_view(text.type):
        text = text.cast(pa.large_string())
    if pa.types.is_null(text.type):
        return pa.nulls(len(text), pa.bool_())
    if not pa.types.is_string(text.type) and not pa.types.is_large_string(text.type):
        raise ParameterError(
            f"condition {one.name!r}: column {one.expression!r} is {text.type}, and only text "
            "matches a regular expression"
        )
    return pc.match_substring_regex(text, one.matches)


def booleans(array: pa.Array, one: Condition) -> pa.BooleanArray:
    """True, false and null."""
    import pyarrow as pa

    if pa.types.is_null(array.type):
        return array.cast(pa.bool_())
    if not pa.types.is_boolean(array.type):
        raise ParameterError(f"condition {one.name!r} must be boolean, got {array.type}")
    return array


def numbered(answers: pa.BooleanArray, first_row: int) -> pa.UInt64Array:
    """As the core takes them: the number of each row, with the highest bit where it matched."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    rows = np.arange(first_row, first_row + len(answers), dtype=np.uint64)
    return pc.if_else(answers, pa.array(rows | np.uint64(MATCHED)), pa.array(rows))
