"""2,000 columns: in pages, found by search, opened like any other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect
from tests.e2e.flights import COLUMNS

if TYPE_CHECKING:
    from pathlib import Path

LAST = f"sensor {COLUMNS - 1:04}"


def test_the_table_is_in_pages(looking: Any, wide: Path) -> None:
    """So that there are few elements at a time; the last page holds the last column."""
    with looking(wide) as seen:
        page = seen.page
        expect(page.locator("#columns")).to_contain_text("2,000 columns")
        assert page.locator(".opener").count() <= 200
        assert page.evaluate("document.querySelectorAll('*').length") < 10_000
        page.locator("#order").select_option("name")
        forward = page.locator("#columns").get_by_role("button", name="Next")
        while forward.is_enabled():
            forward.click()
        expect(page.get_by_role("button", name=LAST, exact=True)).to_be_visible()


def test_a_search_finds_one_of_all(looking: Any, wide: Path) -> None:
    """And what is found opens."""
    with looking(wide) as seen:
        page = seen.page
        page.keyboard.press("/")
        page.keyboard.type("1234")
        expect(page.locator(".opener")).to_have_count(1)
        page.locator(".opener").click()
        expect(page.locator(".canvas svg").first).to_be_visible()


def test_it_scrolls_to_its_end(looking: Any, wide: Path) -> None:
    """With the heads of the table in sight, or without."""
    with looking(wide) as seen:
        page = seen.page
        page.keyboard.press("End")
        expect(page.locator(".opener").last).to_be_in_viewport()


def test_a_narrow_page_is_not_scrolled_sideways(looking: Any, wide: Path) -> None:
    """At 400 pixels."""
    with looking(wide, viewport={"width": 400, "height": 800}) as seen:
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= 400
