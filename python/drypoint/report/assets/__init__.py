"""What pages carry with them: the one script that draws, so that none is asked of the net."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from drypoint.errors import MissingExtraError

__all__ = ["VEGA_LITE", "vega_js"]

VEGA_LITE = "6.4"
"""The version of Vega-Lite in the bundle, which templates are written for."""


@cache
def vega_js() -> str:
    """Vega, Vega-Lite and Vega-Embed as one script, 0.9 MB; none of it is fetched or evaluated.

    It gives `window` the names `vegaEmbed`, `vega` and `vegaLite`, and may stand inside a `script`
    element: it holds no `</script`. Where pages forbid `eval`, embed with `{ast: true}`.

    It is a file that wheels hold. A source tree that was not built by `make` lacks it; it is then
    made by vl-convert, which takes two seconds, and kept in memory.

    Raises:
        MissingExtraError: the file is not there, nor is vl-convert.
    """
    built = files(__name__) / "vega.js"
    if built.is_file():
        return built.read_text("utf-8")
    try:
        from vl_convert import javascript_bundle
    except ImportError as error:
        raise MissingExtraError(
            f"{built} is not there, and vl-convert-python, which makes it, is not installed; "
            'make builds it, and so does pip install "drypoint[report]"'
        ) from error
    # Its types forget that there is a default.
    return javascript_bundle(vl_version=VEGA_LITE)  # type: ignore[call-arg]
