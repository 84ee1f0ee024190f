"""A picture as what it shows, apart from how that is drawn.

A template is a Vega-Lite specification without data. It is filled by one rule, which the page
follows in JavaScript too, so that a page holds each template once:

1. A copy of the template is made, in which every object `{"$param": NAME}` is replaced by what the
   parameters have under that name: those of the drawing, or else the colours of the theme.
2. `data` becomes `{"values": ROWS}`, the columns of the drawing as rows: the i-th row has the i-th
   of each column, by name.
3. `description` is that of the drawing, `config` that of the theme.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from drypoint.errors import MissingExtraError
from drypoint.report.charts._reserved import unreserved
from drypoint.report.charts._themes import THEMES

if TYPE_CHECKING:
    import os

    import altair as alt

__all__ = ["SCHEMA", "Drawing", "Theme", "filled"]

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
Theme: TypeAlias = Literal["light", "dark"]
WIDTH = 640
OF_CHART = 480
"""Without its axes, so that charts of notebooks stand beside each other."""


def filled(node: Any, params: dict[str, Any]) -> Any:
    """A copy of a template, or of a part of it, with its parameters in their places.

    >>> filled({"mark": {"color": {"$param": "ink"}}, "height": 90}, {"ink": "#000"})
    {'mark': {'color': '#000'}, 'height': 90}
    """
    if isinstance(node, dict):
        if "$param" in node:
            return params[node["$param"]]
        return {name: filled(value, params) for name, value in node.items()}
    return [filled(one, params) for one in node] if isinstance(node, list) else node


@dataclass(frozen=True)
class Drawing:
    """What a picture shows.

    Attributes:
        template: the name of the Vega-Lite template that draws it, in `TEMPLATES`.
        data: the rows, column by column; all of one length. Times are milliseconds since 1970 in
            UTC, numbers finite.
        params: what the template needs to be told: titles, scales, formats; plain values.
        description: what is to be seen, in a sentence, for those who do not see it.
    """

    template: str
    data: dict[str, list[Any]]
    params: dict[str, Any]
    description: str

    def __post_init__(self) -> None:
        for name in ("data", "params"):
            object.__setattr__(self, name, unreserved(getattr(self, name)))

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The data row by row, as Vega-Lite has it."""
        names = list(self.data)
        return [dict(zip(names, row, strict=True)) for row in zip(*self.data.values(), strict=True)]

    def spec(
        self, theme: Theme = "light", *, width: int | Literal["container"] = "container"
    ) -> dict[str, Any]:
        """The whole Vega-Lite specification, with data, colours and lettering.

        Args:
            theme: `"light"` or `"dark"`; the background is transparent.
            width: in pixels, axes and labels included; or as wide as what it is put into.
        """
        return self._filled(theme) | {
            "$schema": SCHEMA,
            "width": width,
            "autosize": {"type": "fit-x", "contains": "padding"},
            "config": THEMES[theme]["config"],
        }

    def _filled(self, theme: Theme) -> dict[str, Any]:
        from drypoint.report.charts._templates import TEMPLATES

        found: dict[str, Any] = filled(
            TEMPLATES[self.template], THEMES[theme]["colors"] | self.params
        )
        return found | {"data": {"values": self.rows}, "description": self.description}

    def chart(self) -> alt.Chart:
        """The same as an Altair chart, to be restyled and combined.

        It has the marks and the colours of the light theme and no config, so that the theme of
        Altair holds, and charts stand beside each other. It needs Altair: `drypoint[report]`.

        Raises:
            MissingExtraError: Altair is not installed.
        """
        from drypoint._extra import altair

        found = self._filled("light") | {"width": OF_CHART}
        kind = altair().LayerChart if "layer" in found else altair().Chart
        return kind.from_dict(found, validate=False)  # type: ignore[no-any-return]

    def svg(self, theme: Theme = "light", *, width: int = WIDTH) -> str:
        """As SVG, with lettering as text.

        Raises:
            MissingExtraError: vl-convert is not installed.
        """
        from drypoint.report.charts._export import as_svg

        return as_svg(self.spec(theme, width=width), theme)

    def png(self, scale: float = 2, theme: Theme = "light", *, width: int = WIDTH) -> bytes:
        """As PNG.

        Args:
            scale: pixels of the picture for a pixel of its *width*.
            theme: `"light"` or `"dark"`.
            width: in pixels, before they are scaled.

        Raises:
            MissingExtraError: vl-convert is not installed.
        """
        from drypoint.report.charts._export import as_png

        return as_png(self.spec(theme, width=width), theme, scale)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        """What a notebook shows: the picture as SVG; without vl-convert what it shows in words."""
        del include, exclude
        text = {"text/plain": self.description}
        try:
            return {"image/svg+xml": self.svg()} | text
        except MissingExtraError:
            return text

    def save(
        self, path: str | os.PathLike[str], theme: Theme = "light", *, width: int = WIDTH
    ) -> None:
        """Writes it as what *path* ends in: .svg, .png, .pdf, .html or .json.

        The HTML is one file that needs no net, the JSON the Vega-Lite specification.

        Raises:
            ParameterError: it ends in something else.
            SourceError: the file cannot be written; what was there before is then unchanged.
            MissingExtraError: vl-convert is not installed; JSON needs nothing.
        """
        from drypoint.report.charts._export import save

        save(self, path, theme, width)
