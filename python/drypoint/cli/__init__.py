"""The command line: `drypoint profile`, `show`, `merge`, `diff`, `check`, `suggest`, `schema`."""

from drypoint.cli.app import main

__all__ = ["main"]
