"""Libraries that only some things need, and the extras that have them."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from drypoint.errors import MissingExtraError

__all__ = ["altair", "pillow", "vl_convert"]


def needed(module: str, package: str, what: str, extra: str) -> Any:
    """The module, which is needed for *what* and comes with an *extra*.

    Raises:
        MissingExtraError: it is not installed.
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise MissingExtraError(
            f'{what} needs {package}, which is not installed; pip install "drypoint[{extra}]"'
        ) from error


def altair() -> Any:
    """Altair, which makes charts that can be restyled."""
    return needed("altair", "altair", "a chart", "report")


def pillow() -> Any:
    """Pillow, which reads images."""
    return needed("PIL", "pillow", "a column of images", "images")


def vl_convert() -> Any:
    """vl-convert, which draws without a browser."""
    return needed("vl_convert", "vl-convert-python", "a picture as SVG, PNG or PDF", "report")
