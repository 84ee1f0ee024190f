"""Suites as YAML that a person would write, and as JSON schema for editors."""

from drypoint.checks.files._read import Source, read_suite, read_text
from drypoint.checks.files._save import save_suite
from drypoint.checks.files._schema import suite_schema
from drypoint.checks.files._write import as_yaml, line_of

__all__ = ["Source", "as_yaml", "line_of", "read_suite", "read_text", "save_suite", "suite_schema"]
