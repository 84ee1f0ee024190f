"""The rules of WCAG 2 at levels A and AA, by axe-core: light, dark, wide, narrow, on paper."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": RULES}}


def violations(page: Page) -> list[str]:
    """What is against a rule: which, and the first elements."""
    found = Axe().run(page, options=OPTIONS).response
    assert found["testEngine"]["version"] >= "4.10"
    return [
        f"{one['id']} ({one['impact']}): "
        + "; ".join(
            f"{node['html'][:120]} {node['failureSummary'][:300]}" for node in one["nodes"][:3]
        )
        for one in found["violations"]
    ]


def drawn(page: Page) -> None:
    """Opens a column of each kind, and waits for all charts."""
    for name in ("dep_delay", "carrier", "time_hour"):
        page.get_by_role("button", name=name, exact=True).click()
    for canvas in page.locator(".canvas").all():
        canvas.scroll_into_view_if_needed()
        expect(canvas.locator("svg")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 400])
def test_no_rule_is_broken(looking: Any, flights: Path, scheme: str, width: int) -> None:
    """With three columns open and every chart drawn."""
    with looking(flights, color_scheme=scheme, viewport={"width": width, "height": 900}) as seen:
        drawn(seen.page)
        assert violations(seen.page) == []


@pytest.mark.parametrize("name", ["hostile", "wide"])
def test_no_rule_is_broken_by_other_pages(looking: Any, request: Any, name: str) -> None:
    """Strangers' names, and very many columns."""
    with looking(request.getfixturevalue(name)) as seen:
        seen.page.locator(".opener").first.click()
        seen.page.locator(".canvas svg").first.wait_for()
        assert violations(seen.page) == []


def test_the_page_without_scripts_breaks_none(browser: Any, flights: Path) -> None:
    """It has the essential facts as a table."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(flights.as_uri())
    expect(page.locator("noscript table, main table").first).to_contain_text("dep_delay")
    context.close()


def test_headings_descend_one_by_one(page: Page) -> None:
    """One of level 1, and no level is passed over."""
    drawn(page)
    levels = page.evaluate(
        "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].filter((one) => one.offsetParent)"
        ".map((one) => Number(one.tagName[1]))"
    )
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_there_are_landmarks_and_a_language(page: Page) -> None:
    """So that one can go from part to part."""
    expect(page.locator("html")).to_have_attribute("lang", "en")
    for role in ("banner", "navigation", "main"):
        expect(page.get_by_role(role)).to_have_count(1)
