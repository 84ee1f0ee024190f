"""Times as seconds, so that columns of different units compare."""

from __future__ import annotations

from drypoint.profiles._values import seconds_per_tick

__all__ = ["seconds_per_tick"]
