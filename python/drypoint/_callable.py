"""A module that is called as the function of its name."""

from __future__ import annotations

import inspect
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["make_callable"]

FUNCTION = "_function"


class CallableModule(ModuleType):
    """`dp.drift(…)` is `drypoint.drift.drift(…)`."""

    def __call__(self, *args: Any, **options: Any) -> Any:
        return vars(self)[FUNCTION](*args, **options)

    @property
    def __signature__(self) -> inspect.Signature:
        return inspect.signature(vars(self)[FUNCTION])


def make_callable(name: str, function: Callable[..., Any]) -> None:
    """Makes the module *name* one that is called as *function*; everything else about it stays."""
    module = sys.modules[name]
    setattr(module, FUNCTION, function)
    module.__class__ = CallableModule
