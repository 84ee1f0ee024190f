"""Benches of what Python adds: threads."""
