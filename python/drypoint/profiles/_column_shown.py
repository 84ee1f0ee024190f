"""What a column looks like: as text, in a notebook, as charts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from drypoint.profiles._column import ColumnProfile
    from drypoint.profiles._plots import ColumnPlots

__all__ = ["ColumnShown"]


class ColumnShown:
    """How a column profile shows itself."""

    @property
    def plot(self) -> ColumnPlots:
        """Its charts, such as `plot.histogram()`; they need the extra `drypoint[report]`."""
        from drypoint.profiles._plots import ColumnPlots

        return ColumnPlots(self)

    def __repr__(self) -> str:
        column = cast("ColumnProfile", self)
        types = " | ".join(column.types)
        return (
            f"<ColumnProfile {column.name}: {types}, {column.rows:,} rows, {column.nulls:,} null>"
        )

    def _repr_html_(self) -> str:
        from drypoint.profiles._column_html import column_as_html

        return column_as_html(cast("ColumnProfile", self))

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        """What a notebook shows: the table with its picture, or the text where it shows no HTML."""
        from drypoint.profiles._detail import column_as_text

        made = {
            "text/plain": lambda: str(column_as_text(cast("ColumnProfile", self))),
            "text/html": self._repr_html_,
        }
        wanted = {kind for kind in made if not include or kind in include} - {*(exclude or ())}
        return {kind: made[kind]() for kind in made if kind in wanted}
