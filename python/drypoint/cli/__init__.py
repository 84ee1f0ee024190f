"""The command line: `drypoint profile`, `show`, `merge`, `diff`."""

from drypoint.cli.app import main

__all__ = ["main"]
