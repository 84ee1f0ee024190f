"""What a report shows, out of what it is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drypoint.report._about import about_of
from drypoint.report._details import details_of
from drypoint.report._found import alerts_of
from drypoint.report._overview import overview_of
from drypoint.report._sections import sections_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from drypoint.report._inputs import Inputs

__all__ = ["made"]


def made(inputs: Inputs) -> tuple[dict[str, Any], list[dict[str, Any]], dict[str, Any]]:
    """What the page shows at once, what it shows of each column, and the templates of its charts.

    Everything in them is plain: numbers, text, lists and dicts.
    """
    from drypoint.report.charts import TEMPLATES

    places = {name: place for place, name in enumerate(inputs.profile.columns)}
    alerts = alerts_of(inputs, places)
    facts = {
        "about": about_of(inputs),
        "alerts": alerts,
        "overview": overview_of(inputs, alerts),
        "sections": sections_of(inputs, places),
    }
    details = details_of(inputs)
    used = {chart["template"] for chart in charts_in([facts["sections"], details])}
    return facts, details, {name: TEMPLATES[name] for name in TEMPLATES if name in used}


def charts_in(found: Any) -> Iterator[dict[str, Any]]:
    """Every chart in what is shown."""
    if isinstance(found, dict):
        if "template" in found:
            yield found
        else:
            for one in found.values():
                yield from charts_in(one)
    elif isinstance(found, list):
        for one in found:
            yield from charts_in(one)
