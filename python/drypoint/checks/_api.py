"""Checks as one writes them: `col("age").nulls().ratio() < 0.01`."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from drypoint.checks._check import Check
from drypoint.checks._entry import REQUIRED, meant
from drypoint.checks._limit import Limit
from drypoint.checks.catalogue import CHECKS
from drypoint.errors import ParameterError

if TYPE_CHECKING:
    from drypoint.checks._entry import Entry

__all__ = ["Quantity", "Step", "col", "columns", "performance", "rows", "schema"]


class Quantity:
    """A column, or something of it, on the way to a check.

    Every check of the catalogue is a method, or a method of a method: `nulls.ratio` is
    `col("age").nulls().ratio()`. What is compared with a number, text, a time or a duration becomes
    a `Check`.

    Args:
        column: its name; None for the whole profile.
        name: the name in the catalogue so far; empty for the column itself.
        arguments: those that were given on the way.
    """

    __slots__ = ("_arguments", "_column", "_name")

    def __init__(
        self, column: str | None, name: str = "", arguments: dict[str, Any] | None = None
    ) -> None:
        self._column = column
        self._name = name
        self._arguments = arguments or {}

    def __getattr__(self, word: str) -> Step:
        path = f"{self._name}.{word}".removeprefix(".")
        if path in CHECKS or any(name.startswith(f"{path}.") for name in CHECKS):
            return Step(self._column, path, self._arguments)
        raise AttributeError(f"{self!r} has no {word!r}{meant(word, self._next())}")

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._next()]

    def _next(self) -> list[str]:
        """The words that may follow."""
        of = "table" if self._column is None else "column"
        prefix = f"{self._name}." if self._name else ""
        names = [one.name for one in CHECKS.values() if one.of == of]
        following = [name.removeprefix(prefix) for name in names if name.startswith(prefix)]
        return sorted({name.partition(".")[0] for name in following})

    # ---- Limits

    def between(self, lower: Any, upper: Any) -> Check:
        """The check that it is not less than *lower* and not more than *upper*."""
        if f"{self._name}.between" in CHECKS:
            step = Step(self._column, f"{self._name}.between", self._arguments)
            return step(lower, upper)  # type: ignore[no-any-return]
        return self._check(Limit("between", lower, upper))

    def __lt__(self, bound: Any) -> Check:
        return self._check(Limit("<", bound))

    def __le__(self, bound: Any) -> Check:
        return self._check(Limit("<=", bound))

    def __gt__(self, bound: Any) -> Check:
        return self._check(Limit(">", bound))

    def __ge__(self, bound: Any) -> Check:
        return self._check(Limit(">=", bound))

    def __eq__(self, bound: object) -> Check:  # type: ignore[override]
        return self._check(Limit("==", bound))

    def __ne__(self, bound: object) -> Check:  # type: ignore[override]
        return self._check(Limit("!=", bound))

    __hash__ = None  # type: ignore[assignment] # it compares to a check

    def _check(self, limit: Limit) -> Check:
        """The check of this quantity."""
        if self._name not in CHECKS:
            raise ParameterError(
                f"{self!r} is no number to compare; there is more of it: {self._next()}"
            )
        return Check(self._name, self._column, self._arguments, limit)

    def __repr__(self) -> str:
        start = "" if self._column is None else f"col({self._column!r})"
        steps = [f"{word}()" for word in self._name.split(".") if word]
        return ".".join([start, *steps] if start else steps)


class Step:
    """A method that is named but not called yet.

    Its signature and its documentation are those of the catalogue.
    """

    def __init__(self, column: str | None, name: str, arguments: dict[str, Any]) -> None:
        self._column = column
        self._name = name
        self._given = arguments
        entry = CHECKS.get(name)
        if entry is not None:
            self.__doc__ = f"{entry.phrase[0].upper()}{entry.phrase[1:]}."
            self.__signature__ = signature(entry)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """The quantity, or the check if nothing is to be compared.

        Raises:
            ParameterError: an argument is not known, is missing, or has the wrong form.
        """
        entry = CHECKS.get(self._name)
        given = {} if entry is None or entry.base is not None else bound(entry, args, kwargs)
        if (args or kwargs) and not given:
            raise ParameterError(f"{self._name}() takes no arguments")
        arguments = self._given | given
        if entry is None or entry.takes_limit:
            return Quantity(self._column, self._name, arguments)
        return Check(self._name, self._column, arguments)

    def __repr__(self) -> str:
        return f"<{Quantity(self._column, self._name)!r}, not called yet>"


def signature(entry: Entry) -> inspect.Signature:
    """What is given to the method of an entry."""
    own = entry.arguments if entry.base is None else ()
    return inspect.Signature(
        [
            inspect.Parameter(
                one.name,
                inspect.Parameter.POSITIONAL_OR_KEYWORD
                if one.default is REQUIRED
                else inspect.Parameter.KEYWORD_ONLY,
                default=inspect.Parameter.empty if one.default is REQUIRED else one.default,
            )
            for one in own
        ]
    )


def bound(entry: Entry, args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
    """Arguments by name."""
    names = [one.name for one in entry.required]
    if len(args) > len(names):
        raise ParameterError(
            f"{entry.name}() takes {', '.join(names) or 'no arguments'} by position, got {args}"
        )
    given = dict(zip(names, args, strict=False))
    twice = [name for name in kwargs if name in given]
    if twice:
        raise ParameterError(f"{entry.name}(): {twice[0]} is given twice")
    return entry.read_arguments(given | kwargs)


def col(name: str) -> Quantity:
    """A column that is to be checked, by its name or its path.

    Examples:
        >>> (col("age").mean() > 18).run(dp.profile({"age": [31, 45, None]})).verdict
        <Verdict.PASS: 'pass'>
    """
    if not isinstance(name, str):
        raise ParameterError(f"a column is called by its name, got {name!r}")
    return Quantity(name)


def rows() -> Quantity:
    """The rows of the profile: how many there are, and how many meet a condition.

    Examples:
        >>> (rows() >= 1000).run(dp.profile({"age": [31, 45, None]})).reason
        'number of rows is 3, not at least 1000'
    """
    return Quantity(None, "rows")


def columns() -> Quantity:
    """The columns of the profile: how many there are, and how they differ from a reference.

    Examples:
        >>> (columns() == 1).run(dp.profile({"age": [31, 45, None]})).verdict
        <Verdict.PASS: 'pass'>
    """
    return Quantity(None, "columns")


def performance(metric: str, *, task: str | None = None) -> Quantity:
    """A number that says how well predictions are.

    Args:
        metric: accuracy, f1, auroc, rmse, ndcg, …, as the answers of the task have them.
        task: its name; None for the only one.

    Examples:
        >>> task = dp.performance.classification(label="y", prediction="guess", positive=1)
        >>> rows = {"y": [1, 0, 1, 1], "guess": [1, 0, 0, 1]}
        >>> (performance("f1") >= 0.9).run(dp.profile(rows, performance=task)).reason
        'f1 is 0.8, not at least 0.9 (of 4 rows)'
    """
    found = Step(None, "performance", {})(metric, task=task)
    assert isinstance(found, Quantity)  # noqa: S101 # it is compared
    return found


def schema(types: Any, *, ordered: bool = False, exact: bool = False) -> Check:
    """The check that columns are there, and of which types.

    Args:
        types: by the name of a column its type, as `ColumnProfile.type` says it, a kind of types
            (number, string, temporal, boolean, binary, list, vector, struct, map), `integer`,
            `float` or `decimal`; several of which one is to be, or None for any.
        ordered: whether the columns are to be in this order.
        exact: whether there are to be no others.

    Examples:
        >>> schema({"age": "integer", "name": None}).run(dp.profile({"age": [31]})).reason
        "column 'name' not found; there are 'age'"
    """
    return Check("schema", None, {"types": types, "ordered": ordered, "exact": exact})
