"""Files of others: what they hold, as profiles; and profiles, as they read them."""

from __future__ import annotations

from importlib import import_module
from typing import Any

__all__ = ["whylogs"]


def __getattr__(name: str) -> Any:
    """Loads a format when it is first named."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}; there is {__all__}")
    return import_module(f"{__name__}.{name}")
