"""Everything, for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drypoint.checks.formats._finding import findings_of
from drypoint.profiles._plain import json_text

if TYPE_CHECKING:
    from drypoint.checks._suite_result import SuiteResult

__all__ = ["render"]


def render(found: SuiteResult) -> str:
    """`SuiteResult.to_dict` with the line of each check in the file of its suite."""
    told = found.to_dict()
    pairs = zip(told["results"], findings_of(found), strict=True)
    results = [one | {"file": place.file, "line": place.line} for one, place in pairs]
    rows = None if found.profile is None else found.profile.rows
    return json_text(told | {"rows": rows, "results": results})
