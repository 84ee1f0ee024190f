"""Profiles of rows as they come, window by window, handed on without a loss."""

from drypoint.logger._logger import Logger

__all__ = ["Logger"]
