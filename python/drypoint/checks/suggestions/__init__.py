"""Suites that are proposed: what held so far, with a margin."""

from drypoint.checks.suggestions._suggest import suggest

__all__ = ["suggest"]
