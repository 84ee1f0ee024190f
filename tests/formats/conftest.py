"""Golden files of other libraries, and files with whatever components a test wants."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from drypoint.formats.whylogs._component import (
    FREQUENT,
    HLL,
    KLL,
    integer,
    real,
    sketch,
)
from drypoint.formats.whylogs._file import File, encode
from drypoint.formats.whylogs._kll import from_apache
from drypoint.sketches import FrequentItems, HllSketch, KllSketch

if TYPE_CHECKING:
    from collections.abc import Callable

PROJECT = Path(__file__).parents[2]
GOLDEN = PROJECT / "tests" / "golden" / "whylogs"
# The tests know the rows by what made the golden files.
sys.path.insert(0, str(PROJECT))


@pytest.fixture
def golden() -> Callable[[str], Path]:
    """The path of a golden file by its name."""
    return lambda name: GOLDEN / f"{name}.bin"


@pytest.fixture
def answers() -> Callable[[str], Any]:
    """What whylogs says of a golden file."""
    return lambda name: json.loads((GOLDEN / f"{name}.json").read_text())


def component(fact: Any) -> bytes:
    """A fact as a component."""
    kinds: dict[type, int] = {KllSketch: KLL, HllSketch: HLL, FrequentItems: FREQUENT}
    if isinstance(fact, bytes):
        return fact
    if isinstance(fact, (int, float)):
        return integer(fact) if isinstance(fact, int) else real(fact)
    data = fact.to_bytes()
    return sketch(kinds[type(fact)], from_apache(data) if isinstance(fact, KllSketch) else data)


@pytest.fixture
def column() -> Callable[..., bytes]:
    """Makes a file of a column `x` out of facts by path, with __ for the slash."""

    def made(about: dict[str, Any] | None = None, **facts: Any) -> bytes:
        columns = {"x": {path.replace("__", "/"): component(f) for path, f in facts.items()}}
        return encode(File(columns, **(about or {})))

    return made
