"""What a profile has no place for, kept beside it, so that writing restores it to the byte.

It is a whylogs file of its own, of the components alone, in the tag `whylogs.kept`. With it stands
of how many rows it is: of the rows of a merged profile it says nothing, and is then left out.
"""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

from drypoint.errors import DecodeError
from drypoint.formats.whylogs._about import KEPT
from drypoint.formats.whylogs._component import KNOWN, same
from drypoint.formats.whylogs._components import components_of
from drypoint.formats.whylogs._file import File, decode, encode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from drypoint import _core
    from drypoint.formats.whylogs._components import Facts
    from drypoint.profiles import Profile

__all__ = ["facts_by_name", "kept", "left_over", "tag_of", "unknown_metrics"]

ROWS = "rows"


def facts_by_name(core: _core.Profile) -> dict[str, Facts]:
    """The facts of each column, one dict for each type."""
    made: dict[str, Facts] = {}
    for facts in core.columns():
        made.setdefault(facts["name"], []).append(facts)
    return made


def unknown_metrics(file: File) -> set[str]:
    """The names of the metrics that a profile has no place for."""
    paths = {path for components in file.columns.values() for path in components}
    return {path.split("/", 1)[0] for path in paths} - KNOWN


def left_over(file: File, core: _core.Profile, mixed: set[str]) -> dict[str, dict[str, bytes]]:
    """The components by column that would not be written the same from the profile alone.

    Of *mixed* columns these are all: whose values are in which sketch, the profile does not say.
    """
    facts = facts_by_name(core)
    made = {}
    for name, components in file.columns.items():
        restored = {} if name in mixed else components_of(facts[name])
        rest = {
            path: component
            for path, component in components.items()
            if path not in restored or not same(component, restored[path])
        }
        if rest:
            made[name] = rest
    return made


def tag_of(columns: dict[str, dict[str, bytes]], rows: int) -> dict[str, str]:
    """The tag that keeps these components; none if there are none."""
    if not columns:
        return {}
    data = encode(File(columns, metadata={ROWS: str(rows)}))
    return {KEPT: base64.b64encode(data).decode()}


def kept(profile: Profile) -> Mapping[str, dict[str, bytes]] | None:
    """The components that were kept, by column; None if they are not of the rows of *profile*."""
    text = profile.tags.get(KEPT)
    if text is None:
        return {}
    try:
        file = decode(base64.b64decode(text, validate=True))
    except (binascii.Error, ValueError) as error:
        raise DecodeError(f"tag {KEPT!r} is damaged: {error}; remove it") from error
    return file.columns if file.metadata.get(ROWS) == str(profile.rows) else None
