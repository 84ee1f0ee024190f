"""Which columns are profiled, and with which parameters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from drypoint import _core
from drypoint.errors import ParameterError
from drypoint.profiles._parameters import Parameters
from drypoint.sources._select import not_found

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyarrow as pa

__all__ = ["KINDS", "Choice", "Chosen", "Named", "names_of"]

KINDS = {
    "number": r"u?int\d+|float\d+|decimal.*",
    "string": r"string",
    "temporal": r"(date|time|timestamp|duration).*|.*_interval",
    "boolean": r"bool",
    "binary": r"(fixed_size_)?binary.*",
    "list": r"list",
    "vector": r"vector.*",
    "struct": r"struct",
    "map": r"map",
    "null": r"null",
    "union": r".*_union",
}
"""Types of one kind; every type is of one."""
COUNTS_ONLY = Parameters(metrics=())


class Named(NamedTuple):
    """A column, or one inside a column, as the core calls it.

    Attributes:
        name: its name or path.
        type: its type.
        column: the column of the table that it is, or is inside of.
    """

    name: str
    type: str
    column: str


class Chosen(NamedTuple):
    """What is profiled of the tables of one schema.

    Attributes:
        names: the columns of the table that are profiled, in order.
        parameters: by column or path, as the core takes them.
    """

    names: list[str]
    parameters: dict[str, dict[str, Any]]


class Choice:
    """Which parameters a column has: its own, those of its type, of its kind, or the default.

    Args:
        default: of columns that have no others.
        columns: by name or path; None leaves a column out.
        types: by the name of a type as `ColumnProfile.type` says it, or by kind.

    Raises:
        ParameterError: a type is not known, or parameters are none.
    """

    def __init__(
        self,
        default: Parameters | None,
        columns: Mapping[str, Parameters | None] | None,
        types: Mapping[str, Parameters | None] | None,
    ) -> None:
        self._columns = by_name("columns", columns)
        self._types = by_name("types", types)
        for name in self._types:
            check_type(name)
        self.default = (checked("parameters", default) or Parameters()).to_core()
        self._seen: dict[str, None] = {}
        """The columns that came so far, and what is inside them, if some are chosen by name."""

    def takes_all(self, schema: pa.Schema) -> bool:
        """Whether no column of the table is left out."""
        return len(self.of(schema).names) == len(schema.names)

    def of(self, schema: pa.Schema) -> Chosen:
        """What is profiled of a table.

        Raises:
            ParameterError: what is inside a column is to be left out.
        """
        named = names_of(schema) if self._columns or self._types else []
        self._seen |= dict.fromkeys(one.name for one in named)
        own = {name: one.to_core() for name, one in self._columns.items() if one is not None}
        if not self._types and len(own) == len(self._columns):
            return Chosen(schema.names, own)
        by_type = {
            one.name: self._by_type(one)
            for one in named
            if one.name not in own and one.column not in own
        }
        left_out = {one.name for one in named if self._is_left_out(one)}
        return Chosen([name for name in schema.names if name not in left_out], by_type | own)

    def check_schemas(self, schemas: Iterable[pa.Schema], derived: Iterable[str]) -> None:
        """Refuses names of columns that no rows will have, before these are read.

        Args:
            schemas: the columns of all rows.
            derived: the names of columns that are added; what is inside these is not known yet.

        Raises:
            ParameterError: a name is in none of the *schemas*.
        """
        made = {name for name in self._columns for one in derived if is_of_column(name, one)}
        if self._columns.keys() - made:
            known = dict.fromkeys(one.name for schema in schemas for one in names_of(schema))
            self._check([*known, *made])

    def check_seen(self) -> None:
        """Refuses names of columns that no rows had.

        Raises:
            ParameterError: a name is that of no column that came.
        """
        self._check(self._seen)

    def _check(self, known: Iterable[str]) -> None:
        names = list(known)
        for name in self._columns:
            if name not in names:
                raise ParameterError(f"columns: {not_found('column', name, names)}")

    def _by_type(self, one: Named) -> dict[str, Any]:
        """The parameters of a column that has none of its own."""
        for name in (one.type, kind_of(one.type)):
            if name in self._types:
                return (self._types[name] or COUNTS_ONLY).to_core()
        return self.default

    def _is_left_out(self, one: Named) -> bool:
        """Whether a column is not profiled: of nested ones, none is."""
        if one.name != one.column:
            if one.name in self._columns and self._columns[one.name] is None:
                raise ParameterError(
                    f"{one.name!r} is inside column {one.column!r} and cannot be left out alone; "
                    "Parameters(metrics=()) counts its rows only"
                )
            return False
        if one.name in self._columns:
            return self._columns[one.name] is None
        types = [name for name in (one.type, kind_of(one.type)) if name in self._types]
        return bool(types) and self._types[types[0]] is None


def is_of_column(name: str, column: str) -> bool:
    """Whether *name* is that of a column, of something in it, or of one of several made of it."""
    return name == column or name.startswith((f"{column}.", f"{column}["))


def names_of(schema: pa.Schema) -> list[Named]:
    """The columns of a table and what is inside them, as the core calls them.

    Raises:
        InputValueError: two columns have the same name.
    """
    bare = _core.Profiler(schema, COUNTS_ONLY.to_core(), {}, None).profile().columns()
    found: list[Named] = []
    for facts in bare:
        column = found[-1].column if facts["nested"] else facts["name"]
        found.append(Named(facts["name"], facts["type"], column))
    return found


def kind_of(type_name: str) -> str:
    """The kind of a type; of one of which nothing is known, itself."""
    kinds = (kind for kind, types in KINDS.items() if re.fullmatch(types, type_name))
    return next(kinds, type_name)


def by_name(what: str, given: Any) -> dict[str, Parameters | None]:
    """Parameters, or None, of columns or types."""
    if not isinstance(given or {}, Mapping):
        raise ParameterError(f"{what} must be a dict of Parameters by name, got {given!r}")
    return {name: checked(f"{what}[{name!r}]", one) for name, one in (given or {}).items()}


def checked(name: str, parameters: Any) -> Parameters | None:
    """Parameters, or None."""
    if parameters is not None and not isinstance(parameters, Parameters):
        raise ParameterError(
            f"{name} must be Parameters or None, got {parameters!r}; write dp.Parameters(k=512)"
        )
    return parameters


def check_type(name: str) -> None:
    """Refuses what is the name of no type and of no kind."""
    if name not in KINDS and kind_of(name) == name:
        raise ParameterError(
            f"no type is called {name!r}; types are called as in ColumnProfile.type, "
            f"kinds are {sorted(KINDS)}"
        )
