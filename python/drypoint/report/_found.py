"""Alerts of a report: those of columns, what has drifted, and checks that failed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drypoint.profiles._format import clean, distance
from drypoint.report._alerts import ALERTS, LEVELS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from drypoint.checks import CheckResult, SuiteResult
    from drypoint.drift import ColumnDrift, DriftTable
    from drypoint.report._inputs import Inputs

__all__ = ["alerts_of"]


def alerts_of(inputs: Inputs, places: Mapping[str, int]) -> list[dict[str, Any]]:
    """A dict for each kind of alert that was raised, what is most likely wrong first.

    Of each it says which columns raised it, by their place in the table, and what was found there.
    """
    found = [
        *failed(inputs.checks, places),
        *drifted(inputs.drift, places),
        *of_columns(inputs),
    ]
    return sorted(found, key=lambda one: LEVELS.index(one["level"]))


def of_columns(inputs: Inputs) -> list[dict[str, Any]]:
    """Those of the columns."""
    made = []
    for alert in ALERTS:
        texts = [alert.found(column) for column in inputs.profile]
        rows = [[place, text] for place, text in enumerate(texts) if text is not None]
        if rows:
            made.append(alert_of(alert.name, alert.title, alert.level, alert.meaning, rows))
    return made


def alert_of(
    name: str, title: str, level: str, meaning: str, found: list[list[Any]]
) -> dict[str, Any]:
    """A kind of alert as plain values."""
    return {"name": name, "title": title, "level": level, "meaning": meaning, "found": found}


def drifted(table: DriftTable | None, places: Mapping[str, int]) -> list[dict[str, Any]]:
    """What has drifted."""
    if table is None:
        return []
    worst: dict[str, str] = {}
    for row in table.drifted:
        worst.setdefault(row.column, in_words(row))
    found = [[places.get(name, clean(name)), text] for name, text in worst.items()]
    meaning = "it is further from the reference than chance explains, and than what matters"
    return [alert_of("drifted", "Drifted", "error", meaning, found)] if found else []


def in_words(row: ColumnDrift) -> str:
    """How far a column is from the reference, beside what matters."""
    if row.distance is None or row.limit is None:
        return row.measure
    return f"{row.measure} {distance(row.distance.value)}, limit {distance(row.limit)}"


def failed(result: SuiteResult | None, places: Mapping[str, int]) -> list[dict[str, Any]]:
    """Checks that failed, and those that warn."""
    if result is None:
        return []
    kinds = (
        ("failed", "Failed checks", "error", result.failures),
        ("warned", "Warnings", "warn", result.warnings),
    )
    return [
        alert_of(name, title, level, "a check did not pass", [asked(one, places) for one in found])
        for name, title, level, found in kinds
        if found
    ]


def asked(result: CheckResult, places: Mapping[str, int]) -> list[Any]:
    """The column that a check is of, and what it asks, of which segment."""
    from drypoint.checks._shown import where
    from drypoint.checks.files import line_of

    text = clean(line_of(result.check))
    text = f"{text}, {where(result)}" if result.segment else text
    if result.column is None:
        return ["rows", text]
    return [places.get(result.column, clean(result.column)), text]
