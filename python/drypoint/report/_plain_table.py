"""What is read where no script runs: alerts, and the table of columns."""

from __future__ import annotations

from html import escape
from typing import Any

__all__ = ["MOST", "plain_table"]

MOST = 200
"""Columns that are shown; more would make the page large for a few."""


def plain_table(facts: dict[str, Any]) -> str:
    """The essential facts as HTML."""
    overview = facts["overview"]
    shown = overview["columns"][:MOST]
    hidden = len(overview["columns"]) - len(shown)
    heads = ["Column", "Type", *(title for _, title in overview["heads"])]
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
    body = "".join(map(row, shown))
    rest = f"<p>… and {hidden:,} more, which need JavaScript.</p>" if hidden else ""
    return (
        f"<ul>{''.join(map(alert, facts['alerts']))}</ul>"
        f'<table class="plain"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{rest}'
    )


def row(column: dict[str, Any]) -> str:
    """A column."""
    cells = "".join(f"<td>{escape(text_of(one))}</td>" for one in column["cells"])
    name = f'<th scope="row"><bdi>{escape(column["name"])}</bdi></th>'
    return f"<tr>{name}<td>{escape(column['type'])}</td>{cells}</tr>"


def text_of(cell: Any) -> str:
    """A cell with how far off it can be."""
    return cell if isinstance(cell, str) else " ".join(cell)


def alert(found: dict[str, Any]) -> str:
    """A kind of alert, and in how many columns it is."""
    title = f"<strong>{escape(found['title'])}</strong>"
    return f"<li>{title} {len(found['found']):,}: {escape(found['meaning'])}</li>"
