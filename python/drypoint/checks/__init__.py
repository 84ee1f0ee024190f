"""Checks: conditions on profiles, with verdicts that say how sure they are."""

from drypoint.checks._api import Quantity, col, columns, performance, rows, schema
from drypoint.checks._check import Check
from drypoint.checks._entry import Argument, Entry
from drypoint.checks._limit import Limit
from drypoint.checks._result import CheckResult
from drypoint.checks._suite import Suite
from drypoint.checks._suite_result import SuiteResult
from drypoint.checks._verdict import Verdict
from drypoint.checks.catalogue import CHECKS
from drypoint.checks.suggestions import suggest

__all__ = [
    "CHECKS",
    "Argument",
    "Check",
    "CheckResult",
    "Entry",
    "Limit",
    "Quantity",
    "Suite",
    "SuiteResult",
    "Verdict",
    "col",
    "columns",
    "performance",
    "rows",
    "schema",
    "suggest",
]
