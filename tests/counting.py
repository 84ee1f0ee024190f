"""A metric of one's own that counts, for tests of what is around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from drypoint import Metric

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

__all__ = ["Counting"]


class Counting(Metric):
    """Counts values of any type."""

    name = "counting"

    def __init__(self) -> None:
        """Of no rows."""
        self.count = 0

    @classmethod
    def takes(cls, data_type: pa.DataType) -> bool:  # noqa: ARG003 # it takes all
        """Everything."""
        return True

    def update(self, values: pa.Array) -> None:
        """Counts."""
        self.count += len(values)

    def merge(self, other: Self) -> None:
        """Adds up."""
        self.count += other.count

    def encode(self) -> dict[str, Any]:
        """The count."""
        return {"count": self.count}

    @classmethod
    def decode(cls, record: Mapping[str, Any]) -> Self:
        """From the count."""
        made = cls()
        made.count = record["count"]
        return made

    @property
    def value(self) -> int:
        """The count."""
        return self.count
