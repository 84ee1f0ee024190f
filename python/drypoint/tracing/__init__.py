"""Tracing: which segments made a number move, and whether by their size or by their own figure."""

from drypoint.tracing._contribution import Contribution
from drypoint.tracing._trace import trace
from drypoint.tracing._trace_table import Trace

__all__ = ["Contribution", "Trace", "trace"]
