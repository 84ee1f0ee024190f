"""The command line as a test runs it: with words, in a pipe."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest

from drypoint.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Done", "runner"]


class Done(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


def runner(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *, width: int = 80
) -> Callable[..., Done]:
    """Runs `drypoint` with some words, in a pipe of so many cells."""
    cells = width

    def run(*words: object, width: int = cells) -> Done:
        monkeypatch.setenv("COLUMNS", str(width))
        monkeypatch.setattr(sys, "argv", ["drypoint", *map(str, words)])
        with pytest.raises(SystemExit) as left:
            main()
        captured = capsys.readouterr()
        assert isinstance(left.value.code, int)
        return Done(left.value.code, captured.out, captured.err)

    return run
