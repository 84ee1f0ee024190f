"""Warnings that point at whoever called drypoint, however deep inside it they are found."""

from __future__ import annotations

import functools
import os
import sys
import warnings
from pathlib import Path

__all__ = ["warn"]

INSIDE = (str(Path(__file__).parent) + os.sep, functools.__file__)
"""How the names of files begin that are of this library, or that call it for itself: properties."""


def warn(message: str, category: type[Warning]) -> None:
    """Warns, as from the line outside of this library that led here.

    Python 3.12 has `skip_file_prefixes` for that; a fixed number of levels is wrong as soon as one
    function of ours is called by another.
    """
    level, frame = 1, sys._getframe()  # noqa: SLF001 # the one way to the callers
    while frame.f_back is not None and frame.f_code.co_filename.startswith(INSIDE):
        level, frame = level + 1, frame.f_back
    warnings.warn(message, category, stacklevel=level)
