"""A module that is called as the function of its name."""

from __future__ import annotations

import inspect
import sys
from types import ModuleType
from typing import Any

from drypoint.drift._drift import drift

__all__ = ["make_callable"]


class CallableModule(ModuleType):
    """`dp.drift(…)` is `drypoint.drift.drift(…)`."""

    def __call__(self, *args: Any, **options: Any) -> Any:
        return drift(*args, **options)

    @property
    def __signature__(self) -> inspect.Signature:
        return inspect.signature(drift)


def make_callable(name: str) -> None:
    """Makes the module *name* one that can be called; everything else about it stays."""
    sys.modules[name].__class__ = CallableModule
