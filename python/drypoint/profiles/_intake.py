"""What profilers of all kinds do with rows before they are profiled."""

from __future__ import annotations

from abc import ABC, abstractmethod
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from drypoint._warn import warn
from drypoint.errors import DrypointWarning, ParameterError
from drypoint.profiles._about import text_of, texts_of, window_of
from drypoint.profiles._choice import Choice
from drypoint.profiles._conditions import Conditions, numbered
from drypoint.profiles._derived import Attempts, Derivation
from drypoint.profiles._errors import all_errors
from drypoint.profiles._gather import gathered
from drypoint.profiles._layouts import check_layouts
from drypoint.profiles._lock import Lock
from drypoint.profiles._metric import metric_classes
from drypoint.profiles._options import options_of
from drypoint.profiles._part import Plan, measured_by
from drypoint.profiles._row_tables import TableRows
from drypoint.profiles._tasks import Tasks
from drypoint.sketches._parameters import integer
from drypoint.sources import empty_batch, open_source

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    import pyarrow as pa

    from drypoint.profiles._conditions import Condition
    from drypoint.profiles._errors import DerivedErrors
    from drypoint.profiles._metric import Metric
    from drypoint.profiles._parameters import Parameters
    from drypoint.profiles._rows import Rows
    from drypoint.profiles._tasks import Task
    from drypoint.sources import Source

__all__ = ["OPTIONS", "Intake", "Prepared", "update_all"]


MOST_THREADS = 1_024


class Prepared(NamedTuple):
    """A batch of which everything is computed.

    Attributes:
        batch: its columns, derived ones after them.
        answers: what each condition says of each row.
        keys: the values that say of which segment a row is; None without segments.
        errors: what could not be computed.
        tasks: the column of each task.
    """

    batch: pa.RecordBatch
    answers: dict[str, pa.BooleanArray]
    keys: pa.RecordBatch | None
    errors: dict[str, DerivedErrors]
    tasks: dict[str, pa.StructArray]


class Intake(ABC):
    """Takes rows in, computes what is derived from them, and keeps one part open for each schema.

    `Profiler` and `SegmentedProfiler` say what a part is, and how parts make the whole.
    """

    def __init__(  # noqa: PLR0913 # each is a name of its own
        self,
        *,
        parameters: Parameters | None = None,
        columns: Mapping[str, Parameters | None] | None = None,
        types: Mapping[str, Parameters | None] | None = None,
        derive: Mapping[str, Any] | None = None,
        conditions: Iterable[Condition] | None = None,
        metrics: Iterable[type[Metric]] | None = None,
        performance: Task | Mapping[str, Task] | None = None,
        on_error: str = "count",
        threads: int | None = None,
        dataset: str | None = None,
        window: tuple[dt.datetime, dt.datetime] | None = None,
        tags: Mapping[str, str] | None = None,
    ) -> None:
        if threads is not None:
            integer("threads", threads, 1, MOST_THREADS)
        attempts = Attempts(on_error)
        self._choice = Choice(parameters, columns, types)
        self._derivation = Derivation(derive, attempts)
        self._conditions = Conditions(conditions, attempts)
        self._metrics = metric_classes(metrics)
        self._tasks = Tasks(performance)
        self._beside = self._conditions.parameters | self._tasks.parameters
        self._check_names()
        self._threads = threads
        self._about: dict[str, Any] = {
            "dataset": text_of("dataset", dataset),
            "window": window_of(window),
            "tags": texts_of("tags", tags),
        }
        self._lock = Lock()
        self._rows = 0
        self._errors: dict[str, DerivedErrors] = {}
        self._told: dict[str, DerivedErrors] = {}
        self._shape: tuple[pa.Schema | None, ...] = ()
        self._names: list[str] = []
        self._open: Any = None
        self._closed: Any = None
        self._derived = set(derive or {})
        self._computes = bool(derive or self._beside or self._metrics)
        self._logged = self._row_log()

    def log(self, row: Mapping[str, Any]) -> None:
        """Takes in one row, as a service does for each answer it gives: in a microsecond.

        The rows that are logged to a `Profiler` make one table: a field that a row lacks is null
        there, and the profile is the one that `profile` makes of a list of these rows. Tables that
        `update` takes in between are merged with it as profiles are. The first 1,024 values of a
        field decide its type; integers among floats are floats. Values of other types that come
        later, or that are mixed there, are parts of the column.

        What is computed from rows, segments and metrics of your own among it, is computed of tables
        of up to 4,096 rows. A column has the type of its values there; where that changes, the rows
        so far are closed and merged.

        Args:
            row: values by the names of their columns, of whatever Arrow has a type for, dicts and
                lists among them. It is copied, and may be used again.

        Raises:
            InputTypeError: *row* is no mapping of text to values that Arrow has types for.
            InputValueError: an integer needs more than 64 bits. No other row is affected.
            ParameterError: what is to be computed does not fit this row or others that wait with
                it; those that it fits are taken first.

        Examples:
            >>> import drypoint as dp
            >>> profiler = dp.Profiler()
            >>> for age in (31, None, 45):
            ...     profiler.log({"age": age, "city": "Kyiv"})
            >>> profiler.profile()["age"].mean
            38.0
        """
        self._logged.log(row)

    def _check_names(self) -> None:
        """Refuses a task that is called like a condition."""
        twice = self._conditions.parameters.keys() & self._tasks.parameters.keys()
        if twice:
            raise ParameterError(f"a task and a condition are called {min(twice)!r}")

    def _always(self) -> list[str]:
        """Columns of the table that tasks need: rows that are logged without them have nulls."""
        return [name for name in self._tasks.names if name.split(".")[0] not in self._derived]

    def _row_log(self) -> Rows:
        """What gathers the rows that are logged."""
        return TableRows(self._take, self._always(), behind=[self._lock])

    def update(self, data: Any) -> Self:
        """Folds rows in: all rows of a batch, or none if it raises.

        Args:
            data: a table, a record batch, or whatever `profile` takes.

        Raises:
            InputTypeError: *data* is no table.
            InputValueError: two columns have the same name, buffers contradict each other, or a
                custom metric raised.
            ParameterError: a derived column, a condition or a key does not fit the columns.
        """
        self._logged.drain_waiting()
        source = open_source(data)
        with source.named():
            self._take_all(source)
        if self._open is None:
            # Without rows there are columns all the same.
            self._take([empty_batch(source.schema)])
        return self

    def _take_all(self, source: Source) -> None:
        for some in gathered(source.batches):
            self._take(some)

    def _take(self, batches: list[pa.RecordBatch]) -> None:
        # What is computed may call Python code, so it is not behind the lock.
        prepared = [self._prepared(batch) for batch in batches]
        for shape, run in groupby(prepared, shape_of):
            with self._lock:
                self._fold(shape, list(run))

    def _prepared(self, batch: pa.RecordBatch) -> Prepared:
        if not batch.num_rows:
            # A slice of no rows may have buffers that no longer fit it.
            batch = empty_batch(batch.schema)
        batch, errors = self._derivation.apply(batch)
        answers, more = self._conditions.apply(batch)
        tasks = self._tasks.apply(batch)
        return Prepared(batch, answers, self._keys_of(batch), errors | more, tasks)

    def _fold(self, shape: tuple[pa.Schema | None, ...], run: list[Prepared]) -> None:
        """Takes batches of one schema in; changes nothing if it raises."""
        is_new = self._open is None or shape != self._shape
        names, part = self._begin(run[0]) if is_new else (self._names, self._open)
        closed = self._close() if is_new and self._open is not None else self._closed
        batches, rows = [], self._rows
        for one in run:
            batches.append(self._with_answers(one, names, rows))
            rows += one.batch.num_rows
        self._feed(part, batches, run)
        self._shape, self._names, self._open, self._closed = shape, names, part, closed
        self._rows = rows
        self._errors = all_errors([self._errors, *(one.errors for one in run)])

    def _begin(self, first: Prepared) -> tuple[list[str], Any]:
        """The columns that are profiled of batches like *first*, and a part for them."""
        chosen = self._choice.of(first.batch.schema)
        check_layouts(first.batch.schema, chosen.names)
        plan = Plan(
            self._with_answers(first, chosen.names, 0).schema,
            self._choice.default,
            chosen.parameters | self._beside,
            self._threads,
            measured_by(self._metrics, first.batch.schema, chosen),
        )
        return chosen.names, self._part(plan, first)

    def _with_answers(self, one: Prepared, names: list[str], first_row: int) -> pa.RecordBatch:
        """What the core takes of a batch whose first row is the row *first_row* of all."""
        batch = one.batch
        if len(names) < batch.num_columns:
            batch = batch.select(names)
        for name, answers in one.answers.items():
            batch = batch.append_column(name, numbered(answers, first_row))
        for name, rows in one.tasks.items():
            batch = batch.append_column(name, rows)
        return batch

    def _tell(self) -> None:
        """Warns of what could not be computed, once."""
        if self._errors == self._told:
            return
        self._told = self._errors
        shares = ", ".join(f"{name!r} {one.rows:,}" for name, one in self._errors.items())
        example = next(iter(self._errors.values())).messages[0]
        warn(
            f"could not be computed, in rows of {self._rows:,}: {shares}; as in: {example}; "
            "the profile has more in errors",
            DrypointWarning,
        )

    @property
    def rows(self) -> int:
        """How many rows came so far."""
        with self._logged.lock, self._lock:
            return self._rows_taken() + self._logged.rows

    def _rows_taken(self) -> int:
        return self._rows

    @abstractmethod
    def _keys_of(self, batch: pa.RecordBatch) -> pa.RecordBatch | None:
        """The values that say of which segment each row is; None without segments."""

    @abstractmethod
    def _part(self, plan: Plan, first: Prepared) -> Any:
        """A part of no rows."""

    @abstractmethod
    def _feed(self, part: Any, batches: list[pa.RecordBatch], run: list[Prepared]) -> None:
        """Folds batches into a part: all of them, or nothing if it raises."""

    def _close(self) -> Any:
        """What is closed when the open part is."""
        return self._whole()

    @abstractmethod
    def _whole(self) -> Any:
        """What is closed and what is open, of which there is some, without errors."""


OPTIONS = options_of(Intake.__init__)
"""What may be asked of profilers of all kinds."""


def update_all(profiler: Intake, source: Source) -> None:
    """Takes in all rows there are, so that each column that `columns` names must come.

    Raises:
        ParameterError: one does not; before anything is read, where the columns are known then.
    """
    choice, derived = profiler._choice, profiler._derived  # noqa: SLF001 # of our own house
    if source.schemas is not None:
        choice.check_schemas(source.schemas, derived)
    profiler.update(source)
    choice.check_seen()


def shape_of(one: Prepared) -> tuple[pa.Schema | None, ...]:
    """What batches have in common that go into one part."""
    return one.batch.schema, None if one.keys is None else one.keys.schema
