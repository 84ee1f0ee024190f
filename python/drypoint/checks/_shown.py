"""Results of checks as text and as a page in a notebook."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from drypoint.checks._words import in_words, value_words
from drypoint.estimate import Estimate
from drypoint.profiles._cells import Cell
from drypoint.profiles._format import clean, cut
from drypoint.profiles._grid import GAP, block, lines, room_of, terminal_width
from drypoint.profiles._html import page
from drypoint.profiles._ink import inked, inked_lines, joined
from drypoint.profiles._table import counted, label, title

if TYPE_CHECKING:
    from drypoint.checks._result import CheckResult
    from drypoint.checks._suite_result import SuiteResult
    from drypoint.profiles._grid import Block
    from drypoint.profiles._ink import Role

__all__ = ["as_html", "as_text", "failures_as_text", "heading", "mark", "result_as_html", "where"]

MARKS = {"pass": "✓", "fail": "✗", "undecided": "?"}
ORDER = ("pass", "fail", "undecided", "warn")
MOST = 100
"""Results that are shown."""
WIDEST = 300
"""Cells of a text in a page."""
ROOMY = 60
"""In so many cells a text has `NARROWEST` at least, in fewer `NARROW`."""
NARROWEST = 20
NARROW = 8
NAMED_ROWS = 5
INDENT = "  "


def mark(result: CheckResult) -> str:
    """The verdict, with a sign, in its colour; of what is only told, "warn" instead."""
    text = f"{MARKS[result.verdict]} {'warn' if is_warning(result) else result.verdict}"
    return inked(text, role(result))


def is_warning(result: CheckResult) -> bool:
    """Whether it did not pass and is only told."""
    return result.severity == "warn" and result.verdict != "pass"


def role(result: CheckResult) -> Role:
    """What colours it."""
    return "undecided" if is_warning(result) else result.verdict.value


def where(result: CheckResult) -> str:
    """The segment."""
    return ", ".join(f"{clean(key)}={label(value)}" for key, value in result.segment.items())


def heading(found: SuiteResult) -> str:
    """What was checked, and how it went."""
    of = [clean(found.suite.name)] if found.suite.name else []
    of += [title(found.profile)] if found.profile is not None else []
    words = [mark(one).split()[1] for one in found]
    counts = ", ".join(f"{words.count(one):,} {one}" for one in ORDER if one in words)
    size = counted(len(found), "check") + (f": {counts}" if counts else "")
    return " · ".join([*of, size])


def as_text(found: SuiteResult, *, width: int | None = None, most: int | None = MOST) -> str:
    """A line for each result, then the reason of all that did not pass.

    Args:
        found: what is shown.
        width: in cells; None for as wide as the terminal is.
        most: results that are shown, those that did not pass first to stay; None for all.
    """
    room = width or terminal_width()
    shown = list(found) if most is None else kept(found, most)
    if not shown:
        return inked(cut(heading(found), room), "title")
    body = ["", *lines(blocks(shown, room))]
    hidden = len(found) - len(shown)
    rest = inked_lines(["", f"… and {hidden:,} more that pass"]) if hidden else []
    head = inked_lines(textwrap.wrap(heading(found), room), "title")
    return joined("\n", [*head, *body, *rest, *reasons(shown, room)])


def kept(found: SuiteResult, most: int) -> list[CheckResult]:
    """As many results as are shown: what did not pass, and from the first on what did."""
    passed = [number for number, one in enumerate(found) if one.verdict == "pass"]
    hidden = set(passed[max(0, most - (len(found) - len(passed))) :])
    return [one for number, one in enumerate(found) if number not in hidden]


def blocks(shown: list[CheckResult], room: int) -> list[Block]:
    """The table: verdict, column, check, segment, what was observed.

    Checks stand as files have them, which is short; segments only where there are several.
    """
    from drypoint.checks.files import line_of

    marks = block("verdict", [Cell(mark(one)) for one in shown], left=True)
    least = NARROWEST if room >= ROOMY else NARROW
    asked = [one.column or "" for one in shown]
    of = [block("column", cells(asked, max(least, room // 5)), left=True)] if any(asked) else []
    segments = [where(one) for one in shown]
    apart = several_segments(shown)
    places = [block("segment", cells(segments, room // 5), left=True)] if apart else []
    observed = cells([short(one) for one in shown], max(least, room // 3))
    seen = block("observed", observed, left=True)
    left = room - room_of([marks, *of, *places, seen]) - len(GAP)
    names = cells([line_of(one.check) for one in shown], max(least, left))
    made = [marks, *of, block("check", names, left=True), *places, seen]
    while room_of(made) > room and len(made) > len([marks, *of]):
        made.pop()
    return made


def short(result: CheckResult) -> str:
    """What was observed, in about five digits; the reason has the others, and how sure it is."""
    observed = result.observed
    if observed is None:
        return "–"
    if isinstance(observed, Estimate):
        return in_words(observed, result.type_name, confidence=False)
    return value_words(observed, result.type_name, short=True)


def several_segments(shown: list[CheckResult]) -> bool:
    """Whether results are of different segments, so that these are told."""
    return len({where(one) for one in shown}) > 1


def cells(texts: list[str], most: int) -> list[Cell]:
    """Texts, of which the middle is cut to fit."""
    return [Cell(cut(clean(text), most, middle=True) if text else "") for text in texts]


def reasons(shown: list[CheckResult], room: int) -> list[str]:
    """Why those did not pass that did not."""
    told = [one for one in shown if one.verdict != "pass"]
    apart = several_segments(shown)
    lines = (line for one in told for line in reason(one, room, apart=apart))
    return ["", *lines] if told else []


def reason(result: CheckResult, room: int, *, apart: bool) -> list[str]:
    """Why, in a sentence, with the rows that failed; with the segment where they are *apart*."""
    text = clean(f"{result.reason}{rows(result)}", most=None)
    place = f"{where(result)}: " if apart and result.segment else ""
    sign = inked(MARKS[result.verdict], role(result))
    first, *others = textwrap.wrap(place + text, room - len(INDENT))
    return [joined(" ", [sign, first]), *(INDENT + one for one in others)]


def rows(result: CheckResult) -> str:
    """Some rows that failed, as the rest of a sentence."""
    if not result.failed_rows:
        return ""
    first = ", ".join(map(str, result.failed_rows[:NAMED_ROWS]))
    more = ", …" if len(result.failed_rows) > NAMED_ROWS else ""
    return f"; rows {first}{more} failed"


def failures_as_text(found: SuiteResult) -> str:
    """The message of the error: each failure with its reason and its check."""
    told = [f"{len(found.failures)} of {counted(len(found), 'check')} failed"]
    for one in found.failures:
        place = f" in {where(one)}" if one.segment else ""
        head = f"  {one.verdict}: "
        told.append(clean(f"{head}{one.reason}{rows(one)}{place}", most=None))
        told.append(" " * len(head) + clean(one.name, most=None))
    return "\n".join(told)


def as_html(found: SuiteResult) -> str:
    """The table as a page in a notebook, with the reasons in it."""
    shown = kept(found, MOST)
    hidden = len(found) - len(shown)
    notes = [f"… and {hidden:,} more that pass"] if hidden else []
    return page(heading(found), with_reasons(shown) if shown else [], notes)


def result_as_html(found: CheckResult) -> str:
    """One line of such a table."""
    return page(clean(found.name), with_reasons([found]), [])


def with_reasons(shown: list[CheckResult]) -> list[Block]:
    """The table, with why those did not pass that did not."""
    told = [f"{one.reason}{rows(one)}" if one.verdict != "pass" else "" for one in shown]
    return [*blocks(shown, WIDEST), block("reason", cells(told, WIDEST), left=True)]
