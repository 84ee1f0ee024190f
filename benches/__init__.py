"""Measurements: beside others, and of the error."""
