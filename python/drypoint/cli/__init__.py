"""The command line: `drypoint profile FILE...`."""

from drypoint.cli.app import main

__all__ = ["main"]
