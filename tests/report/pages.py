"""A page taken apart again, as a browser would read it."""

from __future__ import annotations

import base64
import json
import zlib
from html.parser import HTMLParser
from typing import Any

__all__ = ["Page"]

VOID = {"meta", "link", "br", "img", "input"}


class Page(HTMLParser):
    """The elements of a page, and the text that each holds.

    Attributes:
        elements: tag, attributes and own text of each, in the order in which they begin.
        open: those that have not ended.
    """

    def __init__(self, html: str) -> None:
        """Reads *html* to its end."""
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.open: list[int] = []
        self.html = html
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        self.elements.append((tag, dict(attrs), []))
        if tag not in VOID:
            self.open.append(len(self.elements) - 1)

    def handle_endtag(self, tag: str) -> None:
        """An element ends."""
        while self.open and self.elements[self.open.pop()][0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Text of the innermost element."""
        if self.open:
            self.elements[self.open[-1]][2].append(data)

    def named(self, tag: str) -> list[tuple[dict[str, str | None], str]]:
        """Attributes and text of all elements of a tag."""
        return [(attrs, "".join(text)) for found, attrs, text in self.elements if found == tag]

    def island(self, name: str) -> str:
        """The text of the script with an id, which holds data."""
        (text,) = [text for attrs, text in self.named("script") if attrs.get("id") == name]
        return text

    @property
    def facts(self) -> Any:
        """What the page shows at once."""
        return json.loads(self.island("facts"))

    def unpacked(self, name: str) -> str:
        """What is packed in the script with an id."""
        return zlib.decompress(base64.b64decode(self.island(name))).decode()

    @property
    def details(self) -> Any:
        """What the page shows of columns."""
        return json.loads(self.unpacked("details"))

    @property
    def policy(self) -> dict[str, list[str]]:
        """The Content-Security-Policy by directive."""
        (text,) = [
            attrs["content"] or ""
            for attrs, _ in self.named("meta")
            if attrs.get("http-equiv") == "Content-Security-Policy"
        ]
        parts = [part.split() for part in text.split(";")]
        return {name: values for name, *values in parts}
