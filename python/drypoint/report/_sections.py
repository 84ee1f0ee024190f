"""The pages beside the columns: drift, checks, performance, fairness, segments.

Each is a title, a sentence, and parts: tables and charts in their order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drypoint.profiles._cells import Cell, of_number
from drypoint.profiles._format import clean, count
from drypoint.profiles._grid import block
from drypoint.profiles._table import counted, segment_blocks, set_title
from drypoint.report._blocks import WIDE, table_of
from drypoint.report._parts import part_of, section
from drypoint.report._performance import performance_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from drypoint.checks import SuiteResult
    from drypoint.drift import DriftTable
    from drypoint.fairness import FairnessTable
    from drypoint.profiles import Profile, ProfileSet
    from drypoint.report._inputs import Inputs
    from drypoint.report._parts import Section
    from drypoint.tracing import Trace

__all__ = ["sections_of"]


def sections_of(inputs: Inputs, places: Mapping[str, int]) -> list[Section]:
    """Those for which there is something to show."""
    found = [
        drift_of(inputs.drift, places),
        checks_of(inputs.checks, places),
        conditions_of(inputs.profile),
        performance_of(inputs),
        *(fairness_of(one) for one in inputs.fairness),
        *(trace_of(one) for one in inputs.traces),
        *(segments_of(one) for one in inputs.sets),
    ]
    return numbered([one for one in found if one is not None])


def numbered(found: list[Section]) -> list[Section]:
    """The sections, with names that no two have."""
    seen: dict[str, int] = {}
    for one in found:
        seen[one["id"]] = seen.get(one["id"], 0) + 1
        if seen[one["id"]] > 1:
            one["id"] = f"{one['id']}-{seen[one['id']]}"
    return found


# ---- Drift


def drift_of(table: DriftTable | None, places: Mapping[str, int]) -> Section | None:
    """How far columns are from the reference, beside what chance does."""
    if table is None:
        return None
    from drypoint.drift._shown import blocks, notes, title
    from drypoint.report import charts

    rows = sorted(table, key=lambda row: (row.verdict != "drift", -ratio(row)))
    made = None
    if rows:
        made = table_of(
            blocks(rows, WIDE),
            columns=[places.get(row.column) for row in rows],
            verdicts=[row.verdict for row in rows],
        )
    parts = [
        part_of("Distance and noise floor", drawing=charts.drift(table)),
        part_of("Comparisons", made, notes=notes(rows, WIDE)),
    ]
    return section("drift", "Drift", title(table), parts)


def ratio(row: Any) -> float:
    """A distance beside what matters; what is of no number comes first."""
    if row.distance is None:
        return float("inf")
    return float(row.distance.value / row.limit) if row.limit else float(row.distance.value)


# ---- Checks


def checks_of(result: SuiteResult | None, places: Mapping[str, int]) -> Section | None:
    """What a suite found, failures first."""
    if result is None:
        return None
    from drypoint.checks._shown import blocks, heading, rows

    outcome = result.outcome
    order = ("fail", "warn", "pass")
    found = sorted(result, key=lambda one: order.index(outcome(one)))
    made = None
    if found:
        told = [f"{one.reason}{rows(one)}" if one.verdict != "pass" else "" for one in found]
        reasons = [Cell(clean(text, most=None)) if text else Cell("") for text in told]
        made = table_of(
            [*blocks(found, WIDE), block("reason", reasons, left=True)],
            columns=[None if one.column is None else places.get(one.column) for one in found],
            verdicts=[outcome(one) for one in found],
        )
    return section("checks", "Checks", heading(result), [part_of("Results", made)])


def conditions_of(profile: Profile) -> Section | None:
    """How many rows met the conditions."""
    found = list(profile.conditions.values())
    if not found:
        return None
    blocks = [
        block("condition", [Cell(clean(one.name)) for one in found], left=True),
        *(
            block(name, [of_number(count(getattr(one, name))) for one in found])
            for name in ("total", "matched", "failed", "unknown")
        ),
    ]
    part = part_of("Rows", table_of(blocks))
    return section("conditions", "Conditions", counted(len(found), "condition"), [part])


# ---- Segments


def fairness_of(table: FairnessTable) -> Section:
    """How groups fare beside each other."""
    from drypoint.fairness._shown import blocks, group_blocks, largest, notes, ordered, title
    from drypoint.report import charts

    rows = ordered(table)
    made = table_of(blocks(rows, WIDE), verdicts=[row.verdict for row in rows]) if rows else None
    parts = [
        part_of("Disparate impact", drawing=charts.disparate_impact(table)),
        part_of("Rates by group", table_of(group_blocks(table, largest(table), WIDE))),
        part_of("Beside the reference", made, notes=notes(table)),
    ]
    return section("fairness", "Fairness", " · ".join(title(table)), parts)


def trace_of(table: Trace) -> Section:
    """Which segments moved a number."""
    from drypoint.report import charts
    from drypoint.tracing._shown import NOTE, blocks, title

    made = table_of(blocks(table.rows, WIDE)) if table.rows else None
    parts = [
        part_of("What moved it", drawing=charts.contributions(table)),
        part_of("Segments", made, notes=[NOTE]),
    ]
    return section("trace", "What moved", " · ".join(title(table)), parts)


def segments_of(profiles: ProfileSet) -> Section:
    """The segments by falling rows."""
    made = table_of(segment_blocks(profiles, WIDE))
    return section("segments", "Segments", set_title(profiles), [part_of("Largest", made)])
