"""A profile as a page in a notebook: no scripts, nothing from the net, everything escaped."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from drypoint.profiles._table import MOST, fit, more, named, note, segment_blocks, set_title, title

if TYPE_CHECKING:
    from drypoint.profiles._cells import Cell
    from drypoint.profiles._grid import Block
    from drypoint.profiles._profile import Profile
    from drypoint.profiles._set import ProfileSet

__all__ = ["as_html", "page", "set_as_html", "sheet", "table"]

WIDE = 1_000
"""Cells of a page, which scrolls: so many that every fact finds room."""
# Colours are those of the page, so that it is read on light and on dark.
STYLE = (
    ".drypoint{overflow-x:auto}"
    ".drypoint table{border-collapse:collapse;font-variant-numeric:tabular-nums}"
    ".drypoint caption{text-align:left;font-weight:bold;padding:.3em .5em;color:inherit}"
    ".drypoint th,.drypoint td{text-align:right;white-space:pre;padding:.15em .5em;color:inherit;"
    "background:none;border:0;border-bottom:1px solid rgba(128,128,128,.35)}"
    ".drypoint .l{text-align:left}.drypoint .m{font-family:monospace}"
    ".drypoint td.r{white-space:pre-wrap;min-width:16em}"
    ".drypoint td.e{text-align:left;opacity:.65;padding-left:0}"
    ".drypoint p{opacity:.65;margin:.4em .5em}"
)
SEVERAL = ".drypoint .s{display:flex;flex-wrap:wrap;gap:0 2em;align-items:flex-start}"
KINDS = {"shape": "l m", "check": "l r", "reason": "l r"}
"""Classes of columns: blocks of one width, and what may be broken into lines."""
FIGURE, POINT = "\u2007", "\u2008"
"""Spaces as wide as a digit and as a point."""


def as_html(profile: Profile) -> str:
    """The table of a profile, with every fact that the text has in a wide terminal."""
    columns = list(profile)[:MOST]
    blocks = fit([named("column", columns, WIDE)], columns, WIDE)
    tasks = [one.summary for one in profile.performance.values()]
    notes = [note(blocks), more(len(profile) - len(columns)), *tasks]
    return page(title(profile), blocks if columns else [], notes)


def set_as_html(profiles: ProfileSet) -> str:
    """The segments of a profile set by falling rows."""
    return page(set_title(profiles), segment_blocks(profiles, WIDE), [])


def page(caption: str, blocks: list[Block], notes: list[str]) -> str:
    """A table with what stands above and below it."""
    return sheet([table(caption, blocks)], notes)


def sheet(tables: list[str], notes: list[str]) -> str:
    """Tables side by side, with what stands below them."""
    below = "".join(f"<p>{escape(one)}</p>" for one in notes if one)
    style = STYLE + SEVERAL * (len(tables) > 1)
    inside = "".join(tables) if len(tables) == 1 else f'<div class="s">{"".join(tables)}</div>'
    return f'<div class="drypoint"><style>{style}</style>{inside}{below}</div>'


def table(caption: str, blocks: list[Block], *, above: str = "") -> str:
    """Blocks as a table; nothing of no blocks, if nothing is said of them.

    Args:
        caption: what stands above.
        blocks: its columns.
        above: a picture, as SVG, below the caption.
    """
    if not blocks and not caption:
        return ""
    head = "".join(map(heading, blocks))
    rows = zip(*([filled(cell, one) for cell in one.cells] for one in blocks), strict=True)
    body = "".join(f"<tr>{''.join(row)}</tr>" for row in rows)
    picture = f"<br>{above}" if above else ""
    return (
        f"<table><caption><bdi>{escape(caption)}</bdi>{picture}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def heading(block: Block) -> str:
    """What stands above a column, which takes two where it has bounds."""
    kind = ' class="l"' if block.left else ' colspan="2"' if block.error else ""
    return f"<th{kind}>{escape(block.title)}</th>"


def filled(cell: Cell, within: Block) -> str:
    """A cell, with numbers aligned at their points."""
    if within.left:
        kind = KINDS.get(within.title, "l")
        return f'<td class="{kind}"><bdi>{escape(str(cell))}</bdi></td>'
    tail = cell.part
    if cell.numeric and not tail and within.part:
        tail = POINT
    tail += FIGURE * (within.part - len(tail)) if cell.numeric else ""
    error = f'<td class="e">{escape(cell.error.strip())}</td>' if within.error else ""
    return f"<td><bdi>{escape(cell.text + tail)}</bdi></td>{error}"
