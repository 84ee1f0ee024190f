"""One file that holds all it needs, and in which nothing of the data runs."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.report.pages import Page

import drypoint as dp
from drypoint.profiles._format import clean
from drypoint.report._page import SCRIPTS, asset, embedded, packed

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = "</script><script>alert(1)</script>"
TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=30
)
"""Without NUL, at which the names of Arrow end."""


def digest(text: str) -> str:
    """The hash by which a policy names a script or a style."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@pytest.fixture(scope="module")
def page(profile: dp.Profile, reference: dp.Profile) -> Page:
    """A page with a reference."""
    return Page(dp.report(profile, reference).html)


def test_the_island_holds_the_facts_of_the_report(profile: dp.Profile) -> None:
    """And the packed one what is shown of each column."""
    made = dp.report(profile)
    page = Page(made.html)
    assert page.facts == made.facts
    assert page.details["columns"] == made.details
    assert page.details["templates"] == made.charts


def test_the_policy_lets_nothing_run_but_what_the_page_has(page: Page) -> None:
    """Each script and style is named by its hash, and nothing may be fetched."""
    scripts = [text for attrs, text in page.named("script") if "type" not in attrs]
    ((_, style),) = page.named("style")
    assert len(scripts) == 1
    assert page.policy == {
        "default-src": ["'none'"],
        "script-src": [digest(scripts[0]), digest(page.unpacked("vega"))],
        "style-src": [digest(style)],
        "img-src": ["data:"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }


def test_the_page_names_no_address(page: Page) -> None:
    """No element loads anything, and no style either."""
    for _, attrs, _ in page.elements:
        assert not {"src", "srcset", "action", "ping"} & attrs.keys()
        assert (attrs.get("href") or "#").startswith("#")
        assert not [name for name in attrs if name.startswith("on") or name == "style"]
    ((_, style),) = page.named("style")
    assert "url(" not in style
    assert "@import" not in style


def test_the_page_can_be_read_by_all(page: Page) -> None:
    """Language, landmarks, one heading of the first order, a title, a way past the navigation."""
    tags = [tag for tag, _, _ in page.elements]
    ((html, _),) = page.named("html")
    assert html["lang"] == "en"
    assert [tags.count(one) for one in ("main", "header", "nav", "h1", "title")] == [1] * 5
    assert ({"class": "skip", "href": "#main"}, "Skip to the report") in page.named("a")
    assert page.named("title")[0][1].startswith("people")


def test_without_scripts_the_columns_are_read_in_a_table(page: Page, profile: dp.Profile) -> None:
    """The names, in order."""
    (start,) = [place for place, (tag, _, _) in enumerate(page.elements) if tag == "noscript"]
    names = [
        "".join(text)
        for (tag, attrs, _), (_, _, text) in zip(
            page.elements[start:], page.elements[start + 1 :], strict=False
        )
        if tag == "th" and attrs.get("scope") == "row"
    ]
    assert names == [*profile.columns]


@settings(max_examples=50)
@given(st.lists(TEXTS, min_size=1, max_size=4, unique=True), TEXTS, TEXTS)
@example([HOSTILE, "<!--", "]]>", "a\u2028b"], HOSTILE, "</title><script>alert(1)</script>")
@example(["{{script}}", "{{facts}}"], "{{vega}}", "{{title}}")
def test_names_and_values_are_shown_and_never_read(
    names: list[str], value: str, dataset: str
) -> None:
    """Whatever they are, the page has the same elements, and the texts come back as they were."""
    plain = dp.report(dp.profile({f"c{n}": ["x", "x", "y"] for n, _ in enumerate(names)}))
    made = dp.report(dp.profile({one: [value, value, "y"] for one in names}, dataset=dataset))
    page, other = Page(made.html), Page(plain.html)
    assert [text for attrs, text in page.named("script") if "type" not in attrs] == [
        text for attrs, text in other.named("script") if "type" not in attrs
    ]
    heads = {tag for tag, _, _ in other.elements}
    assert {tag for tag, _, _ in page.elements} <= heads | {"ul", "li", "strong"}
    assert len(page.named("script")) == len(other.named("script"))
    assert page.facts == made.facts
    assert [one["name"] for one in page.facts["overview"]["columns"]] == [*map(clean, names)]
    assert page.named("title")[0][1] == f"{clean(dataset)} – Drypoint report"
    assert page.details["columns"] == made.details


@given(st.recursive(st.none() | st.integers() | TEXTS, st.lists))
def test_what_is_embedded_has_nothing_that_ends_an_element(value: object) -> None:
    """Nor what old browsers took for the end of a line."""
    text = embedded(value)
    assert not set(text) & set("<>&\u2028\u2029")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_is_packed_is_base64(text: str) -> None:
    """So that it cannot end its element either."""
    assert re.fullmatch(r"[A-Za-z0-9+/=]*", packed(text))


def test_saving_writes_the_page_as_a_whole(profile: dp.Profile, tmp_path: Path) -> None:
    """Or leaves what was there, with an error that names the file."""
    made = dp.report(profile)
    path = tmp_path / "people.html"
    made.save(path)
    assert path.read_text(encoding="utf-8") == made.html
    assert [*tmp_path.iterdir()] == [path]
    with pytest.raises(dp.SourceError, match="cannot be written"):
        made.save(tmp_path / "no" / "people.html")


def test_a_notebook_shows_few_words(profile: dp.Profile) -> None:
    """The page itself is no output of a cell."""
    made = dp.report(profile)
    text = made._repr_html_()
    assert "people" in text
    assert len(text) < 2_000
    assert "<script" not in text
    assert repr(made) == "<Report people: 400 rows, 9 columns, 2 kinds of alerts>"


def test_every_script_is_part_of_the_page() -> None:
    """None is forgotten, and each is short enough to be read."""
    from importlib.resources import files

    there = {one.name for one in files("drypoint.report").joinpath("assets").iterdir()}
    scripts = {name for name in there if name.endswith(".js") and name != "vega.js"}
    assert scripts == set(SCRIPTS)
    assert max(len(asset(name).splitlines()) for name in scripts) < 400
    assert not [name for name in scripts if "innerHTML" in asset(name)]
