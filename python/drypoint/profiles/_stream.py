"""Batches as streams that the core reads by itself, one for each schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyarrow as pa

    from drypoint.profiles._part import Part

__all__ = ["Streams"]


class Streams:
    """Cuts *batches* where their columns change.

    Attributes:
        first: the batch that the next stream begins with; None at the end.
    """

    def __init__(self, batches: Iterable[pa.RecordBatch]) -> None:
        self._batches = iter(batches)
        self._error: BaseException | None = None
        self.first: pa.RecordBatch | None = next(self._batches, None)

    def feed(self, part: Part, names: list[str]) -> None:
        """Folds the next stream into *part*, of the columns *names*.

        Raises what the batches raise, and not what a stream makes of it.
        """
        import pyarrow as pa

        if self.first is None:
            return
        schema = self.first.schema
        chosen = self._of(schema)
        if len(names) < len(schema.names):
            chosen = (batch.select(names) for batch in chosen)
            schema = pa.schema([schema.field(name) for name in names])
        try:
            part.take(pa.RecordBatchReader.from_batches(schema, chosen))
        except BaseException:
            if self._error is not None:
                raise self._error from None
            raise

    def _of(self, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
        """The batches up to the first of other columns."""
        batch, self.first = self.first, None
        try:
            while batch is not None:
                if not batch.schema.equals(schema):
                    self.first = batch
                    return
                # What has no rows may have buffers that no longer fit it.
                if batch.num_rows:
                    yield batch
                batch = next(self._batches, None)
        except GeneratorExit:
            raise
        except BaseException as error:
            self._error = error
            raise
