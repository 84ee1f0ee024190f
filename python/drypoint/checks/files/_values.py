"""What single nodes of a file say: text, words, flags, and what arguments are given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drypoint.checks.files._literals import NULLS, read_text_node
from drypoint.checks.files._nodes import Listing, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from drypoint.checks.files._nodes import Node

__all__ = ["as_text", "flag", "is_null", "value_of", "word"]


def is_null(node: Node) -> bool:
    """Whether nothing stands there."""
    return isinstance(node, Text) and node.plain and node.value in NULLS


def as_text(node: Node, what: str) -> str:
    """Text as it is written, number or not."""
    if not isinstance(node, Text) or is_null(node) or not node.value:
        raise node.place.error(f"{what} must be text")
    if node.tag not in (None, "!"):
        raise node.place.error(f"{what} must be text, without {node.tag}")
    return node.value


def word(node: Node, known: tuple[str, ...]) -> str:
    """One of some words."""
    found = as_text(node, f"one of {', '.join(known)}")
    if found not in known:
        raise node.place.error(f"must be one of {', '.join(known)}, got {found!r}")
    return found


def flag(node: Node) -> bool:
    """True or false."""
    found = read_text_node(node) if isinstance(node, Text) else None
    if not isinstance(found, bool):
        raise node.place.error("must be true or false")
    return found


def value_of(node: Node, schema: Mapping[str, Any]) -> Any:
    """What an argument is given, where *schema* says what is text whatever it looks like."""
    if isinstance(node, Text):
        kinds = [one.get("type") for one in schema.get("anyOf", [schema])]
        if is_null(node) and "string" not in kinds:
            return None
        if "string" in kinds and not (is_null(node) and "null" in kinds):
            return as_text(node, "this")
        return read_text_node(node)
    wanted = "array" if isinstance(node, Listing) else "object"
    fits = [one for one in schema.get("anyOf", [schema]) if one.get("type") == wanted]
    below: Mapping[str, Any] = fits[0] if fits else {}
    if isinstance(node, Listing):
        return [value_of(one, below.get("items", {})) for one in node.items]
    of = below.get("additionalProperties", {})
    return {key.value: value_of(one, of) for key, one in node.pairs}
